/* What the tests of fhir/model share. */
#ifndef TESTS_FHIR_SUPPORT_H
#define TESTS_FHIR_SUPPORT_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fhir/model/model.h"

enum { FILE_MAX = 64 * 1024 * 1024 };

/* The whole file; false when it cannot be read. */
static inline bool file_read(const char *path, struct buf *ret_bytes)
{
    FILE *f = fopen(path, "rb");
    char block[65536];
    size_t n = 0;
    if (!f)
        return false;
    while ((n = fread(block, 1, sizeof block, f)) > 0)
        buf_put(ret_bytes, block, n);
    bool ok = !ferror(f);
    fclose(f);
    return ok && !ret_bytes->failed;
}

static inline bool ends_with(const char *name, const char *end)
{
    return str_ends(str_of(name), end);
}

/* JSON in test rows is written with ' for ", which reads better. */
static inline struct str quoted(struct arena *a, const char *json)
{
    char *p = arena_cstr(a, str_of(json));
    for (char *c = p; *c; c++)
        if (*c == '\'')
            *c = '"';
    return str_of(p);
}

/* Text of the tree as JSON in the arena. */
static inline struct str json_of(struct arena *a, const struct fhir_node *n)
{
    struct buf out;
    buf_init(&out, FILE_MAX);
    struct err e = {0};
    struct str text = fhir_write_json(n, false, &out, &e) ? arena_str(a, buf_view(&out)) : STR_NONE;
    buf_release(&out);
    return text;
}

static inline size_t items(const struct fhir_node *n, bool sibling)
{
    size_t count = 0, at = 0;
    for (const struct fhir_node *c = n->first; c; c = c->next) {
        at++;
        if (!sibling || c->kind != FHIR_NULL)
            count = at; /* trailing nulls beside extensions mean nothing */
    }
    return count;
}

static inline const char *different(const struct fhir_node *a, const struct fhir_node *b);

static inline const char *different_arrays(const struct fhir_node *a, const struct fhir_node *b)
{
    bool sibling = a->key.n && a->key.p[0] == '_';
    size_t n = items(a, sibling);
    if (n != items(b, sibling))
        return a->key.n ? a->key.p : "array";
    const struct fhir_node *x = a->first, *y = b->first;
    for (; n > 0; n--, x = x->next, y = y->next) {
        const char *found = different(x, y);
        if (found)
            return found;
    }
    return NULL;
}

/* NULL when both trees say the same, members in any order; else something that names the difference. */
static inline const char *different(const struct fhir_node *a, const struct fhir_node *b)
{
    const char *name = a->key.n ? a->key.p : "item";
    if (a->kind != b->kind)
        return name;
    if (a->kind == FHIR_ARRAY)
        return different_arrays(a, b);
    if (a->kind != FHIR_OBJECT)
        return str_eq(a->text, b->text) ? NULL : name;
    if (items(a, false) != items(b, false))
        return name;
    for (const struct fhir_node *m = a->first; m; m = m->next) {
        char key[256];
        str_copy(key, sizeof key, m->key);
        const struct fhir_node *other = fhir_member(b, key);
        const char *found = other ? different(m, other) : name;
        if (found)
            return found;
    }
    return NULL;
}

#endif
