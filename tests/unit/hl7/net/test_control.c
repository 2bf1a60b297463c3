/* Order control and order status: what each pair asks for. */
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
};

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
        {"", "SC", ERR_REQUIRED, "ORC-1"},       {"SN", "", ERR_UNSUPPORTED, "ORC-1"},
        {"RP", "", ERR_UNSUPPORTED, "ORC-1"},    {"SC", "", ERR_REQUIRED, "ORC-5"},
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
    {"pairs", pairs}, {"refusals", refusals}, {"known statuses", known_statuses}};
UNIT_MAIN("hl7/net/control", cases)
