/* One rule: read from its two JSON texts, and checked before it is kept. */
#include "dicom/net/coerce.h"

#include "base/json.h"
#include "dicom/leave/change.h"

enum { ACTS_MAX = 50, CONDITIONS_MAX = 20, WORDS_MAX = 500, VALUES_MAX = 500 };

static const char *const words[] = {"set", "default", "remove", "copy", "map"};

/* ---- an act ---- */

static bool read_act(const struct json *j, struct coerce_act *ret)
{
    struct str name = STR_NONE;
    int kind = 0, n = sizeof words / sizeof words[0];
    while (kind < n && !(name = json_str(j, words[kind])).p)
        kind++;
    if (kind == n)
        return false;
    *ret = (struct coerce_act){.kind = (enum coerce_kind)kind,
                               .value = json_str(j, "value"),
                               .values = json_find(j, "values")};
    if (ret->kind != COERCE_COPY)
        return leave_attribute(name, &ret->in, &ret->tag);
    return leave_attribute(name, &ret->from_in, &ret->from_tag) &&
           leave_attribute(json_str(j, "to"), &ret->in, &ret->tag);
}

bool coerce_act_at(const struct coerce_rule *r, size_t i, struct coerce_act *ret_act)
{
    const struct json *j = json_at(r->acts, i);
    return j && read_act(j, ret_act);
}

static bool check_values(const struct coerce_act *act, struct err *e)
{
    const struct json *m;
    size_t n = 0;
    for (; (m = json_member(act->values, n)); n++)
        if (json_kind(m) != JSON_STRING || n == VALUES_MAX)
            return err_set(e, ERR_INVALID, "'values' are at most %d texts", VALUES_MAX);
        else if (!leave_may_change(act->in, act->tag, json_text(m), e))
            return false;
    return n > 0 || err_set(e, ERR_INVALID, "'map' needs values");
}

static bool check_act(const struct json *j, struct err *e)
{
    struct coerce_act act;
    char vr[3];
    if (!read_act(j, &act))
        return err_set(e, ERR_INVALID, "an act is set, default, remove, copy or map, of an attribute");
    if (act.kind == COERCE_MAP)
        return check_values(&act, e);
    if ((act.kind == COERCE_SET || act.kind == COERCE_DEFAULT) && !act.value.p)
        return err_set(e, ERR_INVALID, "'%s' needs a value", words[act.kind]);
    dicom_tag_vr(act.from_tag, vr);
    if (act.kind == COERCE_COPY && (act.from_tag >> 16 >= 0x5000 || str_is(str_of(vr), "SQ")))
        return err_set(e, ERR_INVALID, "only a text is copied");
    return leave_may_change(act.in, act.tag, act.value, e);
}

/* ---- the rule ---- */

static bool check_conditions(const struct json *conditions, struct err *e)
{
    const struct json *m;
    uint32_t in, tag;
    if (json_kind(conditions) != JSON_OBJECT)
        return err_set(e, ERR_INVALID, "'attributes' is an object");
    for (size_t n = 0; (m = json_member(conditions, n)); n++) {
        if (n == CONDITIONS_MAX || !leave_attribute(json_name(m), &in, &tag))
            return err_set(e, ERR_INVALID, "'attributes' names at most %d attributes", CONDITIONS_MAX);
        if (json_kind(m) != JSON_STRING || json_text(m).n > WORDS_MAX)
            return err_set(e, ERR_INVALID, "a condition has at most %d bytes of text", WORDS_MAX);
    }
    return true;
}

static bool check_acts(const struct json *acts, struct err *e)
{
    size_t n = json_count(acts);
    if (json_kind(acts) != JSON_ARRAY || !n || n > ACTS_MAX)
        return err_set(e, ERR_INVALID, "'acts' are 1 to %d", ACTS_MAX);
    for (size_t i = 0; i < n; i++)
        if (!check_act(json_at(acts, i), e))
            return err_wrap(e, "act %zu", i + 1);
    return true;
}

bool coerce_rule_read(struct str conditions, struct str acts, struct coerce_rule *ret_rule, struct err *e)
{
    struct coerce_rule r = {.name = STR(""), .calling_ae = STR(""), .department = STR("")};
    r.conditions = json_parse(conditions, e);
    r.acts = r.conditions ? json_parse(acts, e) : NULL;
    if (r.acts && check_conditions(r.conditions, e) && check_acts(r.acts, e)) {
        *ret_rule = r;
        return true;
    }
    coerce_rule_free(&r);
    return false;
}

void coerce_rule_free(struct coerce_rule *r)
{
    json_free(r->conditions);
    json_free(r->acts);
    r->conditions = r->acts = NULL;
}
