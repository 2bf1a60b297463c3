/* What a report's OBX and NTE segments hold: its text line by line, its impression, a PDF, the study it is
 * about. */
#include "domain/uid.h"
#include "hl7/net/net_priv.h"

enum { TEXT_MAX = 4 << 20 };

struct reading { /* of one group */
    struct mapping *x;
    struct buf text, conclusion;
    struct str section; /* of the line last put */
    struct report_content content;
    size_t results, withdrawn, texts, addenda;
};

/* Parts of one OBX. */
struct observation {
    const struct hl7_segment *segment;
    struct str type, code, section, words, status;
};

static struct str field_part(const struct mapping *x, const struct hl7_segment *s, unsigned field, unsigned component,
                             unsigned subcomponent)
{
    return part_text(x, hl7_repetition(x->m, hl7_field(s, field), 1), component, subcomponent);
}

/* The section a result belongs to: "IMP" of OBX-3 "18748-4&IMP", else of OBX-4. */
static struct observation observe(const struct mapping *x, const struct hl7_segment *obx)
{
    struct observation o = {.segment = obx,
                            .type = field_part(x, obx, 2, 1, 0),
                            .code = field_part(x, obx, 3, 1, 1),
                            .section = field_part(x, obx, 3, 1, 2),
                            .words = field_part(x, obx, 3, 2, 0),
                            .status = field_part(x, obx, 11, 1, 0)};
    struct str sub_id = field_part(x, obx, 4, 1, 0);
    if (!o.section.n && (str_is(sub_id, "IMP") || str_is(sub_id, "GDT") || str_is(sub_id, "ADT")))
        o.section = sub_id;
    return o;
}

static bool one_of(struct str s, const char *list)
{
    struct str rest = str_of(list), one;
    while (s.n && str_next(&rest, ' ', &one))
        if (str_eq(one, s))
            return true;
    return false;
}

/* ---- text ---- */

static void put_line(struct buf *b, struct str line)
{
    if (b->n)
        buf_putc(b, '\n');
    buf_str(b, line);
}

/* Carriage returns and other control characters of old terminals are not text. */
static struct str plain_lines(struct arena *a, struct str text)
{
    char *p = arena_cstr(a, text);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c >= 0x20 || c == '\n' || c == '\t')
            p[n++] = (char)c;
        else if (c == '\f')
            p[n++] = '\n';
    }
    return (struct str){p, n};
}

/* All repetitions of the value, a line each. Texts are taken whole: a "^" a sender forgot to escape is text.
 */
static void put_text(struct reading *w, const struct observation *o)
{
    const struct mapping *x = w->x;
    struct str field = hl7_field(o->segment, 5);
    size_t n = hl7_repetitions(x->m, field);
    bool impression = str_is(o->section, "IMP") || str_is(o->code, "19005-8");
    if (w->text.n && !str_eq(o->section, w->section))
        buf_putc(&w->text, '\n');
    w->section = o->section;
    for (size_t i = 1; i <= n || i == 1; i++) {
        struct str line = hl7_unescape(x->m, x->d->arena, hl7_repetition(x->m, field, i));
        line = plain_lines(x->d->arena, line);
        put_line(&w->text, line);
        if (impression)
            put_line(&w->conclusion, line);
    }
}

/* A number or a code: "Creatinine: 0.9 mg/dl". */
static void put_value(struct reading *w, const struct observation *o)
{
    const struct mapping *x = w->x;
    bool coded = one_of(o->type, "CE CWE CNE CF");
    struct str part[3];
    part[0] = field_part(x, o->segment, 5, coded ? 2 : 1, 0);
    part[1] = str_is(o->type, "SN") ? field_part(x, o->segment, 5, 2, 0) : STR_NONE;
    part[2] = field_part(x, o->segment, 6, 1, 0);
    if (coded && !part[0].n)
        part[0] = field_part(x, o->segment, 5, 1, 0);
    struct str value = join_texts(x->d->arena, part, 3, " ");
    struct str name = o->words.n ? o->words : o->code;
    if (value.n)
        put_line(&w->text, arena_printf(x->d->arena, "%.*s: %.*s", STR_ARG(name), STR_ARG(value)));
}

/* ---- the study ---- */

/* RAD-128: 113014^DICOM Study^DCM. RAD-28: an HD called "Study Instance UID". The UID may stand as HD.1 or
 * HD.2. */
static bool names_study(const struct observation *o)
{
    return str_is(o->code, "113014") || str_is_nocase(o->words, "Study Instance UID") ||
           str_is_nocase(o->words, "DICOM Study") || str_is_nocase(o->code, "Study Instance UID");
}

static bool take_study(struct reading *w, const struct observation *o, struct err *e)
{
    struct str uid = field_part(w->x, o->segment, 5, 1, 0);
    if (!uid.n)
        uid = field_part(w->x, o->segment, 5, 2, 0);
    if (uid.n && !uid_check(uid, e))
        return err_at(e, "OBX^%u^5", o->segment->occurrence);
    if (w->content.study_uid.n && !str_eq(uid, w->content.study_uid))
        domain_warn(w->x->d, "OBX %u: a second study: the report is linked by the first", o->segment->occurrence);
    else
        w->content.study_uid = uid;
    return true;
}

/* ---- what results say of themselves ---- */

static const struct {
    const char *written, *code;
} flags[] = {
#define FLAG(written, code) {written, code},
#include "hl7/net/flags.def"
#undef FLAG
};

static void note_flag(struct reading *w, const struct observation *o)
{
    struct str field = hl7_field(o->segment, 8);
    for (size_t n = 1; n <= hl7_repetitions(w->x->m, field) && !w->content.flag.n; n++) {
        struct str code = part_text(w->x, hl7_repetition(w->x->m, field, n), 1, 0);
        for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
            if (str_is_nocase(code, flags[i].written))
                w->content.flag = str_of(flags[i].code);
    }
}

/* A text that stands below an earlier one: its section, or what v2.7 calls it. */
static bool is_addendum(const struct observation *o)
{
    return str_is(o->section, "ADT") || one_of(o->status, "A B");
}

static void note_status(struct reading *w, const struct observation *o)
{
    note_flag(w, o);
    w->content.corrected = w->content.corrected || str_is(o->status, "C");
    w->content.preliminary = w->content.preliminary || str_is(o->status, "P");
    if (!one_of(o->type, "TX ST FT") && o->type.n)
        return;
    w->texts++;
    w->addenda += is_addendum(o);
}

/* ---- all together ---- */

static bool take(struct reading *w, const struct observation *o, struct err *e)
{
    if (names_study(o))
        return take_study(w, o, e);
    w->results++;
    if (one_of(o->status, "D W")) {
        w->withdrawn++;
        return true;
    }
    note_status(w, o);
    if (str_is(o->type, "ED"))
        return report_take_document(w->x, o->segment, &w->content, e);
    if (str_is(o->type, "RP"))
        return report_take_pointer(w->x, o->segment, &w->content);
    if (one_of(o->type, "TX ST FT") || !o->type.n)
        put_text(w, o);
    else if (one_of(o->type, "NM SN CE CWE CNE CF DT DTM TS TM"))
        put_value(w, o);
    else if (!str_is(o->type, "HD")) /* series and object UIDs of RAD-28 are no text */
        domain_warn(w->x->d, "OBX %u: a result of a type that is not taken: passed over", o->segment->occurrence);
    return true;
}

/* Some senders put the report in notes; where there is text, notes are remarks to it and stay in the message.
 */
static void take_notes(struct reading *w)
{
    for (const struct hl7_segment *n = hl7_segment_find(&w->x->group, "NTE", 1); n;
         n = hl7_segment_next(&w->x->group, n, "NTE")) {
        struct str field = hl7_field(n, 3);
        for (size_t i = 1; i <= hl7_repetitions(w->x->m, field); i++) {
            struct str line = hl7_unescape(w->x->m, w->x->d->arena, hl7_repetition(w->x->m, field, i));
            put_line(&w->text, plain_lines(w->x->d->arena, line));
        }
    }
}

bool report_content(struct mapping *x, struct report_content *ret_content, struct err *e)
{
    struct reading w = {.x = x};
    buf_init(&w.text, TEXT_MAX);
    buf_init(&w.conclusion, TEXT_MAX);
    bool ok = true;
    for (const struct hl7_segment *obx = hl7_segment_find(&x->group, "OBX", 1); obx && ok;
         obx = hl7_segment_next(&x->group, obx, "OBX")) {
        struct observation o = observe(x, obx);
        ok = take(&w, &o, e);
    }
    if (ok && !w.text.n && !w.content.document_count)
        take_notes(&w);
    ok = ok && buf_ok(&w.text, e) && buf_ok(&w.conclusion, e);
    w.content.text = arena_str(x->d->arena, buf_view(&w.text));
    w.content.conclusion = arena_str(x->d->arena, buf_view(&w.conclusion));
    w.content.withdrawn = w.results && w.withdrawn == w.results;
    w.content.addendum = w.texts && w.addenda == w.texts;
    w.content.amends = w.addenda > 0;
    buf_release(&w.text);
    buf_release(&w.conclusion);
    if (ok)
        *ret_content = w.content;
    return ok;
}
