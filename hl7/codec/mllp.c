#include "hl7/codec/mllp.h"

#include <string.h>

enum { START = 0x0B, END = 0x1C, CR = 0x0D, MEMORY_KEPT = 256 * 1024 };

void hl7_mllp_init(struct hl7_mllp *d, size_t ceiling)
{
    *d = (struct hl7_mllp){.ceiling = ceiling, .state = HL7_MLLP_OUTSIDE};
    buf_init(&d->frame, ceiling > HL7_MLLP_KEPT ? ceiling : HL7_MLLP_KEPT);
}

void hl7_mllp_release(struct hl7_mllp *d)
{
    buf_release(&d->frame);
}

struct str hl7_mllp_frame(const struct hl7_mllp *d)
{
    return buf_view(&d->frame);
}

void hl7_mllp_next(struct hl7_mllp *d)
{
    if (d->frame.room > MEMORY_KEPT)
        buf_release(&d->frame);
    else
        buf_reset(&d->frame);
}

bool hl7_mllp_in_frame(const struct hl7_mllp *d)
{
    return d->state != HL7_MLLP_OUTSIDE;
}

static struct str take(struct str *bytes, size_t n)
{
    struct str taken = str_sub(*bytes, 0, n);
    *bytes = str_sub(*bytes, n, bytes->n);
    return taken;
}

/* The number of bytes before the next framing byte. One loop, not two searches: those would be quadratic in a
 * flood of one of the two. */
static size_t plain_run(struct str s)
{
    size_t n = 0;
    while (n < s.n && s.p[n] != END && s.p[n] != START)
        n++;
    return n;
}

/* Message bytes, cut to what is kept once they pass the ceiling. False when they just did. */
static bool keep(struct hl7_mllp *d, struct str part)
{
    if (part.n <= d->ceiling && d->frame.n <= d->ceiling - part.n) {
        buf_str(&d->frame, part);
        return true;
    }
    size_t kept = d->ceiling < HL7_MLLP_KEPT ? d->ceiling : HL7_MLLP_KEPT;
    if (d->frame.n < kept)
        buf_str(&d->frame, str_sub(part, 0, kept - d->frame.n));
    d->frame.n = kept;
    d->state = HL7_MLLP_SKIPPING;
    hl7_quirk(&d->quirks, HL7_QUIRK_oversize_frames, 1);
    return false;
}

static enum hl7_mllp_event outside(struct hl7_mllp *d, struct str *bytes)
{
    struct str junk = take(bytes, str_find(*bytes, START));
    hl7_quirk(&d->quirks, HL7_QUIRK_junk_bytes, junk.n);
    if (bytes->n) {
        take(bytes, 1);
        d->state = HL7_MLLP_INSIDE;
    }
    return HL7_MLLP_MORE;
}

static enum hl7_mllp_event inside(struct hl7_mllp *d, struct str *bytes)
{
    if (!keep(d, take(bytes, plain_run(*bytes))))
        return HL7_MLLP_TOO_LARGE;
    if (!bytes->n)
        return HL7_MLLP_MORE;
    if (take(bytes, 1).p[0] == END) {
        d->state = HL7_MLLP_ENDING;
        return HL7_MLLP_MORE;
    }
    hl7_quirk(&d->quirks, HL7_QUIRK_frame_restarts, 1);
    hl7_quirk(&d->quirks, HL7_QUIRK_junk_bytes, d->frame.n);
    buf_reset(&d->frame);
    return HL7_MLLP_MORE;
}

static enum hl7_mllp_event lone_end(struct hl7_mllp *d)
{
    hl7_quirk(&d->quirks, HL7_QUIRK_lone_ends, 1);
    d->state = HL7_MLLP_OUTSIDE;
    return HL7_MLLP_FRAME;
}

/* After 1CH: 0DH ends the message, 0BH too (and begins the next); any other byte shows that 1CH was content.
 */
static enum hl7_mllp_event ending(struct hl7_mllp *d, struct str *bytes)
{
    if (bytes->p[0] == START)
        return lone_end(d);
    if (bytes->p[0] == CR) {
        take(bytes, 1);
        d->state = HL7_MLLP_OUTSIDE;
        return HL7_MLLP_FRAME;
    }
    d->state = HL7_MLLP_INSIDE;
    return keep(d, STR("\x1c")) ? HL7_MLLP_MORE : HL7_MLLP_TOO_LARGE;
}

/* The rest of a message over the ceiling. */
static enum hl7_mllp_event skipping(struct hl7_mllp *d, struct str *bytes)
{
    take(bytes, str_find(*bytes, END));
    if (bytes->n) {
        take(bytes, 1);
        d->state = HL7_MLLP_SKIP_ENDING;
    }
    return HL7_MLLP_MORE;
}

static enum hl7_mllp_event skip_ending(struct hl7_mllp *d, struct str *bytes)
{
    bool end = bytes->p[0] == CR || bytes->p[0] == START;
    if (bytes->p[0] == CR)
        take(bytes, 1);
    d->state = end ? HL7_MLLP_OUTSIDE : HL7_MLLP_SKIPPING;
    return HL7_MLLP_MORE;
}

enum hl7_mllp_event hl7_mllp_feed(struct hl7_mllp *d, struct str *bytes)
{
    static enum hl7_mllp_event (*const step[])(struct hl7_mllp *, struct str *) = {
        [HL7_MLLP_OUTSIDE] = outside,   [HL7_MLLP_INSIDE] = inside,           [HL7_MLLP_ENDING] = ending,
        [HL7_MLLP_SKIPPING] = skipping, [HL7_MLLP_SKIP_ENDING] = skip_ending,
    };
    enum hl7_mllp_event event = HL7_MLLP_MORE;
    while (bytes->n && event == HL7_MLLP_MORE)
        event = step[d->state](d, bytes);
    return event;
}

enum hl7_mllp_event hl7_mllp_idle(struct hl7_mllp *d)
{
    if (d->state == HL7_MLLP_SKIP_ENDING)
        d->state = HL7_MLLP_OUTSIDE;
    return d->state == HL7_MLLP_ENDING ? lone_end(d) : HL7_MLLP_MORE;
}

/* UTF-16 and UTF-32: a framing byte may be half a character. */
static bool is_wide(struct str s)
{
    return s.n > 1 && (!s.p[0] || !s.p[1] || (unsigned char)s.p[0] >= 0xFE);
}

/* A framing byte inside would end the message early, and begin another that nobody wrote: it becomes a blank. */
void hl7_mllp_put(struct buf *out, struct str message)
{
    size_t from = out->n + 1;
    buf_putc(out, START);
    buf_str(out, message);
    for (size_t i = is_wide(message) ? out->n : from; i < out->n; i++)
        if (out->p[i] == START || out->p[i] == END)
            out->p[i] = ' ';
    buf_put(out, "\x1c\r", 2);
}
