/* The DICOM server: a thread per association, services by table (services.def), each command through the gate.
 * Owner: dicom_server_new's caller. Threads: its own; dicom_server_free joins them. Cost: about 450 KiB per open
 * association whatever is sent over it. */
#ifndef DICOM_NET_NET_H
#define DICOM_NET_NET_H

#include "base/buf.h"
#include "domain/fields.h"
#include "domain/study.h"
#include "gate/gate.h"
#include "gate/http.h"

struct dicom_server;
struct dicom_server_config {
    struct gate *gate;
    const char *address;
    int port; /* 0: any free one */
    const char *ae_title;
    int associations_max;
    const struct tls_context_config *tls; /* NULL: plain; read while the server is made */
    bool private_classes;                 /* objects of SOP classes nobody knows are taken */
    enum study_duplicates duplicates;
    int move_associations; /* to the destination of one C-MOVE */
};
struct dicom_server *dicom_server_new(const struct dicom_server_config *config, struct err *e);
int dicom_server_port(const struct dicom_server *s);
/* Stop accepting, end every association, wait for its thread. NULL is fine. */
void dicom_server_free(struct dicom_server *s);

/* The routes of routes.def, for people. */
extern const struct gate_route dicom_routes[];
extern const int dicom_route_count;

/* For job DICOM_GET: fetch what payload ({"ae","study","series","instance"}) names and store it as if it were sent. */
struct dicom_selection;
void dicom_get_payload(struct str ae, const struct dicom_selection *what, struct buf *ret_payload);
bool dicom_get_run(const struct dicom_server_config *config, struct db *db, struct str payload, struct err *e);

/* A Markdown table of all services. */
void dicom_services_describe(struct buf *b);
/* The tags a field is told by: "(0040,0100)>(0040,0009)"; "" when DICOM has no place for it. */
void dicom_field_describe(enum field f, struct buf *b);

struct worklist_step;
/* A step as modalities see it, all its attributes, as one object of the DICOM JSON model (PS3.18 F). */
bool dicom_worklist_json(const struct worklist_step *step, struct arena *a, struct buf *ret_json, struct err *e);

struct dicom_commit_config {
    struct gate *gate;
    const char *ae_title;
    int64_t verify_bytes_per_second;
};
/* Job COMMITMENT: look at the instances of a storage commitment, and tell the peer. payload: its number. */
bool dicom_commit_run(const struct dicom_commit_config *config, struct db *db, struct str payload, struct err *e);

/* Job COMMITMENT_ASK: ask another archive. payload: the transaction. */
bool dicom_commit_ask(const struct dicom_commit_config *config, struct db *db, struct str payload, struct err *e);

struct outbox_kind;
struct dicom_notify_config {
    const char *ae_title;
    int settle_seconds; /* a study that is quiet so long is complete */
};
/* The kind of the outbox that tells peers of performed steps and complete studies (domain/notice.h). */
struct outbox_kind dicom_notify_kind(const struct dicom_notify_config *c);

/* In a write transaction, when the house has started: who is told of workitems hears that nothing was forgotten. */
bool dicom_ups_restarted(struct db *db, struct arena *a, struct err *e);

struct study_file;
struct files;
/* Read the header of a stored file (study_file_read of domain/study_rebuild.h). STRUCTURE and the like for what is no
 * DICOM file. */
bool dicom_file_read(struct files *files, struct str name, struct str view, struct arena *a,
                     struct study_file *ret_file, struct err *e);

#endif
