/* A cancel that comes before its order leaves its numbers: the order, when it comes, is recorded and stays cancelled.
 */
#include "domain/order_priv.h"
#include "schema/queries.h"

enum { NUMBERS = 3 };

static const struct {
    const char *kind;
    enum field value, issuer;
} numbers[NUMBERS] = {{"filler", FIELD_FILLER_ORDER, FIELD_FILLER_ISSUER},
                      {"placer", FIELD_PLACER_ORDER, FIELD_PLACER_ISSUER},
                      {"accession", FIELD_ACCESSION_NUMBER, FIELD_ACCESSION_ISSUER}};

static struct str some(struct str s)
{
    return s.n ? s : STR("");
}

/* Orders share accession numbers: one speaks for an order only when nothing better is given. */
static size_t number_count(const struct fields *f)
{
    return fields_get(f, FIELD_FILLER_ORDER).n || fields_get(f, FIELD_PLACER_ORDER).n ? NUMBERS - 1 : NUMBERS;
}

bool order_bury(struct domain *d, const struct fields *f, const struct record_doc *patient, struct err *e)
{
    for (size_t i = 0; i < number_count(f); i++) {
        struct db_args args = db_args(d->arena);
        if (!fields_get(f, numbers[i].value).n)
            continue;
        db_text(&args, str_of(numbers[i].kind));
        db_text(&args, fields_get(f, numbers[i].value));
        db_text(&args, some(fields_get(f, numbers[i].issuer)));
        db_int(&args, patient->rid);
        if (!db_send(d->db, &Q_order_tombstone_put, &args, e))
            return false;
    }
    domain_tell(d, "no such order is here yet: the cancel is kept, and an order of this number will stay cancelled");
    return db_flush(d->db, e);
}

static struct db_args find_args(struct domain *d, const struct fields *f)
{
    struct db_args args = db_args(d->arena);
    for (size_t i = 0; i < NUMBERS; i++) {
        bool counts = i < number_count(f);
        db_text(&args, counts ? some(fields_get(f, numbers[i].value)) : STR(""));
        db_text(&args, counts ? some(fields_get(f, numbers[i].issuer)) : STR(""));
    }
    return args;
}

bool order_buried(struct domain *d, const struct fields *f, const struct record_doc *patient, bool *ret_buried,
                  struct err *e)
{
    struct db_args args = find_args(d, f);
    const struct db_rows *rows = db_run(d->db, &Q_order_tombstone_find, &args, e);
    if (!rows)
        return err_wrap(e, "look for an early cancel");
    *ret_buried = false;
    for (int i = 0; i < db_count(rows) && !*ret_buried; i++)
        *ret_buried = db_get_int(rows, i, 0) == patient->rid;
    return true;
}
