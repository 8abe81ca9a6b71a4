/* vehicle.c: registration marks of vehicles, by the shapes of each era. Any short code may look so,
 * so a rule wants a cue as well. Source: DVLA, INF104. */
#include <string.h>

#include "check/ascii.h"
#include "check/digits.h"
#include "check/validators.h"

#define PV_MARK_MAX 7

/* A: letter of an area (no I, Q, Z); L: letter (no I, Q); Y: letter of a year;
 * 9: digit; 1: digit, not 0. */
static const char *const mark_shapes[] = {
    "AA99LLL",                                            /* since September 2001 */
    "Y199LLL", "Y19LLL", "Y1LLL",                         /* 1983 to 2001 */
    "LLL199Y", "LLL19Y", "LLL1Y",                         /* 1963 to 1983 */
    "LLL199", "LLL19", "LLL1", "199LLL", "19LLL", "1LLL", /* before */
};

static bool fits_mark(char sign, char kind)
{
    switch (kind) {
    case '9':
        return pv_is_digit(sign);
    case '1':
        return pv_is_digit(sign) && sign != '0';
    case 'A':
        return pv_is_letter(sign) && !strchr("IQZ", sign);
    case 'Y':
        return pv_is_letter(sign) && !strchr("IOUZ", sign);
    default:
        return pv_is_letter(sign) && !strchr("IQ", sign);
    }
}

/* Northern Ireland: three letters with an I or Z among the last two, and up to four digits. */
static bool is_irish_mark(const char *signs, size_t count)
{
    if (count < 4 || !pv_is_letter(signs[0]) || !pv_is_letter(signs[1]) || !pv_is_letter(signs[2]))
        return false;
    if (!strchr("IZ", signs[1]) && !strchr("IZ", signs[2]))
        return false;
    for (size_t i = 3; i < count; i++)
        if (!pv_is_digit(signs[i]))
            return false;
    return signs[3] != '0';
}

bool pv_check_vehicle_registration(const char *text, size_t len, pv_today today)
{
    char signs[PV_MARK_MAX];
    (void)today;
    const size_t count = pv_alnum_read(text, len, signs, PV_MARK_MAX);
    for (size_t i = 0; i < sizeof(mark_shapes) / sizeof(mark_shapes[0]); i++) {
        const char *const shape = mark_shapes[i];
        size_t fit = 0;
        while (fit < count && shape[fit] && fits_mark(signs[fit], shape[fit]))
            fit++;
        if (count && fit == count && !shape[fit])
            return true;
    }
    return is_irish_mark(signs, count);
}
