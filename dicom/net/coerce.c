#include "dicom/net/coerce.h"

#include <pthread.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "dicom/leave/change.h"
#include "dicom/net/net_priv.h"
#include "schema/queries.h"

enum { RULES_MAX = 200, PENDING_MAX = 128, JSON_MAX = 64 * 1024, VALUES_MAX = 20 };
#define FRESH (INT64_C(2) * 1000000)

/* ---- the rules, read again now and then ---- */

struct rules { /* those that are on; constant once they are here */
    struct arena arena;
    struct coerce_rule rule[RULES_MAX];
    size_t n;
    int users;
};
static struct {
    pthread_mutex_t lock;
    struct rules *now;
    clock_us read_at;
} cache = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void leave(struct rules *r)
{
    if (!r)
        return;
    pthread_mutex_lock(&cache.lock);
    bool last = --r->users == 0;
    pthread_mutex_unlock(&cache.lock);
    if (!last)
        return;
    for (size_t i = 0; i < r->n; i++)
        coerce_rule_free(&r->rule[i]);
    arena_release(&r->arena);
    mem_free(r);
}

/* A rule that can not be read any more is passed over, and told of in the log. */
static void take(struct rules *to, const struct db_rows *r, int i)
{
    struct err e;
    struct coerce_rule *rule = &to->rule[to->n];
    err_clear(&e);
    if (!coerce_rule_read(db_get(r, i, 4), db_get(r, i, 5), rule, &e)) {
        log_err("dimse", &e);
        return;
    }
    rule->name = arena_str(&to->arena, db_get(r, i, 0));
    rule->version = db_get_int(r, i, 1);
    rule->calling_ae = arena_str(&to->arena, db_get(r, i, 2));
    rule->department = arena_str(&to->arena, db_get(r, i, 3));
    to->n++;
}

static bool read_again(struct db *db, struct err *e)
{
    const struct db_rows *r = db_run(db, &Q_coercion_rules, NULL, e);
    if (!r)
        return false;
    struct rules *made = db_count(r) ? mem_zalloc(sizeof *made) : NULL;
    if (made) {
        arena_init(&made->arena);
        made->users = 1; /* the cache's own */
    }
    for (int i = 0; i < db_count(r); i++)
        take(made, r, i);
    pthread_mutex_lock(&cache.lock);
    struct rules *old = cache.now;
    cache.now = made;
    cache.read_at = clock_monotonic();
    pthread_mutex_unlock(&cache.lock);
    leave(old);
    return true;
}

/* NULL when there are none. */
static bool use_rules(struct db *db, struct rules **ret_rules, struct err *e)
{
    pthread_mutex_lock(&cache.lock);
    bool stale = !cache.read_at || clock_monotonic() - cache.read_at > FRESH;
    if (stale)
        cache.read_at = clock_monotonic(); /* one asks, the others go on with what is known */
    pthread_mutex_unlock(&cache.lock);
    if (stale && !read_again(db, e))
        return false;
    pthread_mutex_lock(&cache.lock);
    *ret_rules = cache.now;
    if (cache.now)
        cache.now->users++;
    pthread_mutex_unlock(&cache.lock);
    return true;
}

/* ---- what they make of a header ---- */

struct pending {
    uint32_t in, tag;
    struct str value; /* p NULL: removed */
};
struct coercing {
    const struct dicom_item *header;
    struct arena *arena;
    struct pending pending[PENDING_MAX];
    size_t n;
    struct buf rules;
};

static struct str stored(struct coercing *x, uint32_t in, uint32_t tag)
{
    const struct dicom_item *i = in ? dicom_item_find(x->header, in, 0) : x->header;
    return i ? dicom_get(i, tag, x->arena) : STR_NONE;
}

static struct str now(struct coercing *x, uint32_t in, uint32_t tag)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->pending[i].in == in && x->pending[i].tag == tag)
            return x->pending[i].value;
    return stored(x, in, tag);
}

/* False when it changes nothing. A value the attribute can not have is not given to it: a rule stops no object. */
static bool put(struct coercing *x, const struct coerce_act *act, struct str value)
{
    struct str is = now(x, act->in, act->tag);
    struct err why;
    size_t i = 0;
    err_clear(&why);
    if ((!is.p && !value.p) || (is.p && value.p && str_eq(is, value)))
        return false;
    if (!leave_may_change(act->in, act->tag, value, &why)) {
        log_warning("dimse", "a rule's act on element (%04x,%04x) was left out: the attribute cannot have the value",
                    (unsigned)act->tag >> 16, (unsigned)act->tag & 0xffff);
        return false;
    }
    while (i < x->n && (x->pending[i].in != act->in || x->pending[i].tag != act->tag))
        i++;
    if (i == PENDING_MAX)
        return false;
    x->pending[i] = (struct pending){act->in, act->tag, value.p ? arena_str(x->arena, value) : STR_NONE};
    x->n += i == x->n;
    return true;
}

static bool perform(struct coercing *x, const struct coerce_act *act)
{
    struct str is = now(x, act->in, act->tag);
    const struct json *m;
    switch (act->kind) {
    case COERCE_SET:
        return put(x, act, act->value);
    case COERCE_DEFAULT:
        return !is.n && put(x, act, act->value);
    case COERCE_REMOVE:
        return put(x, act, STR_NONE);
    case COERCE_COPY:
        is = now(x, act->from_in, act->from_tag);
        return is.n && put(x, act, is);
    case COERCE_MAP:
        m = json_find(act->values, arena_cstr(x->arena, is));
        return m && put(x, act, json_text(m));
    }
    return false;
}

static bool fits(struct coercing *x, const struct json *condition)
{
    uint32_t in, tag;
    struct str one;
    const char *list = arena_cstr(x->arena, json_text(condition));
    if (!leave_attribute(json_name(condition), &in, &tag))
        return false;
    struct str values = stored(x, in, tag);
    if (!values.n)
        return admit_listed(list, "");
    for (int i = 0; i < VALUES_MAX && values.n && str_next(&values, '\\', &one); i++)
        if (admit_listed(list, arena_cstr(x->arena, str_trim(one))))
            return true;
    return false;
}

static bool applies(struct coercing *x, const struct coerce_rule *r, const struct coerced_by *by)
{
    const struct json *m;
    if (!admit_listed(arena_cstr(x->arena, r->calling_ae), arena_cstr(x->arena, by->calling_ae)) ||
        !admit_listed(arena_cstr(x->arena, r->department), arena_cstr(x->arena, by->department)))
        return false;
    for (size_t i = 0; (m = json_member(r->conditions, i)); i++)
        if (!fits(x, m))
            return false;
    return true;
}

static void apply(struct coercing *x, const struct coerce_rule *r, const struct coerced_by *by)
{
    struct coerce_act act;
    bool did = false;
    if (!applies(x, r, by))
        return;
    for (size_t i = 0; coerce_act_at(r, i, &act); i++)
        did = perform(x, &act) || did;
    if (did)
        buf_printf(&x->rules, "%s%.*s %lld", x->rules.n ? ", " : "", STR_ARG(r->name), (long long)r->version);
}

static bool write_result(struct coercing *x, struct coercion *ret, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    char name[LEAVE_NAME];
    bool any = false;
    buf_init(&b, JSON_MAX);
    buf_putc(&b, '{');
    for (size_t i = 0; i < x->n; i++) {
        const struct pending *p = &x->pending[i];
        struct str was = stored(x, p->in, p->tag);
        if ((!was.p && !p->value.p) || (was.p && p->value.p && str_eq(was, p->value)))
            continue; /* one act undid another */
        any = true;
        leave_name(p->in, p->tag, name);
        json_put_name(&b, name);
        if (p->value.p)
            json_put_str(&b, p->value);
        else
            buf_puts(&b, "null");
    }
    buf_putc(&b, '}');
    *ret = (struct coercion){STR(""), STR(""), STR("")};
    if (!any || !buf_ok(&b, e) || !buf_ok(&x->rules, e))
        return !any;
    ret->changes = arena_str(x->arena, buf_view(&b));
    ret->rules = arena_str(x->arena, buf_view(&x->rules));
    ret->view = arena_printf(x->arena, "[{\"reason\":\"COERCE\",\"at\":%lld,\"set\":%.*s}]", (long long)clock_now(),
                             STR_ARG(ret->changes));
    return true;
}

static struct coercing *begin(const struct dicom_item *header, struct arena *a)
{
    struct coercing *x = ARENA_NEW(a, struct coercing);
    x->header = header;
    x->arena = a;
    buf_init(&x->rules, JSON_MAX);
    return x;
}

bool coerce(struct db *db, const struct coerced_by *by, const struct dicom_item *header, struct arena *a,
            struct coercion *ret_coercion, struct err *e)
{
    struct rules *rules;
    *ret_coercion = (struct coercion){STR(""), STR(""), STR("")};
    if (!use_rules(db, &rules, e))
        return false;
    if (!rules)
        return true;
    struct coercing *x = begin(header, a);
    for (size_t i = 0; i < rules->n; i++)
        apply(x, &rules->rule[i], by);
    bool ok = write_result(x, ret_coercion, e);
    buf_release(&x->rules);
    leave(rules);
    return ok;
}

bool coerce_try(const struct coerce_rule *r, const struct coerced_by *by, const struct dicom_item *header,
                struct arena *a, struct coercion *ret_coercion, struct err *e)
{
    struct coercing *x = begin(header, a);
    apply(x, r, by);
    bool ok = write_result(x, ret_coercion, e);
    buf_release(&x->rules);
    return ok;
}
