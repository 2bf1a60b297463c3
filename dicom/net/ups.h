/* Unified procedure steps between data sets and the domain's workitems (PS3.4 annex CC). Threads: by data set. */
#ifndef DICOM_NET_UPS_H
#define DICOM_NET_UPS_H

#include "dicom/net/net_priv.h"
#include "domain/workitem.h"

#define UPS_PUSH_CLASS "1.2.840.10008.5.1.4.34.6.1" /* every instance is of it, whatever class was negotiated */
#define UPS_WATCH_CLASS "1.2.840.10008.5.1.4.34.6.2"
#define UPS_PULL_CLASS "1.2.840.10008.5.1.4.34.6.3"
#define UPS_EVENT_CLASS "1.2.840.10008.5.1.4.34.6.4"
#define UPS_ALL "1.2.840.10008.5.1.4.34.5" /* well-known instances: everything, and what matches keys */
#define UPS_FILTERED "1.2.840.10008.5.1.4.34.5.1"

#define TAG_SOP_CLASS_UID DICOM_TAG(0x0008, 0x0016)
#define TAG_SOP_INSTANCE_UID DICOM_TAG(0x0008, 0x0018)
#define TAG_TRANSACTION_UID DICOM_TAG(0x0008, 0x1195)
#define TAG_UPS_STATE DICOM_TAG(0x0074, 0x1000)
#define TAG_UPS_READINESS DICOM_TAG(0x0040, 0x4041)
#define TAG_UPS_PROGRESS DICOM_TAG(0x0074, 0x1002)
#define TAG_UPS_PERFORMED DICOM_TAG(0x0074, 0x1216)
#define TAG_UPS_MODIFIED DICOM_TAG(0x0040, 0x4010)
#define TAG_UPS_STATIONS DICOM_TAG(0x0040, 0x4025)
#define TAG_UPS_PEOPLE DICOM_TAG(0x0040, 0x4034)
#define TAG_UPS_REASON DICOM_TAG(0x0074, 0x1238)
#define TAG_UPS_REASON_CODE DICOM_TAG(0x0074, 0x100E)
#define TAG_UPS_RECEIVER DICOM_TAG(0x0074, 0x1234)
#define TAG_UPS_LOCK DICOM_TAG(0x0074, 0x1230)

enum { UPS_CREATED_OTHERWISE = 0xB300, UPS_IS_CANCELED = 0xB304, UPS_IS_COMPLETED = 0xB306 };

struct ups { /* one request */
    struct session *session;
    const struct service *service;
    struct dicom_command command;
    struct dicom_dataset *request, *answer;
    uint16_t status;  /* of success: 0 or a warning */
    uint16_t failure; /* what a failure is answered with; 0: what the error says */
    bool changed;     /* N-CREATE: not kept as it came */
};
typedef bool ups_work(struct op *op, void *ctx, struct err *e);
/* The work behind the gate, and the answer. The request, if any, was received and is freed. */
bool ups_serve(struct ups *m, ups_work *work);
/* The same with the data set behind the request, which may be absent when bare is true. */
bool ups_receive(struct ups *m, bool bare, ups_work *work);
/* Say in the event which one it was about. */
void ups_describe(struct op *op, const struct workitem_row *row, struct str detail);
/* The kept data set as it is shown: its state, and what a canceled one must say of its end. NULL with the error. */
struct dicom_dataset *ups_view(const struct workitem_row *row, struct arena *a, struct err *e);
/* The data set as it is kept. TOO_LARGE over 1 MiB. */
bool ups_keep(struct dicom_dataset *ds, struct arena *a, struct str *ret_bytes, struct err *e);
/* An instant as DT. */
struct str ups_time(clock_us t, struct arena *a);

/* ---- ups_read.c ---- */
/* What a data set says; LENGTH, INVALID. */
bool ups_read(const struct dicom_item *root, struct arena *a, struct workitem *ret, struct err *e);
/* Attributes a new one must have: *ret_type, by position; false behind the last. */
bool ups_attribute(size_t i, uint32_t *ret_tag, int *ret_type);
/* Tell of its performers, if there are any. */
bool ups_tell_assigned(struct domain *d, const struct workitem_row *row, const struct dicom_item *root, struct err *e);
/* Tell of parts of it: these attributes, "" bytes for none of them. */
bool ups_part(const struct dicom_item *from, const uint32_t *tags, size_t n, struct arena *a, struct str *ret_bytes,
              struct err *e);

/* ---- ups_match.c ---- */
/* Does a data set match these keys (PS3.4 C.2.2.2, time zones apart)? */
bool ups_matches(const struct dicom_item *keys, const struct dicom_item *ds, struct arena *a);
/* The keys' attributes of it. */
bool ups_pick(const struct dicom_item *keys, const struct dicom_item *ds, struct dicom_item *to, struct err *e);

/* All of it but what a subscription says of itself. */
bool ups_copy(const struct dicom_item *request, struct dicom_item *to, struct err *e);

/* ---- ups_subscribe.c ---- */
bool ups_subscribe(struct op *op, void *ctx, struct err *e);
bool ups_unsubscribe(struct op *op, void *ctx, struct err *e);
/* A new one is told to those who watch. */
bool ups_tell_new(struct domain *d, const struct workitem_row *row, struct dicom_dataset *view, struct err *e);

#endif
