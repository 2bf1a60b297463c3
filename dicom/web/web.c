#include "dicom/web/web_priv.h"

const struct gate_route dicom_web_routes[] = {
#define ROUTE(method, pattern, permission, audit, tx, public_, body, handler)                                          \
    {method, pattern, {method " " pattern, permission, audit, GATE_##tx, public_}, body, handler, NULL, NULL, NULL},
#include "dicom/web/routes.def"
#undef ROUTE
};
const int dicom_web_route_count = sizeof dicom_web_routes / sizeof dicom_web_routes[0];
