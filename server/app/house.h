/* The running server: everything that lives from start to stop, in the order it is built. Threads: main's. */
#ifndef APP_HOUSE_H
#define APP_HOUSE_H

#include "audit/audit.h"
#include "auth/auth.h"
#include "config/config.h"
#include "db/db.h"
#include "dicom/net/net.h"
#include "domain/domain.h"
#include "files/files.h"
#include "gate/gate.h"
#include "gate/http.h"
#include "hl7/door/door.h"
#include "hl7/net/net.h"
#include "http/http.h"
#include "jobs/jobs.h"
#include "outbox/outbox.h"

struct house {
    const struct config *config;
    struct domain_policy policy;
    char public_url[300];
    struct db_pool *pool;
    struct auth *auth;
    struct audit *audit;
    struct files *files;
    struct gate *gate;
    struct gate_door *door;
    struct http_server *http, *https;
    struct buf pem[3]; /* https: certificate, key, authorities */
    struct dicom_server *dicom, *dicom_tls;
    struct hl7_listener *hl7, *hl7_tls;
    struct hl7_drop *hl7_drop;
    struct jobs *jobs;
    struct outbox *outbox;
    struct db_listener *peers; /* hears of changed peers */
};

/* Build and start everything; on failure what was built is taken down again. Migrates first when database.owner_url
 * is set. */
bool house_open(struct house *h, const struct config *config, struct err *e);
/* Stop listening, let what runs end, stop the rest. False when a request did not end in time: then the process must
 * end without releasing what that request may use. */
bool house_close(struct house *h);
/* https.c: the same as `plain` over TLS, when the site has a certificate. */
bool house_open_https(struct house *h, const struct http_config *plain, struct err *e);
void house_close_https(struct house *h); /* once the server is gone */
/* What the site decides, for commands that work as the server would. */
void house_policy(struct house *h, const struct config *config);
void house_explain(const struct config *config);
/* A pool of one connection for commands that do one thing. */
bool house_database(const struct config *config, struct db_pool **ret_pool, struct err *e);
bool house_migrate(const struct config *config, int *ret_applied, struct err *e);

#endif
