/* What a person asks of HL7 messages: what would this one do, what did that one do and why, give it once more. Routes
 * of the admin API and the work behind commands of `isocentre hl7`. Threads: handlers run on HTTP workers; explain_init
 * before they start. */
#ifndef HL7_EXPLAIN_EXPLAIN_H
#define HL7_EXPLAIN_EXPLAIN_H

#include "gate/http.h"

struct worklist_step;
struct explain_config {
    const char *character_set; /* as the listener reads what fits nothing else */
    /* A step as modalities see it, in the DICOM JSON model. */
    bool (*worklist_json)(const struct worklist_step *step, struct arena *a, struct buf *ret_json, struct err *e);
};
void explain_init(const struct explain_config *config);
extern const struct gate_route explain_routes[];
extern const int explain_route_count;

/* Work on a message as its sender's would be worked on, roll back, and tell as JSON what it would have got and done:
 * acknowledgement, worklist, documents, warnings, and where each value came from. op has a connection outside a
 * transaction. A message that would be refused is an answer, not an error. */
bool explain_dry_run(struct op *op, struct str message, struct buf *ret_json, struct err *e);

/* Ask, in op's write transaction, for refused messages to be given once more. */
struct explain_ids {
    int64_t *id;
    size_t n;
};
struct explain_asked {
    int64_t run, messages;
};
bool explain_replay_ask(struct op *op, const struct explain_ids *ids, struct explain_asked *ret_asked, struct err *e);
/* How it goes: those that are done already. */
struct explain_outcome {
    int64_t message;
    struct str control_id, code, error;
};
bool explain_replay_outcomes(struct db *db, struct arena *a, int64_t run, struct explain_outcome **ret_outcomes,
                             size_t *ret_n, struct err *e);
/* Jobs. */
bool explain_replay_run(struct gate *gate, struct db *db, struct str payload, struct err *e);
bool explain_words_run(struct db *db, struct err *e);
struct explain_care {
    int keep_days[3];          /* of accepted, refused, settled messages; 0: for ever */
    int alert_dead, alert_age; /* how many refused may wait, how many seconds; 0: any */
};
bool explain_watch_run(struct db *db, const struct explain_care *care, struct err *e);
bool explain_retention_run(struct db *db, const struct explain_care *care, struct err *e);
/* Refused messages of a peer ("" any) from a time on (0: any), that wait: at most a thousand, oldest first. */
bool explain_dead(struct db *db, struct arena *a, struct str peer, clock_us from, struct explain_ids *ret_ids,
                  struct err *e);

#endif
