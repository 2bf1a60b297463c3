/* JSON for the server's own use (admin API, audit text, settings), on cJSON. FHIR documents do not come through
 * here: they need number text and line numbers, which fhir/model keeps.
 * Reading: json_parse, then the json_… getters; everything lives until json_free. Writing: struct buf and the
 * json_put_… functions, which escape. Threads: one at a time per value. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buf.h"

struct json; /* opaque: a parsed value */

/* Text of at most 1 MiB, nested at most 64 deep, nothing behind the value. INVALID otherwise, with the line. */
struct json *json_parse(struct str text, struct err *e);
void json_free(struct json *j);
/* Member of an object, or NULL. */
const struct json *json_find(const struct json *j, const char *name);
/* The text of a string member; STR_NONE when absent or no string. */
struct str json_str(const struct json *j, const char *name);
bool json_int(const struct json *j, const char *name, int64_t *ret_n);
bool json_number(const struct json *j, int64_t *ret_n); /* the value itself */
bool json_bool(const struct json *j, const char *name, bool if_absent);
/* Array access: 0 for anything else. */
size_t json_count(const struct json *j);
const struct json *json_at(const struct json *j, size_t i);
struct str json_text(const struct json *j); /* the value itself, when a string */
enum json_kind { JSON_NOTHING, JSON_OBJECT, JSON_ARRAY, JSON_STRING, JSON_NUMBER, JSON_OTHER };
enum json_kind json_kind(const struct json *j); /* JSON_NOTHING for NULL */
/* Members of an object in their order: start with i 0; NULL behind the last. */
const struct json *json_member(const struct json *j, size_t i);
struct str json_name(const struct json *member);
/* The line, from 1, on which a value of the parsed text begins; 0 if it is not in it. Linear in the text. */
unsigned json_line(const struct json *root, const struct json *at, struct str text);

/* Writers: a quoted, escaped string. Bytes that are not UTF-8 become U+FFFD. */
void json_put_str(struct buf *b, struct str s);
/* "name":"value" with a comma before it unless the buffer ends in '{' or '['. Empty values are left out by the
 * _opt form. */
void json_put_field(struct buf *b, const char *name, struct str value);
void json_put_field_opt(struct buf *b, const char *name, struct str value);
void json_put_int(struct buf *b, const char *name, int64_t value);
void json_put_bool(struct buf *b, const char *name, bool value);
/* "name":[…], one string for each part of a joined text; [] for an empty one. */
void json_put_parts(struct buf *b, const char *name, struct str joined, char separator);
/* "name": and the comma rule; the caller writes the value. */
void json_put_name(struct buf *b, const char *name);
/* The comma rule alone, for array items. */
void json_put_comma(struct buf *b);

#endif
