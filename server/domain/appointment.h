/* Appointments: what SIU says of an order's time becomes an Appointment, and its steps follow. Threads: by operation.
 */
#ifndef DOMAIN_APPOINTMENT_H
#define DOMAIN_APPOINTMENT_H

#include "domain/domain.h"
#include "domain/fields.h"

enum appointment_event {
    APPOINTMENT_BOOK,
    APPOINTMENT_CHANGE,
    APPOINTMENT_CANCEL,
    APPOINTMENT_NO_SHOW,
    APPOINTMENT_ARRIVE
};
struct appointment_request {
    enum appointment_event event;
    const struct fields *fields; /* the patient, PLACER_ORDER, FILLER_ORDER, STEP_START, STATION_AE, STEP_LOCATION,
                                  * PERFORMING_PHYSICIAN */
    struct str placer, filler;   /* the appointment's own numbers */
    struct str words;            /* what for, "" */
    int minutes;
};
/* Steps that have not begun take time, place and people, wait (HELD) while the appointment has fallen through, and have
 * ARRIVED when the patient is here. An appointment whose order is not here waits for it, with a warning. */
bool appointment_apply(struct domain *d, const struct appointment_request *r, struct record_doc *ret_doc,
                       struct err *e);
/* The order an appointment waited for is here: its steps follow as it stands now. */
bool appointment_order_arrived(struct domain *d, int64_t appointment, const struct record_doc *order, struct err *e);

#endif
