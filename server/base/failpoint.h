/* Failpoints: places where a test makes the process fail. A failpoint fires on its n-th passing, as told by
 * the environment variable ISOCENTRE_FAILPOINT="name=action[:n][@file]" with action fail, kill (SIGKILL to itself) or
 * sleep (1 s). With a file, passings count only while that file exists, so that a test can let the server start first.
 * Unset, a failpoint costs one load. Threads: any. */
#ifndef BASE_FAILPOINT_H
#define BASE_FAILPOINT_H

#include <stdbool.h>

/* Read the environment; call once before threads start. */
void failpoint_init(void);
/* True when the caller must fail now. Names read "folder.place": "files.sync", "gate.before_commit". */
bool failpoint(const char *name);

#endif
