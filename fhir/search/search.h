/* FHIR searches: what was asked (struct query), and the documents that answer it. Knows the grammar of parameters and
 * the search index; knows no HTTP and no Bundle, which are fhir/rest's. Owner: all memory is the operation's arena.
 * Threads: one operation, one thread. Cost: a search is one statement, one more for a total, one for each step of an
 * include. A query: query_start, then query_take for each parameter (or query_take_form, query_parse), query_settle;
 * search_find. */
#ifndef FHIR_SEARCH_H
#define FHIR_SEARCH_H

#include "fhir/model/part.h"
#include "gate/gate.h"
#include "http/http.h"

enum { COUNT_DEFAULT = 50, COUNT_MAX = 1000, PARAMETERS_MAX = 60, VALUES_MAX = 50, INCLUDE_MAX = 16 };

/* "http://host:8042/fhir" */
struct str fhir_base(const struct op *op);

/* ---- summary.c: _summary and _elements ---- */
struct summary {
    struct fhir_part part;
    bool count; /* _summary=count: only how many there are */
    bool mode_given, elements_given, contradicts;
};
bool summary_is_name(struct str name);
/* One of the two parameters; INVALID when it is given twice, or contradicts the other. */
bool summary_take(struct arena *a, struct http_pair p, struct summary *s, struct err *e);
/* Whether the type has all elements named; INVALID names the first it has not. */
bool summary_paths(const struct summary *s, struct str type, struct err *e);

/* ---- query.c ---- */
struct query_filter { /* "code:not=a,b", "subject:Patient.name=a" (chain "name"), "_has:Observation:patient:code=a" */
    struct str raw, name, modifier, chain, value; /* raw: all before the '='; chain: p is NULL when there is none */
};
struct query_filter query_filter(struct str raw, struct str value);
struct query_include { /* type, param: "*" for all; target may be empty */
    bool reverse, iterate;
    struct str type, param, target;
};
/* What is found: documents, what they contain, either. */
enum query_contained { CONTAINED_NOT, CONTAINED_ONLY, CONTAINED_BOTH };
struct query {
    struct arena *arena;
    struct str type;  /* empty when many */
    struct str path;  /* behind the base: "Patient", "Patient/1/Observation", "" of the system */
    bool many, every; /* of several types: many.c; every: all there are */
    struct str *types;
    size_t type_count;
    struct str compartment, centre; /* "Patient", "1"; empty: none */
    struct query_filter filter[PARAMETERS_MAX];
    size_t filters;
    struct query_include include[INCLUDE_MAX];
    size_t includes;
    struct str sort, cursor;
    struct summary summary; /* _summary and _elements */
    enum query_contained contained;
    bool contained_alone; /* shown without its container */
    int count;
    bool count_only, total, lenient, explain;
    struct http_pair used[PARAMETERS_MAX]; /* for the self link, in the order given */
    size_t used_n;
    struct str ignored; /* names left out by handling=lenient, "a, b"; empty for none */
};
void query_start(struct op *op, struct str type, struct query *ret_query);
/* A search of several types. path: behind the base. */
struct query *query_start_many(struct op *op, struct str path);
/* One parameter, unescaped. INVALID or UNSUPPORTED for what is no search; unknown filters are found out by search_find.
 */
bool query_take(struct query *q, struct http_pair p, struct err *e);
/* The value of _type. */
bool query_take_type(struct query *q, struct str value, struct err *e);
/* "name=a%20b&…" */
bool query_take_form(struct query *q, struct str form, struct err *e);
/* All was taken: types are those meant, result parameters go together. */
bool query_settle(struct query *q, struct err *e);
/* From the text behind a '?', escaped as there. */
bool query_parse(struct op *op, struct str type, struct str text, struct query *ret_query, struct err *e);
/* Leave a parameter out: the error e tells why, or with handling=lenient it is noted and forgiven. raw: with its
 * modifiers. */
bool query_forgive(struct query *q, struct str raw, struct err *e);
/* Address of this search: base/type?used…; cursor empty for the first page. */
struct str query_url(const struct query *q, struct str base, struct str cursor);
/* a%2Fb of "a/b" */
struct str query_escape(struct arena *a, struct str s);

/* ---- value.c ---- */
/* The next part of text before an unescaped separator, still escaped. As str_next. */
bool value_next(struct str *rest, char separator, struct str *ret_part);
/* "\," becomes "," and so on. */
struct str value_plain(struct arena *a, struct str s);
enum prefix { PREFIX_EQ, PREFIX_NE, PREFIX_GT, PREFIX_LT, PREFIX_GE, PREFIX_LE, PREFIX_SA, PREFIX_EB, PREFIX_AP };
/* Take "ge" and its like from the front of a value. */
enum prefix value_prefix(struct str *value);
/* A decimal of the FHIR grammar; ret_half: half of its last place, as text ("0.05" for "1.1"). */
bool value_number(struct arena *a, struct str text, struct str *ret_number, struct str *ret_half);

/* The instants a date value bounds, widened for "ap". */
struct bounds {
    enum prefix prefix;
    clock_us from, to;
};
bool condition_bounds(const struct query_filter *f, struct str value, struct bounds *ret_bounds, struct err *e);

/* ---- find.c, explain.c ---- */
struct search_found {
    struct record_doc *docs; /* as they are stored */
    struct str *within;      /* "Type/id" of each one's container, empty for none; NULL: none has one */
    size_t n;
    struct str next;        /* cursor of the next page; empty on the last */
    int64_t total;          /* -1: not known */
    struct fhir_node *plan; /* Parameters, of __explain=true: nothing was looked for. FORBIDDEN but to administrators */
};
bool search_find(struct op *op, struct query *q, struct search_found *ret_found, struct err *e);
/* The first documents of a search, as they are stored. */
bool search_documents(struct op *op, struct query *q, int limit, struct record_doc **ret_docs, size_t *ret_n,
                      struct err *e);

/* ---- include.c ---- */
struct search_included {
    struct record_doc *docs; /* as they are stored */
    size_t n;
    bool cut; /* there were more than COUNT_MAX */
};
/* What the matches lead to by the query's includes, without the matches. */
bool search_include(struct op *op, const struct query *q, const struct record_doc *docs, size_t n,
                    struct search_included *ret_included, struct err *e);

/* ---- audit.c: the audit trail ---- */
struct search_trail {
    const struct db_rows *rows; /* of audit_search_page; NULL: they were only counted */
    int n;                      /* of this page */
    struct str next;
    int64_t total; /* -1: not known */
};
bool search_events(struct op *op, struct query *q, struct search_trail *ret_found, struct err *e);
/* Whether the trail is searched by this parameter. */
bool search_events_by(const char *code);

/* ---- match.c: criteria as text, "status=final&code=a%2Cb" ---- */
bool fhir_search_check(struct op *op, struct str type, struct str text, struct err *e);
bool fhir_search_matches(struct op *op, const struct record_doc *doc, struct str text, bool *ret_matches,
                         struct err *e);

/* ---- patience.c: a search ends in time ---- */
/* Statements of this transaction from now on end after the site's fhir.search_timeout_ms. */
bool patience_start(struct op *op, struct err *e);
/* Make advice of a failure by time-out: TOO_SLOW saying what was slow, and what may help. Returns false. */
bool patience_told(struct op *op, const char *what, const char *advice, struct err *e);
/* The same of a search, naming the parameters of the query. */
bool patience_over(struct op *op, const struct query *q, struct err *e);

#endif
