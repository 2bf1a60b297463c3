/* Peers of other systems: Orthanc's DicomModalities (JSON with comments, alone or within its configuration) and a tree
 * of PS3.15 annex H as LDIF. Owner: the arena given. Threads: one. */
#ifndef APP_PEER_IMPORT_H
#define APP_PEER_IMPORT_H

#include "base/arena.h"
#include "base/buf.h"
#include "db/db.h"

enum { PEER_IMPORT_MAX = 4096, PEER_ROLES = 64 };

struct import_peer { /* one DICOM node */
    struct str title, host, address, sop_classes;
    int64_t port;
    bool tls, modality, workstation; /* what it does, as roles */
    const char *remark;              /* what could not be said as it was; NULL: nothing */
};
struct peer_list {
    struct arena *arena;
    struct import_peer *peer;
    size_t n, room;
};
/* A new one at the end. */
struct import_peer *peer_import_more(struct peer_list *l);
/* Which of the forms it is, is seen by its first character. */
bool peer_import_read(struct peer_list *l, struct str bytes, struct err *e);
bool peer_import_ldif(struct peer_list *l, struct str bytes, struct err *e);
/* In the caller's transaction. role: for all of them; NULL: by what each does. */
bool peer_import_put(const struct peer_list *l, struct db *db, const char *role, struct err *e);
void peer_import_tell(const struct import_peer *p);

#endif
