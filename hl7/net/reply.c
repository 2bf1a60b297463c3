/* What is answered, and when: original mode, or enhanced mode by MSH-15 and MSH-16 (HL7 2.5.1 §2.9.2, §2.9.3). */
#include <inttypes.h>

#include "hl7/codec/ack.h"
#include "hl7/net/net_priv.h"

/* HL7 table 0155. An empty code asks for nothing once the other one asks for something. */
static const struct {
    const char *code;
    bool on_success, on_error;
} conditions[] = {
    {"", false, false}, {"NE", false, false}, {"AL", true, true}, {"ER", false, true}, {"SU", true, false}};

static bool wants(struct str code, bool good)
{
    for (size_t i = 0; i < sizeof conditions / sizeof conditions[0]; i++)
        if (str_is(code, conditions[i].code))
            return good ? conditions[i].on_success : conditions[i].on_error;
    return true; /* a code nobody knows: better told than not */
}

void reply_begin(struct reply *r)
{
    r->to->n = r->from;
    r->split = r->from;
    r->written = r->enhanced = false;
}

static bool write_one(struct reply *r, const struct hl7_message *m, const struct hl7_ack *ack, const char *accept_ack,
                      struct err *e)
{
    char number[24] = "";
    struct hl7_ack one = *ack;
    if (r->sequenced)
        snprintf(number, sizeof number, "%" PRId64, r->sequence);
    one.sequence = str_of(number);
    one.accept_ack = accept_ack;
    return hl7_ack_write(m, &one, r->to, NULL, e);
}

/* The accept acknowledgement says whether the message is safe here, the application's what became of it. What was kept
 * but could not be done is CA and then AE, if the sender hears AE at all; else it is CE: nobody is told less than
 * happened. What is refused at the door (AR) never is safe here. */
static bool write_enhanced(struct reply *r, const struct hl7_message *m, const struct hl7_ack *ack, bool kept,
                           struct err *e)
{
    struct str accept = str_trim(hl7_raw(m, "MSH-15")), application = str_trim(hl7_raw(m, "MSH-16"));
    bool good = ack->code[1] == 'A';
    bool taken = good || (kept && ack->code[1] == 'E' && wants(application, false));
    bool told = wants(accept, taken);
    struct hl7_ack first = *ack;
    if (taken)
        first = (struct hl7_ack){.text = STR("")};
    first.type = NULL;
    first.segments = STR_NONE;
    first.code = taken ? "CA" : hl7_ack_commit_code(ack->code);
    r->enhanced = true;
    if (told && !write_one(r, m, &first, NULL, e))
        return false;
    r->split = r->to->n;
    bool second = taken ? wants(application, good) : !told && wants(application, false);
    return !second || write_one(r, m, ack, r->apart ? "AL" : "NE", e);
}

bool reply_write(struct reply *r, const struct hl7_message *m, const struct hl7_ack *ack, bool kept, struct err *e)
{
    bool enhanced = m && (str_trim(hl7_raw(m, "MSH-15")).n || str_trim(hl7_raw(m, "MSH-16")).n);
    reply_begin(r);
    r->code = ack->code;
    r->written = enhanced ? write_enhanced(r, m, ack, kept, e) : write_one(r, m, ack, NULL, e);
    if (!r->written)
        r->to->n = r->split = r->from;
    return r->written;
}

void reply_stored(struct reply *r, struct str bytes, size_t split)
{
    reply_begin(r);
    buf_str(r->to, bytes);
    r->split = r->from + (split < bytes.n ? split : bytes.n);
    r->enhanced = split > 0 || !bytes.n;
    r->code = "AA";
    r->written = true;
}

struct str reply_bytes(const struct reply *r)
{
    struct str all = buf_view(r->to);
    return str_sub(all, r->from, all.n);
}
