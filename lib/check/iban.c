/* iban.c: international bank account numbers. Source: ISO 13616-1: the first four signs go to the
 * end, letters are 10 to 35, and the number leaves 1 when divided by 97. */
#include <string.h>

#include "check/ascii.h"
#include "check/digits.h"
#include "check/validators.h"

#define PV_IBAN_MIN 15
#define PV_IBAN_MAX 34
#define PV_IBAN_GB 22 /* two letters, two digits, four letters of the bank, fourteen digits */

static bool is_gb_shape(const char *signs, size_t count)
{
    if (count != PV_IBAN_GB)
        return false;
    for (size_t i = 4; i < count; i++)
        if (i < 8 ? !pv_is_letter(signs[i]) : !pv_is_digit(signs[i]))
            return false;
    return true;
}

bool pv_check_iban(const char *text, size_t len, pv_today today)
{
    char signs[PV_IBAN_MAX];
    (void)today;
    const size_t count = pv_alnum_read(text, len, signs, PV_IBAN_MAX);
    if (count < PV_IBAN_MIN || !pv_is_letter(signs[0]) || !pv_is_letter(signs[1])
        || !pv_is_digit(signs[2]) || !pv_is_digit(signs[3]))
        return false;
    if (memcmp(signs, "GB", 2) == 0 && !is_gb_shape(signs, count))
        return false;
    unsigned rest = 0;
    for (size_t i = 0; i < count; i++) {
        const char sign = signs[(i + 4) % count];
        rest = pv_is_digit(sign) ? rest * 10 + (unsigned)(sign - '0')
                                 : rest * 100 + (unsigned)(sign - 'A') + 10;
        rest %= 97;
    }
    return rest == 1;
}
