#include "hl7/codec/message_priv.h"

enum hl7_presence hl7_presence(struct str raw)
{
    if (!raw.p)
        return HL7_ABSENT;
    if (!raw.n)
        return HL7_EMPTY;
    return str_is(raw, "\"\"") ? HL7_NULL : HL7_VALUE;
}

bool is_header_segment(struct str name)
{
    return str_is(name, "MSH") || str_is(name, "FHS") || str_is(name, "BHS");
}

struct str part_of(struct str s, char separator, size_t n)
{
    if (!s.p || !n)
        return STR_NONE;
    if (!separator)
        return n == 1 ? s : STR_NONE;
    for (; n > 1; n--) {
        size_t at = str_find(s, separator);
        if (at == s.n)
            return STR_NONE;
        s = str_sub(s, at + 1, s.n);
    }
    return str_sub(s, 0, str_find(s, separator));
}

struct str hl7_field(const struct hl7_segment *s, size_t n)
{
    return n <= s->n ? s->fields[n] : STR_NONE;
}

size_t hl7_repetitions(const struct hl7_message *m, struct str field)
{
    size_t count = field.n > 0;
    for (size_t i = 0; m->delims.repetition && i < field.n; i++)
        count += field.p[i] == m->delims.repetition;
    return count;
}

struct str hl7_repetition(const struct hl7_message *m, struct str field, size_t n)
{
    return part_of(field, m->delims.repetition, n);
}

struct str hl7_component(const struct hl7_message *m, struct str repetition, size_t n)
{
    return part_of(repetition, m->delims.component, n);
}

struct str hl7_subcomponent(const struct hl7_message *m, struct str component, size_t n)
{
    return part_of(component, m->delims.subcomponent, n);
}
