#include "dicom/image/image_priv.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    SECONDS = 2,  /* of processor time, and one more for each mebibyte of pixels */
    PATIENCE = 15 /* times as long on the clock: a child may wait for a lock that a thread held when it was made */
};

/* What the child leaves in shared memory; the pixels lie behind it. */
struct report {
    bool done, ok;
    struct image_format format;
    struct err e;
};

static void limit_child(size_t n)
{
    static const int fatal[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGXCPU, SIGALRM};
    rlim_t seconds = SECONDS + (rlim_t)(n >> 20);
    sigset_t none;
    for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
        signal(fatal[i], SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setrlimit(RLIMIT_CPU, &(struct rlimit){seconds, seconds + 1});
    alarm((unsigned)seconds * PATIENCE);
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
}

static void run_child(const struct apart *x, struct image_frame *frame, struct report *r)
{
    limit_child(frame->pixels.n);
    close(STDERR_FILENO); /* what a library says before it dies is for nobody */
    err_clear(&r->e);
    r->ok = x->decode(x->header, x->stream, frame, &r->e);
    r->format = frame->format;
    if (r->ok)
        memcpy(r + 1, frame->pixels.p, frame->pixels.n);
    r->done = true;
    _exit(0);
}

static bool take_report(const struct report *r, struct image_frame *ret_frame, struct err *e)
{
    if (!r->done)
        return err_set(e, ERR_STRUCTURE, "its stream is damaged: the decoder did not survive it");
    if (!r->ok) {
        if (e)
            *e = r->e;
        return false;
    }
    memcpy(ret_frame->pixels.p, r + 1, ret_frame->pixels.n);
    ret_frame->format = r->format;
    return true;
}

bool decode_apart(const struct apart *x, struct image_frame *ret_frame, struct err *e)
{
    size_t n = sizeof(struct report) + ret_frame->pixels.n;
    struct report *r = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (r == MAP_FAILED)
        return err_errno(e, ERR_UNAVAILABLE, "memory for a decoder");
    pid_t child = fork();
    if (child == 0)
        run_child(x, ret_frame, r);
    bool ok = child > 0 || err_errno(e, ERR_UNAVAILABLE, "start a decoder");
    while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
        continue;
    ok = ok && take_report(r, ret_frame, e);
    munmap(r, n);
    return ok;
}
