/* look_alike.c: numbers that look like an identifier of a person and are none. */
#include "check/ascii.h"
#include "check/digits.h"
#include "check/mod11.h"
#include "check/validators.h"

/* More digits than any identifier has. */
#define PV_DIGITS_MAX 64

#define PV_ISBN_LEN 10

/* How many runs of letters and digits there are, and how long the last is. */
static unsigned count_groups(const char *text, size_t len, size_t *last)
{
    unsigned groups = 0;
    bool inside = false;
    *last = 0;
    for (size_t i = 0; i < len; i++) {
        const bool sign = pv_is_digit(text[i]) || pv_is_letter(text[i]);
        if (sign && !inside) {
            groups++;
            *last = 0;
        }
        *last += sign;
        inside = sign;
    }
    return groups;
}

/* The check digit alone would take every NHS number for an ISBN, so the way of writing counts too:
 * the four groups of an ISBN, or one run that ends in X or begins as books in English do. */
bool pv_check_isbn_10(const char *text, size_t len, pv_today today)
{
    char signs[PV_ISBN_LEN];
    uint8_t values[PV_ISBN_LEN];
    (void)today;
    if (pv_alnum_read(text, len, signs, PV_ISBN_LEN) != PV_ISBN_LEN)
        return false;
    const bool ends_in_x = signs[PV_ISBN_LEN - 1] == 'X';
    for (size_t i = 0; i < PV_ISBN_LEN; i++) {
        const bool is_x = ends_in_x && i == PV_ISBN_LEN - 1;
        if (!is_x && !pv_is_digit(signs[i]))
            return false;
        values[i] = is_x ? 10 : (uint8_t)(signs[i] - '0');
    }
    if (!pv_mod11_holds(values))
        return false;
    size_t last;
    const unsigned groups = count_groups(text, len, &last);
    return (groups == 4 && last == 1) || (groups == 1 && (ends_in_x || values[0] <= 1));
}

/* Seconds since 1970 from September 2001 to May 2033, as machines write them: in one run. */
bool pv_check_unix_time(const char *text, size_t len, pv_today today)
{
    uint8_t digits[10];
    size_t last;
    (void)today;
    if (pv_digits_read(text, len, digits, 10) != 10 || count_groups(text, len, &last) != 1)
        return false;
    return digits[0] == 1;
}

bool pv_check_repeated_digits(const char *text, size_t len, pv_today today)
{
    uint8_t digits[PV_DIGITS_MAX];
    (void)today;
    const size_t count = pv_digits_read(text, len, digits, PV_DIGITS_MAX);
    for (size_t i = 1; i < count; i++)
        if (digits[i] != digits[0])
            return false;
    return count >= 2;
}

/* Counts and sums of money: half of the digits or more are zeros at the end. */
bool pv_check_round_number(const char *text, size_t len, pv_today today)
{
    uint8_t digits[PV_DIGITS_MAX];
    (void)today;
    const size_t count = pv_digits_read(text, len, digits, PV_DIGITS_MAX);
    size_t zeros = 0;
    while (zeros < count && digits[count - 1 - zeros] == 0)
        zeros++;
    return count >= 2 && zeros < count && zeros * 2 >= count;
}
