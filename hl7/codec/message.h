/* A parsed HL7 v2 message: segments and fields as slices of its text, in UTF-8 (HL7 2.5.1 §2.5–2.8).
 * Repetitions, components and subcomponents are found when asked for; nothing is interpreted and nothing is
 * changed, so joining the parts again gives the text. Two ways to ask:
 *   - raw parts, escapes still in: hl7_field, hl7_repetition, hl7_component, hl7_subcomponent, hl7_raw;
 *   - text, escapes decoded: hl7_find, hl7_get, hl7_unescape.
 *
 * Owner: the arena holds the structure; the received bytes must live as long. Threads: read by any, once
 * parsed. Cost: one pass; 16 bytes a field; text that needs no decoding is not copied. */
#ifndef HL7_MESSAGE_H
#define HL7_MESSAGE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "hl7/codec/charset.h"
#include "hl7/codec/quirks.h"

enum {
    HL7_SEGMENTS_MAX = 10000,
    HL7_FIELDS_MAX = 2000,       /* in a segment */
    HL7_FIELDS_ALL_MAX = 400000, /* in a message */
    HL7_ERL_TEXT = 64
};

/* 0 where MSH-2 has no such character. */
struct hl7_delims {
    char field, component, repetition, escape, subcomponent, truncation;
};

/* fields[0] is the name, fields[n] the last field. In MSH fields[1] is the separator, fields[2] the other
 * delimiters. */
struct hl7_segment {
    struct str name; /* "PID" */
    struct str text; /* the whole segment without its terminator */
    const struct str *fields;
    size_t n;            /* highest field number */
    unsigned occurrence; /* 1 for the first segment of this name in the message */
};

struct hl7_message {
    struct str text; /* the message as UTF-8, without what was passed over before MSH */
    struct hl7_delims delims;
    const struct hl7_segment *segments; /* segments[0] is MSH */
    size_t n;
    struct hl7_charset_used charset;
    struct hl7_quirks quirks;
    bool has_zone; /* MSH-7 names a zone: it holds for every time of the message without one */
    int zone_minutes;
};

/* Parse one message. `how` may be NULL. Fails with STRUCTURE (no MSH, two MSH) or TOO_LARGE (the limits
 * above), with the place in e->path; then hl7_parse_header() may still give what an acknowledgement needs. */
bool hl7_parse(struct str bytes, const struct hl7_reading *how, struct arena *a, struct hl7_message *ret_m,
               struct err *e);
/* Parse the MSH segment only: of a message cut off or refused. STRUCTURE if there is none. */
bool hl7_parse_header(struct str bytes, const struct hl7_reading *how, struct arena *a, struct hl7_message *ret_m,
                      struct err *e);

/* Lines as people and editors write them, as segments: each ends in CR, the last one too. A lone LF between lines that
 * end in CR is data and stays. */
struct str hl7_lines(struct arena *a, struct str text);

/* What a part of a message says. Absent and empty mean "nothing said"; NULL is the two quotes "" and means
 * "remove". */
enum hl7_presence { HL7_ABSENT, HL7_EMPTY, HL7_NULL, HL7_VALUE };
enum hl7_presence hl7_presence(struct str raw);

/* Raw parts, numbered from 1; .p is NULL where there is none. */
struct str hl7_field(const struct hl7_segment *s, size_t n);
size_t hl7_repetitions(const struct hl7_message *m, struct str field); /* 0 for an absent or empty field */
struct str hl7_repetition(const struct hl7_message *m, struct str field, size_t n);
struct str hl7_component(const struct hl7_message *m, struct str repetition, size_t n);
struct str hl7_subcomponent(const struct hl7_message *m, struct str component, size_t n);
/* Text of a raw part without delimiters in it: escapes decoded, "" gives no text. Copied only if there are
 * escapes. */
struct str hl7_unescape(const struct hl7_message *m, struct arena *a, struct str raw);

/* A run of segments: a whole message or one group of it. */
struct hl7_group {
    const struct hl7_message *m;
    size_t from, to; /* segments[from] … segments[to - 1] */
};

struct hl7_group hl7_all(const struct hl7_message *m);
/* The segments of `in` before its first group. */
struct hl7_group hl7_group_head(const struct hl7_group *in, const char *starts);
/* The next group of `in`; start with *group zeroed. `starts` names, blank between, the segments a group
 * begins with in their order, the later ones optional to it: with "ORC OBR" an ORC always begins a group, an
 * OBR only when the group has an OBR already or none is open. False after the last. */
bool hl7_group_next(const struct hl7_group *in, const char *starts, struct hl7_group *group);
/* The n-th segment of this name in the group, from 1; NULL if none. */
const struct hl7_segment *hl7_segment_find(const struct hl7_group *g, const char *name, size_t n);
/* The next segment of this name (NULL: any) after `after` (NULL: from the start) in the group; NULL after the
 * last. */
const struct hl7_segment *hl7_segment_next(const struct hl7_group *g, const struct hl7_segment *after,
                                           const char *name);

/* A place in a message: "PID-5", "PID-5.1", "PID-3[2].4.1", "OBX[3]-5". 0 where the text names none. */
struct hl7_location {
    char segment[4];
    unsigned occurrence, field, repetition, component, subcomponent;
};

/* INVALID if it is not of that form. */
bool hl7_location_parse(const char *text, struct hl7_location *ret_location, struct err *e);
/* The raw slice at the level the location names: "PID-5" is the whole field, "PID-3[2]" a repetition. The
 * segment occurrence counts within the group. */
struct str hl7_at(const struct hl7_group *g, const struct hl7_location *l);
/* The text at a location; repetition, component and subcomponent not named are 1. A field or repetition that
 * is "" makes each of its components HL7_NULL. *ret_text is empty unless HL7_VALUE. */
enum hl7_presence hl7_text_at(const struct hl7_group *g, const struct hl7_location *l, struct arena *a,
                              struct str *ret_text);
/* The same for a location written out; a location that cannot be parsed finds nothing. */
enum hl7_presence hl7_group_find(const struct hl7_group *g, struct arena *a, const char *location,
                                 struct str *ret_text);
enum hl7_presence hl7_find(const struct hl7_message *m, struct arena *a, const char *location, struct str *ret_text);
struct str hl7_group_get(const struct hl7_group *g, struct arena *a, const char *location);
struct str hl7_get(const struct hl7_message *m, struct arena *a, const char *location);
struct str hl7_raw(const struct hl7_message *m, const char *location);

/* The place of a segment's field as ERR-2 writes it (data type ERL): "OBR^2^4^1^3"; zeros at the end are left
 * out. For err_at(). l->segment and l->occurrence are not looked at: the segment knows its own. */
void hl7_erl(const struct hl7_segment *s, const struct hl7_location *l, char ret_text[HL7_ERL_TEXT]);

/* MSH decoded. */
struct hl7_header {
    struct str sending_application, sending_facility, receiving_application, receiving_facility;
    struct str type, event, structure; /* MSH-9: "ORM", "O01", "ORM_O01" */
    struct str control_id, processing, version;
    struct str accept_ack, application_ack; /* MSH-15, MSH-16 */
};

void hl7_header(const struct hl7_message *m, struct arena *a, struct hl7_header *ret_header);

#endif
