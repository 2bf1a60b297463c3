#include "app/peer_import.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "auth/auth.h"
#include "base/json.h"

struct import_peer *peer_import_more(struct peer_list *l)
{
    ARENA_ROOM(l->arena, l->peer, l->n, 1, l->room);
    return &l->peer[l->n++];
}

/* ---- Orthanc ---- */

/* Its configuration has comments, which JSON has not: they become spaces. */
static struct str without_comments(struct arena *a, struct str s)
{
    char *to = arena_cstr(a, s);
    bool text = false;
    for (size_t i = 0; i < s.n; i++) {
        const char *end = NULL;
        if (text && to[i] == '\\')
            i++;
        else if (to[i] == '"')
            text = !text;
        else if (!text && to[i] == '/' && i + 1 < s.n && (to[i + 1] == '/' || to[i + 1] == '*'))
            end = to[i + 1] == '/' ? "\n" : "*/";
        if (!end)
            continue;
        const char *found = strstr(to + i + 2, end);
        size_t stop = found ? (size_t)(found - to) + (end[0] == '*' ? 2 : 0) : s.n;
        for (; i < stop; i++)
            to[i] = to[i] == '\n' ? '\n' : ' ';
        i = stop ? stop - 1 : 0;
    }
    return (struct str){to, s.n};
}

static bool is_address(struct arena *a, struct str host)
{
    unsigned char bytes[16];
    const char *text = arena_cstr(a, host);
    return inet_pton(AF_INET, text, bytes) == 1 || inet_pton(AF_INET6, text, bytes) == 1;
}

/* ["AET", "host", port, "manufacturer"] */
static bool from_array(const struct json *j, struct import_peer *p)
{
    const struct json *port = json_at(j, 2);
    p->title = json_text(json_at(j, 0));
    p->host = json_text(json_at(j, 1));
    if (json_kind(port) == JSON_STRING)
        return str_int(json_text(port), &p->port);
    return json_number(port, &p->port);
}

static bool from_object(const struct json *j, struct import_peer *p)
{
    bool store = json_bool(j, "AllowStore", true), find = json_bool(j, "AllowFind", true);
    p->title = json_str(j, "AET");
    p->host = json_str(j, "Host");
    p->tls = json_bool(j, "UseDicomTls", false);
    p->modality = store || json_bool(j, "AllowFindWorklist", true);
    p->workstation = find || json_bool(j, "AllowGet", true) || json_bool(j, "AllowMove", true);
    if (store != find || !json_bool(j, "AllowEcho", true))
        p->remark = "its roles allow more than its Allow… did: narrow them, or set sop_classes";
    return json_int(j, "Port", &p->port);
}

static bool read_modality(struct peer_list *l, const struct json *j, bool check_host, struct err *e)
{
    struct import_peer *p = peer_import_more(l);
    struct str name = json_name(j);
    *p = (struct import_peer){.modality = true, .workstation = true};
    bool ok = json_kind(j) == JSON_ARRAY ? from_array(j, p) : json_kind(j) == JSON_OBJECT && from_object(j, p);
    if (!ok || !p->title.n || !p->host.n)
        return err_set(e, ERR_INVALID,
                       "modality '%.*s' is neither [title, host, port] nor an object with AET, Host, Port",
                       STR_ARG(str_utf8_clip(name, 60)));
    p->title = arena_str(l->arena, p->title);
    p->host = arena_str(l->arena, p->host);
    p->address = STR("");
    if (check_host && is_address(l->arena, p->host))
        p->address = p->host;
    else if (check_host)
        p->remark = "its host is a name: any address may call itself by this title";
    return true;
}

static bool read_orthanc(struct peer_list *l, struct str bytes, struct err *e)
{
    struct json *j = json_parse(without_comments(l->arena, bytes), e);
    if (!j)
        return false;
    const struct json *modalities = json_find(j, "DicomModalities"), *m;
    bool ok = true, check_host = json_bool(j, "DicomCheckModalityHost", false);
    modalities = modalities ? modalities : j;
    for (size_t i = 0; ok && i < PEER_IMPORT_MAX && (m = json_member(modalities, i)); i++)
        ok = read_modality(l, m, check_host, e);
    json_free(j);
    return ok;
}

bool peer_import_read(struct peer_list *l, struct str bytes, struct err *e)
{
    struct str s = str_trim(bytes);
    bool json = s.n && (s.p[0] == '{' || s.p[0] == '/');
    bool ok = json ? read_orthanc(l, bytes, e) : peer_import_ldif(l, bytes, e);
    return ok && (l->n > 0 || err_set(e, ERR_INVALID, "there is no DICOM node in it"));
}

/* ---- into the table ---- */

static const char *roles_of(const struct import_peer *p)
{
    if (p->modality && p->workstation)
        return "MODALITY,WORKSTATION";
    return p->workstation ? "WORKSTATION" : "MODALITY";
}

static bool put(const struct peer_list *l, const struct import_peer *p, struct db *db, const char *role, struct err *e)
{
    struct arena *a = l->arena;
    const struct auth_peer_id id = {STR("AE"), p->title, p->address.p ? p->address : STR("")};
    const struct str pairs[] = {arena_printf(a, "host=%.*s", STR_ARG(p->host)),
                                arena_printf(a, "port=%lld", (long long)p->port), p->tls ? STR("tls=1") : STR("tls=0"),
                                arena_printf(a, "sop_classes=%.*s", STR_ARG(p->sop_classes))};
    return auth_peer_put(db, id.kind, id.name, id.address, str_of(role ? role : roles_of(p)), e) &&
           auth_peer_set(db, &id, pairs, sizeof pairs / sizeof pairs[0], e);
}

bool peer_import_put(const struct peer_list *l, struct db *db, const char *role, struct err *e)
{
    for (size_t i = 0; i < l->n; i++)
        if (!put(l, &l->peer[i], db, role, e))
            return err_wrap(e, "import '%.*s'", STR_ARG(str_utf8_clip(l->peer[i].title, 16)));
    return true;
}

void peer_import_tell(const struct import_peer *p)
{
    printf("'%.*s' at %.*s:%lld%s%s%s\n", STR_ARG(p->title), STR_ARG(p->host), (long long)p->port,
           p->tls ? " over TLS" : "", p->remark ? ": " : "", p->remark ? p->remark : "");
}
