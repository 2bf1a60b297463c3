/* A tree of PS3.15 annex H as LDIF (RFC 2849): connections, application entities, what each can transfer. */
#include "app/peer_import.h"

#include <string.h>
#include <strings.h>

#include "base/codec.h"

enum { PAIRS_MAX = 2000, SOP_CLASSES_MAX = 800 };
#define QUERY_ROOT "1.2.840.10008.5.1.4.1.2."
#define WORKLIST "1.2.840.10008.5.1.4.31"
#define VERIFICATION "1.2.840.10008.1.1"

struct pair {
    struct str name, value;
};
struct record {
    struct pair pair[PAIRS_MAX];
    size_t n;
};
struct connection { /* dicomNetworkConnection */
    struct str dn, host;
    int64_t port;
    bool tls;
};
struct entity { /* dicomNetworkAE */
    struct str dn, title, connection;
    struct buf classes; /* it uses as SCU */
    bool modality, workstation, whole;
};
struct tree {
    struct arena *arena;
    struct connection *connection;
    size_t connections, connections_room;
    struct entity *entity;
    size_t entities, entities_room;
};

static bool same(struct str a, struct str b)
{
    return a.n == b.n && a.n && strncasecmp(a.p, b.p, a.n) == 0;
}

static struct str value_of(const struct record *r, const char *name)
{
    for (size_t i = 0; i < r->n; i++)
        if (str_is_nocase(r->pair[i].name, name))
            return r->pair[i].value;
    return STR("");
}

static bool has(const struct record *r, const char *name, const char *value)
{
    for (size_t i = 0; i < r->n; i++)
        if (str_is_nocase(r->pair[i].name, name) && str_is_nocase(r->pair[i].value, value))
            return true;
    return false;
}

/* ---- lines ---- */

/* A line goes on in the next one that begins with a space. */
static struct str unfolded(struct arena *a, struct str s)
{
    char *to = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\r')
            continue;
        if (s.p[i] == '\n' && i + 1 < s.n && s.p[i + 1] == ' ')
            i++;
        else
            to[n++] = s.p[i];
    }
    return (struct str){to, n};
}

static bool take_line(struct arena *a, struct record *r, struct str line, struct err *e)
{
    size_t colon = str_find(line, ':');
    struct str value = str_sub(line, colon + 1, line.n);
    if (line.p[0] == '#' || str_starts(line, "version:"))
        return true;
    if (colon == line.n || r->n == PAIRS_MAX)
        return err_set(e, ERR_STRUCTURE, "a line of the LDIF is no attribute, or an entry has over %d of them",
                       PAIRS_MAX);
    struct pair *p = &r->pair[r->n++];
    p->name = str_sub(line, 0, colon);
    p->value = arena_str(a, str_trim(value));
    if (value.n && value.p[0] == ':') {
        struct str raw = str_trim(str_sub(value, 1, value.n));
        CLEANUP(buf_release) struct buf bytes;
        buf_init(&bytes, raw.n + 1);
        if (!base64_decode(raw, &bytes, e))
            return err_wrap(e, "a value of the LDIF");
        p->value = arena_str(a, buf_view(&bytes));
    }
    return true;
}

/* ---- entries ---- */

static struct str above(struct str dn)
{
    size_t comma = str_find(dn, ',');
    return str_trim(str_sub(dn, comma + 1, dn.n));
}

static bool ends_in(struct str dn, struct str base)
{
    return base.n && dn.n > base.n && same(str_sub(dn, dn.n - base.n, base.n), base);
}

static void take_connection(struct tree *t, const struct record *r)
{
    ARENA_ROOM(t->arena, t->connection, t->connections, 1, t->connections_room);
    struct connection *c = &t->connection[t->connections++];
    *c = (struct connection){.dn = value_of(r, "dn"), .host = value_of(r, "dicomHostname")};
    c->tls = value_of(r, "dicomTLSCipherSuite").n > 0;
    str_int(value_of(r, "dicomPort"), &c->port);
}

static void take_entity(struct tree *t, const struct record *r)
{
    ARENA_ROOM(t->arena, t->entity, t->entities, 1, t->entities_room);
    struct entity *x = &t->entity[t->entities++];
    *x = (struct entity){.dn = value_of(r, "dn"),
                         .title = value_of(r, "dicomAETitle"),
                         .connection = value_of(r, "dicomNetworkConnectionReference"),
                         .whole = true};
    buf_init(&x->classes, SOP_CLASSES_MAX);
    buf_puts(&x->classes, VERIFICATION);
}

/* What an entity does as a user is what it will ask of us. */
static void take_capability(struct tree *t, const struct record *r)
{
    struct str sop_class = value_of(r, "dicomSOPClass"), dn = value_of(r, "dn");
    if (!has(r, "dicomTransferRole", "SCU") || !sop_class.n || str_is(sop_class, VERIFICATION))
        return;
    for (size_t i = 0; i < t->entities; i++) {
        struct entity *x = &t->entity[i];
        if (!ends_in(dn, x->dn))
            continue;
        if (x->classes.n + sop_class.n + 1 <= SOP_CLASSES_MAX)
            buf_printf(&x->classes, ",%.*s", STR_ARG(sop_class));
        else
            x->whole = false;
        x->workstation = x->workstation || str_starts(sop_class, QUERY_ROOT);
        x->modality = x->modality || !str_starts(sop_class, QUERY_ROOT) || str_is(sop_class, WORKLIST);
    }
}

static void take_record(struct tree *t, const struct record *r, int pass)
{
    if (pass == 0 && has(r, "objectClass", "dicomNetworkConnection"))
        take_connection(t, r);
    if (pass == 0 && has(r, "objectClass", "dicomNetworkAE"))
        take_entity(t, r);
    if (pass == 1 && has(r, "objectClass", "dicomTransferCapability"))
        take_capability(t, r);
}

/* Entities first: what they can transfer may stand before them. */
static bool walk(struct tree *t, struct str text, int pass, struct err *e)
{
    struct record *r = ARENA_NEW(t->arena, struct record);
    struct str line;
    while (text.n && str_next(&text, '\n', &line)) {
        if (line.n && !take_line(t->arena, r, line, e))
            return false;
        if (line.n && text.n)
            continue;
        take_record(t, r, pass);
        r->n = 0;
    }
    return true;
}

static const struct connection *connection_of(const struct tree *t, const struct entity *x)
{
    for (size_t i = 0; i < t->connections; i++)
        if (same(t->connection[i].dn, x->connection))
            return &t->connection[i];
    for (size_t i = 0; i < t->connections; i++)
        if (same(above(t->connection[i].dn), above(x->dn)))
            return &t->connection[i];
    return NULL;
}

static void make_peer(struct peer_list *l, const struct tree *t, struct entity *x)
{
    const struct connection *c = connection_of(t, x);
    struct import_peer *p = peer_import_more(l);
    bool known = x->modality || x->workstation;
    *p = (struct import_peer){.title = x->title, .host = STR(""), .sop_classes = STR(""), .address = STR("")};
    p->modality = x->modality || !known;
    p->workstation = x->workstation;
    if (c && c->host.n && c->port > 0 && c->port < 65536) {
        p->host = c->host;
        p->port = c->port;
        p->tls = c->tls;
    }
    if (known && x->whole)
        p->sop_classes = arena_str(l->arena, buf_view(&x->classes));
    p->remark = !x->whole ? "it can transfer more than fits a list: sop_classes is left open" : NULL;
    buf_release(&x->classes);
}

bool peer_import_ldif(struct peer_list *l, struct str bytes, struct err *e)
{
    struct tree t = {.arena = l->arena};
    struct str text = unfolded(l->arena, bytes);
    bool ok = walk(&t, text, 0, e) && walk(&t, text, 1, e);
    for (size_t i = 0; i < t.entities; i++)
        if (ok && t.entity[i].title.n && l->n < PEER_IMPORT_MAX)
            make_peer(l, &t, &t.entity[i]);
        else
            buf_release(&t.entity[i].classes);
    return ok;
}
