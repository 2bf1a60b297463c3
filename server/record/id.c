#include "record/record.h"

#include <stdatomic.h>
#include <sys/random.h>

/* 41 bits of milliseconds since 2020-01-01, 12 of a counter, 10 random: grows with time, and two nodes in the same
 * millisecond at the same count still differ most of the time; the primary key catches the rest. */
static const clock_us epoch = INT64_C(1577836800000000);

int64_t record_rid_new(void)
{
    static atomic_uint counter;
    uint16_t noise = 0;
    if (getrandom(&noise, sizeof noise, 0) != (ssize_t)sizeof noise)
        noise = (uint16_t)clock_monotonic();
    int64_t ms = (clock_now() - epoch) / 1000;
    return ms << 22 | (int64_t)(atomic_fetch_add(&counter, 1) & 0xfff) << 10 | (noise & 0x3ff);
}

int64_t record_rid_at(clock_us t)
{
    int64_t ms = t > epoch ? (t - epoch) / 1000 : 0;
    return ms <= INT64_MAX >> 22 ? ms << 22 : INT64_MAX; /* far in the future: above every id */
}

clock_us record_rid_time(int64_t rid)
{
    return epoch + (rid >> 22) * 1000;
}

bool record_id_parse(struct str id, int64_t *ret_rid)
{
    int64_t rid = 0;
    if (id.n != 13 || id.p[0] > '7')
        return false;
    for (size_t i = 0; i < 13; i++) {
        char c = id.p[i];
        if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'v'))
            return false;
        rid = rid << 5 | (c <= '9' ? c - '0' : c - 'a' + 10);
    }
    *ret_rid = rid;
    return true;
}

struct str record_id_text(struct arena *a, int64_t rid)
{
    static const char digit[] = "0123456789abcdefghijklmnopqrstuv";
    char text[13];
    for (int i = 12; i >= 0; i--, rid >>= 5)
        text[i] = digit[rid & 31];
    return arena_str(a, (struct str){text, sizeof text});
}

int32_t record_param(struct str type, struct str code)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < type.n; i++)
        h = (h ^ (unsigned char)type.p[i]) * 16777619u;
    h = (h ^ '.') * 16777619u;
    for (size_t i = 0; i < code.n; i++)
        h = (h ^ (unsigned char)code.p[i]) * 16777619u;
    return (int32_t)h;
}
