/* clock.c: see clock.h. */
#include "clock.h"

#include <time.h>

double cli_seconds(void)
{
    struct timespec now = { 0 };
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}
