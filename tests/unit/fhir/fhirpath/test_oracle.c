/* The interpreter behind a pipe, so that an interpreter that is not ours can be asked the same (tests/conformance/fhir,
 * part fhirpath). With the argument "-" it reads lines: "D path" takes a document, "E expression" answers one line of
 * JSON: an array of what was found, or {"error": …}. Without arguments: that it does so. */
#include "fhir/fhirpath/fhirpath.h"

#include "../model/support.h"
#include "base/json.h"
#include "unit.h"

enum { LINE_MAX_BYTES = 64 * 1024 };

struct asked {
    struct arena document, work;
    const struct fhir_node *node;
};

static void put_text(struct buf *out, const struct fhirpath_item *item)
{
    bool plain = item->kind == FHIRPATH_BOOLEAN || item->kind == FHIRPATH_INTEGER || item->kind == FHIRPATH_DECIMAL;
    char text[200];
    snprintf(text, sizeof text, "%.*s '%.*s'", STR_ARG(item->text), STR_ARG(item->unit));
    if (plain)
        buf_put(out, item->text.p, item->text.n);
    else
        json_put_str(out, item->kind == FHIRPATH_QUANTITY ? str_of(text) : item->text);
}

static void put_item(struct buf *out, const struct fhirpath_item *item)
{
    struct err e = {0};
    if (item->kind != FHIRPATH_ELEMENT)
        put_text(out, item);
    else if (!item->node || !fhir_write_json(item->node, false, out, &e))
        buf_puts(out, "null");
}

static void answer(struct asked *q, struct str expression, struct buf *out)
{
    struct err e = {0};
    struct fhirpath_list list = {0};
    struct fhirpath_item root = fhirpath_root(q->node);
    struct fhirpath_context c = {.arena = &q->work};
    arena_reset(&q->work);
    buf_reset(out);
    const struct fhirpath *x = fhirpath_compile(&q->work, expression, &e);
    if (!x || !fhirpath_eval(x, &c, &root, &list, &e)) {
        buf_puts(out, "{");
        json_put_field(out, "error", str_of(e.text));
        buf_puts(out, "}");
        return;
    }
    buf_puts(out, "[");
    for (size_t i = 0; i < list.n; i++) {
        buf_puts(out, i ? "," : "");
        put_item(out, list.items[i]);
    }
    buf_puts(out, "]");
}

static void take(struct asked *q, const char *path)
{
    struct err e = {0};
    struct buf bytes CLEANUP(buf_release);
    buf_init(&bytes, FILE_MAX);
    arena_reset(&q->document);
    q->node = file_read(path, &bytes) ? fhir_parse_json(&q->document, buf_view(&bytes), &e) : NULL;
}

static int serve(void)
{
    static char line[LINE_MAX_BYTES];
    struct asked q = {.node = NULL};
    struct buf out CLEANUP(buf_release);
    arena_init(&q.document);
    arena_init(&q.work);
    buf_init(&out, FILE_MAX);
    setvbuf(stdout, NULL, _IOLBF, 0);
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        const char *text = line[0] && line[1] ? line + 2 : "";
        if (line[0] == 'D') {
            take(&q, text);
            continue;
        }
        if (q.node)
            answer(&q, str_of(text), &out);
        puts(q.node ? out.p : "{\"error\":\"no document\"}");
    }
    arena_release(&q.document);
    arena_release(&q.work);
    return 0;
}

static void answers_in_json(void)
{
    static const struct {
        const char *expression, *json;
    } rows[] = {
        {"name.given", "[\"a\",\"b\"]"}, {"active", "[true]"},  {"name", "[{\"given\":[\"a\",\"b\"]}]"},
        {"1 + 1.50", "[2.5]"},          {"name.period", "[]"}, {"name.given.single()", NULL},
    };
    struct asked q = {.node = NULL};
    struct err e = {0};
    struct buf out CLEANUP(buf_release);
    buf_init(&out, FILE_MAX);
    arena_init(&q.document);
    arena_init(&q.work);
    q.node = fhir_parse_json(
        &q.document, quoted(&q.document, "{'resourceType':'Patient','active':true,'name':[{'given':['a','b']}]}"), &e);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        answer(&q, str_of(rows[i].expression), &out);
        bool right = rows[i].json ? str_is(buf_view(&out), rows[i].json) : str_starts(buf_view(&out), "{\"error\"");
        if (!right)
            printf("  %s: %s\n", rows[i].expression, out.p);
        CU_ASSERT_TRUE(right);
    }
    arena_release(&q.document);
    arena_release(&q.work);
}

int main(int argc, char **argv)
{
    static const struct unit_case cases[] = {{"answers in JSON", answers_in_json}};
    if (argc > 1 && strcmp(argv[1], "-") == 0)
        return serve();
    return unit_main("fhirpath oracle", cases, 1);
}
