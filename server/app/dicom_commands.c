/* `isocentre dicom …`: ask other nodes, have instances sent and fetched, rules of what goes on by itself. */
#include <stdio.h>

#include "app/command.h"
#include "dicom/net/net.h"
#include "dicom/out/out.h"
#include "jobs/jobs.h"

enum { LIST_MAX = 64 << 20, PAIRS_MAX = 64 };

static struct str word(const struct command_line *line, int i)
{
    return i < line->word_count ? str_of(line->words[i]) : STR("");
}

/* The words from `first` on: study, series, instance. */
static bool read_selection(const struct command_line *line, int first, struct dicom_selection *ret, struct err *e)
{
    *ret = (struct dicom_selection){word(line, first), word(line, first + 1), word(line, first + 2)};
    if (line->word_count <= first || line->word_count > first + 3)
        return err_set(e, ERR_INVALID, "the UID of a study is needed, and perhaps of a series and an instance in it");
    return dicom_uid_check(ret->study, true, e) || err_wrap(e, "study");
}

static bool send(struct db *db, const struct command_line *line, struct err *e)
{
    struct dicom_wish w = {.access = STR(""), .ae = word(line, 0), .who = STR("")};
    const struct command_change c = {"dicom send", "Study", line->word_count > 1 ? line->words[1] : "", NULL};
    struct arena arena;
    int64_t number;
    int count;
    arena_init(&arena);
    bool ok = read_selection(line, 1, &w.what, e) && db_begin(db, DB_WRITE, e) &&
              dicom_send_ask(db, &arena, &w, &number, &count, e) && command_commit(db, &c, e);
    if (ok)
        printf("send %lld: %d instances wait for '%s'\n", (long long)number, count, line->words[0]);
    arena_release(&arena);
    return ok;
}

static bool get(struct db *db, const struct command_line *line, struct err *e)
{
    CLEANUP(buf_release) struct buf payload;
    const struct command_change c = {"dicom get", "Study", line->word_count > 1 ? line->words[1] : "", NULL};
    struct dicom_selection what;
    struct auth_reach to;
    buf_init(&payload, 4096);
    if (!read_selection(line, 1, &what, e) || !auth_peer_reach(db, word(line, 0), &to, e))
        return false;
    dicom_get_payload(str_of(to.name), &what, &payload);
    return buf_ok(&payload, e) && db_begin(db, DB_WRITE, e) && jobs_put(db, JOB_DICOM_GET, buf_view(&payload), 0, e) &&
           command_commit(db, &c, e);
}

/* With the house's title and certificates. */
static bool called(struct db *db, const struct command_line *line, struct auth_reach *ret_to,
                   bool (*call)(const struct command_line *line, const struct auth_reach *to, struct err *e),
                   struct err *e)
{
    struct config *config = NULL;
    if (!auth_peer_reach(db, word(line, 0), ret_to, e) || !command_config(line, &config, e))
        return false;
    command_dicom_out(config);
    bool ok = call(line, ret_to, e);
    dicom_out_stop();
    config_free(config);
    return ok;
}

static bool ask(const struct command_line *line, const struct auth_reach *to, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    struct str keys[PAIRS_MAX], level = word(line, 1);
    bool worklist = str_is_nocase(level, "WORKLIST"), patient = str_is_nocase(level, "PATIENT");
    struct dicom_asking q = {
        .model = worklist || patient ? level : STR("STUDY"), .level = worklist ? STR("") : level, .keys = keys};
    int64_t limit = 0;
    int n;
    for (int i = 2; i < line->word_count; i++)
        keys[q.n++] = word(line, i);
    if (line->count && (!str_int(str_of(line->count), &limit) || limit < 1))
        return err_set(e, ERR_INVALID, "--count is how many answers are wanted");
    q.limit = (int)limit;
    buf_init(&b, LIST_MAX);
    bool ok = dicom_call_find(to, &q, &b, &n, e);
    if (ok)
        printf("%.*s\n", STR_ARG(buf_view(&b)));
    return ok;
}

static bool move_it(const struct command_line *line, const struct auth_reach *to, struct err *e)
{
    struct dicom_selection what;
    struct dicom_tally t;
    if (!read_selection(line, 2, &what, e) || !dicom_call_move(to, &what, line->words[1], &t, e))
        return false;
    printf("dicom move: %u completed, %u failed, %u with a warning\n", t.completed, t.failed, t.warning);
    return t.status == 0 || err_set(e, ERR_UNAVAILABLE, "the node answered %04X", t.status);
}

static bool find_from(struct db *db, const struct command_line *line, struct err *e)
{
    struct auth_reach to;
    if (line->word_count < 2)
        return err_set(e, ERR_INVALID, "dicom find needs a title, a level and keys, as in PatientID=P1");
    return called(db, line, &to, ask, e);
}

static bool move_from(struct db *db, const struct command_line *line, struct err *e)
{
    struct auth_reach to;
    return called(db, line, &to, move_it, e);
}

/* ---- rules ---- */

static bool route_put(struct db *db, const struct command_line *line, struct err *e)
{
    struct str pairs[PAIRS_MAX];
    struct arena arena;
    size_t n = 0;
    if (line->word_count < 2)
        return err_set(e, ERR_INVALID, "dicom route put needs a name and destination=TITLE");
    for (int i = 1; i < line->word_count; i++)
        pairs[n++] = word(line, i);
    const struct command_change c = {"dicom route put", "Route", line->words[0], NULL};
    arena_init(&arena);
    bool ok = db_begin(db, DB_WRITE, e) && dicom_route_put(db, &arena, word(line, 0), pairs, n, e) &&
              command_commit(db, &c, e);
    arena_release(&arena);
    return ok;
}

static bool route_remove(struct db *db, const struct command_line *line, struct err *e)
{
    struct arena arena;
    if (line->word_count != 1)
        return err_set(e, ERR_INVALID, "dicom route remove needs the name of one rule");
    const struct command_change c = {"dicom route remove", "Route", line->words[0], NULL};
    arena_init(&arena);
    bool ok =
        db_begin(db, DB_WRITE, e) && dicom_route_remove(db, &arena, word(line, 0), e) && command_commit(db, &c, e);
    arena_release(&arena);
    return ok;
}

static bool print_rules(struct db *db, struct str study, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    struct arena arena;
    arena_init(&arena);
    buf_init(&b, LIST_MAX);
    bool ok = study.n ? dicom_route_try(db, &arena, STR(""), study, &b, e) : dicom_route_list(db, &arena, &b, e);
    if (ok)
        printf("%.*s\n", STR_ARG(buf_view(&b)));
    arena_release(&arena);
    return ok;
}

static bool route_list(struct db *db, const struct command_line *line, struct err *e)
{
    (void)line;
    return print_rules(db, STR(""), e);
}

static bool route_try(struct db *db, const struct command_line *line, struct err *e)
{
    return line->word_count == 1 ? print_rules(db, word(line, 0), e)
                                 : err_set(e, ERR_INVALID, "dicom route try needs the UID of one study");
}

int command_dicom_send(const struct command_line *line)
{
    return command_with_database(line, send);
}

int command_dicom_find(const struct command_line *line)
{
    return command_with_database(line, find_from);
}

int command_dicom_move(const struct command_line *line)
{
    return command_with_database(line, move_from);
}

int command_dicom_get(const struct command_line *line)
{
    return command_with_database(line, get);
}

int command_route_put(const struct command_line *line)
{
    return command_with_database(line, route_put);
}

int command_route_list(const struct command_line *line)
{
    return command_with_database(line, route_list);
}

int command_route_remove(const struct command_line *line)
{
    return command_with_database(line, route_remove);
}

int command_route_try(const struct command_line *line)
{
    return command_with_database(line, route_try);
}
