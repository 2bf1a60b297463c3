/* Batches (FHS, BHS … BTS, FTS; HL7 2.5.1 §2.10.3): each message is answered, and the answers are a batch again. What
 * says how many messages it holds and holds another number is refused as a whole: something was lost on the way. */
#include "hl7/codec/batch.h"

#include "hl7/codec/dtm.h"
#include "hl7/door/door_priv.h"

enum { MESSAGES_MAX = 10000 };

struct batch {
    char separator; /* of the last FHS or BHS */
    int64_t messages, batches;
};

/* Sender and receiver change places; field 12 names the batch that is answered. */
static void put_header(struct buf *to, struct str h, char separator)
{
    static const unsigned char from[] = {5, 6, 3, 4};
    char now[HL7_DTM_TEXT];
    hl7_dtm_of(clock_now(), now);
    buf_str(to, str_sub(h, 0, 3));
    buf_putc(to, separator);
    buf_str(to, hl7_batch_field(h, separator, 1));
    for (size_t i = 0; i < sizeof from; i++) {
        buf_putc(to, separator);
        buf_str(to, hl7_batch_field(h, separator, from[i] - 1u));
    }
    buf_putc(to, separator);
    buf_puts(to, now);
    for (int i = 8; i <= 12; i++)
        buf_putc(to, separator);
    buf_str(to, hl7_batch_field(h, separator, 10));
    buf_putc(to, '\r');
}

static void put_trailer(struct buf *to, const char *name, char separator, int64_t n)
{
    buf_printf(to, "%s%c%lld\r", name, separator, (long long)n);
}

static void refuse(const struct hl7_peer *peer, struct str message, const struct err *why, struct buf *to)
{
    CLEANUP(arena_release) struct arena a;
    struct hl7_reading how = {.fallback = peer->fallback};
    struct hl7_message m;
    struct hl7_fault fault;
    struct hl7_ack ack;
    arena_init(&a);
    hl7_ack_of_err(why, &fault, &ack);
    if (hl7_parse_header(message, &how, &a, &m, NULL))
        hl7_ack_write(&m, &ack, to, NULL, NULL);
}

static void serve(struct hl7_peer *peer, struct str message, struct buf *to, struct batch_result *r)
{
    CLEANUP(arena_release) struct arena a;
    arena_init(&a);
    hl7_receive(peer, message, &a, to);
    const struct hl7_outcome *o = &peer->outcome;
    bool accepted = o->answered && o->code[1] == 'A';
    if (!accepted && !r->refused++)
        str_copy(r->code, sizeof r->code, str_of(o->code));
    r->lost |= !o->answered || (!o->kept && o->code[1] == 'E');
}

static void answer_segment(struct batch *b, enum hl7_piece kind, struct str piece, struct buf *to)
{
    if (kind == HL7_PIECE_FHS || kind == HL7_PIECE_BHS) {
        b->separator = piece.n > 3 ? piece.p[3] : '|';
        b->messages = kind == HL7_PIECE_BHS ? 0 : b->messages;
        b->batches += kind == HL7_PIECE_BHS;
        put_header(to, piece, b->separator);
    } else if (kind == HL7_PIECE_BTS) {
        put_trailer(to, "BTS", b->separator, b->messages);
    } else if (kind == HL7_PIECE_FTS) {
        put_trailer(to, "FTS", b->separator, b->batches ? b->batches : 1);
    }
}

/* A batch refused as a whole is one event of the trail, and each of its messages is told, so far as anybody counts. */
void batch_receive(struct hl7_peer *peer, struct str bytes, struct buf *ret_ack, struct batch_result *ret_result)
{
    struct batch b = {.separator = '|'};
    struct batch_result r = {.messages = 0};
    struct str piece;
    struct err why;
    enum hl7_piece kind;
    err_clear(&why);
    bool whole = hl7_batch_check(bytes, MESSAGES_MAX, &why);
    if (!whole) {
        str_copy(r.code, sizeof r.code, str_of(err_row(why.code)->msa));
        gate_refuse(peer->gate, peer->door ? peer->door : "mllp", peer->address, &why);
    }
    while (r.messages < MESSAGES_MAX && (kind = hl7_batch_take(&bytes, &piece)) != HL7_PIECE_END) {
        if (kind != HL7_PIECE_MSH) {
            answer_segment(&b, kind, piece, ret_ack);
            continue;
        }
        b.messages++;
        r.messages++;
        r.refused += !whole;
        if (whole)
            serve(peer, piece, ret_ack, &r);
        else
            refuse(peer, piece, &why, ret_ack);
    }
    *ret_result = r;
}
