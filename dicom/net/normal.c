/* What the services of class N- share: their statuses, and the data set behind a request. */
#include "dicom/net/net_priv.h"

#include <string.h>

enum { NUMBER_MAX = 256, KEPT_MAX = 8 << 20 };

/* PS3.7 annex C.4, C.5. */
static const struct {
    enum err_code code;
    struct refusal how;
} rows[] = {
    {ERR_INVALID, {0x0106, 0}}, /* invalid attribute value */
    {ERR_CODE_INVALID, {0x0106, 0}},
    {ERR_LENGTH, {0x0106, 0}},
    {ERR_REQUIRED, {0x0120, 0}},           /* missing attribute */
    {ERR_CONFLICT, {0x0111, 0}},           /* duplicate SOP instance */
    {ERR_NOT_FOUND, {0x0112, 0}},          /* no such SOP instance */
    {ERR_BUSINESS_RULE, {0x0110, 0xA710}}, /* processing failure: may no longer be updated */
    {ERR_UNSUPPORTED, {0x0122, 0}},        /* SOP class not supported */
    {ERR_FORBIDDEN, {0x0124, 0}},          /* not authorised */
    {ERR_TOO_LARGE, {0x0213, 0}},          /* resource limitation */
    {ERR_UNAVAILABLE, {0x0213, 0}},
    {ERR_STORAGE_FULL, {0x0213, 0}},
};

bool normal_fail(struct session *s, const struct service *service, const struct dicom_command *command,
                 const struct err *why)
{
    struct refusal how = {.status = 0x0110};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].code == why->code)
            how = rows[i].how;
    return session_refuse(s, service, command, how, why);
}

struct dicom_dataset *normal_receive(struct session *s, const struct service *service,
                                     const struct dicom_command *command, bool *ret_alive)
{
    struct err e;
    bool lost = false;
    err_clear(&e);
    struct dicom_dataset *ds = NULL;
    if (dicom_has_dataset(command))
        ds = dicom_receive_dataset(s->association, command, &lost, &e);
    else
        err_set(&e, ERR_REQUIRED, "no data set follows");
    if (!ds && e.code == ERR_STRUCTURE)
        session_bad_input(s, &e);
    *ret_alive = ds || (!lost && normal_fail(s, service, command, &e));
    return ds;
}

/* ---- values ---- */

/* Only text that the record can hold. */
static struct str clean(struct str s)
{
    bool bad = !s.n || !str_utf8_valid(s) || memchr(s.p, '\0', s.n);
    return bad ? STR("") : s;
}

struct str normal_text(const struct dicom_item *item, uint32_t tag, struct arena *a)
{
    return item ? clean(dicom_get_nth(item, tag, 0, a)) : STR("");
}

struct str normal_code(const struct dicom_item *item, uint32_t tag, struct arena *a)
{
    const struct dicom_item *c = item ? dicom_item_find(item, tag, 0) : NULL;
    struct str text = normal_text(c, DICOM_TAG(0x0008, 0x0100), a);
    if (!text.n)
        text = normal_text(c, DICOM_TAG(0x0008, 0x0119), a);
    if (!text.n || text.n > NUMBER_MAX || str_find(text, '^') < text.n)
        return STR("");
    return arena_printf(a, "%.*s^%.*s^%.*s", STR_ARG(text),
                        STR_ARG(str_utf8_clip(normal_text(c, DICOM_TAG(0x0008, 0x0102), a), 64)),
                        STR_ARG(str_utf8_clip(normal_text(c, DICOM_TAG(0x0008, 0x0104), a), 64)));
}

bool normal_number(const struct dicom_item *item, uint32_t tag, struct arena *a, struct str *ret, struct err *e)
{
    *ret = normal_text(item, tag, a);
    if (ret->n <= NUMBER_MAX)
        return true;
    err_set(e, ERR_LENGTH, "element (%04x,%04x) is longer than %d bytes", tag >> 16, tag & 0xffff, NUMBER_MAX);
    return err_at(e, "(%04x,%04x)", tag >> 16, tag & 0xffff);
}

/* ---- data sets that are kept ---- */

bool normal_keep(struct dicom_dataset *ds, struct arena *a, struct str *ret_bytes, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    buf_init(&b, KEPT_MAX);
    if (!dicom_dataset_set_charset(ds, "ISO_IR 192", e) || !dicom_dataset_write(ds, DICOM_EXPLICIT_LE, &b, e))
        return false;
    *ret_bytes = arena_str(a, buf_view(&b));
    return true;
}

struct copying {
    struct normal_copy *copy;
    struct err *e;
    bool ok;
};

static bool copy_one(void *ctx, const struct dicom_item *from, const struct dicom_element *el)
{
    struct copying *c = ctx;
    if (el->tag != DICOM_SPECIFIC_CHARACTER_SET && el->tag != c->copy->hidden && (el->tag & 0xffff) != 0)
        c->ok = dicom_put_copy(dicom_dataset_root(c->copy->answer), from, el->tag, c->e);
    return c->ok;
}

/* All of it, or what the request lists; what it lists and is not held is told by the status. */
static bool copy_all(struct normal_copy *copy, const struct dicom_item *from, struct err *e)
{
    struct copying c = {copy, e, true};
    const struct dicom_command *command = copy->command;
    if (!command->attribute_count)
        dicom_each(from, copy_one, &c);
    for (size_t i = 0; i < command->attribute_count && c.ok; i++) {
        uint32_t tag = command->attributes[i];
        if (dicom_exists(from, tag) && tag != copy->hidden)
            c.ok =
                tag == DICOM_SPECIFIC_CHARACTER_SET || dicom_put_copy(dicom_dataset_root(copy->answer), from, tag, e);
        else
            copy->status = STATUS_ATTRIBUTES_MISSING;
    }
    return c.ok;
}

bool normal_copy(struct normal_copy *copy, struct dicom_dataset *kept, struct err *e)
{
    const struct principal *who = &copy->session->who;
    const char *wanted = who->character_set[0] ? who->character_set : arena_cstr(&copy->session->arena, copy->charset);
    const char *set[] = {dicom_charset_known(str_of(wanted)) ? wanted : "ISO_IR 192", "ISO_IR 192"};
    for (size_t i = 0; i < 2; i++) {
        dicom_dataset_free(copy->answer);
        copy->status = STATUS_SUCCESS;
        copy->answer = dicom_dataset_new(set[i], e);
        if (!copy->answer || !copy_all(copy, dicom_dataset_root(kept), e))
            return false;
        if (!dicom_dataset_lossy(copy->answer))
            break;
    }
    return true;
}
