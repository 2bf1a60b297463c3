/* Data sets for tests, written as text: "tag=value" at the root, "tag>tag=value" in the first item of a sequence,
 * "tag>" for an empty sequence. Tags are eight hexadecimal digits. */
#ifndef TESTS_DICOM_NET_KEYS_H
#define TESTS_DICOM_NET_KEYS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dicom/shim/shim.h"
#include "unit.h"

static inline struct dicom_item *keys_item(struct dicom_item *i, uint32_t tag)
{
    struct err e;
    err_clear(&e);
    if (!dicom_count(i, tag))
        return dicom_put_item(i, tag, &e);
    return (struct dicom_item *)(uintptr_t)dicom_item_find(i, tag, 0);
}

static inline bool keys_put(struct dicom_item *root, const char *key)
{
    struct err e;
    char *rest;
    err_clear(&e);
    uint32_t tag = (uint32_t)strtoul(key, &rest, 16);
    if (*rest == '>' && !rest[1])
        return dicom_put_sequence(root, tag, &e);
    if (*rest == '>')
        return keys_put(keys_item(root, tag), rest + 1);
    return *rest == '=' && dicom_put(root, tag, str_of(rest + 1), &e);
}

static inline struct dicom_dataset *keys_new(const char *charset, const char *const *keys)
{
    struct err e;
    err_clear(&e);
    struct dicom_dataset *ds = dicom_dataset_new(charset, &e);
    for (; *keys; keys++)
        if (!keys_put(dicom_dataset_root(ds), *keys)) {
            printf("key '%s' can not be made\n", *keys);
            exit(1);
        }
    return ds;
}

/* The value at "tag>tag"; NULL when there is none, "" when it is empty. */
static inline const char *keys_get(const struct dicom_item *i, const char *path, struct arena *a)
{
    char *rest;
    uint32_t tag = (uint32_t)strtoul(path, &rest, 16);
    if (*rest == '>') {
        const struct dicom_item *inner = dicom_item_find(i, tag, 0);
        return !inner ? NULL : rest[1] ? keys_get(inner, rest + 1, a) : "item";
    }
    return dicom_exists(i, tag) ? arena_cstr(a, dicom_get(i, tag, a)) : NULL;
}

static inline void keys_expect(const struct dicom_item *i, const char *path, const char *due, struct arena *a)
{
    const char *got = keys_get(i, path, a);
    bool same = got && due ? strcmp(got, due) == 0 : got == due;
    if (!same)
        printf("%s is '%s' where '%s' is due\n", path, got ? got : "(absent)", due ? due : "(absent)");
    CU_ASSERT(same);
}

#endif
