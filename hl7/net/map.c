#include "hl7/net/map_priv.h"

#include <pthread.h>
#include <stdio.h>

enum {
    ORDER = HL7_MAP_ORDER,
    IMAGING = HL7_MAP_IMAGING,
    PATIENT = HL7_MAP_PATIENT,
    DOCUMENT = HL7_MAP_DOCUMENT,
    APPOINTMENT = HL7_MAP_APPOINTMENT,
    REPORT = HL7_MAP_REPORT | DOCUMENT,
    VISIT = ORDER | IMAGING | PATIENT,
    ANY = ORDER | IMAGING | PATIENT | REPORT | APPOINTMENT
};

static const struct hl7_map_row rows[] = {
#define MAP(field, location, transform, structures) {FIELD_##field, location, transform, structures},
#include "hl7/net/maps/patient.def"
#include "hl7/net/maps/order.def"
#include "hl7/net/maps/report.def"
#undef MAP
};
enum { ROWS = sizeof rows / sizeof rows[0] };

const struct hl7_map_row *hl7_map_rows(size_t *ret_count)
{
    *ret_count = ROWS;
    return rows;
}

/* ---- where a segment is looked for ---- */

const struct hl7_segment *map_segment(const struct mapping *x, const char *name)
{
    struct str s = str_of(name);
    if (str_is(s, "IPC"))
        return x->ipc;
    if (str_is(s, "ZDS"))
        return x->zds;
    if (str_is(s, "MSH"))
        return x->m->n ? &x->m->segments[0] : NULL;
    const struct hl7_segment *found = x->group.m ? hl7_segment_find(&x->group, name, 1) : NULL;
    return found || !x->head.m ? found : hl7_segment_find(&x->head, name, 1);
}

const struct hl7_segment *scan_next(const struct mapping *x, const struct hl7_segment *after, const char *name)
{
    const struct hl7_group *const scope[] = {&x->group, &x->head};
    size_t i = after ? (size_t)(after - x->m->segments) : 0;
    for (int k = 0; k < 2; k++) {
        bool inside = after && scope[k]->m && i >= scope[k]->from && i < scope[k]->to;
        if (!scope[k]->m || (after && !inside))
            continue;
        const struct hl7_segment *next = hl7_segment_next(scope[k], after, name);
        if (next)
            return next;
        after = NULL; /* the group is read: begin with the head */
    }
    return NULL;
}

/* The part a location names, in a segment that was found already; with its presence, a "" around it included.
 */
static enum hl7_presence part_of(const struct mapping *x, const struct hl7_segment *s, const struct hl7_location *at,
                                 struct str *ret_raw)
{
    struct str raw = hl7_field(s, at->field);
    *ret_raw = raw;
    if (!at->component || hl7_presence(raw) == HL7_NULL)
        return hl7_presence(raw);
    raw = hl7_repetition(x->m, raw, 1);
    *ret_raw = raw;
    if (hl7_presence(raw) == HL7_NULL)
        return HL7_NULL;
    *ret_raw = hl7_component(x->m, raw, at->component);
    return hl7_presence(*ret_raw);
}

/* ---- the loop ---- */

/* What identifies a thing or places it is never removed by "": it can only be given another value. */
static bool may_delete(enum field f)
{
    static const enum field kept[] = {
        FIELD_PATIENT_ID,    FIELD_PATIENT_ISSUER,   FIELD_PLACER_ORDER, FIELD_FILLER_ORDER, FIELD_STEP_ID,
        FIELD_PROCEDURE_ID,  FIELD_ACCESSION_NUMBER, FIELD_STUDY_UID,    FIELD_MODALITY,     FIELD_STEP_START,
        FIELD_STEP_STATUS,   FIELD_REPORT_STATUS,    FIELD_PRIORITY,     FIELD_PATIENT_NAME, FIELD_PLACER_ISSUER,
        FIELD_FILLER_ISSUER, FIELD_ACCESSION_ISSUER};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        if (kept[i] == f)
            return false;
    return true;
}

static void keep(struct mapping *x, const struct hl7_map_row *row, const struct hl7_segment *segment, struct str text)
{
    x->trace[x->traces++] = (struct hl7_trace){row->field, row, segment, !text.n};
    if (text.n)
        fields_set(&x->fields, row->field, text);
    else
        fields_delete(&x->fields, row->field);
}

static void deletion(struct mapping *x, const struct hl7_map_row *row, const struct hl7_segment *segment)
{
    struct domain *d = x->d;
    if (may_delete(row->field)) {
        keep(x, row, segment, STR_NONE);
        return;
    }
    size_t n = d->warning_count;
    domain_warn(d, "%s can not be removed: \"\" passed over", row->location);
    if (n && d->warning_count > n && str_eq(d->warning[n], d->warning[n - 1]))
        d->warning_count = n; /* a number and its issuer stand in one place: said once */
}

/* Rows with their places and transforms looked up, once for the process. */
static struct {
    const struct map_transform_row *transform; /* NULL: the row is wrong; a test reads all rows */
    struct hl7_location at;
} ready[ROWS];
static pthread_once_t readied = PTHREAD_ONCE_INIT;

static void make_ready(void)
{
    for (size_t i = 0; i < ROWS; i++)
        if (hl7_location_parse(rows[i].location, &ready[i].at, NULL))
            ready[i].transform = map_transform_find(rows[i].transform);
}

/* A row with its transform and place. */
struct ready_row {
    const struct hl7_map_row *row;
    const struct map_transform_row *transform;
    const struct hl7_location *at;
};

static bool apply(struct mapping *x, const struct ready_row *r, struct err *e)
{
    const struct map_transform_row *t = r->transform;
    struct map_source s = {.at = *r->at};
    struct str text = STR_NONE;
    if (!t)
        return err_set(e, ERR_INTERNAL, "no transform '%s' or no place '%s'", r->row->transform, r->row->location);
    s.segment = map_segment(x, s.at.segment);
    if (!s.segment)
        return true;
    enum hl7_presence presence = part_of(x, s.segment, &s.at, &s.raw);
    if (!t->scan && presence == HL7_NULL) {
        deletion(x, r->row, s.segment);
        return true;
    }
    if (!t->scan && presence != HL7_VALUE)
        return true;
    if (!t->run(x, &s, &text, e))
        return false;
    if (text.n)
        keep(x, r->row, s.segment, text);
    return true;
}

static bool is_due(const struct mapping *x, const struct hl7_map_row *row)
{
    return (row->structures & (unsigned)x->structure) && x->fields.state[row->field] == FIELD_ABSENT;
}

/* Rows of the sender's profile; NULL when it has none. */
static const struct map_overrides *own_rows(const struct mapping *x)
{
    const struct trace_log *log = x->d->adapter;
    return log ? log->over : NULL;
}

static const struct map_override *own_row(const struct mapping *x, enum field f, bool instead)
{
    const struct map_overrides *own = own_rows(x);
    for (size_t i = 0; own && i < own->n; i++)
        if (own->item[i].row.field == f && (own->item[i].row.structures & (unsigned)x->structure) &&
            !(instead && own->item[i].also))
            return &own->item[i];
    return NULL;
}

/* Who wants to hear of all faults is told of this one. */
static bool passed_over(struct mapping *x, struct err *e)
{
    if (!x->fault)
        return false;
    x->fault(x, e);
    err_clear(e);
    return true;
}

static bool run_own(struct mapping *x, struct err *e)
{
    const struct map_overrides *own = own_rows(x);
    for (size_t i = 0; own && i < own->n; i++) {
        const struct map_override *o = &own->item[i];
        const struct ready_row r = {&o->row, o->transform, &o->at};
        if (is_due(x, &o->row) && !apply(x, &r, e) && !passed_over(x, e))
            return false;
    }
    return true;
}

static bool run_rows(struct mapping *x, struct err *e)
{
    pthread_once(&readied, make_ready);
    if (!run_own(x, e))
        return false;
    for (size_t i = 0; i < ROWS; i++) {
        const struct ready_row r = {&rows[i], ready[i].transform, &ready[i].at};
        if (is_due(x, &rows[i]) && !own_row(x, rows[i].field, true) && !apply(x, &r, e) && !passed_over(x, e))
            return false;
    }
    return true;
}

bool map_run(struct mapping *x, struct err *e)
{
    bool ok = run_rows(x, e);
    trace_keep(x);
    return ok;
}

/* ---- back from a field to its place ---- */

/* Where a value that is missing altogether belongs: its first row, but for fields whose first row is an
 * alternative of the element HL7 itself requires. */
static const struct {
    enum field field;
    const char *location;
} required[] = {{FIELD_PROCEDURE_CODE, "OBR-4"}};

static const char *required_place(enum field f)
{
    for (size_t i = 0; i < sizeof required / sizeof required[0]; i++)
        if (required[i].field == f)
            return required[i].location;
    return NULL;
}

static const struct hl7_map_row *first_row(const struct mapping *x, enum field f)
{
    const struct map_override *own = own_row(x, f, false);
    if (own)
        return &own->row;
    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].field == f && (rows[i].structures & (unsigned)x->structure))
            return &rows[i];
    return NULL;
}

/* Where a field came from, or would come from. */
static bool place_of(const struct mapping *x, enum field f, struct hl7_location *ret_at,
                     const struct hl7_segment **ret_segment)
{
    const struct hl7_map_row *row = first_row(x, f);
    *ret_segment = NULL;
    for (size_t i = 0; i < x->traces; i++)
        if (x->trace[i].field == f)
            row = x->trace[i].row, *ret_segment = x->trace[i].segment;
    const char *location = *ret_segment || own_row(x, f, false) ? NULL : required_place(f);
    if (!location && row)
        location = row->location;
    return location && hl7_location_parse(location, ret_at, NULL);
}

bool map_locate(const struct mapping *x, struct err *e)
{
    struct hl7_location at;
    const struct hl7_segment *segment = NULL;
    char text[HL7_ERL_TEXT];
    enum field f = field_find(str_of(e->path));
    if (f < FIELDS ? !place_of(x, f, &at, &segment) : !hl7_location_parse(e->path, &at, NULL)) {
        if (f < FIELDS)
            e->path[0] = '\0'; /* a field that no message names has no place in one */
        return false;
    }
    if (!segment)
        segment = map_segment(x, at.segment);
    if (segment)
        hl7_erl(segment, &at, text);
    else
        snprintf(text, sizeof text, "%s^%zu^%u", at.segment, x->number ? x->number : 1, at.field);
    e->path[0] = '\0';
    return err_at(e, "%s", text);
}

/* ---- said in words ---- */

static void put_structures(unsigned structures, struct buf *b)
{
    static const char *const names[] = {"ORM OMG", "OMI", "ADT", "ORU", "MDM", "SIU"};
    bool any = false;
    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++)
        if (structures & 1u << i) {
            buf_printf(b, "%s%s", any ? " " : "", names[i]);
            any = true;
        }
}

void hl7_map_describe(enum field f, struct buf *b)
{
    unsigned last = 0;
    for (size_t i = 0; i < ROWS; i++) {
        if (rows[i].field != f)
            continue;
        if (rows[i].structures == last) {
            buf_puts(b, ", else ");
        } else {
            buf_puts(b, last ? "; " : "");
            put_structures(rows[i].structures, b);
            buf_puts(b, ": ");
        }
        buf_printf(b, "%s %s", rows[i].location, rows[i].transform);
        last = rows[i].structures;
    }
}
