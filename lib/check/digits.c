/* digits.c: see digits.h. */
#include "check/digits.h"

#include "check/ascii.h"

size_t pv_digits_read(const char *text, size_t len, uint8_t *digits, size_t max)
{
    size_t count = 0;
    for (size_t i = 0; i < len; i++) {
        if (pv_is_letter(text[i]))
            return 0;
        if (!pv_is_digit(text[i]))
            continue;
        if (count == max)
            return 0;
        digits[count++] = (uint8_t)(text[i] - '0');
    }
    return count;
}

size_t pv_alnum_read(const char *text, size_t len, char *out, size_t max)
{
    size_t count = 0;
    for (size_t i = 0; i < len; i++) {
        if (!pv_is_digit(text[i]) && !pv_is_letter(text[i]))
            continue;
        if (count == max)
            return 0;
        out[count++] = pv_upper(text[i]);
    }
    return count;
}
