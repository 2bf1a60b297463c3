/* Search index rows of one document: collected first, then one multi-row insert per table. Private to record/. */
#ifndef RECORD_INDEX_PRIV_H
#define RECORD_INDEX_PRIV_H

#include "record/record.h"

/* INDEX_CONTAINED last: who clears the others' rows looks there for what a document contains. */
enum index_table { INDEX_TOKEN, INDEX_STRING, INDEX_DATE, INDEX_NUMBER, INDEX_TEXT, INDEX_CONTAINED, INDEX_TABLES };

struct index_row {
    int64_t rid, document; /* rid: of the document, or of what it contains */
    enum index_table table;
    int64_t param, low, high, element;
    struct str system, text, code, end; /* end: of a range of numbers; contained: type, content, id in system, text,
                                         * code; words: the narrative's in system, all in text */
};

struct index_rows {
    struct arena *arena;
    struct str type;
    int64_t rid; /* of the contained resource at work; 0: the document itself */
    struct index_row *row;
    size_t n, room;
    size_t count[INDEX_TABLES];
};

void index_rows_init(struct index_rows *rows, struct arena *a, struct str type);
void index_add_token(struct index_rows *rows, const char *code, struct str system, struct str text);
/* False when the text is no date. */
bool index_add_date(struct index_rows *rows, const char *code, const struct fhir_value *v);
/* One value that fhir_extract or its like found. */
bool index_add_value(struct index_rows *rows, const struct fhir_search_param *p, const struct fhir_value *v);
/* Everything the document's search parameters find. */
bool index_collect(struct index_rows *rows, const struct fhir_node *node, struct err *e);
/* The values of its parameters alone: of a document or of what one contains. */
bool index_collect_values(struct index_rows *rows, const struct fhir_node *node, struct err *e);
/* What the document contains (contained.c). Asks the database when the document is stored already. */
bool index_collect_contained(struct db *db, struct index_rows *rows, const struct record_doc *doc, struct err *e);
void index_add_contained(struct index_rows *rows, int64_t container, struct str id, struct str content);
/* What the site's own search parameters find (custom.c). */
bool index_collect_custom(struct index_rows *rows, const struct fhir_node *node, struct err *e);
/* The document's words (text.c). */
void index_collect_text(struct index_rows *rows, const struct fhir_node *node);
void index_add_text(struct index_rows *rows, struct str narrative, struct str content);
/* Queue the inserts, or keep them for later (record_gather). */
bool index_send(struct db *db, const struct index_rows *rows, int64_t rid, struct err *e);
/* Queue the deletion of all index rows of a document, or keep that for later. */
bool index_clear(struct db *db, struct arena *a, int64_t rid, struct err *e);
/* The document is one of this transaction's, for record_written. */
void gather_written(struct db *db, const struct record_doc *doc);
/* Queue the row of a new document, or keep it for later. */
bool gather_document(struct db *db, struct arena *a, const struct record_doc *doc, struct err *e);

/* The statements (gather_send.c): rows of all tables, one statement a table. */
bool gather_send_rows(struct db *db, struct arena *a, const struct index_row *row, size_t n, struct err *e);
bool gather_send_clear(struct db *db, struct arena *a, const int64_t *rids, size_t n, struct err *e);
bool gather_send_documents(struct db *db, struct arena *a, const struct record_doc *doc, size_t n, struct err *e);

#endif
