/* Range matching of dates and times, for C-FIND and QIDO-RS alike (PS3.4 C.2.2.2.5). Threads: any. */
#ifndef DICOM_SHIM_RANGE_H
#define DICOM_SHIM_RANGE_H

#include "base/arena.h"
#include "base/err.h"

#ifdef __cplusplus
extern "C" {
#endif

enum range_kind { RANGE_DATE, RANGE_TIME };

/* One value, "from-to", "from-" or "-to" as two ends; both "" for universal matching ("" and "*"). Dates come out as
 * YYYYMMDD, times as HHMMSS.ffffff cut where the sender cut them; the old forms YYYY.MM.DD and HH:MM:SS are understood.
 * INVALID for anything else. */
bool dicom_range(enum range_kind kind, struct str text, struct arena *a, struct str ret_ends[2], struct err *e);
/* The last moment that a cut time names: "1015" → "101559.999999", so that ends compare as text. "" stays. */
struct str dicom_time_end(struct str time, struct arena *a);

#ifdef __cplusplus
}
#endif
#endif
