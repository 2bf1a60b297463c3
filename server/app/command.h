/* The command line: one row of commands.def, one function. Each returns the process's exit status and says what failed
 * in one sentence on standard error. */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "base/buf.h"
#include "config/config.h"
#include "db/db.h"

enum { COMMAND_SETS = 64 };

struct command_line { /* options taken out; what stays are the words */
    const char *words[64];
    int word_count;
    const char *config_path, *role, *display, *password_file, *address, *host, *port, *checkpoint, *public_key, *oid,
        *uri, *profile, *answer, *delay, *count, *out, *peer, *from, *sender, *lossy;
    const char *sets[COMMAND_SETS];
    int set_count;
    bool no_wait, all;
};

#define COMMAND(name, words, function, usage) int function(const struct command_line *line);
#include "app/commands.def"
#undef COMMAND

/* Run work with a connection of its own; the exit status. */
int command_with_database(const struct command_line *line,
                          bool (*work)(struct db *db, const struct command_line *line, struct err *e));
struct command_change { /* what the trail says of one command */
    const char *request, *object_type, *object, *role;
};
/* The change and its audit row commit together; then it is told on standard output. */
bool command_commit(struct db *db, const struct command_change *c, struct err *e);

/* Say the error as "isocentre: …" and return status 1. */
int command_fail(const struct err *e);
bool command_read_file(const char *path, struct buf *ret_bytes, struct err *e);
/* Nodes are called from here on as the server would; dicom_out_stop ends it. */
void command_dicom_out(const struct config *c);
bool command_config(const struct command_line *line, struct config **ret_config, struct err *e);

#endif
