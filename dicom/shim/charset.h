/* Specific Character Set (PS3.3 C.12.1.1.2, PS3.5 6.1): DICOM text to UTF-8 and back, ISO 2022 code
 * extensions included, on the system's iconv. DCMTK converts towards one set only, so both directions are
 * done here from one table (charsets.def). Threads: any; converters are cached per thread. Cost: UTF-8 and
 * ASCII are copies. */
#ifndef DICOM_SHIM_CHARSET_H
#define DICOM_SHIM_CHARSET_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Is each value of terms ("ISO_IR 100", "\\ISO 2022 IR 87", "" for the default repertoire) a known term? */
bool dicom_charset_known(struct str terms);
/* To UTF-8. Unknown terms are read as Latin-1; bytes that mean nothing become U+FFFD and set *ret_lossy (may
 * be NULL; never cleared here). pn: '=' and '^' reset the code extension as well. */
struct str dicom_charset_decode(struct str terms, struct str bytes, bool pn, struct arena *a,
                                bool *ret_lossy);
/* From UTF-8. What the set cannot say is transliterated, else '?', and sets *ret_lossy. */
struct str dicom_charset_encode(struct str terms, struct str utf8, bool pn, struct arena *a, bool *ret_lossy);

#ifdef __cplusplus
}
#endif
#endif
