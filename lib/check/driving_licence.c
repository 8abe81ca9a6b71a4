/* driving_licence.c: driver numbers of Great Britain, which spell out surname and date of birth:
 * five signs of the surname (filled up with 9), decade, month (50 more for women), day, year, two
 * initials (9 for none), a digit, two more signs, and perhaps the two digits of the issue.
 * Source: DVLA, guides to the driver number. */
#include "check/ascii.h"
#include "check/calendar.h"
#include "check/digits.h"
#include "check/validators.h"

#define PV_DRIVER_LEN 16
#define PV_DRIVER_ISSUED 18

/* `L` is a letter or the 9 that fills up, `9` a digit, `X` either. */
static const char driver_shape[] = "LLLLL999999LL9XX99";

static bool fits_driver(const char *signs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const bool digit = pv_is_digit(signs[i]);
        if ((driver_shape[i] == '9' && !digit)
            || (driver_shape[i] == 'L' && digit && signs[i] != '9'))
            return false;
    }
    return true;
}

/* After a filling 9 no letter follows. */
static bool fills_up(const char *signs, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (signs[i - 1] == '9' && signs[i] != '9')
            return false;
    return true;
}

static unsigned value(char digit)
{
    return (unsigned)(digit - '0');
}

static bool has_birth_date(const char *signs)
{
    const unsigned year = value(signs[5]) * 10 + value(signs[10]);
    const unsigned coded = value(signs[6]) * 10 + value(signs[7]);
    const unsigned month = coded > 50 ? coded - 50 : coded;
    const unsigned day = value(signs[8]) * 10 + value(signs[9]);
    return pv_calendar_has(1900 + year, month, day) || pv_calendar_has(2000 + year, month, day);
}

bool pv_check_driving_licence(const char *text, size_t len, pv_today today)
{
    char signs[PV_DRIVER_ISSUED];
    (void)today;
    const size_t count = pv_alnum_read(text, len, signs, PV_DRIVER_ISSUED);
    if (count != PV_DRIVER_LEN && count != PV_DRIVER_ISSUED)
        return false;
    return pv_is_letter(signs[0]) && fits_driver(signs, count) && fills_up(signs, 5)
           && fills_up(signs + 11, 2) && has_birth_date(signs);
}
