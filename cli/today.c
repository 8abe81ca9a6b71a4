/* today.c: see today.h. */
#include "today.h"

#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

uint32_t cli_today(void)
{
    const char *const epoch = getenv("SOURCE_DATE_EPOCH");
    char *end = NULL;
    struct tm date;
    time_t now = epoch && *epoch ? (time_t)strtoll(epoch, &end, 10) : time(NULL);
    const bool fixed = end && *end == '\0';
    if (end && !fixed)
        now = time(NULL);
    if (!(fixed ? gmtime_r(&now, &date) : localtime_r(&now, &date)))
        return 0;
    if (date.tm_year < -1900 || date.tm_year > 9999 - 1900)
        return 0;
    return (uint32_t)((date.tm_year + 1900) * 10000 + (date.tm_mon + 1) * 100 + date.tm_mday);
}
