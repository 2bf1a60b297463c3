/* The whole stack on a database of its own: HTTP server, gate, people, audit trail, the routes of fhir/rest. The clerk
 * may do everything, the reader may read, the officer may see the trail. */
#ifndef TESTS_UNIT_FHIR_REST_DESK_H
#define TESTS_UNIT_FHIR_REST_DESK_H

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "http/http_peer.h"

#include "base/codec.h"
#include "domain/house.h"
#include "fhir/rest/rest.h"
#include "tls/tls.h"

struct answer { /* lives until desk_reset */
    int status;
    struct reply reply;
    struct str body;
    struct fhir_node *doc; /* NULL when the body is no JSON */
};

static struct auth *desk_auth;
static struct audit *desk_audit;
static struct gate *desk_gate;
static struct gate_door *desk_door;
static struct http_server *desk_server;
static struct arena desk_arena;
static char desk_folder[] = "/tmp/isocentre-rest.XXXXXX";
static const char *desk_user = "clerk";

static inline void desk_need(bool ok, const struct err *e)
{
    if (ok)
        return;
    printf("desk: %s\n", e->text);
    exit(1);
}

static inline void desk_people(struct err *e)
{
    static const char *const people[][2] = {
        {"clerk", "ADMINISTRATOR"}, {"reader", "RADIOGRAPHER"}, {"officer", "COMPLIANCE"}};
    struct db *db = db_borrow(test_pool, 5000, e);
    desk_need(db != NULL, e);
    for (size_t i = 0; i < 3; i++)
        desk_need(
            auth_user_put(db, str_of(people[i][0]), STR("x"), STR("correct horse battery"), str_of(people[i][1]), e),
            e);
    db_return(db);
}

static inline void desk_open(void)
{
    static const struct gate_route *tables[1];
    static int counts[1];
    static char key[80];
    struct err e;
    err_clear(&e);
    test_house_open();
    desk_need(mkdtemp(desk_folder) != NULL, &e);
    snprintf(key, sizeof key, "%s/key", desk_folder);
    tls_key_free(tls_key_generate(key, &e));
    struct auth_config auth = {.ae_title = "TEST", .session_idle_seconds = 60, .session_absolute_seconds = 600};
    struct audit_config audit = {.pool = test_pool, .key_file = key, .batch_ms = 1, .seal_ms = 1000,
                                 .checkpoint_seconds = 60, .checkpoint_rows = 1000};
    desk_need((desk_auth = auth_new(&auth, &e)) && (desk_audit = audit_new(&audit, &e)), &e);
    struct gate_config gate = {.pool = test_pool, .auth = desk_auth, .audit = desk_audit, .policy = &test_policy,
                               .borrow_ms = 5000};
    desk_gate = gate_new(&gate, &e);
    desk_people(&e);
    tables[0] = fhir_routes;
    counts[0] = fhir_route_count;
    struct gate_http_tables routes = {tables, counts, 1};
    desk_door = gate_door_new(desk_gate, &routes);
    struct http_config http = {.address = "127.0.0.1", .workers = 3, .handler = gate_door_serve,
                               .body_limit = gate_door_body_limit, .ctx = desk_door};
    desk_server = http_server_new(&http, &e);
    desk_need(desk_server != NULL, &e);
    arena_init(&desk_arena);
}

static inline void desk_close(void)
{
    char path[100];
    http_server_free(desk_server, 2000);
    gate_door_free(desk_door);
    gate_free(desk_gate);
    audit_free(desk_audit);
    auth_free(desk_auth);
    test_house_close();
    arena_release(&desk_arena);
    static const char *const names[] = {"key", "key.pub", "checkpoints.log"};
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", desk_folder, names[i]);
        unlink(path);
    }
    rmdir(desk_folder);
}

static inline struct str desk_credentials(void)
{
    struct buf b CLEANUP(buf_release);
    buf_init(&b, 1024);
    base64_put(&b, arena_printf(&desk_arena, "%s:correct horse battery", desk_user));
    return arena_printf(&desk_arena, "Authorization: Basic %s\r\n", b.p);
}

/* headers: whole lines with their ends, or "". body: NULL for none; a ' in it stands for ". */
static inline struct answer tell(const char *method, const char *target, const char *headers, const char *body)
{
    struct answer a = {.status = 0};
    struct err e;
    struct peer p = dial(desk_server);
    struct buf b CLEANUP(buf_release);
    err_clear(&e);
    buf_init(&b, 64 << 20);
    buf_printf(&b, "%s %s HTTP/1.1\r\nHost: x\r\n%s%s", method, target, desk_user[0] ? desk_credentials().p : "",
               headers);
    if (body && !strstr(headers, "Content-Type"))
        buf_puts(&b, "Content-Type: application/fhir+json\r\n");
    buf_printf(&b, "Content-Length: %zu\r\n\r\n", body ? strlen(body) : 0);
    for (const char *c = body ? body : ""; *c; c++)
        buf_putc(&b, *c == '\'' ? '"' : *c);
    if (say_bytes(&p, b.p, b.n) && hear_after(&p, &a.reply, strcmp(method, "HEAD") == 0))
        a.status = a.reply.status;
    a.body = arena_str(&desk_arena, buf_view(&a.reply.body));
    reply_release(&a.reply);
    hang_up(&p);
    a.doc = a.body.n ? fhir_parse_json(&desk_arena, a.body, &e) : NULL;
    return a;
}

static inline struct answer get(const char *target)
{
    return tell("GET", target, "", NULL);
}

/* What the server says is FHIR by its own rules. */
static inline bool is_fhir(const struct answer *a, const char *type)
{
    struct fhir_issues issues = {.arena = &desk_arena};
    bool ok = a->doc && fhir_check(a->doc, &issues) && str_is(fhir_text(a->doc, "resourceType"), type);
    if (!ok)
        printf("no %s: %d %.*s %s\n", type, a->status, (int)(a->body.n < 400 ? a->body.n : 400), a->body.p,
               issues.first ? issues.first->text : "");
    return ok;
}

#define EXPECT_STATUS(answer, code)                                                                                    \
    do {                                                                                                               \
        if ((answer).status != (code))                                                                                 \
            printf("%s:%d: %d, not %d: %.*s\n", __FILE__, __LINE__, (answer).status, (code),                           \
                   (int)((answer).body.n < 500 ? (answer).body.n : 500), (answer).body.p);                             \
        CU_ASSERT_EQUAL((answer).status, (code));                                                                      \
    } while (0)

/* A refusal is an OperationOutcome of this status. */
#define EXPECT_REFUSAL(answer_, code)                                                                                  \
    do {                                                                                                               \
        struct answer refused_ = (answer_);                                                                            \
        EXPECT_STATUS(refused_, code);                                                                                 \
        CU_ASSERT(is_fhir(&refused_, "OperationOutcome"));                                                             \
    } while (0)

static inline const char *id_of(const struct answer *a)
{
    return a->doc ? arena_cstr(&desk_arena, fhir_text(a->doc, "id")) : "none";
}

static inline const char *at(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static inline const char *at(const char *fmt, ...)
{
    char text[2000];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    return arena_cstr(&desk_arena, str_of(text));
}

/* Number of entries of a Bundle with this search mode, or of all for NULL. */
static inline int entries(const struct answer *a, const char *mode)
{
    int n = 0;
    const struct fhir_node *list = a->doc ? fhir_member(a->doc, "entry") : NULL;
    for (const struct fhir_node *entry = list ? list->first : NULL; entry; entry = entry->next)
        n += !mode || str_is(fhir_text(entry, "search.mode"), mode);
    return n;
}

static inline const char *link_of(const struct answer *a, const char *relation)
{
    const struct fhir_node *list = a->doc ? fhir_member(a->doc, "link") : NULL;
    for (const struct fhir_node *one = list ? list->first : NULL; one; one = one->next)
        if (str_is(fhir_text(one, "relation"), relation)) {
            struct str url = fhir_text(one, "url");
            size_t base = strlen(test_policy.public_url);
            return arena_cstr(&desk_arena, str_sub(url, base, url.n));
        }
    return NULL;
}

#endif
