#include "hl7/codec/batch.h"

#include "hl7/codec/message_priv.h"
#include "hl7/codec/quirks.h"

static enum hl7_piece piece_of(struct str line)
{
    static const char *const names[] = {"", "FHS", "BHS", "MSH", "BTS", "FTS"};
    for (int i = HL7_PIECE_FHS; i <= HL7_PIECE_FTS; i++)
        if (str_starts(line, names[i]))
            return i == HL7_PIECE_MSH || is_batch(line) ? (enum hl7_piece)i : HL7_PIECE_END;
    return HL7_PIECE_END;
}

static size_t line_length(struct str s)
{
    size_t n = 0;
    while (n < s.n && s.p[n] != '\r' && s.p[n] != '\n')
        n++;
    return n;
}

static struct str without_leading(struct str s)
{
    struct hl7_quirks ignored = {{0}};
    return pass_leading(s, &ignored);
}

static struct str next_line(struct str s)
{
    size_t n = line_length(s);
    return without_leading(str_sub(s, n < s.n ? n + 1 : n, s.n));
}

/* Without the framing behind its last segment, whose end stays. */
static struct str without_framing(struct str s)
{
    size_t n = s.n;
    while (n && (s.p[n - 1] == 0x1C || s.p[n - 1] == 0x0B || s.p[n - 1] == '\r' || s.p[n - 1] == '\n'))
        n--;
    n += n < s.n && s.p[n] != 0x1C && s.p[n] != 0x0B;
    n += n < s.n && s.p[n] == '\n' && s.p[n - 1] == '\r';
    return str_sub(s, 0, n);
}

enum hl7_piece hl7_batch_take(struct str *rest, struct str *ret_piece)
{
    struct str s = without_leading(*rest);
    while (s.n && piece_of(s) == HL7_PIECE_END)
        s = next_line(s);
    enum hl7_piece kind = s.n ? piece_of(s) : HL7_PIECE_END;
    struct str next = s.n ? next_line(s) : s;
    while (kind == HL7_PIECE_MSH && next.n && piece_of(next) == HL7_PIECE_END)
        next = next_line(next);
    *ret_piece = kind == HL7_PIECE_MSH ? without_framing(str_sub(s, 0, s.n - next.n)) : str_sub(s, 0, line_length(s));
    *rest = next;
    return kind;
}

bool hl7_batch_next(struct str *rest, struct str *ret_message)
{
    enum hl7_piece kind;
    while ((kind = hl7_batch_take(rest, ret_message)) != HL7_PIECE_END)
        if (kind == HL7_PIECE_MSH)
            return true;
    return false;
}

bool hl7_batch_is(struct str bytes)
{
    struct str piece;
    enum hl7_piece kind = hl7_batch_take(&bytes, &piece);
    return kind == HL7_PIECE_FHS || kind == HL7_PIECE_BHS;
}

struct str hl7_batch_field(struct str segment, char separator, size_t n)
{
    struct str part = STR_NONE;
    for (size_t i = 0; i <= n; i++)
        if (!str_next(&segment, separator, &part))
            return STR_NONE;
    return str_trim(part);
}

/* ---- whole or not ---- */

struct count {
    char separator;
    int64_t messages, batches, all;
    bool file_open, batch_open;
};

static bool fits(const struct count *c, struct str trailer, int64_t have)
{
    int64_t said;
    struct str text = hl7_batch_field(trailer, c->separator, 1);
    return !text.n || (str_int(text, &said) && said == have);
}

/* False when the number of a trailer is not what came, or an end is missing. */
static bool count_piece(struct count *c, enum hl7_piece kind, struct str piece)
{
    bool ok = true;
    if ((kind == HL7_PIECE_FHS || kind == HL7_PIECE_BHS) && piece.n > 3)
        c->separator = piece.p[3];
    if (kind == HL7_PIECE_BHS) {
        ok = !c->batch_open;
        c->batch_open = true;
        c->messages = 0;
        c->batches++;
    }
    c->file_open |= kind == HL7_PIECE_FHS;
    c->messages += kind == HL7_PIECE_MSH;
    c->all += kind == HL7_PIECE_MSH;
    if (kind == HL7_PIECE_BTS) {
        ok = fits(c, piece, c->messages);
        c->batch_open = false;
    }
    if (kind == HL7_PIECE_FTS) {
        ok = fits(c, piece, c->batches ? c->batches : 1) && !c->batch_open;
        c->file_open = false;
    }
    return ok;
}

bool hl7_batch_check(struct str bytes, int64_t most, struct err *e)
{
    struct count c = {.separator = '|'};
    struct str piece;
    enum hl7_piece kind;
    bool ok = true;
    while (ok && c.all <= most && (kind = hl7_batch_take(&bytes, &piece)) != HL7_PIECE_END)
        ok = count_piece(&c, kind, piece);
    if (c.all > most)
        return err_set(e, ERR_TOO_LARGE, "the batch has more than %lld messages", (long long)most);
    return (ok && !c.batch_open && !c.file_open) ||
           err_set(e, ERR_INVALID, "the batch is not whole: its trailer names another number, or is missing");
}
