/* The command line: one row of commands.def, one function. Each returns the process's exit status and says what failed
 * in one sentence on standard error. */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "base/buf.h"
#include "config/config.h"

enum { COMMAND_SETS = 64 };

struct command_line { /* options taken out; what stays are the words */
    const char *words[64];
    int word_count;
    const char *config_path, *role, *display, *password_file, *address, *host, *port, *checkpoint, *public_key, *oid,
        *uri, *profile;
    const char *sets[COMMAND_SETS];
    int set_count;
    bool no_wait;
};

#define COMMAND(name, words, function, usage) int function(const struct command_line *line);
#include "app/commands.def"
#undef COMMAND

/* Say the error as "isocentre: …" and return status 1. */
int command_fail(const struct err *e);
bool command_read_file(const char *path, struct buf *ret_bytes, struct err *e);
bool command_config(const struct command_line *line, struct config **ret_config, struct err *e);

#endif
