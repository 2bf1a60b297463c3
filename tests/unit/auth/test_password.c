#include "unit.h"

#include <string.h>

#include "auth/auth_priv.h"

/* A published test vector of argon2id, with other parameters than ours. */
#define REFERENCE "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"

static struct err e;

static void a_hash_names_its_parameters(void)
{
    char hash[PASSWORD_HASH], again[PASSWORD_HASH];
    CU_ASSERT_TRUE(password_hash(STR("correct horse"), hash, &e) &&
                   password_hash(STR("correct horse"), again, &e));
    CU_ASSERT_TRUE(str_starts(str_of(hash), "$argon2id$v=19$m=19456,t=2,p=1$"));
    CU_ASSERT_STRING_NOT_EQUAL(hash, again);
    CU_ASSERT_TRUE(password_matches(hash, STR("correct horse")) &&
                   password_matches(again, STR("correct horse")));
}

static void only_the_password_matches(void)
{
    static const char *const damaged[] = {"", "$argon2id$", "plain text",
                                          "$argon2i$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$AAAA"};
    char hash[PASSWORD_HASH];
    CU_ASSERT_TRUE(password_hash(STR("correct horse"), hash, &e));
    CU_ASSERT_FALSE(password_matches(hash, STR("correct horsf")));
    CU_ASSERT_FALSE(password_matches(hash, STR("correct horse ")));
    CU_ASSERT_FALSE(password_matches(hash, STR("")));
    for (size_t i = 0; i < sizeof damaged / sizeof damaged[0]; i++)
        CU_ASSERT_FALSE(password_matches(damaged[i], STR("correct horse")));
    CU_ASSERT_TRUE(password_matches(REFERENCE, STR("password")));
}

static const struct unit_case cases[] = {
    {"a hash names its parameters", a_hash_names_its_parameters},
    {"only the password matches", only_the_password_matches},
};
UNIT_MAIN("auth/password", cases)
