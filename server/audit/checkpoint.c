/* Checkpoints: the end of the chain, signed, in the database and in a file outside it. */
#include "audit/audit_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/codec.h"
#include "base/log.h"
#include "base/mem.h"
#include "schema/queries.h"

enum { KEYS_MAX = 64 };

struct signer {
    struct tls_key *key;
    char key_id[KEY_ID];
    unsigned char public_key[TLS_PUBLIC_KEY];
    char *file; /* checkpoints.log */
};

struct keys {
    int n;
    struct {
        char id[KEY_ID]; /* "" for a key from a file: it is tried for every checkpoint */
        struct tls_key *key;
    } key[KEYS_MAX];
};

static bool key_id_of(const struct tls_key *key, unsigned char ret_public[TLS_PUBLIC_KEY],
                      char ret_id[KEY_ID], struct err *e)
{
    unsigned char hash[32];
    char text[HASH_TEXT];
    if (!tls_key_public(key, ret_public, e))
        return false;
    tls_sha256(ret_public, TLS_PUBLIC_KEY, hash);
    hex_text(hash, text);
    str_copy(ret_id, KEY_ID, (struct str){text, KEY_ID - 1});
    return true;
}

/* The public half beside the private one, for whoever verifies without this database. */
static bool public_key_write(const struct tls_key *key, const char *key_file, struct err *e)
{
    char path[4096];
    struct buf pem CLEANUP(buf_release);
    buf_init(&pem, 4096);
    if (snprintf(path, sizeof path, "%s.pub", key_file) >= (int)sizeof path ||
        !tls_key_public_pem(key, &pem, e))
        return err_set(e, ERR_INVALID, "audit.key_file: the path is too long");
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0)
        return err_errno(e, ERR_INVALID, "write '%s'", path);
    bool ok = write(fd, pem.p, pem.n) == (ssize_t)pem.n;
    ok = close(fd) == 0 && ok;
    return ok ? true : err_errno(e, ERR_INVALID, "write '%s'", path);
}

static char *beside(const char *key_file, const char *name)
{
    const char *slash = strrchr(key_file, '/');
    size_t folder = slash ? (size_t)(slash - key_file) + 1 : 0, n = strlen(name) + 1;
    char *path = mem_alloc(folder + n);
    memcpy(path, key_file, folder);
    memcpy(path + folder, name, n);
    return path;
}

struct signer *signer_new(const char *key_file, struct err *e)
{
    struct signer *s = mem_zalloc(sizeof *s);
    s->key = tls_key_load_private(key_file, e);
    if (s->key && key_id_of(s->key, s->public_key, s->key_id, e) && public_key_write(s->key, key_file, e)) {
        s->file = beside(key_file, "checkpoints.log");
        return s;
    }
    err_wrap(e, "audit key");
    signer_free(s);
    return NULL;
}

void signer_free(struct signer *s)
{
    if (!s)
        return;
    tls_key_free(s->key);
    mem_free(s->file);
    mem_free(s);
}

bool signer_announce(const struct signer *s, struct db *db, struct err *e)
{
    char text[HASH_TEXT];
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    hex_text(s->public_key, text);
    struct db_args args = db_args(&arena);
    db_text(&args, str_of(s->key_id));
    db_text(&args, str_of(text));
    return db_send(db, &Q_audit_key_put, &args, e) && db_flush(db, e);
}

static struct str signed_line(const struct checkpoint *c, char to[CHECKPOINT_LINE])
{
    char hash[HASH_TEXT];
    hex_text(c->hash, hash);
    int n = snprintf(to, CHECKPOINT_LINE, "isocentre checkpoint 1 %lld %s %s %s", (long long)c->seq, hash,
                     c->time, c->key_id);
    return (struct str){to, (size_t)n};
}

static bool store(struct db *db, const struct checkpoint *c, clock_us now, struct err *e)
{
    char hash[HASH_TEXT];
    struct buf signature CLEANUP(buf_release);
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    buf_init(&signature, 256);
    hex_put(&signature, c->signature, sizeof c->signature);
    hex_text(c->hash, hash);
    struct db_args args = db_args(&arena);
    db_int(&args, c->seq);
    db_text(&args, str_of(hash));
    db_int(&args, now);
    db_text(&args, str_of(c->key_id));
    db_text(&args, buf_view(&signature));
    return db_send(db, &Q_audit_checkpoint_put, &args, e) && db_flush(db, e);
}

static bool append(const char *file, struct str line, const struct checkpoint *c, struct err *e)
{
    struct buf text CLEANUP(buf_release);
    buf_init(&text, CHECKPOINT_LINE * 2);
    buf_str(&text, line);
    buf_putc(&text, ' ');
    base64_put(&text, (struct str){(const char *)c->signature, sizeof c->signature});
    buf_putc(&text, '\n');
    int fd = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_errno(e, ERR_INTERNAL, "open '%s'", file);
    bool ok = write(fd, text.p, text.n) == (ssize_t)text.n && fdatasync(fd) == 0;
    ok = close(fd) == 0 && ok;
    return ok ? true : err_errno(e, ERR_INTERNAL, "append to '%s'", file);
}

bool signer_checkpoint(const struct signer *s, struct db *db, const struct chain *chain, struct err *e)
{
    char text[CHECKPOINT_LINE];
    clock_us now = clock_now();
    struct checkpoint c = {.seq = chain->seq};
    memcpy(c.hash, chain->hash, sizeof c.hash);
    clock_text(now, c.time);
    str_copy(c.key_id, sizeof c.key_id, str_of(s->key_id));
    struct str line = signed_line(&c, text);
    if (!tls_sign(s->key, line, c.signature, e) || !store(db, &c, now, e) || !append(s->file, line, &c, e))
        return err_wrap(e, "audit checkpoint %lld", (long long)chain->seq);
    return true;
}

bool checkpoint_parse(struct str line, struct checkpoint *ret)
{
    struct checkpoint c = {0};
    struct str part[8];
    struct buf signature CLEANUP(buf_release);
    buf_init(&signature, 128);
    int n = 0;
    while (n < 8 && str_next(&line, ' ', &part[n]))
        n++;
    if (n != 8 || !str_is(part[0], "isocentre") || !str_is(part[1], "checkpoint") || !str_is(part[2], "1") ||
        !str_int(part[3], &c.seq) || !hex_decode(part[4], c.hash, sizeof c.hash, NULL) ||
        !str_copy(c.time, sizeof c.time, part[5]) || !str_copy(c.key_id, sizeof c.key_id, part[6]) ||
        !base64_decode(part[7], &signature, NULL) || signature.n != sizeof c.signature)
        return false;
    memcpy(c.signature, signature.p, sizeof c.signature);
    *ret = c;
    return true;
}

static bool keys_from_file(struct keys *k, const char *path, struct err *e)
{
    k->key[0].key = tls_key_load_public(path, e);
    k->n = k->key[0].key ? 1 : 0;
    return k->n > 0;
}

static bool keys_from_database(struct keys *k, struct db *db, struct err *e)
{
    const struct db_rows *r = db_run(db, &Q_audit_key_list, NULL, e);
    if (!r)
        return false;
    if (db_count(r) > KEYS_MAX)
        return err_set(e, ERR_TOO_LARGE, "more than %d audit keys", KEYS_MAX);
    for (int i = 0; i < db_count(r); i++) {
        unsigned char raw[TLS_PUBLIC_KEY];
        if (!hex_decode(db_get(r, i, 1), raw, sizeof raw, e) ||
            !(k->key[i].key = tls_key_from_public(raw, e)))
            return false;
        k->n = i + 1;
        str_copy(k->key[i].id, KEY_ID, db_get(r, i, 0));
    }
    return true;
}

struct keys *keys_load(struct db *db, const char *public_key_file, struct err *e)
{
    struct keys *k = mem_zalloc(sizeof *k);
    if (public_key_file ? keys_from_file(k, public_key_file, e) : keys_from_database(k, db, e))
        return k;
    err_wrap(e, "audit keys");
    keys_free(k);
    return NULL;
}

void keys_free(struct keys *k)
{
    if (!k)
        return;
    for (int i = 0; i < k->n; i++)
        tls_key_free(k->key[i].key);
    mem_free(k);
}

bool checkpoint_genuine(const struct keys *k, const struct checkpoint *c)
{
    char text[CHECKPOINT_LINE];
    struct str line = signed_line(c, text);
    for (int i = 0; i < k->n; i++)
        if ((!k->key[i].id[0] || strcmp(k->key[i].id, c->key_id) == 0) &&
            tls_verify(k->key[i].key, line, c->signature))
            return true;
    return false;
}
