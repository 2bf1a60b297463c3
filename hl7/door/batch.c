/* Batches (FHS, BHS … BTS, FTS; HL7 2.5.1 §2.10.3): each message is answered, and the answers are a batch again. What
 * says how many messages it holds and holds another number is refused as a whole: something was lost on the way. */
#include "hl7/codec/dtm.h"
#include "hl7/door/door_priv.h"

enum piece { PIECE_END, PIECE_FHS, PIECE_BHS, PIECE_MSH, PIECE_BTS, PIECE_FTS };

static enum piece piece_of(struct str line)
{
    static const char *const names[] = {"", "FHS", "BHS", "MSH", "BTS", "FTS"};
    for (int i = PIECE_FHS; i <= PIECE_FTS; i++)
        if (str_starts(line, names[i]))
            return (enum piece)i;
    return PIECE_END;
}

static size_t line_end(struct str s)
{
    size_t n = 0;
    while (n < s.n && s.p[n] != '\r' && s.p[n] != '\n')
        n++;
    return n;
}

static size_t next_line(struct str s, size_t from)
{
    size_t n = from + line_end(str_sub(s, from, s.n));
    while (n < s.n && (s.p[n] == '\r' || s.p[n] == '\n'))
        n++;
    return n;
}

/* The next segment of the batch, or whole message of it; what is neither and stands outside messages is passed over. */
static enum piece take(struct str *rest, struct str *ret_piece)
{
    size_t at = 0;
    while (at < rest->n && piece_of(str_sub(*rest, at, rest->n)) == PIECE_END)
        at = next_line(*rest, at);
    struct str s = str_sub(*rest, at, rest->n);
    enum piece kind = s.n ? piece_of(s) : PIECE_END;
    size_t end = s.n ? next_line(s, 0) : 0;
    while (kind == PIECE_MSH && end < s.n && piece_of(str_sub(s, end, s.n)) == PIECE_END)
        end = next_line(s, end);
    *ret_piece = kind == PIECE_MSH ? str_sub(s, 0, end) : str_sub(s, 0, line_end(s));
    *rest = str_sub(s, end, s.n);
    return kind;
}

/* Field n of a header or trailer, raw; the separator is the fourth character of a header, else the usual one. */
static struct str field(struct str segment, char separator, size_t n)
{
    struct str part = STR_NONE;
    for (size_t i = 0; i <= n; i++)
        if (!str_next(&segment, separator, &part))
            return STR_NONE;
    return str_trim(part);
}

struct batch {
    struct str rest, header; /* the last FHS or BHS */
    char separator;
    int64_t messages, batches;
    bool file_open, batch_open;
};

static bool count_fits(const struct batch *b, struct str trailer, int64_t have)
{
    int64_t said;
    struct str text = field(trailer, b->separator, 1);
    return !text.n || (str_int(text, &said) && said == have);
}

/* False when the numbers of a trailer are not what came, or an end is missing. */
static bool step_count(struct batch *b, enum piece kind, struct str piece)
{
    bool fits = true;
    if ((kind == PIECE_FHS || kind == PIECE_BHS) && piece.n > 3)
        b->separator = piece.p[3];
    if (kind == PIECE_BHS) {
        fits = !b->batch_open;
        b->batch_open = true;
        b->messages = 0;
        b->batches++;
    }
    b->file_open |= kind == PIECE_FHS;
    b->messages += kind == PIECE_MSH;
    if (kind == PIECE_BTS) {
        fits = count_fits(b, piece, b->messages);
        b->batch_open = false;
    }
    if (kind == PIECE_FTS) {
        fits = count_fits(b, piece, b->batches ? b->batches : 1) && !b->batch_open;
        b->file_open = false;
    }
    return fits;
}

static bool is_whole(struct str bytes)
{
    struct batch b = {.rest = bytes, .separator = '|'};
    struct str piece;
    enum piece kind;
    while ((kind = take(&b.rest, &piece)) != PIECE_END)
        if (!step_count(&b, kind, piece))
            return false;
    return !b.batch_open && !b.file_open;
}

bool batch_is(struct str bytes)
{
    struct str piece;
    enum piece kind = take(&bytes, &piece);
    return kind == PIECE_FHS || kind == PIECE_BHS;
}

/* ---- answering ---- */

/* Sender and receiver change places; field 12 names the batch that is answered. */
static void put_header(struct buf *to, struct str h)
{
    static const unsigned char from[] = {5, 6, 3, 4};
    char now[HL7_DTM_TEXT];
    char separator = h.n > 3 ? h.p[3] : '|';
    hl7_dtm_of(clock_now(), now);
    buf_str(to, str_sub(h, 0, 4));
    buf_str(to, field(h, separator, 1));
    for (size_t i = 0; i < sizeof from; i++) {
        buf_putc(to, separator);
        buf_str(to, field(h, separator, from[i] - 1u));
    }
    buf_putc(to, separator);
    buf_puts(to, now);
    for (int i = 8; i <= 12; i++)
        buf_putc(to, separator);
    buf_str(to, field(h, separator, 10));
    buf_putc(to, '\r');
}

static void put_trailer(struct buf *to, const char *name, char separator, int64_t n)
{
    buf_printf(to, "%s%c%lld\r", name, separator, (long long)n);
}

static void refuse(const struct hl7_peer *peer, struct str message, struct buf *to)
{
    CLEANUP(arena_release) struct arena a;
    struct hl7_reading how = {.fallback = peer->fallback};
    struct hl7_message m;
    struct hl7_fault fault;
    struct hl7_ack ack;
    struct err why, e;
    arena_init(&a);
    err_clear(&why);
    err_clear(&e);
    err_set(&why, ERR_INVALID, "the batch is not whole: its trailer names another number, or is missing");
    hl7_ack_of_err(&why, &fault, &ack);
    if (hl7_parse_header(message, &how, &a, &m, &e))
        hl7_ack_write(&m, &ack, to, NULL, &e);
}

static void serve(struct hl7_peer *peer, struct str message, struct buf *to, struct batch_result *r)
{
    CLEANUP(arena_release) struct arena a;
    arena_init(&a);
    hl7_receive(peer, message, &a, to);
    const struct hl7_outcome *o = &peer->outcome;
    bool accepted = o->answered && o->code[1] == 'A';
    r->refused += !accepted;
    r->lost |= !o->answered || (!o->kept && o->code[1] == 'E');
}

static void step_answer(struct batch *b, enum piece kind, struct str piece, struct buf *to)
{
    if (kind == PIECE_FHS || kind == PIECE_BHS) {
        b->separator = piece.n > 3 ? piece.p[3] : '|';
        b->messages = kind == PIECE_BHS ? 0 : b->messages;
        b->batches += kind == PIECE_BHS;
        put_header(to, piece);
    } else if (kind == PIECE_BTS) {
        put_trailer(to, "BTS", b->separator, b->messages);
    } else if (kind == PIECE_FTS) {
        put_trailer(to, "FTS", b->separator, b->batches ? b->batches : 1);
    }
}

void batch_receive(struct hl7_peer *peer, struct str bytes, struct buf *ret_ack, struct batch_result *ret_result)
{
    struct batch b = {.rest = bytes, .separator = '|'};
    struct batch_result r = {.messages = 0};
    struct str piece;
    enum piece kind;
    bool whole = is_whole(bytes);
    while ((kind = take(&b.rest, &piece)) != PIECE_END) {
        if (kind != PIECE_MSH) {
            step_answer(&b, kind, piece, ret_ack);
            continue;
        }
        b.messages++;
        r.messages++;
        if (whole) {
            serve(peer, piece, ret_ack, &r);
        } else {
            r.refused++;
            refuse(peer, piece, ret_ack);
        }
    }
    *ret_result = r;
}
