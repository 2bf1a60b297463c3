/* Time. Wall time is microseconds since 1970-01-01T00:00:00Z; durations use the monotonic clock.
 * Local time is taken in the site's zone (an IANA name, option site.timezone), set once at start.
 * Threads: any, after clock_set_site(). */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

#include "base/err.h"
#include "base/str.h"

typedef int64_t clock_us;

enum { CLOCK_TEXT = 40 };

struct clock_date { /* a civil date and time with the offset it was read in */
    int year, month, day, hour, minute, second, micro;
    int offset_minutes; /* east of UTC */
};

clock_us clock_now(void);
clock_us clock_monotonic(void);
/* A moment of the monotonic clock, for pthread_cond_timedwait on a condition that was made with that clock. */
struct timespec clock_timespec(clock_us monotonic);
struct timespec clock_in(int ms);
/* "2026-11-24T04:31:07.123456Z" */
void clock_text(clock_us t, char ret_text[CLOCK_TEXT]);
/* The same instant in the site's zone: "2026-11-24T06:31:07.123+02:00" */
void clock_site_text(clock_us t, char ret_text[CLOCK_TEXT]);
/* Use the zone of this IANA name; INVALID when the system has no such zone. Call before threads start. */
bool clock_set_site(const char *zone, struct err *e);
/* The civil date and time of t in the site's zone. */
void clock_site_date(clock_us t, struct clock_date *ret_date);
/* Offset (minutes east of UTC) that a civil time in the site's zone has. */
int clock_site_offset(const struct clock_date *local);
/* The instant of a civil date with its offset. Days and months are not checked here. */
clock_us clock_of(const struct clock_date *date);
/* FHIR dateTime / ISO 8601: YYYY[-MM[-DD[Thh:mm[:ss[.f]][Z|±hh:mm]]]]. Without zone the site's is used.
 * ret_from and ret_to bound the time named by its precision: [from, to). False when it is no such time. */
bool clock_range(struct str text, clock_us *ret_from, clock_us *ret_to);

#endif
