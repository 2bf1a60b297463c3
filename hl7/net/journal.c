/* The table message: what came, what was answered, and how a message that came before is known again. */
#include <stdio.h>

#include "hl7/net/net_priv.h"
#include "schema/queries.h"

static struct str some(struct str s)
{
    return s.p ? s : STR("");
}

static struct str hash_of(const struct receipt *r)
{
    return (struct str){(const char *)r->hash, sizeof r->hash};
}

static void put_key(struct db_args *args, struct str a, struct str b, struct str c)
{
    db_text(args, some(a));
    db_text(args, some(b));
    db_text(args, some(c));
}

bool journal_look(struct op *op, const struct receipt *r, struct str *ret_ack, bool *ret_reused,
                  struct err *e)
{
    struct db_args lock = db_args(op->arena), find = db_args(op->arena);
    put_key(&lock, r->application, r->facility, r->header.control_id);
    put_key(&find, r->header.control_id, r->application, r->facility);
    db_bytes(&find, hash_of(r));
    if (!db_send(op->db, &Q_message_lock, &lock, e))
        return false;
    const struct db_rows *rows = db_run(op->db, &Q_message_find, &find, e);
    if (!rows)
        return err_wrap(e, "look for the message");
    bool found = db_count(rows) > 0, same = found && db_get_bool(rows, 0, 0);
    *ret_ack = same ? db_get_bytes(rows, 0, 1, op->arena) : STR_NONE;
    *ret_reused = found && !same;
    return true;
}

static void put_outcome(struct db_args *args, const struct err *why)
{
    char condition[12] = "";
    const struct err_row *row = why ? err_row(why->code) : NULL;
    if (row)
        snprintf(condition, sizeof condition, "%d", row->hl7);
    db_text(args, row ? STR("refused") : STR("accepted"));
    db_text(args, row ? str_of(row->msa) : STR("AA"));
    db_text(args, arena_str(args->arena, str_of(condition)));
    db_text(args, row ? arena_str(args->arena, str_of(why->text)) : STR(""));
    db_text(args, row ? arena_str(args->arena, str_of(why->path)) : STR(""));
}

bool journal_put(struct op *op, const struct receipt *r, const char *address, struct str ack,
                 const struct err *why, struct err *e)
{
    struct db_args args = db_args(op->arena);
    db_int(&args, record_rid_new());
    db_text(&args, some(op->department));
    put_key(&args, r->application, r->facility, r->header.control_id);
    db_bytes(&args, hash_of(r));
    db_text(&args, r->name);
    db_text(&args, str_of(address));
    db_text(&args, str_of(r->m->charset.read_as ? r->m->charset.read_as->name : ""));
    put_outcome(&args, why);
    db_text(&args, some(r->patient_id));
    db_text(&args, some(r->accession));
    db_texts(&args, r->d ? r->d->warning : NULL, r->d ? r->d->warning_count : 0);
    db_bytes(&args, r->raw);
    db_bytes(&args, ack);
    return db_send(op->db, &Q_message_put, &args, e) || err_wrap(e, "keep the message");
}
