/* Query and retrieve of the archive: its information models, what was negotiated for them, and identifiers read by
 * their rules (PS3.4 C.4, C.6). Threads: the association's. */
#ifndef DICOM_NET_ARCHIVE_H
#define DICOM_NET_ARCHIVE_H

#include "dicom/net/net_priv.h"
#include "domain/archive.h"

#define TAG_QUERY_LEVEL DICOM_TAG(0x0008, 0x0052)
#define TAG_RETRIEVE_AE DICOM_TAG(0x0008, 0x0054)
#define TAG_AVAILABILITY DICOM_TAG(0x0008, 0x0056)
#define TAG_FAILED_UIDS DICOM_TAG(0x0008, 0x0058)
#define TAG_ZONE_OFFSET DICOM_TAG(0x0008, 0x0201)
#define TAG_RETRIEVE_URL DICOM_TAG(0x0008, 0x1190)

/* One information model: the levels it has from top down. */
struct archive_model {
    enum archive_level top, bottom;
};
/* Of a SOP class of services.def; NULL when it is none of query and retrieve. */
const struct archive_model *archive_model(const char *sop_class);

/* SOP class extended negotiation (PS3.4 table C.5.1-1), by position of the byte. */
enum archive_extension {
    EXTENSION_RELATIONAL,
    EXTENSION_COMBINED,
    EXTENSION_FUZZY,
    EXTENSION_ZONE,
    EXTENSION_FRAMES,
    EXTENSION_EMPTY,
    EXTENSION_MULTIPLE,
    EXTENSIONS
};
/* Before the association is accepted: answer what was asked for. */
bool archive_negotiate(struct session *s, struct err *e);
/* Was it asked for, and granted? */
bool archive_negotiated(const struct session *s, const struct service *service, enum archive_extension x);

enum archive_use { USE_FIND, USE_RETRIEVE };
/* Read an identifier's keys. REQUIRED (A900) for an unknown level or a unique key that is missing, INVALID for a value
 * that is not of its form. What is asked to be answered is marked. */
bool archive_identifier(struct session *s, const struct service *service, const struct dicom_item *keys,
                        enum archive_use use, struct archive_query *ret_query, struct err *e);
/* What a level is called in identifiers. */
const char *archive_level_name(enum archive_level level);
/* For the audit event: the one patient, study and accession number that keys name. */
void archive_describe(struct op *op, const struct archive_query *q);

#endif
