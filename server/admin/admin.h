/* What people and monitors use beside the standards: health, metrics, the admin API of web-admin and its files.
 * Routes are rows of routes.def. Threads: handlers run on HTTP workers; admin_init before they start. */
#ifndef ADMIN_ADMIN_H
#define ADMIN_ADMIN_H

#include "config/config.h"
#include "gate/http.h"

struct admin_config {
    const struct config *config;
    struct gate *gate;
};
void admin_init(const struct admin_config *config);
extern const struct gate_route admin_routes[];
extern const int admin_route_count;

#endif
