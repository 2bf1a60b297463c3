/* FHIR R4 documents: parse, look into, change, check, write; JSON and XML. A document is a tree of nodes in an arena;
 * numbers keep their text (1.10 stays 1.10), every node knows its line and column.
 * Owner: the arena. Threads: a tree belongs to one. Cost: linear in the text. Source: http://hl7.org/fhir/R4. */
#ifndef FHIR_MODEL_H
#define FHIR_MODEL_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

enum fhir_kind { FHIR_NULL, FHIR_BOOL, FHIR_NUMBER, FHIR_STRING, FHIR_OBJECT, FHIR_ARRAY };

struct fhir_type; /* types.h */

struct fhir_node {
    enum fhir_kind kind;
    struct str key;  /* member name inside an object; empty in arrays and at the root */
    struct str text; /* string: decoded UTF-8; number: as written; bool: "true" or "false" */
    struct fhir_node *first, *last, *next;
    unsigned line, column;
};

/* ---- text to tree and back ---- */
enum { FHIR_DEPTH_MAX = 64 };
/* Strict JSON (RFC 8259): duplicate members, bad UTF-8, depth over FHIR_DEPTH_MAX, and text behind the value are
 * STRUCTURE errors whose text names line and column. */
struct fhir_node *fhir_parse_json(struct arena *a, struct str text, struct err *e);
/* The same, but duplicate members stay in the tree: fhir_check tells all of them. */
struct fhir_node *fhir_parse_json_all(struct arena *a, struct str text, struct err *e);
/* FHIR XML to the same tree the JSON form gives. DOCTYPE, entities, foreign namespaces: STRUCTURE. */
struct fhir_node *fhir_parse_xml(struct arena *a, struct str text, struct err *e);
bool fhir_write_json(const struct fhir_node *n, bool pretty, struct buf *out, struct err *e);
bool fhir_write_xml(const struct fhir_node *resource, bool pretty, struct buf *out, struct err *e);

/* ---- checking: every R4 resource and type ---- */
struct fhir_issue {
    bool fatal;            /* false: a warning */
    const char *code;      /* issue-type: structure, required, value, code-invalid … */
    const char *rule;      /* the key of the invariant that does not hold ("pat-1"), NULL for others */
    const char *text;      /* in the arena of the issues */
    char expression[200];  /* FHIRPath: "Patient.contact[0].gender", cut where it is longer */
    unsigned line, column; /* 0 where unknown */
    struct fhir_issue *next;
};
enum { FHIR_ISSUES_MAX = 100, FHIR_ISSUE_TEXT_MAX = 800 };
struct fhir_issues {
    struct arena *arena;
    struct fhir_issue *first, *last;
    int fatal_count, warning_count; /* found */
    int count;                      /* kept: the first hundred of both */
    bool malformed;                 /* one of them, kept or not, has the code "structure" */
};
/* One object of the document, once it and all that is in it were found to have the right form. */
struct fhir_frame;
struct fhir_visit {
    const struct fhir_node *node;
    const struct fhir_type *type;
    const struct fhir_node *resource, *container; /* the resource it is in; the one around that when it is contained */
    const struct fhir_frame *frame;               /* its place */
};
/* What others have to say about it: they add issues. */
typedef void (*fhir_visitor)(void *ctx, const struct fhir_visit *visit, struct fhir_issues *issues);
/* The caller sets the arena and zeroes the rest. Unknown elements, cardinality, types and formats, choice types,
 * required bindings, reference targets. True when no fatal issue was found. */
bool fhir_check(const struct fhir_node *resource, struct fhir_issues *ret_issues);
struct fhir_checking {
    fhir_visitor visit; /* or NULL */
    void *ctx;          /* of visit */
    bool warnings;      /* also tell codes outside extensible bindings */
};
bool fhir_check_visiting(const struct fhir_node *resource, const struct fhir_checking *how,
                         struct fhir_issues *ret_issues);
/* The place of a visit, in FHIRPath, cut at size. */
void fhir_visit_place(const struct fhir_visit *visit, char *ret_text, size_t size);
/* Add an issue: at the place of the visit, where it names none; its text is copied. */
void fhir_issue_add(struct fhir_issues *issues, const struct fhir_visit *visit, const struct fhir_issue *what);

/* ---- looking and changing by path ----
 * Path: steps with '.', each "name", "name[2]", or "name[filter]" where filter is "a.b=value" (values to the
 * closing bracket) looked up below that element: identifier[type.coding.code=ACSN].value. Without an index the first
 * element of an array is meant. Choice elements are written out: valueString. */
const struct fhir_node *fhir_at(const struct fhir_node *n, const char *path); /* NULL when absent */
struct str fhir_text(const struct fhir_node *n, const char *path);            /* STR_NONE when absent or no primitive */
/* Direct member, fastest form. */
const struct fhir_node *fhir_member(const struct fhir_node *n, const char *name);

/* A new resource: {"resourceType": type}. */
struct fhir_node *fhir_new(struct arena *a, const char *type);
/* Set a primitive at a path below a resource, making what is missing. The element tables say which steps are arrays,
 * where new members go, and whether the text is written as string, number or boolean; a filter that finds nothing
 * appends an element with the filter's values in it, an index may name the next item; a form of a choice element
 * replaces the others. An empty text removes, as fhir_remove does. INVALID, with nothing changed, for a path the type
 * does not have and a text that is no number or boolean where one is due; finer checks are fhir_check's. */
bool fhir_set(struct arena *a, struct fhir_node *resource, const char *path, struct str text, struct err *e);
/* The node at the path, made as object (or array element) when missing. */
struct fhir_node *fhir_make(struct arena *a, struct fhir_node *resource, const char *path, struct err *e);
/* Remove whatever is at the path, with its extensions and the parents that become empty; a parent that holds only its
 * filter's values counts as empty. A last step without index means the whole array. Nothing there is fine. */
void fhir_remove(struct fhir_node *resource, const char *path);
/* Plain building, no tables asked. Each returns the new node. */
struct fhir_node *fhir_add_string(struct arena *a, struct fhir_node *object, const char *key, struct str text);
struct fhir_node *fhir_add_number(struct arena *a, struct fhir_node *object, const char *key, struct str text);
struct fhir_node *fhir_add_bool(struct arena *a, struct fhir_node *object, const char *key, bool value);
/* Here and below: key NULL makes an array item. */
struct fhir_node *fhir_add_object(struct arena *a, struct fhir_node *object, const char *key);
struct fhir_node *fhir_add_array(struct arena *a, struct fhir_node *object, const char *key);
void fhir_add_node(struct fhir_node *parent, struct fhir_node *child); /* child is not in a tree yet */
struct fhir_node *fhir_copy(struct arena *a, const struct fhir_node *n);

/* ---- the tables ---- */
/* A resource type of R4 ("Patient"); false for abstract and unknown names. */
bool fhir_is_resource(struct str type);
/* The i-th resource type in alphabetical order, NULL past the end. */
const char *fhir_resource_name(int i);

/* The codes R4 binds with "required": the place of a value set by its url (a version is ignored), or -1; its codes; all
 * codes of all sets (some stand in several). False past the end. */
int fhir_code_set_find(struct str url);
bool fhir_code_set_at(int set, int i, struct str *ret_system, struct str *ret_code);
bool fhir_code_at(int i, struct str *ret_system, struct str *ret_code);

enum fhir_search_kind {
    FHIR_SEARCH_TOKEN,
    FHIR_SEARCH_STRING,
    FHIR_SEARCH_DATE,
    FHIR_SEARCH_REFERENCE,
    FHIR_SEARCH_NUMBER,
    FHIR_SEARCH_QUANTITY,
    FHIR_SEARCH_URI,
    FHIR_SEARCH_COMPOSITE,
    FHIR_SEARCH_SPECIAL
};
struct fhir_search_param {
    const char *code; /* "basedon" */
    enum fhir_search_kind kind;
    const char *url;        /* its canonical address */
    const char *expression; /* the official FHIRPath, for people */
    const char *targets;    /* reference targets "Patient,Group"; NULL for others */
    const void *program;    /* of fhir/model */
};
/* Search parameters of a type by position (NULL past the end) or code (NULL if none); _tag, _profile, _security and
 * _source come last, _id and _lastUpdated are not among them. DiagnosticReport has
 * imagingStudy (IHE IMR), DocumentReference creation (IHE MHD) too. */
const struct fhir_search_param *fhir_search_param_at(struct str type, int i);
/* Those of the tables alone: custom.h adds the site's to the others. */
const struct fhir_search_param *fhir_search_builtin_at(struct str type, int i);
/* Those that every type has. */
const struct fhir_search_param *fhir_search_common_at(int i);
const struct fhir_search_param *fhir_search_param_find(struct str type, struct str code);

/* The reference parameters that put documents of a type into the compartment of another ("Patient"):
 * "subject,performer"; empty for the centre's own type when none does. NULL: no such compartment, or the type is never
 * in it. */
const char *fhir_compartment(struct str compartment, struct str type);

/* Whether the parameter leads to values of this datatype ("Identifier"). */
bool fhir_search_reaches(const struct fhir_search_param *p, const char *type);
/* The kinds of a composite's components, in order; 0 for other parameters. */
enum { FHIR_COMPONENTS_MAX = 4 };
int fhir_search_components(const struct fhir_search_param *p, enum fhir_search_kind ret_kinds[FHIR_COMPONENTS_MAX]);

/* What a value is for: the parameter itself, or one of its modifiers. */
enum fhir_value_use {
    FHIR_VALUE_PLAIN,
    FHIR_VALUE_TEXT,       /* :text: what people read beside a code or reference */
    FHIR_VALUE_OF_TYPE,    /* :of-type: system "type system|type code", text the identifier's value */
    FHIR_VALUE_IDENTIFIER, /* :identifier: system and text of a reference's identifier */
    FHIR_VALUE_USES
};
/* One value to be indexed, by its kind. token: system|code (system empty when none; a bare code, boolean or uid has
 * none); string: text; reference: text as written, e.g. "Patient/1" ("#id" is left out), of a canonical without its
 * version, which is in system; date: the text as FHIR date/dateTime/instant with text2 NULL, for Period start in text
 * and end in text2 (either may be empty, text2 then not NULL); number and quantity: number in text, system, code in
 * text2 (else the unit); a range has its end in high (either may be empty, high then not NULL); uri: text. */
struct fhir_value {
    struct str system, text, text2, high;
    enum fhir_search_kind kind;
    enum fhir_value_use use;
    int component, element; /* of a composite: which component (from 1), and of which element (from 1); else 0. "near":
                               latitude is component 1, longitude 2 */
    bool brief;             /* its texts are gone when the callback returns; others live as long as the document */
};
typedef bool (*fhir_value_found)(void *ctx, const struct fhir_search_param *p, const struct fhir_value *v,
                                 struct err *e);
/* Every value of every parameter of the resource's type, in order. */
bool fhir_extract(const struct fhir_node *resource, fhir_value_found found, void *ctx, struct err *e);
/* The values of one node of a datatype for one parameter: for whoever found the node by other means. */
bool fhir_extract_node(const struct fhir_search_param *p, const struct fhir_node *n, const char *type,
                       fhir_value_found found, void *ctx, struct err *e);
/* How often what fhir_extract tells has changed: rows of an older number want indexing again. */
enum { FHIR_EXTRACTION = 6 };

/* 1 to 64 letters, digits, '-' or '.' */
bool fhir_is_id(struct str text);

/* Every literal reference in the tree: its text ("Patient/1") and FHIRPath-like location. */
typedef bool (*fhir_reference_found)(void *ctx, struct str reference, const char *expression, struct err *e);
bool fhir_references(const struct fhir_node *resource, fhir_reference_found found, void *ctx, struct err *e);

#endif
