/* HL7 load: N connections, each sending one order after another and waiting for its acknowledgement. Every message is
 * distinct: each '#' run of the template (at least 7 long) becomes a number of its own, the same in the whole message.
 *
 * Usage: mllp_load PORT CONNECTIONS MESSAGES FIRST TEMPLATE   (prints a line of JSON; status 1 when one was refused) */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"

enum { FRAME_MAX = 4 << 20, ACK_MAX = 64 * 1024, DIGITS = 7 };

static struct load {
    int port, connections, messages, first;
    char frame[FRAME_MAX];
    size_t frame_n, numbered_n; /* the frame, and up to its last number */
    atomic_int next, refused;
    int32_t *latency; /* microseconds, one a message */
} load;

static int open_connection(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)load.port)};
    int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        return fd;
    }
    perror("mllp_load: connect");
    exit(1);
}

static void number(char *frame, int n)
{
    char digits[DIGITS + 1];
    snprintf(digits, sizeof digits, "%07u", (unsigned)n % 10000000U);
    for (char *p = frame, *end = frame + load.numbered_n; (p = memchr(p, '#', (size_t)(end - p)));) {
        size_t run = strspn(p, "#");
        if (run >= DIGITS)
            memcpy(p, digits, DIGITS);
        p += run;
    }
}

static void read_ack(int fd)
{
    char ack[ACK_MAX];
    size_t n = 0;
    for (;;) {
        ssize_t got = recv(fd, ack + n, sizeof ack - 1 - n, 0);
        if (got <= 0) {
            fprintf(stderr, "mllp_load: the connection was closed\n");
            exit(1);
        }
        n += (size_t)got;
        if (n > 2 && ack[n - 1] == '\r' && ack[n - 2] == 0x1c)
            break;
    }
    ack[n] = '\0';
    if (!strstr(ack, "MSA|AA|") && atomic_fetch_add(&load.refused, 1) == 0)
        fprintf(stderr, "mllp_load: first refusal: %s\n", strchr(ack, 'M') ? strchr(ack, 'M') : "");
}

static void *connection(void *unused)
{
    int fd = open_connection(), i;
    char *frame = mem_alloc(FRAME_MAX);
    memcpy(frame, load.frame, load.frame_n);
    while ((i = atomic_fetch_add(&load.next, 1)) < load.messages) {
        memcpy(frame, load.frame, load.numbered_n);
        number(frame, load.first + i);
        clock_us began = clock_monotonic();
        for (size_t at = 0; at < load.frame_n;) {
            ssize_t n = send(fd, frame + at, load.frame_n - at, MSG_NOSIGNAL);
            if (n <= 0)
                exit(1);
            at += (size_t)n;
        }
        read_ack(fd);
        load.latency[i] = (int32_t)(clock_monotonic() - began);
    }
    close(fd);
    mem_free(frame);
    return unused;
}

static bool read_template(const char *path)
{
    FILE *in = fopen(path, "rb");
    if (!in)
        return false;
    load.frame[0] = 0x0b;
    load.frame_n = 1 + fread(load.frame + 1, 1, FRAME_MAX - 8, in);
    fclose(in);
    memcpy(load.frame + load.frame_n, "\x1c\r", 3);
    load.frame_n += 2;
    for (size_t i = 0; i < load.frame_n; i++)
        if (load.frame[i] == '#')
            load.numbered_n = i + 1;
    return true;
}

static int by_value(const void *a, const void *b)
{
    return *(const int32_t *)a < *(const int32_t *)b ? -1 : *(const int32_t *)a > *(const int32_t *)b;
}

static double percentile(double p)
{
    int i = (int)(p * load.messages);
    return load.latency[i < load.messages ? i : load.messages - 1] / 1000.0;
}

int main(int argc, char **argv)
{
    pthread_t thread[256];
    if (argc != 6 || !read_template(argv[5])) {
        fprintf(stderr, "usage: mllp_load PORT CONNECTIONS MESSAGES FIRST TEMPLATE\n");
        return 1;
    }
    load.port = (int)strtol(argv[1], NULL, 10);
    load.connections = (int)strtol(argv[2], NULL, 10);
    load.messages = (int)strtol(argv[3], NULL, 10);
    load.first = (int)strtol(argv[4], NULL, 10);
    if (load.connections < 1 || load.connections > 256 || load.messages < 1)
        return 1;
    load.latency = mem_zalloc((size_t)load.messages * sizeof *load.latency);
    clock_us began = clock_monotonic();
    for (int i = 0; i < load.connections; i++)
        pthread_create(&thread[i], NULL, connection, NULL);
    for (int i = 0; i < load.connections; i++)
        pthread_join(thread[i], NULL);
    double seconds = (double)(clock_monotonic() - began) / 1e6;
    qsort(load.latency, (size_t)load.messages, sizeof *load.latency, by_value);
    printf("{\"messages\": %d, \"refused\": %d, \"seconds\": %.3f, \"p50\": %.2f, \"p95\": %.2f, \"p99\": %.2f, "
           "\"max\": %.2f}\n",
           load.messages, atomic_load(&load.refused), seconds, percentile(0.5), percentile(0.95), percentile(0.99),
           percentile(1));
    return atomic_load(&load.refused) > 0;
}
