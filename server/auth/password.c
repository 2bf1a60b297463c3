/* Passwords of local users: argon2id, RFC 9106, with the parameters inside the encoded hash. */
#include "auth/auth_priv.h"

#include <argon2.h>
#include <pthread.h>

#include "tls/tls.h"

enum { PASSES = 2, MEMORY_KIB = 19456, LANES = 1, SALT = 16, HASH = 32, AT_ONCE = 2 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t freed = PTHREAD_COND_INITIALIZER;
static int running;

/* Each hash takes 19 MiB while it is computed; a flood of logins must not take them all at once. */
static void hash_enter(void)
{
    pthread_mutex_lock(&lock);
    while (running == AT_ONCE)
        pthread_cond_wait(&freed, &lock);
    running++;
    pthread_mutex_unlock(&lock);
}

static void hash_leave(void)
{
    pthread_mutex_lock(&lock);
    running--;
    pthread_cond_signal(&freed);
    pthread_mutex_unlock(&lock);
}

bool password_hash(struct str password, char ret_encoded[PASSWORD_HASH], struct err *e)
{
    unsigned char salt[SALT];
    if (!tls_random(salt, sizeof salt, e))
        return false;
    hash_enter();
    int code = argon2id_hash_encoded(PASSES, MEMORY_KIB, LANES, password.p, password.n, salt, sizeof salt,
                                     HASH, ret_encoded, PASSWORD_HASH);
    hash_leave();
    return code == ARGON2_OK ? true
                             : err_set(e, ERR_INTERNAL, "hash a password: %s", argon2_error_message(code));
}

bool password_matches(const char *encoded, struct str password)
{
    hash_enter();
    int code = argon2id_verify(encoded, password.p, password.n);
    hash_leave();
    return code == ARGON2_OK;
}
