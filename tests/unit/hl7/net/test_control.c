/* Order control and order status: what each pair asks for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hl7/net/net_priv.h"
#include "unit.h"

struct sample {
    const char *code, *status;
    enum order_event event;
    const char *step_status;
};

static const struct sample taken[] = {
    {"NW", "", ORDER_PLACE, ""},
    {"NW", "SC", ORDER_PLACE, ""},
    {"NW", "IP", ORDER_PLACE, "STARTED"},
    {"NW", "CA", ORDER_CANCEL, ""},
    {"NW", "??", ORDER_PLACE, ""},
    {"XO", "SC", ORDER_CHANGE, ""},
    {"XO", "CM", ORDER_CHANGE, ""}, /* a change after completion: nothing is completed by it */
    {"XX", "", ORDER_CHANGE, ""},
    {"XO", "CA", ORDER_CANCEL, ""},
    {"CA", "", ORDER_CANCEL, ""},
    {"CA", "CA", ORDER_CANCEL, ""},
    {"OC", "CA", ORDER_CANCEL, ""},
    {"CR", "CA", ORDER_CANCEL, ""},
    {"DC", "CA", ORDER_DISCONTINUE, ""}, /* IHE RAD-13 */
    {"DC", "", ORDER_DISCONTINUE, ""},
    {"CA", "DC", ORDER_DISCONTINUE, ""},
    {"OD", "DC", ORDER_DISCONTINUE, ""},
    {"DR", "DC", ORDER_DISCONTINUE, ""},
    {"SC", "SC", ORDER_STATUS, "SCHEDULED"},
    {"SC", "A", ORDER_STATUS, "ARRIVED"},
    {"SC", "IP", ORDER_STATUS, "STARTED"},
    {"SC", "CM", ORDER_STATUS, "COMPLETED"},
    {"SC", "CA", ORDER_CANCEL, ""},
    {"SC", "DC", ORDER_DISCONTINUE, ""},
    {"SC", "HD", ORDER_HOLD, ""},
    {"HD", "HD", ORDER_HOLD, ""},
    {"OH", "", ORDER_HOLD, ""},
    {"HR", "", ORDER_HOLD, ""},
    {"RL", "SC", ORDER_RELEASE, ""},
    {"OE", "", ORDER_RELEASE, ""},
    {"OR", "", ORDER_RELEASE, ""},
    {"SN", "", ORDER_NUMBER, ""},
    {"NA", "", ORDER_CHANGE, ""},
    {"RP", "", ORDER_REPLACED, ""},
    {"RU", "RP", ORDER_REPLACED, ""},
    {"RQ", "", ORDER_REPLACED, ""},
    {"SC", "RP", ORDER_REPLACED, ""},
    {"RO", "SC", ORDER_REPLACEMENT, ""},
    {"RO", "IP", ORDER_REPLACEMENT, "STARTED"},
    {"CH", "SC", ORDER_PLACE, ""},
    {"PA", "", ORDER_CHANGE, ""}, /* PARENT_PLACER and PARENT_FILLER are CH's */
    {"XR", "SC", ORDER_CHANGE, ""},
    {"CP", "", ORDER_CANCEL, ""},
    {"UA", "", ORDER_NOTHING, ""},
    {"OK", "", ORDER_NOTHING, ""},
    {"SC", "ER", ORDER_NOTHING, ""},
};

static const char *const event_names[ORDER_EVENTS] = {
    [ORDER_PLACE] = "place",     [ORDER_CHANGE] = "change",           [ORDER_STATUS] = "status",
    [ORDER_CANCEL] = "cancel",   [ORDER_DISCONTINUE] = "discontinue", [ORDER_HOLD] = "hold",
    [ORDER_RELEASE] = "release", [ORDER_NUMBER] = "number",           [ORDER_REPLACED] = "replaced",
    [ORDER_NOTHING] = "nothing", [ORDER_REPLACEMENT] = "replacement",
};

/* Every order control of table 0119 with every order status of table 0038, as a table to read. */
static void put_table(struct buf *b)
{
    static const char codes[] =
        "AF CA CH CN CP CR DC DE DF DR FU HD HR LI MC NA NR NW OC OD OE OF OH OK OP OR PA PR PY "
        "RE RF RL RO RP RQ RR RU SC SN SR SS UA UC UD UF UH UM UN UR UX XO XR XX";
    static const char statuses[] = "- A CA CM DC ER HD IP RP SC";
    struct str rest = str_of(codes), code;
    while (str_next(&rest, ' ', &code)) {
        struct str row = str_of(statuses), status;
        buf_str(b, code);
        while (str_next(&row, ' ', &status)) {
            const struct control *c = control_find(code, str_is(status, "-") ? STR("") : status, NULL);
            buf_printf(b, "  %.*s=%s", STR_ARG(status), c ? event_names[c->event] : "refused");
            if (c && c->step_status[0])
                buf_printf(b, ":%s", c->step_status);
        }
        buf_putc(b, '\n');
    }
}

static void all_pairs(void)
{
    CLEANUP(buf_release) struct buf found, expected;
    const char *end = strstr(__FILE__, "tests/unit/");
    char path[1024], bytes[4096];
    buf_init(&found, 1 << 20);
    buf_init(&expected, 1 << 20);
    put_table(&found);
    snprintf(path, sizeof path, "%.*stests/golden/hl7/control.pairs", end ? (int)(end - __FILE__) : 0, __FILE__);
    FILE *f = fopen(path, getenv("ISOCENTRE_ACCEPT") ? "w+b" : "rb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(f);
    if (getenv("ISOCENTRE_ACCEPT"))
        fwrite(found.p, 1, found.n, f);
    rewind(f);
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, f)) > 0;)
        buf_put(&expected, bytes, n);
    fclose(f);
    CU_ASSERT_TRUE(str_eq(buf_view(&found), buf_view(&expected)));
}

static void pairs(void)
{
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++) {
        struct err e = {0};
        const struct control *c = control_find(str_of(taken[i].code), str_of(taken[i].status), &e);
        CU_ASSERT_PTR_NOT_NULL_FATAL(c);
        CU_ASSERT_EQUAL(c->event, taken[i].event);
        CU_ASSERT_STRING_EQUAL(c->step_status, taken[i].step_status);
    }
}

static void refusals(void)
{
    static const struct {
        const char *code, *status;
        enum err_code expected;
        const char *place;
    } cases[] = {
        {"", "SC", ERR_REQUIRED, "ORC-1"},       {"RF", "", ERR_UNSUPPORTED, "ORC-1"},
        {"SS", "", ERR_UNSUPPORTED, "ORC-1"},    {"SC", "", ERR_REQUIRED, "ORC-5"},
        {"SC", "??", ERR_CODE_INVALID, "ORC-5"}, {"nw", "", ERR_UNSUPPORTED, "ORC-1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct err e = {0};
        CU_ASSERT_PTR_NULL(control_find(str_of(cases[i].code), str_of(cases[i].status), &e));
        CU_ASSERT_EQUAL(e.code, cases[i].expected);
        CU_ASSERT_STRING_EQUAL(e.path, cases[i].place);
    }
}

static void known_statuses(void)
{
    CU_ASSERT_TRUE(control_status_known(STR("SC")));
    CU_ASSERT_TRUE(control_status_known(STR("HD")));
    CU_ASSERT_FALSE(control_status_known(STR("*")));
    CU_ASSERT_FALSE(control_status_known(STR("")));
    CU_ASSERT_FALSE(control_status_known(STR("ZZ")));
}

static const struct unit_case cases[] = {
    {"pairs", pairs}, {"all pairs", all_pairs}, {"refusals", refusals}, {"known statuses", known_statuses}};
UNIT_MAIN("hl7/net/control", cases)
