#include "base/failpoint.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char armed_name[64], arm_file[200];
static enum { FAIL, KILL, SLEEP } action;
static atomic_int passes_left; /* 0: nothing armed */

void failpoint_init(void)
{
    const char *spec = getenv("ISOCENTRE_FAILPOINT");
    char act[16] = "";
    int n = 1;
    if (!spec || sscanf(spec, "%63[^=]=%15[^:@]:%d", armed_name, act, &n) < 2)
        return;
    const char *file = strchr(spec, '@');
    if (file)
        snprintf(arm_file, sizeof arm_file, "%s", file + 1);
    action = strcmp(act, "kill") == 0 ? KILL : strcmp(act, "sleep") == 0 ? SLEEP : FAIL;
    atomic_store(&passes_left, n > 0 ? n : 1);
}

bool failpoint(const char *name)
{
    if (atomic_load_explicit(&passes_left, memory_order_relaxed) <= 0 || strcmp(name, armed_name) != 0)
        return false;
    if (arm_file[0] && access(arm_file, F_OK) != 0)
        return false;
    if (atomic_fetch_sub(&passes_left, 1) != 1)
        return false;
    if (action == KILL)
        raise(SIGKILL);
    if (action == SLEEP)
        usleep(1000000);
    return action == FAIL;
}
