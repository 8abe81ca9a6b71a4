/* phone.c: telephone numbers of the United Kingdom. The number is brought to its national part,
 * without the 0 or +44 in front; it has ten digits, save a few
 * shorter ones. A number with neither in front is none: ten digits that begin with 7 are more often
 * an NHS number. Source: Ofcom, The National Telephone Numbering Plan, November 2023. */
#include <string.h>

#include "check/digits.h"
#include "check/validators.h"

/* 00 44 (0) and ten digits. */
#define PV_PHONE_MAX 15
#define PV_NATIONAL 10

/* Begins as a national number does: the first two digits after the 0. */
static bool is_allotted(unsigned first, unsigned second)
{
    switch (first) {
    case 1: /* 0113, 0121, 01253: places */
        return second != 0;
    case 2: /* 020, 023, 024, 028, 029: places */
        return second == 0 || second == 3 || second == 4 || second >= 8;
    case 3: /* 030, 033, 034, 037: charged as a call to a place */
        return second == 0 || second == 3 || second == 4 || second == 7;
    case 5: /* 055, 056: companies, calls over the internet */
        return second == 5 || second == 6;
    case 7: /* 070 personal, 076 pagers, the rest mobiles */
        return true;
    case 8: /* 080 free; 084, 087 services */
        return second == 0 || second == 4 || second == 7;
    case 9: /* 090, 091, 098 premium rate */
        return second == 0 || second == 1 || second == 8;
    default:
        return false;
    }
}

/* Steps over `front` if the digits begin with it. */
static bool skip(const uint8_t **digits, size_t *left, const char *front)
{
    const size_t len = strlen(front);
    if (*left < len)
        return false;
    for (size_t i = 0; i < len; i++)
        if ((*digits)[i] != (uint8_t)(front[i] - '0'))
            return false;
    *digits += len;
    *left -= len;
    return true;
}

/* Some towns (012x0, 016xx; not 011x or 01x1) and 0800 numbers lack a digit; 0800 1111 is
 * Childline, and 0845 4647 was NHS Direct. */
static bool is_length(const uint8_t *national, size_t count)
{
    if (count == PV_NATIONAL)
        return true;
    if (count == 9 && national[0] == 1)
        return national[1] != 1 && national[2] != 1;
    return (count == 9 && skip(&national, &count, "800"))
           || (count == 7
               && (skip(&national, &count, "8001111") || skip(&national, &count, "8454647")));
}

/* Writes the national part; its length, or 0 if this is no telephone number. */
static size_t read_national(const char *text, size_t len, uint8_t national[PV_NATIONAL])
{
    uint8_t digits[PV_PHONE_MAX];
    const uint8_t *at = digits;
    size_t left = pv_digits_read(text, len, digits, PV_PHONE_MAX);
    if (skip(&at, &left, "0044") || skip(&at, &left, "44"))
        (void)skip(&at, &left, "0"); /* +44 (0)1253: wrong, and common */
    else if (!skip(&at, &left, "0"))
        return 0;
    if (left < 3 || left > PV_NATIONAL || !is_allotted(at[0], at[1]) || !is_length(at, left))
        return 0;
    memcpy(national, at, left);
    return left;
}

bool pv_check_uk_phone(const char *text, size_t len, pv_today today)
{
    uint8_t national[PV_NATIONAL];
    (void)today;
    return read_national(text, len, national) > 0;
}

/* Source: Ofcom, Telephone numbers for use in TV and radio drama programmes. A thousand of each. */
bool pv_check_uk_phone_drama(const char *text, size_t len, pv_today today)
{
    static const char ranges[][PV_NATIONAL - 2] = { "1134960", "1144960", "1154960", "1164960",
        "1174960", "1184960", "1214960", "1314960", "1414960", "1514960", "1614960", "1914980",
        "2079460", "2890180", "2920180", "1632960", "7700900", "8081570", "9098790", "3069990" };
    uint8_t national[PV_NATIONAL];
    (void)today;
    size_t left = read_national(text, len, national);
    if (left != PV_NATIONAL)
        return false;
    const uint8_t *at = national;
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
        if (skip(&at, &left, ranges[i]))
            return true;
    return false;
}
