/* Runs a fuzz target where libFuzzer is not installed: `fuzz_x SECONDS SEED FILE…` damages the files again
 * and again; without SECONDS (0) it runs each file once, as for the regressions. Deterministic for a seed. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 64 * 1024 };

static uint64_t state;

static uint32_t next(uint32_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 20) % below;
}

static size_t load(const char *path, uint8_t *to)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return 0;
    size_t n = fread(to, 1, INPUT_MAX, f);
    fclose(f);
    return n;
}

static size_t damage(uint8_t *p, size_t n)
{
    static const uint8_t marks[][4] = {
        {0xFF, 0xFF, 0xFF, 0xFF}, {0xFE, 0xFF, 0x00, 0xE0}, {0xFE, 0xFF, 0xDD, 0xE0}, {0x1B, '$', 'B', 0x21}};
    for (uint32_t k = 1 + next(5); k > 0 && n > 8; k--) {
        uint32_t at = next((uint32_t)n - 4);
        switch (next(4)) {
        case 0:
            p[at] = (uint8_t)next(256);
            break;
        case 1:
            memcpy(p + at, marks[next(4)], 4);
            break;
        case 2:
            memmove(p + at, p + next((uint32_t)n - 4), 4);
            break;
        default:
            n = 1 + next((uint32_t)n);
        }
    }
    return n;
}

int main(int argc, char **argv)
{
    static uint8_t input[INPUT_MAX];
    if (argc < 4)
        return fprintf(stderr, "usage: %s SECONDS SEED FILE...\n", argv[0]) < 0 ? 1 : 2;
    time_t end = time(NULL) + (time_t)strtol(argv[1], NULL, 10);
    state = strtoull(argv[2], NULL, 10) * 0x9E3779B97F4A7C15u + 1;
    long runs = 0;
    for (int i = 3; i < argc; i++, runs++)
        LLVMFuzzerTestOneInput(input, load(argv[i], input));
    while (time(NULL) < end) {
        size_t n = load(argv[3 + next((uint32_t)argc - 3)], input);
        LLVMFuzzerTestOneInput(input, damage(input, n));
        runs++;
    }
    printf("%s: %ld inputs\n", argv[0], runs);
    return 0;
}
