/* How a query becomes SQL: text joined from the named fragments of schema/queries/search.sql, and one condition a
 * parameter. Values never enter the text: each is a $n.
 * Private to this folder. Reading order: query.c (grammar of the request), value.c (grammar of one value),
 * condition*.c (one file a kind of parameter), sql.c (joining), sort.c (order, cursor), find.c (the search). */
#ifndef FHIR_SEARCH_PRIV_H
#define FHIR_SEARCH_PRIV_H

#include "domain/domain.h"
#include "fhir/search/search.h"

/* query_include.c: _include and _revinclude; *ret_done false: not one of them. */
bool query_take_include(struct query *q, struct http_pair p, bool *ret_done, struct err *e);

/* ---- sql.c ---- */
struct sql {
    struct arena *arena;
    struct buf text;
    struct db_args args;
    bool is_text[DB_ARGS_MAX + 1]; /* places that may be used again for an equal text */
    struct op *op;                 /* for definitions that a value names; NULL: there are none */
    bool narrow;                   /* some filter fits few documents whatever its value: one plan does for all */
    const struct query *many;      /* a search of several types; NULL: of one */
    bool is_ints[DB_ARGS_MAX + 1]; /* places of several hashes */
    int depth, selects;            /* links of the chain at work; sub-selects so far */
    size_t few_at, few_n; /* where the rows of a filter stand that few rows fit, by its value; few_n 0: none does */
};
void sql_start(struct sql *s, struct arena *a);
void sql_release(struct sql *s);
/* A value; its place n of $n is returned. */
int sql_text(struct sql *s, struct str value);
int sql_int(struct sql *s, int64_t value);
int sql_ints(struct sql *s, const int64_t *values, size_t n);
int sql_texts(struct sql *s, const struct str *values, size_t n);
int sql_time(struct sql *s, clock_us t);
/* A fragment with its {1}, {2} … replaced by the places given; where one is of several hashes, "= {1}::int" is true of
 * any of them. */
void sql_put(struct sql *s, const struct db_query *fragment, const int *places);
/* How PostgreSQL plans what follows in this transaction, if that is a read: once for all values of a shape, or (not
 * narrow) anew for each, for a value that many documents have wants another way than a rare one. */
bool sql_plan(struct op *op, bool narrow, struct err *e);
/* Run it: rows, or NULL. TOO_LARGE when there were too many values. */
const struct db_rows *sql_run(struct sql *s, struct db *db, const char *name, struct err *e);

/* ---- explain.c: __explain=true ---- */
/* The statement a search would run and how PostgreSQL would run it, as Parameters; the statement is not run. */
bool explain_find(struct op *op, const struct sql *s, struct fhir_node **ret_parameters, struct err *e);

/* ---- condition.c: "AND …" for one filter ---- */
/* UNSUPPORTED or INVALID, naming the parameter, when it can not be answered. base: "http://host/fhir", for
 * references in their long form. */
bool condition_put(struct sql *s, struct str type, const struct query_filter *given, struct str base, struct err *e);
bool condition_refuse_modifier(const struct query_filter *f, struct err *e);
bool condition_invalid(const struct query_filter *f, const char *why, struct err *e);
typedef bool (*condition_value)(struct sql *s, const struct query_filter *f, struct str value, struct err *e);
/* Each value of a comma list by put, joined with OR. */
bool condition_values(struct sql *s, const struct query_filter *f, condition_value put, struct err *e);

struct condition { /* one filter being compiled */
    struct sql *sql;
    struct str type, base;
    const struct query_filter *filter;
    const struct fhir_search_param *param;
    int hash; /* see condition_hash */
};
/* Place of the parameter's hash. */
int *condition_hash(struct condition *c);

/* Whether a value fits few rows, so that it pays to look at them first. */
typedef bool (*condition_few)(const struct query_filter *f, struct str value);

/* The documents that index rows with one of the filter's values belong to. few NULL: any value may fit many. */
bool condition_rows(struct condition *c, const struct db_query *rows, condition_value put, condition_few few,
                    struct err *e);
/* Place of the hash of what belongs to the parameter (RECORD_PART_…). */
int condition_part(struct condition *c, const char *part);
bool condition_modifier_is(const struct condition *c, const char *modifier);
/* condition_token.c, condition_text.c, condition_range.c, condition_composite.c, condition_near.c */
bool condition_token(struct condition *c, struct err *e);
bool condition_reference(struct condition *c, struct err *e);
bool condition_uri(struct condition *c, struct err *e);
bool condition_string(struct condition *c, struct err *e);
bool condition_date(struct condition *c, struct err *e);
bool condition_number(struct condition *c, struct err *e);
bool condition_composite(struct condition *c, struct err *e);
bool condition_near(struct condition *c, struct err *e);
/* The rows of one value, whatever the modifier. */
bool condition_put_token(struct sql *s, const struct query_filter *f, struct str value, struct err *e);
bool condition_put_reference(struct condition *c, struct str value, struct err *e);
bool condition_put_uri(struct sql *s, const struct query_filter *f, struct str value, struct err *e);
bool condition_put_prefix(struct sql *s, const struct query_filter *f, struct str value, struct err *e);
/* Words that begin so, anywhere in a text. */
bool condition_put_word(struct sql *s, const struct query_filter *f, struct str value, struct err *e);
bool condition_put_date(struct sql *s, const struct query_filter *f, struct str value, struct err *e);
bool condition_put_number(struct sql *s, const struct query_filter *f, struct str value, struct err *e);
/* Documents of this type concern one person: what refers to one of them is little. */
bool condition_is_personal(struct str type);
/* condition_display.c: what people read beside a code or reference. */
bool condition_display(struct condition *c, struct err *e);
/* condition_concept.c: codes of a ValueSet (in, not-in), codes below or above one of a CodeSystem. */
bool condition_in(struct sql *s, const struct query_filter *f, struct str value, struct err *e);
bool condition_hierarchy(struct sql *s, const struct query_filter *f, struct str value, struct err *e);
/* condition_chain.c: "subject.name", "_has:Observation:patient:code". */
bool condition_chain(struct condition *c, struct err *e);
bool condition_has(struct condition *c, struct err *e);
/* condition_own.c: _id, _lastUpdated, and what the archive's tables answer. *ret_done false: not such a
 * parameter. */
bool condition_own(struct sql *s, struct str type, const struct query_filter *f, bool *ret_done, struct err *e);
bool condition_is_own(struct str type, struct str name);

/* condition_words.c: _text and _content, _list. */
bool condition_words(struct sql *s, struct str type, const struct query_filter *f, struct err *e);
bool condition_list(struct sql *s, struct str type, const struct query_filter *f, struct err *e);

/* A column that is one instant against a date value. */
bool condition_instant(struct sql *s, const struct query_filter *f, struct str value, const struct db_query *column,
                       struct err *e);

/* ---- sort.c ---- */
enum { SORT_MAX = 6 };
enum order_form { ORDER_TEXT, ORDER_INT, ORDER_NUMBER, ORDER_TIME };
struct order_key {
    const struct db_query *expression;
    int place[1];
    enum order_form form;
    bool descending, always; /* always: no document is without it */
};
struct order {
    struct order_key key[SORT_MAX];
    size_t n;
    bool descending; /* the row ids, which decide between equals */
};
/* With handling=lenient, what can not be sorted by is left out. */
bool order_read(struct sql *s, struct query *q, struct order *ret_order, struct err *e);
/* The keys as last columns, the place to go on from, ORDER BY and LIMIT. */
void order_put_keys(struct sql *s, const struct order *o);
bool order_put_rest(struct sql *s, const struct order *o, const struct query *q, int limit, struct err *e);
/* Without keys: the row id to go on before, of what is found; all of them on the first page. */
bool order_before(const struct query *q, const struct order *o, int64_t *ret_rid, struct err *e);
/* The place behind a row with these keys (p is NULL: none). */
struct str order_cursor(const struct query *q, const struct order *o, int64_t rid, const struct str *keys);

/* ---- contained.c ---- */
bool contained_take(struct query *q, struct str value, struct err *e);
bool contained_take_type(struct query *q, struct str value, struct err *e);
/* Result parameters that what is shown does not have are refused. */
bool contained_settle(const struct query *q, struct err *e);
/* Whether contained resources can be asked this. */
bool contained_allows(const struct query *q, const struct query_filter *f, struct err *e);
/* "FROM … WHERE …" of the query's type and conditions. */
void contained_put_from(struct sql *s, const struct query *q, const struct sql *where);

/* ---- many.c ---- */
/* The types of a search that names none; one type alone is a search of that type. */
void many_settle(struct query *q);
/* $2 of a search of several types. */
void many_put_types(struct sql *s, const struct query *q);
/* A parameter that all types have; NULL and UNSUPPORTED when they do not. */
const struct fhir_search_param *many_param(const struct query *q, struct str name, struct err *e);
/* Place of the hashes of a parameter, or of a part of it, for all types. */
int many_hashes(struct sql *s, struct str name, struct str part);
/* What belongs to the centre. */
void many_put_compartment(struct sql *s, const struct query *q);

/* ---- condition.c ---- */
/* A parameter by name: of R4, or of a type only R5 has; NULL if there is none. */
const struct fhir_search_param *search_param_find(struct arena *a, struct str type, struct str name);

#endif
