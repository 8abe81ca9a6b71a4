/* postcode.c: postcodes by position. An inward half is a digit and two letters; what is before it
 * is laid over the six shapes of an outward half, a letter that looks like a digit read as one
 * where the shape wants it, and the other way round. The shape may then be looked up in the list of
 * real ones. Source: Royal Mail, Programmers' guide to the Postcode Address File; ONS Postcode
 * Directory. */
#include <string.h>

#include "check/ascii.h"
#include "check/digits.h"
#include "check/outward_codes.h"
#include "check/validators.h"

#define PV_INWARD 3
#define PV_POSTCODE_MAX (PV_OUTWARD_MAX + PV_INWARD)

/* A, B: first and second letter; 9: digit; C, D: third and fourth sign where that is a letter. */
static const char *const outward_shapes[] = { "A9", "A99", "AB9", "AB99", "A9C", "AB9D" };

/* The sign as a reader takes it where a digit must stand: SY17 SRL is SY17 5RL. */
static char as_digit(char sign)
{
    switch (sign) {
    case 'O':
        return '0';
    case 'I':
    case 'L':
        return '1';
    case 'Z':
        return '2';
    case 'S':
        return '5';
    case 'B':
        return '8';
    default:
        return sign;
    }
}

/* And where a letter must stand: 8T49 0JY is BT49 0JY. */
static char as_letter(char sign)
{
    switch (sign) {
    case '0':
        return 'O';
    case '1':
        return 'I';
    case '2':
        return 'Z';
    case '5':
        return 'S';
    case '8':
        return 'B';
    default:
        return sign;
    }
}

/* The sign in a position that wants this kind, or NUL if it cannot stand there. */
static char fit(char sign, char kind)
{
    if (kind == '9') {
        const char digit = as_digit(sign);
        return pv_is_digit(digit) ? digit : '\0';
    }
    const char letter = as_letter(sign);
    const char *const never = kind == 'A'   ? "QVX"
                              : kind == 'B' ? "IJZ"
                              : kind == 'C' ? "ILMNOQRVXYZ"
                              : kind == 'D' ? "CDFGIJKLOQSTUZ"
                                            : "CIKMOV";
    return pv_is_letter(letter) && !strchr(never, letter) ? letter : '\0';
}

/* Lays `signs` over `shape`; `out` gets what they mean there. */
static bool lay(const char *signs, size_t len, const char *shape, char out[PV_OUTWARD_MAX + 1])
{
    if (strlen(shape) != len)
        return false;
    for (size_t i = 0; i < len; i++) {
        out[i] = fit(signs[i], shape[i]);
        if (!out[i])
            return false;
    }
    out[len] = '\0';
    return true;
}

static bool is_outward(const char *signs, size_t len, bool real)
{
    char code[PV_OUTWARD_MAX + 1];
    for (size_t i = 0; i < sizeof(outward_shapes) / sizeof(outward_shapes[0]); i++)
        if (lay(signs, len, outward_shapes[i], code) && (!real || pv_outward_code_is_real(code)))
            return true;
    return false;
}

static bool is_inward(const char *signs)
{
    return fit(signs[0], '9') && fit(signs[1], 'L') && fit(signs[2], 'L');
}

static bool is_postcode(const char *text, size_t len, bool real)
{
    char signs[PV_POSTCODE_MAX];
    const size_t count = pv_alnum_read(text, len, signs, PV_POSTCODE_MAX);
    if (count < PV_INWARD + 2)
        return false;
    if (count == 6 && memcmp(signs, "GIR0AA", 6) == 0) /* once the Girobank: fits no shape */
        return true;
    const size_t outward = count - PV_INWARD;
    return is_inward(signs + outward) && is_outward(signs, outward, real);
}

bool pv_check_postcode(const char *text, size_t len, pv_today today)
{
    (void)today;
    return is_postcode(text, len, true);
}

bool pv_check_postcode_shape(const char *text, size_t len, pv_today today)
{
    (void)today;
    return is_postcode(text, len, false);
}

bool pv_check_outward_code(const char *text, size_t len, pv_today today)
{
    char signs[PV_OUTWARD_MAX];
    (void)today;
    return is_outward(signs, pv_alnum_read(text, len, signs, PV_OUTWARD_MAX), true);
}
