/* luhn.c: payment card numbers. Source: ISO/IEC 7812-1, annex B (Luhn's formula); prefixes as the
 * card schemes publish them. */
#include "check/digits.h"
#include "check/validators.h"

#define PV_CARD_MIN 13
#define PV_CARD_MAX 19

static bool luhn_holds(const uint8_t *digits, size_t count)
{
    unsigned sum = 0;
    for (size_t i = 0; i < count; i++) {
        const bool doubled = (count - i) % 2 == 0; /* every second from the right */
        const unsigned value = doubled ? digits[i] * 2u : digits[i];
        sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 == 0;
}

static bool is_card_prefix(const uint8_t *digits, size_t count)
{
    const unsigned four =
        digits[0] * 1000u + digits[1] * 100u + digits[2] * 10u + (unsigned)digits[3];
    if (four / 1000 == 4) /* Visa */
        return count == 13 || count == 16 || count == 19;
    if (four / 100 == 34 || four / 100 == 37) /* American Express */
        return count == 15;
    if (four >= 2221 && four <= 2720) /* Mastercard */
        return count == 16;
    return four / 1000 == 5 || (four >= 6000 && four < 7000); /* and Maestro, Discover */
}

bool pv_check_luhn(const char *text, size_t len, pv_today today)
{
    uint8_t digits[PV_CARD_MAX];
    (void)today;
    const size_t count = pv_digits_read(text, len, digits, PV_CARD_MAX);
    return count >= PV_CARD_MIN && is_card_prefix(digits, count) && luhn_holds(digits, count);
}
