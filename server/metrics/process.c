#include "metrics/metrics_priv.h"

#include <dirent.h>
#include <sys/resource.h>
#include <unistd.h>

/* Resident bytes, from the second number of statm (pages). */
static long long resident_bytes(void)
{
    long long size = 0, resident = 0;
    FILE *f = fopen("/proc/self/statm", "re");
    if (!f)
        return 0;
    if (fscanf(f, "%lld %lld", &size, &resident) != 2)
        resident = 0;
    fclose(f);
    return resident * sysconf(_SC_PAGESIZE);
}

static long long open_descriptors(void)
{
    long long n = 0;
    DIR *d = opendir("/proc/self/fd");
    if (!d)
        return 0;
    for (struct dirent *entry; (entry = readdir(d)) != NULL;)
        n += entry->d_name[0] != '.';
    closedir(d);
    return n - 1; /* the directory itself */
}

static void put(struct buf *b, const char *name, const char *kind, const char *help)
{
    buf_printf(b, "# HELP %s %s\n# TYPE %s %s\n%s ", name, help, name, kind, name);
}

void process_write(struct buf *b)
{
    struct rusage used;
    struct rlimit descriptors;
    getrusage(RUSAGE_SELF, &used);
    getrlimit(RLIMIT_NOFILE, &descriptors);
    long long us = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000LL + used.ru_utime.tv_usec +
                   used.ru_stime.tv_usec;
    put(b, "process_resident_memory_bytes", "gauge", "memory in RAM");
    buf_printf(b, "%lld\n", resident_bytes());
    put(b, "process_open_fds", "gauge", "descriptors open");
    buf_printf(b, "%lld\n", open_descriptors());
    put(b, "process_max_fds", "gauge", "descriptors allowed");
    buf_printf(b, "%llu\n", (unsigned long long)descriptors.rlim_cur);
    put(b, "process_cpu_seconds_total", "counter", "user and system time");
    buf_printf(b, "%lld.%06lld\n", us / 1000000, us % 1000000);
}
