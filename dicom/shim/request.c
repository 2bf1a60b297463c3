#include "request_priv.h"

enum {
    FIXED_PART = 68, /* version, reserved, two titles, 32 reserved bytes */
    APPLICATION_CONTEXT = 0x10,
    PRESENTATION_CONTEXT = 0x20,
    ABSTRACT_SYNTAX = 0x30,
    TRANSFER_SYNTAX = 0x40,
    USER_INFORMATION = 0x50,
    MAXIMUM_LENGTH = 0x51,
    IMPLEMENTATION_CLASS = 0x52,
    ASYNCHRONOUS = 0x53,
    ROLE_SELECTION = 0x54,
    IMPLEMENTATION_VERSION = 0x55,
    EXTENDED_NEGOTIATION = 0x56,
    USER_IDENTITY = 0x58
};

static size_t be16(const char *p)
{
    return (size_t)(unsigned char)p[0] << 8 | (unsigned char)p[1];
}

static bool bad(struct err *e, const char *what)
{
    return err_set(e, ERR_STRUCTURE, "association request: %s", what);
}

bool request_length(const unsigned char head[PDU_HEAD], size_t *ret_n, struct err *e)
{
    size_t n = (size_t)head[2] << 24 | (size_t)head[3] << 16 | (size_t)head[4] << 8 | head[5];
    if (head[0] == 7)
        return err_set(e, ERR_UNAVAILABLE, "association request: the peer aborted instead");
    if (head[0] != 1)
        return bad(e, "something else came in its place");
    if (n < FIXED_PART || n > REQUEST_MAX)
        return bad(e, "its length is out of range");
    *ret_n = n;
    return true;
}

struct item {
    int type;
    struct str body;
};

/* Take the next item off *rest. */
static bool item_next(struct str *rest, struct item *ret, struct err *e)
{
    if (rest->n < 4 || be16(rest->p + 2) > rest->n - 4)
        return bad(e, "an item passes the end of what it is in");
    size_t n = be16(rest->p + 2);
    *ret = (struct item){(unsigned char)rest->p[0], str_sub(*rest, 4, n)};
    *rest = str_sub(*rest, 4 + n, rest->n);
    return true;
}

/* Whether it is a good UID is for the one who judges the context; here it must only fit and be text. */
static bool uid_ok(struct str s, struct err *e)
{
    while (s.n && s.p[s.n - 1] == '\0')
        s.n--;
    if (s.n == 0 || s.n > 64)
        return bad(e, "a UID is empty or too long");
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < ' ' || s.p[i] > '~')
            return bad(e, "a UID holds something else than text");
    return true;
}

static bool context_ok(struct str body, struct err *e)
{
    int abstract = 0, transfer = 0;
    if (body.n < 4)
        return bad(e, "a presentation context is cut short");
    struct str rest = str_sub(body, 4, body.n);
    while (rest.n > 0) {
        struct item it;
        if (!item_next(&rest, &it, e) || !uid_ok(it.body, e))
            return false;
        abstract += it.type == ABSTRACT_SYNTAX;
        transfer += it.type == TRANSFER_SYNTAX;
        if (it.type != ABSTRACT_SYNTAX && it.type != TRANSFER_SYNTAX)
            return bad(e, "a presentation context holds a foreign item");
    }
    if (abstract != 1 || transfer < 1)
        return bad(e, "a presentation context does not hold one abstract syntax and its transfer syntaxes");
    return true;
}

/* A UID with its length in front; what follows it is at least `after` bytes. */
static bool counted_uid_ok(struct str body, size_t after, struct err *e)
{
    if (body.n < 2 || be16(body.p) + 2 + after > body.n)
        return bad(e, "a sub-item is cut short");
    return uid_ok(str_sub(body, 2, be16(body.p)), e);
}

static bool identity_ok(struct str body, struct err *e)
{
    if (body.n < 6 || be16(body.p + 2) + 6 > body.n)
        return bad(e, "user identity is cut short");
    size_t first = be16(body.p + 2), second = be16(body.p + 4 + first);
    if (6 + first + second != body.n || body.p[0] < 1 || body.p[0] > 5)
        return bad(e, "user identity is malformed");
    return true;
}

static bool information_ok(const struct item *it, struct err *e)
{
    switch (it->type) {
    case MAXIMUM_LENGTH:
    case ASYNCHRONOUS:
        return it->body.n == 4 || bad(e, "a sub-item has not four bytes");
    case IMPLEMENTATION_CLASS:
        return uid_ok(it->body, e);
    case IMPLEMENTATION_VERSION:
        return it->body.n <= 16 || bad(e, "the version name is too long");
    case ROLE_SELECTION:
        return counted_uid_ok(it->body, 2, e);
    case EXTENDED_NEGOTIATION:
        return counted_uid_ok(it->body, 0, e);
    case USER_IDENTITY:
        return identity_ok(it->body, e);
    default:
        return true;
    }
}

static bool user_ok(struct str rest, struct err *e)
{
    unsigned seen = 0;
    while (rest.n > 0) {
        struct item it;
        if (!item_next(&rest, &it, e) || !information_ok(&it, e))
            return false;
        bool once = it.type == MAXIMUM_LENGTH || it.type == IMPLEMENTATION_CLASS ||
                    it.type == USER_IDENTITY || it.type == IMPLEMENTATION_VERSION || it.type == ASYNCHRONOUS;
        unsigned bit = 1u << (it.type & 0x0f);
        if (once && (seen & bit))
            return bad(e, "a sub-item comes twice");
        seen |= once ? bit : 0;
    }
    return true;
}

static bool id_ok(struct str body, bool ids[256], struct err *e)
{
    unsigned char id = body.n ? (unsigned char)body.p[0] : 0;
    if (id % 2 == 0 || ids[id])
        return bad(e, "a presentation context's id is even or comes twice");
    ids[id] = true;
    return true;
}

/* PS3.5 6.2 AE: 16 printable characters, not only spaces; NULs at the end are tolerated. */
static bool title_ok(struct str s, struct err *e)
{
    while (s.n && (s.p[s.n - 1] == '\0' || s.p[s.n - 1] == ' '))
        s.n--;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < ' ' || s.p[i] > '~')
            return bad(e, "an application entity title is no text");
    return s.n > 0 || bad(e, "an application entity title is empty");
}

bool request_check(struct str body, struct err *e)
{
    if (body.n < FIXED_PART)
        return bad(e, "it is cut short");
    if (!title_ok(str_sub(body, 4, 16), e) || !title_ok(str_sub(body, 20, 16), e))
        return false;
    struct str rest = str_sub(body, FIXED_PART, body.n);
    int application = 0, contexts = 0, user = 0;
    bool ids[256] = {false};
    while (rest.n > 0) {
        struct item it;
        if (!item_next(&rest, &it, e))
            return false;
        application += it.type == APPLICATION_CONTEXT;
        contexts += it.type == PRESENTATION_CONTEXT;
        user += it.type == USER_INFORMATION;
        if (it.type == PRESENTATION_CONTEXT && !id_ok(it.body, ids, e))
            return false;
        if ((it.type == APPLICATION_CONTEXT && !uid_ok(it.body, e)) ||
            (it.type == PRESENTATION_CONTEXT && !context_ok(it.body, e)) ||
            (it.type == USER_INFORMATION && !user_ok(it.body, e)))
            return false;
    }
    if (application != 1 || contexts < 1 || contexts > 128 || user != 1)
        return bad(e, "it does not hold one application context, 1 to 128 contexts and one user information");
    return true;
}
