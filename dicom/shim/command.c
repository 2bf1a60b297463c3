#include "command_priv.h"

#include <stddef.h>
#include <string.h>

enum field_kind { U16, UID, AE, LO };

struct field {
    uint16_t element;
    enum field_kind kind;
    size_t offset, size;
};

static const struct field fields[] = {
#define FIELD(element, member, kind, when) \
    {element, kind, offsetof(struct dicom_command, member), sizeof((struct dicom_command *)0)->member},
#include "command_fields.def"
#undef FIELD
};

static bool command_is_request(const struct dicom_command *c)
{
    return !(c->kind & DICOM_RESPONSE) && c->kind != DICOM_C_CANCEL_RQ;
}

/* These requests say "requested", all else says "affected" (PS3.7 10.3). */
static bool command_names_requested(const struct dicom_command *c)
{
    return c->kind == DICOM_N_GET_RQ || c->kind == DICOM_N_SET_RQ || c->kind == DICOM_N_ACTION_RQ ||
           c->kind == DICOM_N_DELETE_RQ;
}

static bool command_has_priority(const struct dicom_command *c)
{
    return c->kind == DICOM_C_STORE_RQ || c->kind == DICOM_C_FIND_RQ || c->kind == DICOM_C_GET_RQ ||
           c->kind == DICOM_C_MOVE_RQ;
}

static uint32_t le32(const unsigned char *p)
{
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static uint16_t le16(const unsigned char *p)
{
    return (uint16_t)(p[0] | p[1] << 8);
}

static struct str unpad(struct str s)
{
    while (s.n && (s.p[s.n - 1] == '\0' || s.p[s.n - 1] == ' '))
        s.n--;
    while (s.n && *s.p == ' ') {
        s.p++;
        s.n--;
    }
    return s;
}

static bool field_read(const struct field *f, struct str value, struct dicom_command *c, struct err *e)
{
    char *to = (char *)c + f->offset;
    if (f->kind == U16) {
        if (value.n < 2)
            return err_set(e, ERR_STRUCTURE, "command field (0000,%04X) has no value", f->element);
        uint16_t n = le16((const unsigned char *)value.p);
        memcpy(to, &n, sizeof n);
        return true;
    }
    struct str text = unpad(value);
    if (memchr(text.p, '\0', text.n))
        return err_set(e, ERR_STRUCTURE, "command field (0000,%04X) holds a NUL", f->element);
    if (!str_copy(to, f->size, text) && f->kind != LO)
        return err_set(e, ERR_STRUCTURE, "command field (0000,%04X) is too long", f->element);
    return true;
}

static void attributes_read(struct str value, struct dicom_command *c)
{
    const unsigned char *p = (const unsigned char *)value.p;
    size_t max = sizeof c->attributes / sizeof *c->attributes;
    for (size_t i = 0; i + 4 <= value.n && c->attribute_count < max; i += 4)
        c->attributes[c->attribute_count++] = (uint32_t)le16(p + i) << 16 | le16(p + i + 2);
}

static bool element_read(uint16_t element, struct str value, struct dicom_command *c, struct err *e)
{
    if (element == 0x1005)
        attributes_read(value, c);
    if (element >= 0x1020 && element <= 0x1023)
        c->has_counts = true;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (fields[i].element == element)
            return field_read(&fields[i], value, c, e);
    return true;
}

bool command_parse(struct str bytes, struct dicom_command *ret_command, struct err *e)
{
    struct dicom_command c = {.context_id = ret_command->context_id,
                              .transfer_syntax = ret_command->transfer_syntax,
                              .dataset_type = DICOM_NO_DATASET};
    const unsigned char *p = (const unsigned char *)bytes.p;
    size_t left = bytes.n;
    while (left > 0) {
        if (left < 8 || le16(p) != 0x0000 || le32(p + 4) > left - 8)
            return err_set(e, ERR_STRUCTURE, "command set is malformed");
        size_t n = le32(p + 4);
        if (!element_read(le16(p + 2), (struct str){(const char *)p + 8, n}, &c, e))
            return false;
        p += 8 + n;
        left -= 8 + n;
    }
    if (c.kind == 0)
        return err_set(e, ERR_STRUCTURE, "command set names no command");
    *ret_command = c;
    return true;
}

static void put16(struct buf *b, uint16_t n)
{
    unsigned char bytes[2] = {(unsigned char)n, (unsigned char)(n >> 8)};
    buf_put(b, bytes, 2);
}

static void put32(struct buf *b, uint32_t n)
{
    put16(b, (uint16_t)n);
    put16(b, (uint16_t)(n >> 16));
}

static void field_write(const struct dicom_command *c, const struct field *f, struct buf *b)
{
    const char *from = (const char *)c + f->offset;
    put16(b, 0x0000);
    put16(b, f->element);
    if (f->kind == U16) {
        uint16_t n;
        memcpy(&n, from, sizeof n);
        put32(b, 2);
        put16(b, n);
        return;
    }
    struct str s = str_of(from);
    put32(b, (uint32_t)(s.n + s.n % 2));
    buf_str(b, s);
    if (s.n % 2)
        buf_putc(b, f->kind == UID ? '\0' : ' ');
}

static void attributes_write(const struct dicom_command *c, struct buf *b)
{
    put32(b, 0x10050000);
    put32(b, (uint32_t)c->attribute_count * 4);
    for (size_t i = 0; i < c->attribute_count; i++) {
        put16(b, (uint16_t)(c->attributes[i] >> 16));
        put16(b, (uint16_t)c->attributes[i]);
    }
}

void command_write(const struct dicom_command *c, struct buf *ret_bytes)
{
    struct buf body CLEANUP(buf_release);
    buf_init(&body, COMMAND_SET_MAX);
    bool attributes_due = c->kind == DICOM_N_GET_RQ && c->attribute_count > 0;
    size_t i = 0;
#define FIELD(element, member, kind, when)    \
    if (attributes_due && element > 0x1005) { \
        attributes_write(c, &body);           \
        attributes_due = false;               \
    }                                         \
    if (when)                                 \
        field_write(c, &fields[i], &body);    \
    i++;
#include "command_fields.def"
#undef FIELD
    put32(ret_bytes, 0x00000000);
    put32(ret_bytes, 4);
    put32(ret_bytes, (uint32_t)body.n);
    buf_put(ret_bytes, body.p, body.n);
}
