/* nino.c: National Insurance numbers. There is no check digit; the letters say much.
 * Source: HMRC, National Insurance Manual NIM39110. */
#include <string.h>

#include "check/ascii.h"
#include "check/digits.h"
#include "check/validators.h"

#define PV_NINO_LEN 9 /* two letters, six digits, and a letter that may be missing */

static bool is_nino_prefix(char first, char second)
{
    static const char never[][3] = { "BG", "GB", "KN", "NK", "NT", "TN", "ZZ" };
    if (!pv_is_letter(first) || !pv_is_letter(second))
        return false;
    if (strchr("DFIQUV", first) || strchr("DFIOQUV", second))
        return false;
    for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
        if (never[i][0] == first && never[i][1] == second)
            return false;
    return true;
}

bool pv_check_nino(const char *text, size_t len, pv_today today)
{
    char signs[PV_NINO_LEN];
    (void)today;
    const size_t count = pv_alnum_read(text, len, signs, PV_NINO_LEN);
    if (count < PV_NINO_LEN - 1 || !is_nino_prefix(signs[0], signs[1]))
        return false;
    for (size_t i = 2; i < 8; i++)
        if (!pv_is_digit(signs[i]))
            return false;
    return count == PV_NINO_LEN - 1 || (signs[8] >= 'A' && signs[8] <= 'D');
}
