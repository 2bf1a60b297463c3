/* Operations: "$name" at system, type, instance and version level, one row of operations.def each. The framework finds
 * the row, lets the gate ask for its permission, event and transaction, reads the parameters the row declares, and
 * calls the row's handler. Private to this folder.
 * Owner: everything lives in the operation's arena. Threads: one operation, one thread; the rows are constant. */
#ifndef FHIR_REST_OPERATION_PRIV_H
#define FHIR_REST_OPERATION_PRIV_H

#include "fhir/rest/rest_priv.h"
#include "fhir/terminology/terminology.h"

enum { AT_SYSTEM = 1, AT_TYPE = 2, AT_INSTANCE = 4, AT_VERSION = 8 };
enum { BY_GET = 1, BY_POST = 2, GET_STARTS = 4, TELLS_FAULTS = 8 };

struct operation;
typedef bool (*operation_handler)(struct operation *o, struct err *e);

struct operation_row {
    const char *name; /* "$meta" */
    unsigned levels;
    const char *types;
    unsigned methods;
    enum permission permission;
    enum audit_kind audit;
    enum gate_tx tx;
    int64_t body_max;
    const char *in, *out, *official;
    operation_handler handler;
};
extern const struct operation_row operation_rows[];
extern const int operation_row_count;

struct operation { /* one call */
    struct op *op;
    struct gate_http *h;
    const struct operation_row *row;
    unsigned level;           /* one of AT_… */
    struct str type, id, vid; /* of the address; empty above their level */
    /* The parameters: a Parameters resource with what the body and the address said, checked against row->in. A
     * resource posted bare is the parameter of its type. Resources in it were parsed, not checked. */
    struct fhir_node *in;
};

#define OPERATION(name, levels, types, methods, permission, audit, tx, body, in, out, official, handler) \
    bool handler(struct operation *o, struct err *e);
#include "fhir/rest/operations.def"
#undef OPERATION

/* ---- operation.c ---- */
/* For the gate: the row of this address decides permission, event and transaction. */
void operation_prepare(struct gate_http *h, struct gate_act *act);
/* How the operation of this address is called; 0: there is none. */
unsigned operation_methods(const struct gate_http *h);
/* Whether it may be answered later by the common way; what has a way of its own ($export) may not. */
bool operation_may_wait(const struct gate_http *h);
/* The row for a name ("meta" or "$meta") at a level of a type; NULL if none. */
const struct operation_row *operation_find(struct str name, unsigned level, struct str type);

/* ---- operation_in.c: what the caller said ---- */
/* Fill o->in from body and address. INVALID, UNSUPPORTED, STRUCTURE … for what the row does not take. */
bool operation_read(struct operation *o, struct err *e);
/* One declared parameter, "name:type?". False past the end. */
struct operation_param {
    struct str name, type;
    bool required, repeats;
};
bool operation_param_next(struct str *rest, struct operation_param *ret_param);
/* The i-th parameter of a name, as the whole object; NULL past the end. params: o->in or a parameter with parts. */
const struct fhir_node *operation_parameter(const struct fhir_node *params, const char *name, size_t i);
/* Its value: the value[x] member, or the resource; NULL when absent. */
const struct fhir_node *operation_value(const struct fhir_node *params, const char *name);
/* The text of a primitive: STR_NONE when absent. */
struct str operation_text(const struct operation *o, const char *name);
bool operation_bool(const struct operation *o, const char *name, bool if_absent);
int64_t operation_int(const struct operation *o, const char *name, int64_t if_absent);
/* The resource a parameter holds, checked as a body would be: *ret_node NULL when the parameter is absent. A faulty one
 * is refused with all its issues. */
bool operation_resource(struct operation *o, const char *name, struct fhir_node **ret_node, struct err *e);

/* A failure as an issue. */
void operation_issue(struct fhir_issues *issues, const struct fhir_node *document, const struct err *why);
/* All issues as an OperationOutcome: what is answered by operations that look for them. */
bool operation_answer_issues(struct operation *o, const struct fhir_issues *issues, struct err *e);

/* ---- operation_out.c: what is answered ---- */
/* A Parameters resource, and one more parameter in it (or in a parameter's parts): the caller adds value… or resource.
 */
struct fhir_node *operation_out(struct operation *o);
struct fhir_node *operation_add(struct operation *o, struct fhir_node *params, const char *name);
void operation_add_text(struct operation *o, struct fhir_node *params, const char *name, const char *value_x,
                        struct str text);
void operation_add_bool(struct operation *o, struct fhir_node *params, const char *name, bool value);
/* Hang an existing tree in as value[x] or resource: it must not be in a tree. */
void operation_add_value(struct operation *o, struct fhir_node *params, const char *name, const char *value_x,
                         struct fhir_node *value);
/* Send a resource. */
bool operation_answer(struct operation *o, int status, const struct fhir_node *resource, struct err *e);

/* ---- operation_gather.c: documents and what they refer to ---- */
/* The document of the address, locked when it is to be changed; NOT_FOUND or GONE when there is none. */
bool operation_document(struct operation *o, enum record_lock lock, struct record_doc *ret_doc, struct err *e);
enum { GATHER_MAX = 4000 };
struct gathered {
    struct op *op;
    bool (*wanted)(struct str type); /* which types to follow references to; NULL: all */
    struct record_doc *docs;         /* as clients see them, in the order found; at most GATHER_MAX */
    size_t n;
    struct str *seen; /* "Type/id" of what was found or looked for */
    size_t seen_n;
};
void gather_start(struct gathered *g, struct op *op, bool (*wanted)(struct str type));
/* A document that was found already; rendered here. */
bool gather_put(struct gathered *g, const struct record_doc *doc, struct err *e);
/* Follow references from the documents on, and from those found: what this server has and the caller may see.
 * TOO_LARGE over GATHER_MAX. */
bool gather_follow(struct gathered *g, struct err *e);

/* ---- operation_terminology.c ---- */
/* Terminology whose documents are the record's, under the caller's row filter. */
void operation_term(struct operation *o, struct term *ret_term);
/* The document the call is about: of the address, the body (parameter named body) or by url; *ret_resource NULL when
 * only built-in codes can have that url (then *ret_url). INVALID when none is named. */
bool operation_term_document(struct operation *o, struct term *t, const char *body,
                             const struct fhir_node **ret_resource, struct str *ret_url, struct err *e);

/* ---- op_everything.c ---- */
enum { COMPARTMENT_PARAMS_MAX = 1000 };
/* The search parameters (record_param) by which documents belong to a "Patient" or "Encounter". */
size_t operation_compartment(const char *centre, int64_t ret_params[COMPARTMENT_PARAMS_MAX]);

/* ---- operation_describe.c: the rows for people and machines ---- */
/* ,"operation":[…] of the CapabilityStatement: of the system (type empty) or of one type; nothing when there is none.
 */
void operation_put_list(struct buf *b, const struct op *op, struct str type);
/* The OperationDefinition of the i-th row as JSON; its id. */
struct str operation_id(struct arena *a, const struct operation_row *row);
void operation_put_definition(struct buf *b, const struct op *op, const struct operation_row *row);

#endif
