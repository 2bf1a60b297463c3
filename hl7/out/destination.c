/* Destinations: their settings as text and as a struct, their rows. */
#include "base/json.h"
#include "hl7/out/out_priv.h"
#include "record/record.h"
#include "schema/queries.h"

enum kind { KIND_TEXT, KIND_LIST, KIND_NUMBER, KIND_SWITCH, KIND_CHOICE };
enum { NAME_MAX_BYTES = 64, TEXT_MAX = 100000 };

struct setting {
    const char *name;
    enum kind kind;
    const char *usual, *bounds, *meaning;
    size_t offset;
};
static const struct setting settings[] = {
#define SETTING(name, kind, usual, bounds, meaning) \
    {#name, KIND_##kind, usual, bounds, meaning, offsetof(struct hl7_destination, name)},
#include "hl7/out/settings.def"
#undef SETTING
};
static const struct {
    const char *word;
    unsigned bit;
} sends[] = {{"ORDER", SEND_ORDER},   {"STATUS", SEND_STATUS},     {"SCHEDULE", SEND_SCHEDULE}, {"CHARGE", SEND_CHARGE},
             {"REPORT", SEND_REPORT}, {"DOCUMENT", SEND_DOCUMENT}, {"PATIENT", SEND_PATIENT}};

/* ---- one setting ---- */

static bool set_number(int *to, const struct setting *s, struct str value, struct err *e)
{
    int64_t n, least, most;
    struct str bounds = str_of(s->bounds);
    size_t dots = str_find(bounds, '.');
    str_int(str_sub(bounds, 0, dots), &least);
    str_int(str_sub(bounds, dots + 2, bounds.n), &most);
    if (!str_int(value, &n) || n < least || n > most)
        return err_set(e, ERR_INVALID, "%s is a number, %s", s->name, s->bounds);
    *to = (int)n;
    return true;
}

static bool set_choice(int *to, const struct setting *s, struct str value, struct err *e)
{
    struct str rest = str_of(s->bounds), one;
    for (int i = 0; str_next(&rest, '|', &one); i++)
        if (str_eq(one, value)) {
            *to = i;
            return true;
        }
    return err_set(e, ERR_INVALID, "%s is one of %s", s->name, s->bounds);
}

static bool set_switch(bool *to, const struct setting *s, struct str value, struct err *e)
{
    *to = str_is(value, "true");
    return *to || str_is(value, "false") || err_set(e, ERR_INVALID, "%s is true or false", s->name);
}

static bool set(struct hl7_destination *d, size_t i, struct str value, struct err *e)
{
    const struct setting *s = &settings[i];
    void *to = (char *)d + s->offset;
    bool ok = value.n <= TEXT_MAX || err_set(e, ERR_TOO_LARGE, "%s is too long", s->name);
    for (size_t k = 0; ok && k < value.n; k++)
        if ((unsigned char)value.p[k] < 0x20 && s->kind != KIND_TEXT)
            ok = err_set(e, ERR_INVALID, "%s holds control characters", s->name);
    if (ok && s->kind == KIND_NUMBER)
        ok = set_number(to, s, value, e);
    else if (ok && s->kind == KIND_CHOICE)
        ok = set_choice(to, s, value, e);
    else if (ok && s->kind == KIND_SWITCH)
        ok = set_switch(to, s, value, e);
    else if (ok)
        *(struct str *)to = value;
    if (!ok)
        return err_at(e, "%s", s->name);
    d->text[i] = value;
    return true;
}

/* ---- all of them ---- */

static void usual(struct hl7_destination *d)
{
    for (size_t i = 0; i < SETTINGS; i++)
        set(d, i, str_of(settings[i].usual), NULL);
}

static bool set_sends(struct hl7_destination *d, struct err *e)
{
    struct str rest = d->send, one;
    d->sends = 0;
    while (rest.n && str_next(&rest, ',', &one)) {
        size_t i = 0, n = sizeof sends / sizeof sends[0];
        while (i < n && !str_is(str_trim(one), sends[i].word))
            i++;
        if (i == n) {
            err_set(e, ERR_INVALID, "send names '%.*s', which nothing is called", STR_ARG(str_utf8_clip(one, 20)));
            return err_at(e, "send");
        }
        d->sends |= sends[i].bit;
    }
    return true;
}

static bool check(struct arena *a, struct hl7_destination *d, struct err *e)
{
    struct template_row *rows;
    size_t n;
    if (!d->host.n)
        return err_set(e, ERR_REQUIRED, "host is missing"), err_at(e, "host");
    if (!hl7_charset_find(d->character_set))
        return err_set(e, ERR_INVALID, "character_set is not known"), err_at(e, "character_set");
    if (d->tls_certificate.n != 0 && !d->tls_key.n)
        return err_set(e, ERR_INVALID, "tls_certificate needs tls_key"), err_at(e, "tls_key");
    return set_sends(d, e) && (templates_read(a, d->templates, &rows, &n, e) || err_at(e, "templates"));
}

bool list_has(struct str list, struct str word)
{
    struct str rest = list, one;
    if (!list.n)
        return true;
    while (str_next(&rest, ',', &one))
        if (str_eq(str_trim(one), word))
            return true;
    return false;
}

enum hl7_style destination_style(const struct hl7_destination *d)
{
    if (d->style)
        return (enum hl7_style)d->style; /* auto|ORM|OMI */
    bool old = str_cmp(d->version, STR("2.5")) < 0;
    return old ? STYLE_ORM : STYLE_OMI;
}

/* "RIS^1.2.3^ISO" is called RIS. */
static struct str first_part(struct str hd)
{
    return str_sub(hd, 0, str_find(hd, '^'));
}

bool destination_is(const struct hl7_destination *d, struct str origin)
{
    size_t bar = str_find(origin, '|');
    if (!origin.n)
        return false;
    if (d->own.n)
        return list_has(d->own, origin);
    return bar < origin.n && d->application.n && str_eq(str_sub(origin, 0, bar), first_part(d->application)) &&
           str_eq(str_sub(origin, bar + 1, origin.n), first_part(d->facility));
}

/* ---- rows ---- */

bool destination_read(const struct db_rows *r, int row, struct arena *a, struct hl7_destination *ret_d, struct err *e)
{
    struct hl7_destination d = {.id = db_get_int(r, row, 0),
                                .name = arena_str(a, db_get(r, row, 1)),
                                .settings = arena_str(a, db_get(r, row, 2))};
    struct json *json = json_parse(d.settings, e);
    if (!json)
        return err_wrap(e, "destination '%.*s'", STR_ARG(d.name));
    usual(&d);
    bool ok = true;
    for (size_t i = 0; ok && i < SETTINGS; i++)
        if (json_find(json, settings[i].name))
            ok = set(&d, i, arena_str(a, json_str(json, settings[i].name)), e);
    json_free(json);
    if (!ok || !set_sends(&d, e))
        return err_wrap(e, "destination '%.*s'", STR_ARG(d.name));
    *ret_d = d;
    return true;
}

bool destinations_load(struct db *db, struct arena *a, struct hl7_destination **ret_list, size_t *ret_n, struct err *e)
{
    const struct db_rows *r = db_run(db, &Q_hl7_destination_all, NULL, e);
    if (!r)
        return false;
    *ret_n = (size_t)db_count(r);
    *ret_list = ARENA_ARRAY(a, struct hl7_destination, *ret_n + 1);
    for (size_t i = 0; i < *ret_n; i++)
        if (!destination_read(r, (int)i, a, &(*ret_list)[i], e)) {
            e->code = ERR_UNAVAILABLE; /* nobody's message may be passed over while its settings are mended */
            return false;
        }
    return true;
}

static bool take_row(const struct db_rows *r, struct arena *a, struct hl7_destination *ret_d, bool *ret_found,
                     struct err *e)
{
    *ret_found = r && db_count(r) > 0;
    return r && (!*ret_found || destination_read(r, 0, a, ret_d, e));
}

bool destination_get(struct db *db, struct arena *a, int64_t id, struct hl7_destination *ret_d, bool *ret_found,
                     struct err *e)
{
    struct db_args args = db_args(a);
    db_int(&args, id);
    return take_row(db_run(db, &Q_hl7_destination_get, &args, e), a, ret_d, ret_found, e);
}

bool destination_find(struct db *db, struct arena *a, struct str name, struct hl7_destination *ret_d, bool *ret_found,
                      struct err *e)
{
    struct db_args args = db_args(a);
    db_text(&args, name);
    return take_row(db_run(db, &Q_hl7_destination_find, &args, e), a, ret_d, ret_found, e);
}

static struct str json_of(struct arena *a, const struct hl7_destination *d)
{
    CLEANUP(buf_release) struct buf b;
    buf_init(&b, SETTINGS * 2 * TEXT_MAX);
    buf_putc(&b, '{');
    for (size_t i = 0; i < SETTINGS; i++)
        if (!str_is(d->text[i], settings[i].usual))
            json_put_field(&b, settings[i].name, d->text[i]);
    buf_putc(&b, '}');
    return arena_str(a, buf_view(&b));
}

static bool name_ok(struct str name, struct err *e)
{
    bool ok = name.n > 0 && name.n <= NAME_MAX_BYTES;
    for (size_t i = 0; i < name.n && ok; i++)
        ok = (unsigned char)name.p[i] > 0x20 && (unsigned char)name.p[i] < 0x7F && name.p[i] != '|' &&
             name.p[i] != '/' && name.p[i] != '=';
    return ok ||
           err_set(e, ERR_INVALID,
                   "a destination's name is at most %d printable ASCII characters without |/=", (int)NAME_MAX_BYTES);
}

static bool apply(struct hl7_destination *d, const struct hl7_setting *s, struct err *e)
{
    size_t i = 0;
    while (i < SETTINGS && !str_is(s->name, settings[i].name))
        i++;
    if (i == SETTINGS)
        return err_set(e, ERR_INVALID, "a destination has no setting '%.*s'", STR_ARG(str_utf8_clip(s->name, 40)));
    return set(d, i, s->value, e);
}

static bool open_outbox(struct db *db, struct arena *a, const struct hl7_destination *d, struct err *e)
{
    struct str types[] = {STR("Task"),    STR("ServiceRequest"), STR("DiagnosticReport"),
                          STR("Patient"), STR("Encounter"),      STR(RECEIVED_TYPE)};
    struct outbox_receiver r = {d->id, HL7_OUT_KIND, types, 6};
    if (!d->sends) {
        types[0] = STR(RECEIVED_TYPE);
        r.n = 1;
    }
    return outbox_open(db, a, &r, e);
}

bool hl7_destination_put(struct db *db, struct arena *a, struct str name, const struct hl7_setting *given, size_t n,
                         struct err *e)
{
    struct hl7_destination d = {.id = 0};
    struct db_args args = db_args(a);
    bool found;
    if (!name_ok(name, e) || !destination_find(db, a, name, &d, &found, e))
        return false;
    if (!found) {
        d.id = record_rid_new();
        usual(&d);
    }
    for (size_t i = 0; i < n; i++)
        if (!apply(&d, &given[i], e))
            return false;
    if (!check(a, &d, e))
        return err_wrap(e, "destination '%.*s'", STR_ARG(name));
    db_int(&args, d.id);
    db_text(&args, name);
    db_text(&args, json_of(a, &d));
    return db_run(db, &Q_hl7_destination_put, &args, e) && open_outbox(db, a, &d, e) && db_flush(db, e);
}

static bool must_find(struct db *db, struct arena *a, struct str name, struct hl7_destination *ret_d, struct err *e)
{
    bool found;
    return destination_find(db, a, name, ret_d, &found, e) &&
           (found || err_set(e, ERR_NOT_FOUND, "no destination '%.*s'", STR_ARG(str_utf8_clip(name, 64))));
}

bool hl7_destination_remove(struct db *db, struct arena *a, struct str name, struct err *e)
{
    struct hl7_destination d;
    struct db_args args = db_args(a);
    if (!must_find(db, a, name, &d, e))
        return false;
    db_int(&args, d.id);
    return outbox_close(db, a, d.id, e) && db_send(db, &Q_hl7_destination_remove, &args, e) &&
           db_send(db, &Q_hl7_sent_discard_all, &args, e) && db_flush(db, e);
}

bool hl7_destination_pause(struct db *db, struct arena *a, struct str name, bool paused, struct err *e)
{
    struct hl7_destination d;
    return must_find(db, a, name, &d, e) && outbox_pause(db, a, d.id, paused, e) && db_flush(db, e);
}

bool hl7_destination_echo(struct db *db, struct arena *a, struct str name, struct err *e)
{
    struct hl7_destination d;
    struct hl7_client *c = must_find(db, a, name, &d, e) ? connection_dial(&d, e) : NULL;
    hl7_client_close(c);
    return c != NULL;
}

/* ---- listing ---- */

static void put_settings(struct buf *b, const struct hl7_destination *d)
{
    json_put_name(b, "settings");
    buf_putc(b, '{');
    for (size_t i = 0; i < SETTINGS; i++)
        json_put_field(b, settings[i].name, d->text[i]);
    buf_putc(b, '}');
}

bool hl7_destination_list(struct db *db, struct arena *a, struct buf *b, struct err *e)
{
    const struct db_rows *r = db_run(db, &Q_hl7_destination_state, NULL, e);
    buf_putc(b, '[');
    for (int i = 0; r && i < db_count(r); i++) {
        struct hl7_destination d;
        char when[CLOCK_TEXT] = "";
        if (!destination_read(r, i, a, &d, e))
            return false;
        if (!db_is_null(r, i, 6))
            clock_site_text(db_get_int(r, i, 6), when);
        json_put_comma(b);
        buf_putc(b, '{');
        json_put_field(b, "name", d.name);
        json_put_bool(b, "paused", db_get_bool(r, i, 3));
        json_put_int(b, "waiting", db_get_int(r, i, 7));
        json_put_int(b, "ageSeconds", db_get_int(r, i, 8));
        json_put_int(b, "dead", db_get_int(r, i, 9));
        json_put_int(b, "attempts", db_get_int(r, i, 4));
        json_put_field(b, "error", db_get(r, i, 5));
        json_put_field(b, "lastSent", str_of(when));
        put_settings(b, &d);
        buf_putc(b, '}');
    }
    buf_putc(b, ']');
    return r && buf_ok(b, e);
}

void hl7_settings_json(struct buf *b)
{
    static const char *const kinds[] = {[KIND_TEXT] = "text",
                                        [KIND_LIST] = "list",
                                        [KIND_NUMBER] = "number",
                                        [KIND_SWITCH] = "switch",
                                        [KIND_CHOICE] = "choice"};
    buf_putc(b, '[');
    for (size_t i = 0; i < SETTINGS; i++) {
        const struct setting *s = &settings[i];
        const char *const values[] = {s->name, kinds[s->kind], s->usual, s->bounds, s->meaning};
        static const char *const names[] = {"name", "kind", "usual", "bounds", "meaning"};
        json_put_comma(b);
        buf_putc(b, '{');
        for (size_t k = 0; k < 5; k++)
            json_put_field(b, names[k], str_of(values[k]));
        buf_putc(b, '}');
    }
    buf_putc(b, ']');
}

void hl7_settings_describe(struct buf *b)
{
    buf_puts(b, "| setting | usual | choices | what it is |\n|---|---|---|---|\n");
    for (size_t i = 0; i < SETTINGS; i++)
        buf_printf(b, "| %s | %s | %s | %s |\n", settings[i].name, settings[i].usual, settings[i].bounds,
                   settings[i].meaning);
}
