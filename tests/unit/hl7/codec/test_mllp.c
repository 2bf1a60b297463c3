/* MLLP frames: what comes out of bytes cut anywhere, and what is counted on the way. */
#include "hl7/codec/mllp.h"

#include <string.h>

#include "unit.h"

enum { SMALL_CEILING = 100 };

struct sample {
    const char *name, *bytes;
    const char *frames; /* each followed by '|'; "!" marks one that was too large, "?" what only idle ends */
    size_t junk, restarts, lone_ends, oversize;
};

#define TEN "0123456789"
#define FIFTY TEN TEN TEN TEN TEN

static const struct sample samples[] = {
    {"one", "\x0bMSH\x1c\r", "MSH|", 0, 0, 0, 0},
    {"two",
     "\x0b"
     "A\x1c\r\x0b"
     "B\x1c\r",
     "A|B|", 0, 0, 0, 0},
    {"byte order mark and keep-alive", "\xef\xbb\xbf\r\n\x0bMSH\x1c\r\r\n", "MSH|", 7, 0, 0, 0},
    {"double framing", "\x0b\x0bMSH\x1c\r\x1c\r", "MSH|", 2, 1, 0, 0},
    {"restart",
     "\x0bMSH\x0b"
     "B\x1c\r",
     "B|", 3, 1, 0, 0},
    {"end without CR",
     "\x0b"
     "A\x1c\x0b"
     "B\x1c\r",
     "A|B|", 0, 0, 1, 0},
    {"end without CR, then silence",
     "\x0b"
     "A\x1c",
     "A?|", 0, 0, 1, 0},
    {"1CH as content",
     "\x0b"
     "A\x1c"
     "B\x1c\x1c\r",
     "A\x1c"
     "B\x1c|",
     0, 0, 0, 0},
    {"empty frame", "\x0b\x1c\r", "|", 0, 0, 0, 0},
    {"unfinished",
     "\x0b"
     "ABC",
     "", 0, 0, 0, 0},
    {"just fits", "\x0b" FIFTY FIFTY "\x1c\r", FIFTY FIFTY "|", 0, 0, 0, 0},
    {"too large, next one read",
     "\x0b" FIFTY FIFTY "x" FIFTY "\x1c\r\x0b"
     "B\x1c\r",
     FIFTY FIFTY "!|B|", 0, 0, 0, 1},
    {"too large with 1CH inside",
     "\x0b" FIFTY FIFTY "x\x1c"
     "y\x1c\r\x0b"
     "B\x1c\r",
     FIFTY FIFTY "!|B|", 0, 0, 0, 1},
    {"too large by a lone 1CH",
     "\x0b" FIFTY FIFTY "\x1c"
     "y\x1c\r\x0b"
     "B\x1c\r",
     FIFTY FIFTY "!|B|", 0, 0, 0, 1},
    {"too large, end without CR",
     "\x0b" FIFTY FIFTY "x\x1c\x0b"
     "B\x1c\r",
     FIFTY FIFTY "!|B|", 0, 0, 0, 1},
};

static void note(struct hl7_mllp *d, enum hl7_mllp_event event, const char *mark, struct buf *seen)
{
    buf_str(seen, hl7_mllp_frame(d));
    buf_puts(seen, event == HL7_MLLP_TOO_LARGE ? "!" : mark);
    buf_putc(seen, '|');
    hl7_mllp_next(d);
}

/* Feed in pieces of `step` bytes. */
static void play(struct hl7_mllp *d, const struct sample *s, size_t step, struct buf *seen)
{
    struct str all = str_of(s->bytes);
    enum hl7_mllp_event event;
    for (size_t at = 0; at < all.n; at += step) {
        struct str piece = str_sub(all, at, step);
        while ((event = hl7_mllp_feed(d, &piece)) != HL7_MLLP_MORE)
            note(d, event, "", seen);
    }
    if ((event = hl7_mllp_idle(d)) != HL7_MLLP_MORE)
        note(d, event, "?", seen);
}

static void check_sample(const struct sample *s, size_t step)
{
    struct hl7_mllp d;
    struct buf seen;
    hl7_mllp_init(&d, SMALL_CEILING);
    buf_init(&seen, 4096);
    play(&d, s, step, &seen);
    if (!str_is(buf_view(&seen), s->frames))
        printf("\n  %s by %zu: '%.*s'\n", s->name, step, STR_ARG(buf_view(&seen)));
    CU_ASSERT(str_is(buf_view(&seen), s->frames));
    CU_ASSERT_EQUAL(d.quirks.n[HL7_QUIRK_junk_bytes], s->junk);
    CU_ASSERT_EQUAL(d.quirks.n[HL7_QUIRK_frame_restarts], s->restarts);
    CU_ASSERT_EQUAL(d.quirks.n[HL7_QUIRK_lone_ends], s->lone_ends);
    CU_ASSERT_EQUAL(d.quirks.n[HL7_QUIRK_oversize_frames], s->oversize);
    buf_release(&seen);
    hl7_mllp_release(&d);
}

static void frames_cut_anywhere(void)
{
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
        for (size_t step = 1; step < 8; step++)
            check_sample(&samples[i], step);
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
        check_sample(&samples[i], 4096);
}

static void oversize_keeps_the_start(void)
{
    struct hl7_mllp d;
    CLEANUP(buf_release) struct buf in;
    buf_init(&in, 1024 * 1024);
    buf_puts(&in, "\x0bMSH|^~\\&|RIS");
    for (int i = 0; i < 300000; i++)
        buf_putc(&in, 'x');
    hl7_mllp_init(&d, 200000);
    struct str rest = buf_view(&in);
    CU_ASSERT_EQUAL(hl7_mllp_feed(&d, &rest), HL7_MLLP_TOO_LARGE);
    CU_ASSERT_EQUAL(hl7_mllp_frame(&d).n, (size_t)HL7_MLLP_KEPT);
    CU_ASSERT(str_starts(hl7_mllp_frame(&d), "MSH|^~\\&|RISxxx"));
    hl7_mllp_release(&d);
}

static void memory_goes_back(void)
{
    struct hl7_mllp d;
    CLEANUP(buf_release) struct buf in;
    buf_init(&in, 4 * 1024 * 1024);
    buf_putc(&in, 0x0B);
    for (int i = 0; i < 1000000; i++)
        buf_putc(&in, 'x');
    buf_put(&in, "\x1c\r", 2);
    hl7_mllp_init(&d, HL7_MLLP_CEILING);
    struct str rest = buf_view(&in);
    CU_ASSERT_EQUAL(hl7_mllp_feed(&d, &rest), HL7_MLLP_FRAME);
    CU_ASSERT_EQUAL(hl7_mllp_frame(&d).n, 1000000u);
    hl7_mllp_next(&d);
    CU_ASSERT(d.frame.room < 512 * 1024);
    hl7_mllp_release(&d);
}

static void deadline_runs_inside_frames_only(void)
{
    struct hl7_mllp d;
    hl7_mllp_init(&d, SMALL_CEILING);
    struct str junk = STR("\r\n"), start = STR("\x0bMSH"), end = STR("\x1c\r");
    hl7_mllp_feed(&d, &junk);
    CU_ASSERT_FALSE(hl7_mllp_in_frame(&d));
    hl7_mllp_feed(&d, &start);
    CU_ASSERT_TRUE(hl7_mllp_in_frame(&d));
    CU_ASSERT_EQUAL(hl7_mllp_feed(&d, &end), HL7_MLLP_FRAME);
    CU_ASSERT_FALSE(hl7_mllp_in_frame(&d));
    hl7_mllp_release(&d);
}

static void written_frames_are_read(void)
{
    struct hl7_mllp d;
    CLEANUP(buf_release) struct buf out;
    buf_init(&out, 100);
    hl7_mllp_put(&out, STR("MSH|x\r"));
    CU_ASSERT(str_is(buf_view(&out), "\x0bMSH|x\r\x1c\r"));
    buf_reset(&out);
    hl7_mllp_put(&out, STR("MSH|x\x1c\r\x0bMSH|y\r"));
    CU_ASSERT(str_is(buf_view(&out), "\x0bMSH|x \r MSH|y\r\x1c\r"));
    buf_reset(&out);
    hl7_mllp_put(&out, STR("MSH|x\r"));
    hl7_mllp_init(&d, SMALL_CEILING);
    struct str rest = buf_view(&out);
    CU_ASSERT_EQUAL(hl7_mllp_feed(&d, &rest), HL7_MLLP_FRAME);
    CU_ASSERT(str_is(hl7_mllp_frame(&d), "MSH|x\r"));
    hl7_mllp_release(&d);
}

static const struct unit_case cases[] = {
    {"frames, cut anywhere", frames_cut_anywhere},
    {"an oversize message keeps its start", oversize_keeps_the_start},
    {"memory of a large message goes back", memory_goes_back},
    {"a deadline runs inside frames only", deadline_runs_inside_frames_only},
    {"a written frame is read", written_frames_are_read},
};

UNIT_MAIN("hl7/codec/mllp", cases)
