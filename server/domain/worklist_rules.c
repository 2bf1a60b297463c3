#include "domain/worklist_rules.h"

#include "schema/queries.h"

/* ---- rules: each may look at what was asked only, or at the step too; true when it is satisfied ---- */

static bool is_known(const struct worklist_asking *x, const struct worklist_step *s)
{
    (void)s;
    return x->peer.known || x->peer.trusted;
}

static bool is_enabled(const struct worklist_asking *x, const struct worklist_step *s)
{
    (void)s;
    return x->peer.enabled || !x->peer.known;
}

static bool may_ask(const struct worklist_asking *x, const struct worklist_step *s)
{
    (void)s;
    return x->peer.who.permissions & UINT64_C(1) << PERM_WORKLIST_READ;
}

static bool in_department(const struct worklist_asking *x, const struct worklist_step *s)
{
    for (size_t i = 0; i < x->seen_n; i++)
        if (str_eq(x->seen[i].task, s->task))
            return true;
    return false;
}

static bool is_station(const struct worklist_asking *x, const struct worklist_step *s)
{
    return !s->value[FIELD_STATION_AE].n || str_eq(s->value[FIELD_STATION_AE], x->aet);
}

static bool is_modality(const struct worklist_asking *x, const struct worklist_step *s)
{
    return str_eq(s->value[FIELD_MODALITY], x->modality);
}

static bool is_day(const struct worklist_asking *x, const struct worklist_step *s)
{
    return str_starts(s->start_local, arena_cstr(x->d->arena, x->date));
}

static bool is_named(const struct worklist_asking *x, const struct worklist_step *s)
{
    return str_eq(s->value[FIELD_STATION_NAME], x->station_name);
}

static bool is_open(const struct worklist_asking *x, const struct worklist_step *s)
{
    struct str own = s->value[FIELD_STEP_STATUS];
    if (!x->status_n)
        return worklist_status_visible(own);
    for (size_t i = 0; i < x->status_n; i++)
        if (str_eq(x->status[i], own))
            return true;
    return false;
}

/* What a rule is about; whether that was asked. */
enum about { ABOUT_AET, ABOUT_MODALITY, ABOUT_DATE, ABOUT_STATION, ABOUT_ALL };

static bool was_asked(const struct worklist_asking *x, enum about about)
{
    const struct str asked[] = {x->aet, x->modality, x->date, x->station_name, STR("all")};
    return asked[about].n > 0;
}

/* TO ADD A RULE: 1 a row here  2 its test  3 a case in 21_fhir_merge.py
 *   about   what must have been asked for it to be looked at
 *   hides   a step that does not satisfy it is not seen; false: modalities can not ask by it, it is only told */
static const struct {
    const char *name;
    enum about about;
    bool hides;
    bool (*holds)(const struct worklist_asking *x, const struct worklist_step *s);
    const char *yes, *no;
} rules[] = {
    {"peer-known", ABOUT_AET, true, is_known, "the AE title is registered, or trusted from this machine",
     "the AE title is not registered here: its associations are rejected"},
    {"peer-enabled", ABOUT_AET, true, is_enabled, "the AE title is not switched off", "the AE title is switched off"},
    {"peer-role", ABOUT_AET, true, may_ask, "its role may ask for the worklist",
     "none of its roles may ask for the worklist"},
    {"department", ABOUT_AET, true, in_department, "the step is of a department the AE title may see",
     "the step is of a department the AE title may not see"},
    {"station-ae", ABOUT_AET, true, is_station, "the step is scheduled for this AE title, or for any",
     "the step is scheduled for another AE title"},
    {"step-status", ABOUT_ALL, true, is_open, "the step is in a state that was asked for, or that modalities see",
     "the step is in a state that was not asked for, or that modalities do not see"},
    {"modality", ABOUT_MODALITY, true, is_modality, "the step is of this modality", "the step is of another modality"},
    {"date", ABOUT_DATE, true, is_day, "the step is scheduled for this day", "the step is scheduled for another day"},
    {"station-name", ABOUT_STATION, false, is_named, "the step names this station",
     "the step names another station, or none; stations are not asked for by name"},
};

size_t worklist_judge(const struct worklist_asking *x, const struct worklist_step *s,
                      struct worklist_verdict ret_verdict[WORKLIST_RULES], bool *ret_visible)
{
    size_t n = 0;
    _Static_assert(sizeof rules / sizeof rules[0] == WORKLIST_RULES, "each rule has its place");
    *ret_visible = true;
    for (size_t i = 0; i < WORKLIST_RULES; i++) {
        if (!was_asked(x, rules[i].about))
            continue;
        bool holds = rules[i].holds(x, s);
        ret_verdict[n++] = (struct worklist_verdict){rules[i].name, holds ? rules[i].yes : rules[i].no, holds};
        *ret_visible = *ret_visible && (holds || !rules[i].hides);
    }
    return n;
}

/* Who asks for no state is shown those of its own setting, if it has one. */
static bool take_states(struct worklist_asking *x, struct err *e)
{
    struct db_args args = db_args(x->d->arena);
    db_text(&args, x->aet);
    const struct db_rows *r = db_run(x->d->db, &Q_worklist_peer_statuses, &args, e);
    size_t n = r ? (size_t)db_count(r) : 0;
    struct str *states = ARENA_ARRAY(x->d->arena, struct str, n + 1);
    for (size_t i = 0; i < n; i++)
        states[i] = arena_str(x->d->arena, db_get(r, (int)i, 0));
    x->status = states;
    x->status_n = n;
    return r != NULL;
}

bool worklist_ask(struct worklist_asking *x, int64_t order, struct err *e)
{
    if (!x->aet.n)
        return true;
    if (!auth_peer_look(x->auth, x->d->db, x->aet, &x->peer, e) || (!x->status_n && !take_states(x, e)))
        return false;
    struct domain as_peer = *x->d;
    as_peer.access = str_of(x->peer.who.departments);
    return worklist_of(&as_peer, order, &x->seen, &x->seen_n, e);
}
