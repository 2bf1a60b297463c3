#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "base/clock.h"
#include "base/failpoint.h"
#include "base/mem.h"
#include "base/str.h"

struct row {
    const char *words;
    int (*run)(const struct command_line *line);
    const char *usage;
};

static const struct row rows[] = {
#define COMMAND(name, words, function, usage) {words, function, usage},
#include "app/commands.def"
#undef COMMAND
};

enum { ROWS = sizeof rows / sizeof rows[0] };

static int usage(FILE *to)
{
    fputs("isocentre " ISOCENTRE_VERSION ": HL7 v2, FHIR and DICOM as one record\n\n", to);
    for (int i = 0; i < ROWS; i++)
        fprintf(to, "  isocentre %s\n", rows[i].usage);
    return 2;
}

int command_fail(const struct err *e)
{
    fprintf(stderr, "isocentre: %s\n", e->text);
    return 1;
}

bool command_config(const struct command_line *line, struct config **ret_config, struct err *e)
{
    if (!config_load(line->config_path, line->sets, line->set_count, ret_config, e))
        return false;
    if (clock_set_site((*ret_config)->site_timezone, e))
        return true;
    config_free(*ret_config);
    return err_wrap(e, "site.timezone");
}

static bool asks_for_help(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0)
            return true;
    return argc > 1 && strcmp(argv[1], "help") == 0;
}

static bool take_option(struct command_line *l, const char *name, const char *value)
{
    const struct {
        const char *name;
        const char **to;
    } options[] = {{"--config", &l->config_path},
                   {"--role", &l->role},
                   {"--display", &l->display},
                   {"--password-file", &l->password_file},
                   {"--address", &l->address},
                   {"--host", &l->host},
                   {"--port", &l->port},
                   {"--checkpoint", &l->checkpoint},
                   {"--public-key", &l->public_key},
                   {"--oid", &l->oid},
                   {"--uri", &l->uri},
                   {"--profile", &l->profile},
                   {"--answer", &l->answer},
                   {"--delay", &l->delay},
                   {"--count", &l->count},
                   {"--out", &l->out},
                   {"--peer", &l->peer},
                   {"--from", &l->from},
                   {"--sender", &l->sender},
                   {"--lossy", &l->lossy}};
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        if (strcmp(name, options[i].name) == 0) {
            *options[i].to = value;
            return true;
        }
    if (strcmp(name, "--set") != 0 || l->set_count == COMMAND_SETS)
        return false;
    l->sets[l->set_count++] = value;
    return true;
}

static bool split(int argc, char **argv, struct command_line *l)
{
    for (int i = 1; i < argc; i++) {
        bool option = strncmp(argv[i], "--", 2) == 0;
        if (!option && l->word_count < 64) {
            l->words[l->word_count++] = argv[i];
        } else if (strcmp(argv[i], "--no-wait") == 0) {
            l->no_wait = true;
        } else if (strcmp(argv[i], "--all") == 0) {
            l->all = true;
        } else if (!option || i + 1 == argc || !take_option(l, argv[i], argv[i + 1])) {
            fprintf(stderr, "isocentre: option %s is not known, or its value is missing\n", argv[i]);
            return false;
        } else {
            i++;
        }
    }
    return true;
}

/* The row whose words the line begins with; the words are taken off. */
static const struct row *find(struct command_line *l)
{
    for (int i = 0; i < ROWS; i++) {
        struct str want = str_of(rows[i].words), word;
        int n = 0;
        bool same = true;
        while (same && str_next(&want, ' ', &word)) {
            same = n < l->word_count && str_is(word, l->words[n]);
            n++;
        }
        if (!same)
            continue;
        memmove(l->words, l->words + n, (size_t)(l->word_count - n) * sizeof l->words[0]);
        l->word_count -= n;
        return &rows[i];
    }
    return NULL;
}

int main(int argc, char **argv)
{
    struct command_line line = {.word_count = 0};
    mem_begin();
    setlocale(LC_CTYPE, "C.UTF-8");
    signal(SIGPIPE, SIG_IGN);
    failpoint_init();
    if (argc < 2 || asks_for_help(argc, argv))
        return argc < 2 ? usage(stderr) : (usage(stdout), 0);
    if (!split(argc, argv, &line))
        return 2;
    const struct row *r = find(&line);
    return r ? r->run(&line) : usage(stderr);
}
