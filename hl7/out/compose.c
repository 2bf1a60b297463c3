/* From what is told to the bytes of one message. */
#include "hl7/out/out_priv.h"

#include "base/codec.h"
#include "record/record.h"

static const char *const form_segments[] = {
#define FORM(name, segments) segments,
#include "hl7/out/forms.def"
#undef FORM
};

static struct str own_time(struct arena *a)
{
    char now[HL7_DTM_TEXT];
    hl7_dtm_of(clock_now(), now);
    return arena_str(a, str_of(now));
}

static const char *const accept_codes[] = {"", "AL", "AL", ""}, *const application_codes[] = {"", "NE", "AL", ""};

/* MSH-18 is empty for ASCII. */
static struct str charset_name(const struct hl7_charset *set)
{
    return set->kind == HL7_SET_ASCII ? STR_NONE : str_of(set->name);
}

static void add_header(struct arena *a, struct str *v, const struct hl7_destination *to, const struct message_row *m)
{
    const struct hl7_charset *set = hl7_charset_find(to->character_set);
    v[FACT_ALWAYS] = STR("1");
    v[FACT_SENDING_APPLICATION] = to->sending_application;
    v[FACT_SENDING_FACILITY] = to->sending_facility;
    v[FACT_RECEIVING_APPLICATION] = to->application;
    v[FACT_RECEIVING_FACILITY] = to->facility;
    v[FACT_NOW] = own_time(a);
    v[FACT_TYPE] = str_of(m->type);
    v[FACT_PROCESSING] = to->processing;
    v[FACT_VERSION] = to->version;
    v[FACT_ACCEPT_ACK] = str_of(accept_codes[to->acknowledge]);
    v[FACT_APPLICATION_ACK] = str_of(application_codes[to->acknowledge]);
    v[FACT_CHARACTER_SET] = set ? charset_name(set) : STR_NONE;
    v[FACT_CONTROL] = str_of(m->control);
}

static bool apply(struct parts *p, const struct template_row *r, const struct str *v, struct err *e)
{
    struct hl7_location at;
    struct str text = r->source < 0 ? r->word : v[r->source];
    if (!hl7_location_parse(r->place, &at, e))
        return false;
    if (!text.n)
        return true;
    if (r->transform[0] == '=') {
        part_put(p, &at, str_of(r->transform + 1));
        return true;
    }
    return write_transform_find(str_of(r->transform))(p, &at, text, e) || err_wrap(e, "%s", r->place);
}

static bool gather(struct parts *p, const struct str *v, const struct hl7_destination *to, enum hl7_form form,
                   struct err *e)
{
    size_t n, own_n;
    struct template_row *own;
    const struct template_row *rows = templates(&n);
    if (!templates_read(p->d->arena, to->templates, &own, &own_n, e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (rows[i].forms & 1u << form && !apply(p, &rows[i], v, e))
            return false;
    for (size_t i = 0; i < own_n; i++) {
        struct hl7_location at;
        if (!(own[i].forms & 1u << form))
            continue;
        if (!hl7_location_parse(own[i].place, &at, e))
            return false;
        part_clear(p, &at);
        if (!apply(p, &own[i], v, e))
            return false;
    }
    return !p->full || err_set(e, ERR_TOO_LARGE, "the message has more than %d parts", (int)PARTS_MAX);
}

/* ---- segments ---- */

static void put_notes(const struct telling *t, struct hl7_writer *w)
{
    struct str rest = t->value[FIELD_PROCEDURE_COMMENTS], line;
    for (int i = 1; rest.n && str_next(&rest, '\n', &line); i++) {
        hl7_begin(w, "NTE");
        hl7_put(w, 1, arena_printf(t->d->arena, "%d", i));
        hl7_put(w, 3, line);
        hl7_end(w);
    }
}

static bool in_form(enum hl7_form form, const char *name)
{
    struct str rest = str_of(form_segments[form]), one;
    while (str_next(&rest, ' ', &one))
        if (str_is(one, name))
            return true;
    return false;
}

/* What a destination's own rows put into segments the form does not have comes last. */
static void put_others(const struct parts *p, enum hl7_form form, struct hl7_writer *w)
{
    for (size_t i = 0; i < p->n; i++) {
        const char *name = p->part[i].at.segment;
        bool before = in_form(form, name);
        for (size_t k = 0; k < i && !before; k++)
            before = str_is(str_of(name), p->part[k].at.segment);
        if (!before && str_is(str_sub(str_of(name), 0, 1), "Z"))
            parts_segment(p, name, w);
    }
}

static void put_segments(const struct telling *t, const struct parts *p, const struct hl7_destination *to,
                         enum hl7_form form, struct hl7_writer *w)
{
    struct str rest = str_of(form_segments[form]), one;
    while (str_next(&rest, ' ', &one)) {
        char name[4];
        str_copy(name, sizeof name, one);
        if (str_is(one, "OBX"))
            put_observations(t, to, form == SHAPE_ORU || form == SHAPE_MDM, w);
        else if (str_is(one, "NTE"))
            put_notes(t, w);
        else
            parts_segment(p, name, w);
    }
    put_others(p, form, w);
}

/* ---- bytes ---- */

static void warn(struct arena *a, struct composed *c, const char *what, size_t count)
{
    if (count && c->warnings < WARNINGS_MAX)
        c->warning[c->warnings++] = arena_printf(a, "%s: %zu", what, count);
}

static bool encode(struct arena *a, const struct hl7_destination *to, struct str text, struct composed *c,
                   struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    size_t replaced = 0;
    const struct hl7_charset *set = hl7_charset_find(to->character_set);
    buf_init(&b, 2 * MESSAGE_MAX);
    if (!set)
        return err_set(e, ERR_INVALID, "character set of the destination is not known");
    if (!hl7_charset_encode(set, text, &b, &replaced, e) || !buf_ok(&b, e))
        return false;
    warn(a, c, "characters the receiver's set lacks, written as similar ones", replaced);
    c->raw = arena_str(a, buf_view(&b));
    return true;
}

static void number(struct arena *a, struct composed *c)
{
    *c = (struct composed){.message_id = record_rid_new()};
    c->control_id = record_id_text(a, c->message_id);
    c->raw = STR("");
}

bool compose(const struct telling *t, const struct hl7_destination *to, const struct message_row *m,
             struct composed *ret_message, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    struct arena *a = t->d->arena;
    struct hl7_writer w;
    struct parts *p = ARENA_NEW(a, struct parts);
    struct str *v = ARENA_ARRAY(a, struct str, VALUES);
    for (int i = 0; i < VALUES; i++)
        v[i] = t->value[i];
    p->d = t->d;
    number(a, ret_message);
    add_header(a, v, to, m);
    v[FACT_CONTROL_ID] = ret_message->control_id;
    buf_init(&b, MESSAGE_MAX);
    hl7_writer_init(&w, &b, NULL);
    if (!gather(p, v, to, m->form, e))
        return false;
    put_segments(t, p, to, m->form, &w);
    return hl7_writer_ok(&w, e) && encode(a, to, buf_view(&b), ret_message, e);
}

bool compose_text(struct arena *a, const struct hl7_destination *to, struct composed *ret_message, put_control *put,
                  struct str text, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    buf_init(&b, MESSAGE_MAX);
    number(a, ret_message);
    return put(text, ret_message->control_id, &b, e) && buf_ok(&b, e) && encode(a, to, buf_view(&b), ret_message, e);
}

/* ---- forwarding ---- */

/* MSH fields that are ours, and those that stay. */
static void put_header(const struct hl7_message *m, const struct hl7_destination *to, const struct composed *c,
                       struct hl7_writer *w)
{
    const struct hl7_charset *set = hl7_charset_find(to->character_set);
    const struct hl7_segment *msh = &m->segments[0];
    hl7_begin(w, "MSH");
    for (unsigned i = 3; i <= msh->n || i <= 18; i++) {
        const struct str own[] = {to->sending_application, to->sending_facility, to->application, to->facility};
        if (i <= 6)
            hl7_put_raw(w, i, own[i - 3]);
        else if (i == 10)
            hl7_put(w, i, c->control_id);
        else if (i == 15 || i == 16)
            hl7_put(w, i, str_of(i == 15 ? accept_codes[to->acknowledge] : application_codes[to->acknowledge]));
        else if (i == 18)
            hl7_put(w, i, set ? charset_name(set) : STR_NONE);
        else
            hl7_put_raw(w, i, hl7_field(msh, i));
    }
    hl7_end(w);
}

bool compose_forward(struct domain *d, const struct hl7_destination *to, const struct came *came,
                     struct composed *ret_message, struct err *e)
{
    const struct hl7_reading how = {.known = came->known, .usual = came->known};
    CLEANUP(buf_release) struct buf b;
    struct hl7_message m;
    struct hl7_writer w;
    number(d->arena, ret_message);
    if (!hl7_parse(came->bytes, &how, d->arena, &m, e))
        return false;
    buf_init(&b, MESSAGE_MAX);
    hl7_writer_init(&w, &b, &m.delims);
    put_header(&m, to, ret_message, &w);
    for (size_t i = 1; i < m.n; i++) {
        buf_str(&b, m.segments[i].text);
        buf_putc(&b, '\r');
    }
    return hl7_writer_ok(&w, e) && encode(d->arena, to, buf_view(&b), ret_message, e);
}
