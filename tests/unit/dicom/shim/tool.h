/* Run one of DCMTK's programs and keep what it prints. */
#ifndef TESTS_TOOL_H
#define TESTS_TOOL_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"

/* argv ends in NULL; standard output and error go to ret_output (may be NULL). The exit status, or -1. */
static inline int tool_run(char *const argv[], struct buf *ret_output)
{
    int ends[2];
    if (pipe(ends) < 0)
        return -1;
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        close(ends[0]);
        close(ends[1]);
        execvp(argv[0], argv);
        _exit(127);
    }
    close(ends[1]);
    char piece[4096];
    ssize_t n;
    while ((n = read(ends[0], piece, sizeof piece)) > 0)
        if (ret_output)
            buf_put(ret_output, piece, (size_t)n);
    close(ends[0]);
    int status = -1;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static inline bool tool_write(const char *path, struct str head, struct str body)
{
    FILE *f = fopen(path, "wb");
    bool ok = f && fwrite(head.p, 1, head.n, f) == head.n && fwrite(body.p, 1, body.n, f) == body.n;
    return f && fclose(f) == 0 && ok;
}

static inline bool tool_read(const char *path, struct buf *ret_bytes)
{
    FILE *f = fopen(path, "rb");
    char piece[64 * 1024];
    size_t n;
    while (f && (n = fread(piece, 1, sizeof piece, f)) > 0)
        buf_put(ret_bytes, piece, n);
    return f && fclose(f) == 0;
}

#endif
