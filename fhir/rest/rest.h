/* FHIR R4 over HTTP: the routes of routes.def, each interaction in a file of its own. Everything the routes
 * do goes through domain/ and record/; this folder knows HTTP, the search grammar and Bundles, and no rule of
 * radiology. Threads: handlers run on HTTP workers; the tables are constant. */
#ifndef FHIR_REST_H
#define FHIR_REST_H

#include "gate/http.h"

extern const struct gate_route fhir_routes[];
extern const int fhir_route_count;
/* The FHIR interaction a route offers ("read", "search-type", "history-instance" …), "" for an operation's; NULL past
 * the end. */
const char *fhir_route_interaction(int i);
/* The work of job EXPORT: payload is the export's id. A connection outside a transaction; may run again. */
bool fhir_export_run(struct gate *g, struct db *db, struct str payload, struct err *e);
/* The work of job ASYNC: payload is the request's id. As the export's. */
bool fhir_async_run(struct gate *g, struct db *db, struct str payload, struct err *e);
/* A Markdown table of the operations ($…). */
void fhir_operations_describe(struct buf *b);

struct worklist_step;
struct study_file;
/* What the site decides about FHIR (options fhir.*). Set once, before the first request. */
struct fhir_settings {
    bool reference_integrity; /* a reference to this server must lead somewhere */
    bool delete_multiple;     /* a conditional delete may delete several */
    /* What another protocol tells of the record, given by who knows both. */
    bool (*worklist_json)(const struct worklist_step *step, struct arena *a, struct buf *ret_json, struct err *e);
    bool (*study_file)(struct files *files, struct str name, struct str view, struct arena *a,
                       struct study_file *ret_file, struct err *e);
};
void fhir_settings_set(const struct fhir_settings *s);
const struct fhir_settings *fhir_settings(void);

#endif
