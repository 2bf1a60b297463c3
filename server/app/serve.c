#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "app/command.h"
#include "app/house.h"
#include "base/log.h"
#include "schema/queries.h"

/* Every thread inherits the block, so that only wait_for_end sees the signals. */
static void block_signals(sigset_t *ret_set)
{
    sigemptyset(ret_set);
    sigaddset(ret_set, SIGTERM);
    sigaddset(ret_set, SIGINT);
    pthread_sigmask(SIG_BLOCK, ret_set, NULL);
}

static void wait_for_end(const sigset_t *set)
{
    int signal_number = 0;
    while (sigwait(set, &signal_number) != 0)
        ;
    log_info("isocentre", "stopping on signal %d", signal_number);
}

/* Associations, connections and files each take a descriptor. */
static void raise_limits(void)
{
    struct rlimit r;
    if (getrlimit(RLIMIT_NOFILE, &r) == 0) {
        r.rlim_cur = r.rlim_max;
        setrlimit(RLIMIT_NOFILE, &r);
    }
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

int command_serve(const struct command_line *line)
{
    struct err e;
    struct config *config;
    struct house house;
    sigset_t set;
    err_clear(&e);
    if (!command_config(line, &config, &e))
        return command_fail(&e);
    log_set_level((enum log_level)config->log_level);
    raise_limits();
    block_signals(&set);
    bool ok = house_open(&house, config, &e);
    bool idle = true;
    if (ok) {
        wait_for_end(&set);
        idle = house_close(&house);
    }
    if (idle)
        config_free(config);
    return ok ? 0 : command_fail(&e);
}

int command_migrate(const struct command_line *line)
{
    struct err e;
    struct config *config;
    int applied = 0;
    err_clear(&e);
    if (!command_config(line, &config, &e))
        return command_fail(&e);
    bool ok = house_migrate(config, &applied, &e);
    config_free(config);
    if (!ok)
        return command_fail(&e);
    printf("%d of %d migrations applied now\n", applied, schema_migration_count);
    return 0;
}
