/* The HL7 column of the Rosetta table as code: one loop over the rows of maps, each a place and a transform.
 * Private to hl7/net. */
#ifndef HL7_NET_MAP_PRIV_H
#define HL7_NET_MAP_PRIV_H

#include "domain/domain.h"
#include "domain/fields.h"
#include "hl7/codec/codec.h"
#include "hl7/net/net.h"

/* Where an applied value came from; kept for provenance and dry runs. */
struct hl7_trace {
    enum field field;
    const struct hl7_map_row *row;
    const struct hl7_segment *segment;
    bool deleted; /* the sender wrote "" */
};

/* One walk over the rows: what of the message is looked at, and what came out. */
struct mapping {
    struct domain *d; /* arena, policy, warnings; authorities need its database only for OIDs */
    const struct hl7_message *m;
    enum hl7_map_structure structure;
    struct hl7_group patient;      /* from PID to the next */
    struct hl7_group head;         /* of it what stands before the first order */
    struct hl7_group group;        /* ORC OBR …; empty for patients */
    const struct hl7_segment *ipc; /* the imaging procedure meant, of several in the group */
    const struct hl7_segment *zds; /* the study meant, of the group or the whole message */
    size_t number;                 /* of the group, from 1 */
    struct fields fields;
    struct hl7_trace trace[FIELDS];
    size_t traces;
    /* Told of a row that must refuse, its place in e: the others are looked at all the same. NULL: the first ends it.
     */
    void (*fault)(struct mapping *x, struct err *e);
    void *fault_ctx;
};

/* Start with d, m and structure set, the rest zeroed; then each map_next() goes to the next patient
 * (HL7_MAP_PATIENT), imaging procedure (HL7_MAP_IMAGING: each IPC of a group) or order group, with fields and
 * trace empty. False after the last. */
bool map_next(struct mapping *x);
/* Fill x->fields. Fails when a transform must refuse: e->path is then the place in the message. */
bool map_run(struct mapping *x, struct err *e);
/* A domain error names a field in e->path, another a location ("ORC-1"): put the place in this group there,
 * as ERR-2 writes it: "OBR^2^18". A place already written stays. Returns false. */
bool map_locate(const struct mapping *x, struct err *e);
/* The first segment of this name that belongs to the group: in it, else before it; MSH is the message's. */
const struct hl7_segment *map_segment(const struct mapping *x, const char *name);
/* ---- where values came from ---- */

struct map_transform_row;

/* What each walk over a message applied, in their order; hangs on the domain's adapter. */
struct trace_walk {
    enum hl7_map_structure structure;
    size_t number; /* of the group */
    struct hl7_trace *trace;
    struct str *value;
    size_t n;
    struct trace_walk *next;
};
/* A row of a sender's profile: tried before those of maps (also), or instead of them. */
struct map_override {
    struct hl7_map_row row;
    const struct map_transform_row *transform;
    struct hl7_location at;
    bool also;
};
struct map_overrides {
    const struct map_override *item;
    size_t n;
};
struct trace_log {
    struct trace_walk *first, **end;
    const struct map_overrides *over; /* NULL: none */
};
struct trace_log *trace_start(struct domain *d);
/* Keep what map_run applied, also before it failed. */
void trace_keep(const struct mapping *x);
/* The n-th value of a field in the whole message, from 0; STR_NONE behind the last. */
struct str trace_value(const struct trace_log *log, enum field f, size_t n);
/* A line for each value: "group FIELD place location transform", a '-' before the field that was removed. What later
 * groups share with the first (the patient) is told once. */
bool trace_told(const struct trace_log *log, const struct trace_walk *w, size_t i);
/* The place of a value as ERR-2 writes it: "OBR^2^18". */
void trace_place(const struct hl7_trace *t, char ret_text[HL7_ERL_TEXT]);
void trace_write(const struct trace_log *log, struct buf *to);

/* ---- transforms ---- */

struct map_source {
    const struct hl7_segment *segment;
    struct hl7_location at;
    struct str raw; /* the part the location names, escapes still in */
};
/* Canonical text of the source; nothing (.n == 0) when it says nothing usable, with a warning if it said
 * something. */
typedef bool map_transform(struct mapping *x, const struct map_source *s, struct str *ret_text, struct err *e);

struct map_transform_row {
    const char *name;
    map_transform *run;
    bool scan; /* looks at all segments of this name itself: "" in the first deletes nothing */
    const char *meaning;
};
const struct map_transform_row *map_transform_find(const char *name);

#define TRANSFORM(name, function, scan, meaning) map_transform function;
#include "hl7/net/transforms.def"
#undef TRANSFORM

/* Text of a component and subcomponent (0: first) of a raw repetition: escapes decoded, one line, trimmed. */
struct str part_text(const struct mapping *x, struct str repetition, unsigned component, unsigned subcomponent);
/* One line: control characters become blanks, blanks at the ends go. */
struct str one_line(struct arena *a, struct str text);
/* The first repetition of what the source names. */
struct str first_repetition(const struct mapping *x, const struct map_source *s);
/* INVALID or another code, placed at the source. */
bool source_error(const struct map_source *s, enum err_code code, const char *text, struct err *e);
/* Texts with a separator between them. */
struct str join_texts(struct arena *a, const struct str *part, size_t n, const char *separator);
/* For scans: the segments of this name in the group, then those in front of all groups. Start with NULL. */
const struct hl7_segment *scan_next(const struct mapping *x, const struct hl7_segment *after, const char *name);

#endif
