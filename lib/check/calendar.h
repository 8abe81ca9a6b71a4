/* calendar.h: days of the Gregorian calendar as numbers YYYYMMDD. Knows no way of writing them. */
#ifndef PV_CHECK_CALENDAR_H
#define PV_CHECK_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

/* Whether the calendar has this day. */
bool pv_calendar_has(unsigned year, unsigned month, unsigned day);

/* YYYYMMDD, so that later days are greater and `years * PV_YEAR` is a span of years. */
#define PV_YEAR 10000u
static inline uint32_t pv_calendar_day(unsigned year, unsigned month, unsigned day)
{
    return (uint32_t)(year * PV_YEAR + month * 100u + day);
}

#endif
