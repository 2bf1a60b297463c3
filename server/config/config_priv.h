/* Inside server/config: options.def as rows. */
#ifndef CONFIG_CONFIG_PRIV_H
#define CONFIG_CONFIG_PRIV_H

#include "config/config.h"

enum option_type { OPTION_STRING, OPTION_PATH, OPTION_AET, OPTION_ADDRESS, OPTION_INT, OPTION_BOOL, OPTION_ENUM };

struct option_row {
    const char *name; /* "http.port" */
    enum option_type type;
    const char *fallback;
    int min, max;
    const char *choices; /* "a|b|c" */
    const char *doc;
    size_t offset; /* of its field in struct config */
};

extern const struct option_row option_rows[];
extern const int option_count;

const struct option_row *option_find(struct str name);
/* Give the field its value from text; the error text does not name the option. */
bool option_assign(const struct option_row *o, struct config *c, struct str value, struct err *e);
/* The value in the field as text that option_assign would take. */
void option_write(const struct option_row *o, const struct config *c, struct buf *b);
/* "integer, 1 to 65535", "one of a, b" … */
void option_kind(const struct option_row *o, struct buf *b);
/* Read a libconfig file over what c holds. */
bool file_read(const char *path, struct config *c, struct err *e);

#endif
