/* What must hold for any bytes whatever: used by the fuzzer and by the mutation test. A property that fails
 * aborts. */
#ifndef TESTS_FUZZ_HL7_MESSAGE_PROPERTIES_H
#define TESTS_FUZZ_HL7_MESSAGE_PROPERTIES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hl7/codec/codec.h"

#define MUST_HOLD(condition)                                                               \
    do {                                                                                   \
        if (!(condition)) {                                                                \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                                       \
        }                                                                                  \
    } while (0)

/* The parts of `whole` follow each other with one separator between, from its first byte to its last. */
static inline void check_join(struct str whole, char separator,
                              struct str (*part)(const struct hl7_message *, struct str, size_t),
                              const struct hl7_message *m)
{
    const char *at = whole.p;
    size_t n = 1;
    for (struct str s; (s = part(m, whole, n)).p; n++) {
        MUST_HOLD(n == 1 || *at++ == separator);
        MUST_HOLD(s.p == at);
        at += s.n;
    }
    MUST_HOLD(at == whole.p + whole.n);
}

static inline void check_field(const struct hl7_message *m, struct arena *a, struct str field)
{
    struct str r, c, s;
    check_join(field, m->delims.repetition, hl7_repetition, m);
    for (size_t i = 1; i < 50 && (r = hl7_repetition(m, field, i)).p; i++) {
        check_join(r, m->delims.component, hl7_component, m);
        for (size_t k = 1; k < 50 && (c = hl7_component(m, r, k)).p; k++) {
            check_join(c, m->delims.subcomponent, hl7_subcomponent, m);
            for (size_t l = 1; l < 50 && (s = hl7_subcomponent(m, c, l)).p; l++)
                MUST_HOLD(str_utf8_valid(hl7_unescape(m, a, s)));
        }
    }
}

static inline void check_segment(const struct hl7_message *m, struct arena *a, const struct hl7_segment *s)
{
    bool msh = s == m->segments;
    const char *at = s->text.p;
    MUST_HOLD(s->occurrence >= 1);
    for (size_t i = 0; i <= s->n; i++) {
        struct str field = hl7_field(s, i);
        bool separated = i && !(msh && i <= 2); /* MSH-1 is the separator before MSH-2 */
        MUST_HOLD(!separated || *at++ == m->delims.field);
        MUST_HOLD(field.p == at);
        at += field.n;
        if (i && !(msh && i <= 2))
            check_field(m, a, field);
    }
    MUST_HOLD(at == s->text.p + s->text.n);
}

/* Text survives being written and read. */
static inline void check_round_trip(struct arena *a, struct str text)
{
    struct hl7_message m;
    struct hl7_writer w;
    struct buf out;
    buf_init(&out, text.n * 6 + 200);
    hl7_writer_init(&w, &out, NULL);
    hl7_begin(&w, "MSH");
    hl7_put(&w, 18, STR("UNICODE UTF-8"));
    hl7_end(&w);
    hl7_begin(&w, "NTE");
    hl7_put_part(&w, 3, 2, 2, 2, text);
    hl7_end(&w);
    MUST_HOLD(hl7_writer_ok(&w, NULL));
    MUST_HOLD(hl7_parse(buf_view(&out), NULL, a, &m, NULL));
    MUST_HOLD(str_eq(hl7_get(&m, a, "NTE-3[2].2.2"), text));
    MUST_HOLD(hl7_quirks_total(&m.quirks) == 0);
    buf_release(&out);
}

static inline bool has_crlf(struct str s)
{
    for (size_t i = 1; i < s.n; i++)
        if (s.p[i] == '\n' && s.p[i - 1] == '\r')
            return true;
    return false;
}

/* Every message has an acknowledgement that can be read. */
static inline void check_ack(const struct hl7_message *m, struct arena *a)
{
    struct hl7_message answer;
    struct hl7_reply reply;
    struct err e = {.code = ERR_NONE};
    struct hl7_fault fault;
    struct hl7_ack ack;
    struct buf out;
    buf_init(&out, 4 * 1024 * 1024);
    err_set(&e, ERR_REQUIRED, "PID-3 is missing");
    err_at(&e, "PID^1^3");
    hl7_ack_of_err(&e, &fault, &ack);
    MUST_HOLD(hl7_ack_write(m, &ack, &out, NULL, &e));
    MUST_HOLD(hl7_parse(buf_view(&out), NULL, a, &answer, NULL));
    MUST_HOLD(hl7_ack_parse(&answer, a, &reply, NULL));
    MUST_HOLD(strcmp(reply.code, "AE") == 0 && !reply.accepted);
    MUST_HOLD(out.n && out.p[out.n - 1] == '\r');
    buf_release(&out);
}

static inline void check_parsed(const struct hl7_message *m, struct arena *a)
{
    const char *at = m->text.p;
    MUST_HOLD(m->n >= 1 && str_is(m->segments[0].name, "MSH"));
    MUST_HOLD(str_utf8_valid(m->text));
    for (size_t i = 0; i < m->n; i++) {
        MUST_HOLD(m->segments[i].text.p >= at);
        at = m->segments[i].text.p + m->segments[i].text.n;
        MUST_HOLD(at <= m->text.p + m->text.n);
        check_segment(m, a, &m->segments[i]);
    }
    struct str text = hl7_get(m, a, "PID-5");
    if (!has_crlf(text))
        check_round_trip(a, text);
}

static inline void check_message(struct str bytes)
{
    struct arena a;
    struct hl7_message m;
    struct err e = {.code = ERR_NONE};
    arena_init(&a);
    if (hl7_parse(bytes, NULL, &a, &m, &e)) {
        check_parsed(&m, &a);
        check_ack(&m, &a);
    } else {
        MUST_HOLD(e.code == ERR_STRUCTURE || e.code == ERR_TOO_LARGE);
        bool header = hl7_parse_header(bytes, NULL, &a, &m, &e);
        check_ack(header ? &m : NULL, &a);
    }
    arena_release(&a);
}

/* As a message, as a batch of messages, and as the bytes of a connection. */
static inline void check_bytes(struct str bytes)
{
    struct str rest = bytes, one;
    struct hl7_mllp d;
    check_message(bytes);
    while (hl7_batch_next(&rest, &one))
        if (one.n < bytes.n)
            check_message(one);
    hl7_mllp_init(&d, 2000);
    rest = bytes;
    while (hl7_mllp_feed(&d, &rest) != HL7_MLLP_MORE) {
        if (hl7_mllp_frame(&d).n < bytes.n)
            check_message(hl7_mllp_frame(&d));
        hl7_mllp_next(&d);
    }
    hl7_mllp_release(&d);
}

#endif
