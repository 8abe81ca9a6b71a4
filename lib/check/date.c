/* date.c: dates, births and days long past. A date of two readings (a year of two digits) passes
 * where one of them does. */
#include "check/calendar.h"
#include "check/date_reading.h"
#include "check/validators.h"

/* The oldest that a person in a post is taken to be; where today is not known, born since 1900. */
#define PV_AGE_MAX 110u
#define PV_FIRST_DAY 19000101u
#define PV_LAST_DAY 20991231u

/* Dates of the last two years are mostly of events. */
#define PV_LONG_PAST 2u

static bool any_between(const char *text, size_t len, uint32_t first, uint32_t last)
{
    uint32_t days[PV_DATE_READINGS];
    const size_t count = pv_date_readings(text, len, days);
    for (size_t i = 0; i < count; i++)
        if (days[i] >= first && days[i] <= last)
            return true;
    return false;
}

static uint32_t oldest_birth(pv_today today)
{
    return today ? today - PV_AGE_MAX * PV_YEAR : PV_FIRST_DAY;
}

bool pv_check_date(const char *text, size_t len, pv_today today)
{
    uint32_t days[PV_DATE_READINGS];
    (void)today;
    return pv_date_readings(text, len, days) > 0;
}

bool pv_check_birth_date(const char *text, size_t len, pv_today today)
{
    return any_between(text, len, oldest_birth(today), today ? today : PV_LAST_DAY);
}

bool pv_check_past_date_2_years(const char *text, size_t len, pv_today today)
{
    const uint32_t last = today ? today - PV_LONG_PAST * PV_YEAR : PV_LAST_DAY;
    return any_between(text, len, oldest_birth(today), last);
}
