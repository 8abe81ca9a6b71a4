/* today.h: the present day, which tells a date of birth from a date to come. */
#ifndef CLI_TODAY_H
#define CLI_TODAY_H

#include <stdint.h>

/* Today as YYYYMMDD, or 0. SOURCE_DATE_EPOCH, seconds since 1970, stands for the clock when a run
 * must be repeatable: https://reproducible-builds.org/specs/source-date-epoch/ */
uint32_t cli_today(void);

#endif
