/* Orders and their kin: parents, children, replacements; and the numbers an order has or is given. */
#include "domain/order_priv.h"

#include "domain/authority.h"
#include "domain/rule.h"

/* ---- numbers ---- */

static const enum field numbers[] = {FIELD_ACCESSION_NUMBER, FIELD_ACCESSION_ISSUER, FIELD_PLACER_ORDER,
                                     FIELD_PLACER_ISSUER,    FIELD_FILLER_ORDER,     FIELD_FILLER_ISSUER};

/* A number of an order, with its issuer right behind it in the table. */
static bool inherit_number(struct domain *d, struct fields *f, const struct fhir_node *order, size_t i)
{
    if (f->state[numbers[i]] != FIELD_ABSENT)
        return false;
    fields_set(f, numbers[i], field_read(d->arena, numbers[i], order));
    fields_set(f, numbers[i + 1], field_read(d->arena, numbers[i + 1], order));
    return true;
}

static void give_number(struct domain *d, struct fields *f, enum field number, enum field issuer, char letter)
{
    if (fields_get(f, number).n)
        return;
    fields_set(f, number,
               arena_printf(d->arena, "%c%.*s", letter, STR_ARG(record_id_text(d->arena, record_rid_new()))));
    fields_set(f, issuer, str_of(d->policy->accession_authority));
    domain_warn(d, "%s was asked for: given", field_row(number)->name);
}

bool order_inherit(struct domain *d, const struct order_request *r, int64_t order, struct err *e)
{
    struct record_doc doc;
    if (order) {
        if (!record_get_rid(d->db, d->arena, order, RECORD_READ, &doc, e) || !record_parse(d->arena, &doc, e))
            return false;
        for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i += 2)
            inherit_number(d, r->fields, doc.node, i);
    }
    if (r->event != ORDER_NUMBER)
        return true;
    give_number(d, r->fields, FIELD_FILLER_ORDER, FIELD_FILLER_ISSUER, 'F');
    give_number(d, r->fields, FIELD_PLACER_ORDER, FIELD_PLACER_ISSUER, 'P');
    return true;
}

/* ---- parents ---- */

/* The parent's placer number finds it, else its filler number: senders that write ORC-8 as one identifier put its
 * authority where the filler number belongs. */
static bool find_parent(struct domain *d, const struct fields *f, int64_t *ret_rid, struct err *e)
{
    static const enum field from[] = {FIELD_PARENT_PLACER, FIELD_PARENT_FILLER, FIELD_PARENT_PLACER};
    static const enum field to[] = {FIELD_PLACER_ORDER, FIELD_FILLER_ORDER, FIELD_FILLER_ORDER};
    *ret_rid = 0;
    for (size_t i = 0; i < 3 && !*ret_rid; i++) {
        struct fields one = {.state = {0}};
        fields_set(&one, to[i], fields_get(f, from[i]));
        if (fields_get(&one, to[i]).n && !order_find(d, &one, ret_rid, e))
            return false;
    }
    return true;
}

/* Names it in a list of references unless that is there already. */
static bool name(struct domain *d, struct record_doc *order, const char *list, struct str reference, struct err *e)
{
    int n = 0;
    const struct fhir_node *all = fhir_member(order->node, list);
    for (const struct fhir_node *i = all ? all->first : NULL; i; i = i->next, n++)
        if (str_eq(fhir_text(i, "reference"), reference))
            return true;
    return fhir_set(d->arena, order->node, arena_printf(d->arena, "%s[%d].reference", list, n).p, reference, e);
}

bool order_relate(struct domain *d, const struct order_request *r, struct record_doc *order, int64_t *ret_replaced,
                  struct err *e)
{
    struct record_doc parent;
    int64_t rid;
    bool replaces = r->event == ORDER_REPLACEMENT;
    *ret_replaced = 0;
    if (!find_parent(d, r->fields, &rid, e))
        return err_at(e, "PARENT_PLACER");
    if (!rid || rid == order->rid) {
        if (replaces || fields_get(r->fields, FIELD_PARENT_PLACER).n)
            domain_warn(d, "the %s order is not here: not tied to it", replaces ? "replaced" : "parent");
        return true;
    }
    if (!record_get_rid(d->db, d->arena, rid, RECORD_READ, &parent, e) || !record_parse(d->arena, &parent, e))
        return false;
    if (!str_eq(fhir_text(parent.node, "subject.reference"), fhir_text(order->node, "subject.reference"))) {
        rule_break(RULE_ORDER_PATIENT, e, "the order it comes from belongs to another patient");
        return err_at(e, "PARENT_PLACER");
    }
    if (replaces)
        *ret_replaced = rid;
    return name(d, order, replaces ? "replaces" : "basedOn", domain_reference(d, &parent), e);
}
