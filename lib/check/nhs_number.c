/* nhs_number.c: numbers of people who use the NHS. One number space, one Modulus 11 check digit;
 * the first digits tell England, Wales and the Isle of Man (4, 6, 7), Northern Ireland (32 to 39),
 * Scotland (a date of birth, 01 to 31) and tests (9) apart. Source: NHS Data Model and Dictionary,
 * NHS NUMBER, HEALTH AND CARE NUMBER, COMMUNITY HEALTH INDEX NUMBER; ranges as published with the
 * nhs-number project of uk-fci (July 2025). Scotland is said to issue CHI numbers with another
 * check digit since November 2025; no published source of the rule was found, so these are not
 * recognised here. */
#include "check/calendar.h"
#include "check/digits.h"
#include "check/mod11.h"
#include "check/validators.h"

#define PV_NHS_DIGITS 10

static bool all_same(const uint8_t digits[PV_NHS_DIGITS])
{
    for (unsigned i = 1; i < PV_NHS_DIGITS; i++)
        if (digits[i] != digits[0])
            return false;
    return true;
}

/* Reads ten digits of which the last is the check digit. */
static bool nhs_read(const char *text, size_t len, uint8_t digits[PV_NHS_DIGITS])
{
    return pv_digits_read(text, len, digits, PV_NHS_DIGITS) == PV_NHS_DIGITS && !all_same(digits)
           && pv_mod11_holds(digits);
}

static unsigned two(const uint8_t *digits)
{
    return 10u * digits[0] + digits[1];
}

/* DDMMYY in front; the century is not written, so a leap day counts in either. */
static bool starts_with_date(const uint8_t digits[PV_NHS_DIGITS])
{
    const unsigned day = two(digits), month = two(digits + 2), year = two(digits + 4);
    return pv_calendar_has(1900 + year, month, day) || pv_calendar_has(2000 + year, month, day);
}

/* 320 000 001 to 399 999 999, and the check digit. */
static bool in_hc_range(const uint8_t digits[PV_NHS_DIGITS])
{
    if (digits[0] != 3 || digits[1] < 2)
        return false;
    unsigned rest = 0;
    for (unsigned i = 2; i < PV_NHS_DIGITS - 1; i++)
        rest += digits[i];
    return digits[1] > 2 || rest > 0;
}

bool pv_check_nhs_number(const char *text, size_t len, pv_today today)
{
    uint8_t digits[PV_NHS_DIGITS];
    (void)today;
    return nhs_read(text, len, digits);
}

bool pv_check_nhs_number_issued(const char *text, size_t len, pv_today today)
{
    uint8_t digits[PV_NHS_DIGITS];
    (void)today;
    if (!nhs_read(text, len, digits))
        return false;
    if (digits[0] == 4 || digits[0] == 6 || digits[0] == 7)
        return true;
    return in_hc_range(digits) || starts_with_date(digits);
}

bool pv_check_nhs_number_test(const char *text, size_t len, pv_today today)
{
    uint8_t digits[PV_NHS_DIGITS];
    (void)today;
    return nhs_read(text, len, digits) && digits[0] == 9;
}

bool pv_check_chi_number(const char *text, size_t len, pv_today today)
{
    uint8_t digits[PV_NHS_DIGITS];
    (void)today;
    return nhs_read(text, len, digits) && starts_with_date(digits);
}

bool pv_check_hc_number(const char *text, size_t len, pv_today today)
{
    uint8_t digits[PV_NHS_DIGITS];
    (void)today;
    return nhs_read(text, len, digits) && in_hc_range(digits);
}
