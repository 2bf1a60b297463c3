#include "fhir/fhirpath/decimal_priv.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct wide {
    __extension__ __int128 n;
};

static bool times(struct wide *w, int by)
{
    return !__builtin_mul_overflow(w->n, by, &w->n);
}

static void shorten(struct decimal *d)
{
    while (d->scale > 0 && d->units % 10 == 0) {
        d->units /= 10;
        d->scale--;
    }
}

static bool rescale(struct decimal *d, int scale)
{
    struct wide w = {d->units};
    for (; d->scale < scale; d->scale++)
        if (!times(&w, 10))
            return false;
    d->units = w.n;
    return true;
}

/* Digits with at most one point among them; those beyond the scale are dropped. */
static bool take_digits(struct str *s, struct wide *w, int *ret_scale)
{
    bool point = false;
    size_t i = 0, digits = 0;
    *ret_scale = 0;
    for (; i < s->n; i++) {
        char c = s->p[i];
        if (c == '.' && !point && digits) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9')
            break;
        digits++;
        if (point && *ret_scale == DECIMAL_SCALE)
            continue;
        if (!times(w, 10) || __builtin_add_overflow(w->n, c - '0', &w->n))
            return false;
        *ret_scale += point;
    }
    bool bare_point = i && s->p[i - 1] == '.';
    *s = str_sub(*s, i, s->n);
    return digits && !bare_point;
}

bool decimal_parse(struct str text, struct decimal *ret_d)
{
    struct wide w = {0};
    struct decimal d = {0};
    int64_t power = 0;
    bool negative = text.n && text.p[0] == '-', ok = true;
    if (text.n && (text.p[0] == '-' || text.p[0] == '+'))
        text = str_sub(text, 1, text.n);
    if (!take_digits(&text, &w, &d.scale))
        return false;
    if (text.n && (text.p[0] == 'e' || text.p[0] == 'E')) {
        if (!str_int(str_sub(text, 1, text.n), &power) || power > 40 || power < -40)
            return false;
        text = STR_NONE;
    }
    d.units = negative ? -w.n : w.n;
    if (text.n)
        return false;
    if (power)
        d = decimal_shift(d, (int)power, &ok);
    if (ok)
        *ret_d = d;
    return ok;
}

struct decimal decimal_of(int64_t n)
{
    return (struct decimal){n, 0};
}

struct decimal decimal_shift(struct decimal d, int power, bool *ret_ok)
{
    struct wide w = {d.units};
    *ret_ok = true;
    for (; power > 0; power--) {
        if (d.scale > 0)
            d.scale--;
        else
            *ret_ok = *ret_ok && times(&w, 10);
    }
    d.units = w.n;
    for (; power < 0; power++) {
        if (d.scale == DECIMAL_SCALE)
            shorten(&d);
        if (d.scale == DECIMAL_SCALE)
            d.units /= 10;
        else
            d.scale++;
    }
    return d;
}

struct str decimal_text(struct arena *a, struct decimal d, int keep)
{
    char text[DECIMAL_TEXT + DECIMAL_SCALE], *end = text + sizeof text, *p = end;
    bool negative = d.units < 0;
    while (d.scale > keep && d.units % 10 == 0) {
        d.units /= 10;
        d.scale--;
    }
    int behind = d.scale;
    do {
        int digit = (int)(d.units % 10);
        *--p = (char)('0' + (digit < 0 ? -digit : digit));
        d.units /= 10;
        if (behind > 0 && --behind == 0) {
            *--p = '.';
            if (d.units == 0)
                *--p = '0';
        }
    } while (d.units || behind > 0);
    if (negative)
        *--p = '-';
    return arena_str(a, (struct str){p, (size_t)(end - p)});
}

static bool align(struct decimal *a, struct decimal *b)
{
    shorten(a);
    shorten(b);
    return rescale(a, b->scale) && rescale(b, a->scale);
}

int decimal_compare(struct decimal a, struct decimal b)
{
    if (align(&a, &b))
        return (a.units > b.units) - (a.units < b.units);
    double x = decimal_double(a), y = decimal_double(b); /* so far apart that digits do not matter */
    return (x > y) - (x < y);
}

bool decimal_add(struct decimal a, struct decimal b, struct decimal *ret_d)
{
    struct wide w;
    if (!align(&a, &b) || __builtin_add_overflow(a.units, b.units, &w.n))
        return false;
    *ret_d = (struct decimal){w.n, a.scale};
    return true;
}

bool decimal_subtract(struct decimal a, struct decimal b, struct decimal *ret_d)
{
    struct wide w;
    if (!align(&a, &b) || __builtin_sub_overflow(a.units, b.units, &w.n))
        return false;
    *ret_d = (struct decimal){w.n, a.scale};
    return true;
}

bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *ret_d)
{
    struct wide w;
    shorten(&a);
    shorten(&b);
    if (__builtin_mul_overflow(a.units, b.units, &w.n))
        return false;
    struct decimal d = {w.n, a.scale + b.scale};
    for (; d.scale > DECIMAL_SCALE; d.scale--)
        d.units /= 10;
    *ret_d = d;
    return true;
}

/* Long division, to sixteen digits behind the point. */
bool decimal_divide(struct decimal a, struct decimal b, struct decimal *ret_d)
{
    enum { DIGITS = 16 };
    if (b.units == 0 || !align(&a, &b))
        return false;
    struct decimal d = {a.units / b.units, 0};
    struct wide rest = {a.units % b.units}, quotient = {d.units};
    for (; d.scale < DIGITS && rest.n; d.scale++) {
        if (!times(&rest, 10) || !times(&quotient, 10))
            break;
        quotient.n += rest.n / b.units;
        rest.n %= b.units;
    }
    d.units = quotient.n;
    *ret_d = d;
    return true;
}

bool decimal_div(struct decimal a, struct decimal b, struct decimal *ret_d)
{
    if (b.units == 0 || !align(&a, &b))
        return false;
    *ret_d = (struct decimal){a.units / b.units, 0};
    return true;
}

bool decimal_mod(struct decimal a, struct decimal b, struct decimal *ret_d)
{
    if (b.units == 0 || !align(&a, &b))
        return false;
    *ret_d = (struct decimal){a.units % b.units, a.scale};
    return true;
}

struct decimal decimal_round(struct decimal d, int digits)
{
    int last = 0;
    for (; d.scale > digits; d.scale--) {
        last = (int)(d.units % 10);
        d.units /= 10;
    }
    d.units += (last >= 5) - (last <= -5);
    return d;
}

struct decimal decimal_truncate(struct decimal d)
{
    for (; d.scale > 0; d.scale--)
        d.units /= 10;
    return d;
}

double decimal_double(struct decimal d)
{
    double x = (double)d.units;
    for (int i = 0; i < d.scale; i++)
        x /= 10;
    return x;
}

bool decimal_from_double(double x, struct decimal *ret_d)
{
    char text[64];
    if (!isfinite(x))
        return false;
    snprintf(text, sizeof text, "%.15g", x);
    return decimal_parse(str_of(text), ret_d);
}
