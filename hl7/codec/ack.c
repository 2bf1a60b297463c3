#include "hl7/codec/ack.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "hl7/codec/charset_priv.h"
#include "hl7/codec/dtm.h"
#include "hl7/codec/message_priv.h"
#include "hl7/codec/writer.h"

/* A field longer than ECHO_MAX is no address or control id: it is left out, so that every message can be
 * answered. */
enum {
    ACK_MAX = 1024 * 1024,
    ECHO_MAX = 1000,
    FAULTS_MAX = 100,
    FAULT_TEXT_MAX = 250,
    VERSION_2_4 = 204,
    VERSION_2_5 = 205
};

const char *hl7_condition_text(int condition)
{
    static const struct {
        int code;
        const char *text;
    } rows[] = {
#define CONDITION(code, text) {code, text},
#include "hl7/codec/conditions.def"
#undef CONDITION
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].code == condition)
            return rows[i].text;
    return rows[sizeof rows / sizeof rows[0] - 1].text;
}

const char *hl7_ack_commit_code(const char *code)
{
    static const char *const pairs[][2] = {{"AA", "CA"}, {"AE", "CE"}, {"AR", "CR"}};
    for (size_t i = 0; i < 3; i++)
        if (strcmp(pairs[i][0], code) == 0)
            return pairs[i][1];
    return code;
}

/* Errors from behind this folder may name a place in FHIR or DICOM: ERR-2 has room for HL7 places only. */
static struct str erl_or_none(struct str path)
{
    bool named = path.n >= 3 && (path.n == 3 || path.p[3] == '^');
    for (size_t i = 0; named && i < 3; i++)
        named = (path.p[i] >= 'A' && path.p[i] <= 'Z') || (i && path.p[i] >= '0' && path.p[i] <= '9');
    return named ? path : STR_NONE;
}

void hl7_ack_of_err(const struct err *e, struct hl7_fault *fault, struct hl7_ack *ret_ack)
{
    const struct err_row *row = err_row(e->code);
    *fault = (struct hl7_fault){erl_or_none(str_of(e->path)), row->hl7, 'E', str_of(err_said(e)),
                                str_of(e->rule), STR_NONE};
    *ret_ack = (struct hl7_ack){.code = row->msa, .text = str_of(err_said(e)), .faults = fault, .n_faults = 1};
}

void hl7_control_id(char ret_text[HL7_CONTROL_ID_TEXT])
{
    static atomic_uint count;
    unsigned n = atomic_fetch_add(&count, 1);
    unsigned long long t = (unsigned long long)clock_now() & 0xFFFFFFFFFFFFFull;
    snprintf(ret_text, HL7_CONTROL_ID_TEXT, "I%013llX%04X", t, n & 0xFFFFu);
}

/* "2.3.1" gives 203; 0 for what is no version. */
static int version_of(struct str text)
{
    if (text.n < 3 || text.p[1] != '.')
        return 0;
    int major = text.p[0] - '0', minor = text.p[2] - '0';
    return major < 1 || major > 9 || minor < 0 || minor > 9 ? 0 : major * 100 + minor;
}

/* What the message tells its acknowledgement. All empty when there is none. */
struct asker {
    const struct hl7_message *m;
    struct arena *a;
    struct hl7_header header;
    int version;
};

static struct str raw_of(const struct asker *q, const char *location)
{
    return q->m ? hl7_raw(q->m, location) : STR_NONE;
}

static struct str or_else(struct str s, const char *usual)
{
    return s.n ? s : str_of(usual);
}

/* Raw fields can be echoed only with the delimiters they came with. */
static bool same_delims(const struct asker *q, const struct hl7_writer *w)
{
    return q->m && memcmp(&q->m->delims, &w->delims, sizeof w->delims) == 0;
}

static void put_echo(struct hl7_writer *w, const struct asker *q, unsigned field, const char *location,
                     const char *usual)
{
    struct str raw = raw_of(q, location);
    if (hl7_presence(raw) != HL7_VALUE || raw.n > ECHO_MAX)
        hl7_put(w, field, str_of(usual));
    else if (same_delims(q, w))
        hl7_put_raw(w, field, raw);
    else
        hl7_put(w, field, hl7_get(q->m, q->a, location));
}

/* The type of an answer that says more than ACK; its structure from 2.4 on. */
static void put_own_type(struct hl7_writer *w, const struct asker *q, const char *type)
{
    struct str rest = str_of(type), part;
    unsigned most = q->version && q->version < VERSION_2_4 ? 2 : 3;
    for (unsigned i = 1; i <= most && str_next(&rest, '^', &part); i++)
        hl7_put_component(w, 9, i, part);
}

/* MSH-9: "ACK" up to 2.3.1, with event and structure from 2.4 on. */
static void put_type(struct hl7_writer *w, const struct asker *q, const struct hl7_ack *ack)
{
    if (ack->type) {
        put_own_type(w, q, ack->type);
        return;
    }
    hl7_put(w, 9, STR("ACK"));
    if (!q->header.event.n || q->header.event.n > ECHO_MAX || (q->version && q->version < VERSION_2_4))
        return;
    hl7_put_component(w, 9, 2, q->header.event);
    hl7_put_component(w, 9, 3, STR("ACK"));
}

static void write_msh(struct hl7_writer *w, const struct asker *q, const struct hl7_ack *ack)
{
    char now[HL7_DTM_TEXT], id[HL7_CONTROL_ID_TEXT];
    hl7_dtm_of(clock_now(), now);
    hl7_control_id(id);
    hl7_begin(w, "MSH");
    put_echo(w, q, 3, "MSH-5", ack->application ? ack->application : "ISOCENTRE");
    put_echo(w, q, 4, "MSH-6", ack->facility);
    put_echo(w, q, 5, "MSH-3", NULL);
    put_echo(w, q, 6, "MSH-4", NULL);
    hl7_put(w, 7, str_of(now));
    put_type(w, q, ack);
    hl7_put(w, 10, or_else(ack->control_id, id));
    put_echo(w, q, 11, "MSH-11", "P");
    put_echo(w, q, 12, "MSH-12", "2.5.1");
    if (ack->accept_ack) {
        hl7_put(w, 15, str_of(ack->accept_ack));
        hl7_put(w, 16, STR("NE"));
    }
    put_echo(w, q, 18, "MSH-18", NULL);
    hl7_end(w);
}

/* At most n characters of valid UTF-8. */
static struct str clip_characters(struct str s, size_t n)
{
    size_t count = 0, i = 0;
    for (; i < s.n; i++)
        if (((unsigned char)s.p[i] & 0xC0) != 0x80 && ++count > n)
            break;
    return str_sub(s, 0, i);
}

static void write_msa(struct hl7_writer *w, const struct asker *q, const struct hl7_ack *ack)
{
    hl7_begin(w, "MSA");
    hl7_put(w, 1, str_of(ack->code));
    put_echo(w, q, 2, "MSH-10", NULL);
    hl7_put(w, 3, clip_characters(ack->text, HL7_MSA_TEXT_MAX));
    hl7_put(w, 4, ack->sequence);
    hl7_end(w);
}

/* ERR-2, data type ERL: the parts of "PID^1^3" become components. */
static void put_location(struct hl7_writer *w, struct str location)
{
    struct str rest = location, part;
    for (unsigned i = 1; location.n && i <= 6 && str_next(&rest, '^', &part); i++)
        hl7_put_component(w, 2, i, part);
}

/* ERR-1, data type ELD, of versions before 2.5: segment, sequence, field, code of the error. */
static void put_eld(struct hl7_writer *w, unsigned repetition, const struct hl7_fault *f)
{
    char code[12];
    struct str rest = f->location, part;
    for (unsigned i = 1; f->location.n && i <= 3 && str_next(&rest, '^', &part); i++)
        hl7_put_part(w, 1, repetition, i, 1, part);
    snprintf(code, sizeof code, "%d", f->condition);
    hl7_put_part(w, 1, repetition, 4, 1, str_of(code));
    hl7_put_part(w, 1, repetition, 4, 2, str_of(hl7_condition_text(f->condition)));
    hl7_put_part(w, 1, repetition, 4, 3, STR("HL70357"));
    if (!f->value.n)
        return;
    hl7_put_part(w, 1, repetition, 4, 4, f->rule);
    hl7_put_part(w, 1, repetition, 4, 5, f->value);
}

static void put_fault(struct hl7_writer *w, const struct hl7_fault *f)
{
    char code[12];
    snprintf(code, sizeof code, "%d", f->condition);
    put_location(w, f->location);
    hl7_put(w, 3, str_of(code));
    hl7_put_component(w, 3, 2, str_of(hl7_condition_text(f->condition)));
    hl7_put_component(w, 3, 3, STR("HL70357"));
    hl7_put(w, 4, (struct str){&f->severity, f->severity != 0});
    hl7_put(w, 5, f->rule);
    hl7_put(w, 6, f->value);
    hl7_put(w, 8, clip_characters(f->text, FAULT_TEXT_MAX));
}

/* From 2.5 on a segment each. Before, ERR does not repeat: one segment, ERR-1 repeats, ERR-2 and on tell the
 * first. */
static void write_errors(struct hl7_writer *w, const struct asker *q, const struct hl7_ack *ack)
{
    bool old = q->version && q->version < VERSION_2_5;
    size_t n = ack->n_faults < FAULTS_MAX ? ack->n_faults : FAULTS_MAX;
    for (size_t i = 0; i < n && !(old && i); i++) {
        hl7_begin(w, "ERR");
        for (size_t k = 0; old && k < n; k++)
            put_eld(w, (unsigned)k + 1, &ack->faults[k]);
        put_fault(w, &ack->faults[i]);
        hl7_end(w);
    }
}

/* In the sets of the message, switched the way it switched them. */
static bool encode_answer(const struct hl7_message *m, struct str text, const struct hl7_writer *w, struct buf *out,
                          size_t *ret_replaced, struct err *e)
{
    struct hl7_charset_sets sets;
    struct str msh18 = m ? hl7_raw(m, "MSH-18") : STR_NONE;
    bool several = m && m->delims.repetition == '~' && hl7_repetitions(m, msh18) > 1;
    if (!several || !hl7_charset_sets(msh18, hl7_raw(m, "MSH-20"), &sets, NULL))
        return hl7_charset_encode(m ? m->charset.declared : charset_ascii(), text, out, ret_replaced, e);
    sets.by_escape = sets.by_escape || m->charset.by_escape;
    return hl7_charset_write(&sets, &w->delims, text, out, ret_replaced, e);
}

bool hl7_ack_write(const struct hl7_message *m, const struct hl7_ack *ack, struct buf *out, size_t *ret_replaced,
                   struct err *e)
{
    CLEANUP(arena_release) struct arena a;
    CLEANUP(buf_release) struct buf text;
    struct asker q = {.m = m, .a = &a};
    struct hl7_writer w;
    arena_init(&a);
    buf_init(&text, ACK_MAX);
    if (m)
        hl7_header(m, &a, &q.header);
    q.version = version_of(q.header.version);
    hl7_writer_init(&w, &text, m ? &m->delims : NULL);
    write_msh(&w, &q, ack);
    write_msa(&w, &q, ack);
    write_errors(&w, &q, ack);
    buf_str(&text, ack->segments);
    if (!hl7_writer_ok(&w, e))
        return err_wrap(e, "acknowledgement");
    return encode_answer(m, buf_view(&text), &w, out, ret_replaced, e) || err_wrap(e, "acknowledgement");
}

static bool read_code(const struct hl7_message *m, struct arena *a, struct hl7_reply *reply, struct err *e)
{
    static const char *const codes[] = {"AA", "AE", "AR", "CA", "CE", "CR"};
    struct str code = str_trim(hl7_get(m, a, "MSA-1"));
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (str_is(code, codes[i])) {
            str_copy(reply->code, sizeof reply->code, code);
            reply->accepted = code.p[1] == 'A';
            reply->commit = code.p[0] == 'C';
            return true;
        }
    err_set(e, ERR_CODE_INVALID, "no such acknowledgement code");
    return err_at(e, "MSA^1^1");
}

static struct str first_of(const struct hl7_message *m, struct arena *a, const char *const *locations)
{
    struct str text = STR("");
    for (; *locations && !text.n; locations++)
        text = hl7_get(m, a, *locations);
    return text;
}

bool hl7_ack_parse(const struct hl7_message *m, struct arena *a, struct hl7_reply *ret_reply, struct err *e)
{
    static const char *const texts[] = {"MSA-3", "ERR-8", "ERR-3.2", "ERR-1.4.2", "MSA-6.2", NULL};
    static const char *const conditions[] = {"ERR-3", "ERR-1.4.1", "MSA-6", NULL};
    struct hl7_reply reply = {.code = ""};
    struct hl7_group all = hl7_all(m);
    if (!hl7_segment_find(&all, "MSA", 1))
        return err_set(e, ERR_STRUCTURE, "the answer has no MSA segment");
    if (!read_code(m, a, &reply, e))
        return false;
    reply.control_id = hl7_get(m, a, "MSA-2");
    reply.text = first_of(m, a, texts);
    reply.condition = first_of(m, a, conditions);
    reply.location = hl7_raw(m, "ERR-2");
    if (!reply.location.n)
        reply.location = hl7_raw(m, "ERR-1");
    *ret_reply = reply;
    return true;
}
