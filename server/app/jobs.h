/* The handlers of jobs.def. Threads: the queue's workers. */
#ifndef APP_JOBS_H
#define APP_JOBS_H

#include "app/house.h"

bool app_jobs_open(struct house *h, struct err *e);

#endif
