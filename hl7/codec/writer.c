#include "hl7/codec/writer.h"

#include "hl7/codec/message_priv.h"

const struct hl7_delims hl7_delims_usual = {'|', '^', '~', '\\', '&', 0};

void hl7_writer_init(struct hl7_writer *w, struct buf *out, const struct hl7_delims *delims)
{
    bool complete =
        delims && delims->component && delims->repetition && delims->escape && delims->subcomponent;
    *w = (struct hl7_writer){.out = out, .delims = complete ? *delims : hl7_delims_usual};
}

void hl7_begin(struct hl7_writer *w, const char *name)
{
    const struct hl7_delims *d = &w->delims;
    bool header = is_header_segment(str_of(name));
    buf_puts(w->out, name);
    w->field = 0;
    w->repetition = w->component = w->subcomponent = 1;
    if (!header)
        return;
    buf_printf(w->out, "%c%c%c%c%c", d->field, d->component, d->repetition, d->escape, d->subcomponent);
    if (d->truncation)
        buf_putc(w->out, d->truncation);
    w->field = 2;
}

/* Separators from *at to n; whether it moved. */
static bool advance(struct hl7_writer *w, unsigned *at, unsigned n, char separator)
{
    bool moved = n > *at;
    if (n < *at)
        w->backwards = true;
    for (; *at < n; ++*at)
        buf_putc(w->out, separator);
    return moved;
}

static void move_to(struct hl7_writer *w, const struct hl7_location *to)
{
    if (advance(w, &w->field, to->field, w->delims.field))
        w->repetition = w->component = w->subcomponent = 1;
    if (advance(w, &w->repetition, to->repetition, w->delims.repetition))
        w->component = w->subcomponent = 1;
    if (advance(w, &w->component, to->component, w->delims.component))
        w->subcomponent = 1;
    advance(w, &w->subcomponent, to->subcomponent, w->delims.subcomponent);
}

void hl7_put_part(struct hl7_writer *w, unsigned field, unsigned repetition, unsigned component,
                  unsigned subcomponent, struct str text)
{
    if (!text.n)
        return;
    move_to(w, &(struct hl7_location){{0}, 0, field, repetition, component, subcomponent});
    if (hl7_presence(text) == HL7_NULL) /* two quotes as text must not mean "remove" */
        buf_printf(w->out, "%cX2222%c", w->delims.escape, w->delims.escape);
    else
        hl7_escape(w->out, &w->delims, text);
}

void hl7_put_component(struct hl7_writer *w, unsigned field, unsigned component, struct str text)
{
    hl7_put_part(w, field, 1, component, 1, text);
}

void hl7_put(struct hl7_writer *w, unsigned field, struct str text)
{
    hl7_put_part(w, field, 1, 1, 1, text);
}

void hl7_put_raw(struct hl7_writer *w, unsigned field, struct str raw)
{
    if (!raw.n)
        return;
    move_to(w, &(struct hl7_location){{0}, 0, field, 1, 1, 1});
    buf_str(w->out, raw);
}

void hl7_put_null(struct hl7_writer *w, unsigned field)
{
    hl7_put_raw(w, field, STR("\"\""));
}

void hl7_end(struct hl7_writer *w)
{
    buf_putc(w->out, '\r');
}

bool hl7_writer_ok(const struct hl7_writer *w, struct err *e)
{
    if (w->backwards)
        return err_set(e, ERR_INTERNAL, "a part of an HL7 segment was written out of order");
    return buf_ok(w->out, e);
}
