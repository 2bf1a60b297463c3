#include "dicom/net/answer.h"
#include "dicom/net/net.h"

static void put_tag(struct buf *b, uint32_t tag)
{
    buf_printf(b, "(%04X,%04X)", (unsigned)(tag >> 16), (unsigned)(tag & 0xffff));
}

/* Fields the worklist does not hold: where an image's header has them. */
static const struct {
    enum field field;
    uint32_t tag, sequence;
} headers[] = {
#define HEADER(field, tag, sequence) {FIELD_##field, tag, sequence},
#include "dicom/net/maps/instance.def"
#undef HEADER
};

void dicom_field_describe(enum field f, struct buf *b)
{
    bool first = true;
    for (size_t i = 0; worklist_tag(i); i++) {
        const struct tag_row *r = worklist_tag(i);
        if (r->field != f)
            continue;
        buf_puts(b, first ? "" : " ");
        if (r->place == PLACE_STEP)
            put_tag(b, TAG_STEP_SEQUENCE), buf_putc(b, '>');
        put_tag(b, r->tag);
        first = false;
    }
    for (size_t i = 0; first && i < sizeof headers / sizeof headers[0]; i++)
        if (headers[i].field == f)
            put_tag(b, headers[i].tag);
}
