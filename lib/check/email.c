/* email.c: e-mail addresses as people write them: something, an @, and a domain with a dot. Source:
 * RFC 5321, section 4.1.2, without quoted local parts and address literals. */
#include <string.h>

#include "check/ascii.h"
#include "check/validators.h"

static bool is_word(char c)
{
    return pv_is_digit(c) || pv_is_letter(c) || (unsigned char)c >= 0x80;
}

static bool is_local(const char *text, size_t len)
{
    if (len == 0 || len > 64 || text[0] == '.' || text[len - 1] == '.')
        return false;
    for (size_t i = 0; i < len; i++) {
        if (!is_word(text[i]) && (text[i] == '\0' || !strchr(".!#$%&'*+-/=?^_`{|}~", text[i])))
            return false;
        if (i > 0 && text[i] == '.' && text[i - 1] == '.')
            return false;
    }
    return true;
}

/* Labels of letters, digits and inner hyphens; the last is two letters or more. */
static bool is_domain(const char *text, size_t len)
{
    size_t label = 0; /* where the present label begins */
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '.') {
            if (i == label || text[i - 1] == '-')
                return false;
            label = i + 1;
        } else if (!is_word(text[i]) && (text[i] != '-' || i == label)) {
            return false;
        }
    }
    if (label == 0 || len < label + 2 || len > 253)
        return false;
    for (size_t i = label; i < len; i++)
        if (pv_is_digit(text[i]) || text[i] == '-')
            return false;
    return true;
}

bool pv_check_email(const char *text, size_t len, pv_today today)
{
    const char *const at = len ? memchr(text, '@', len) : NULL;
    (void)today;
    if (!at)
        return false;
    const size_t local = (size_t)(at - text);
    return is_local(text, local) && is_domain(at + 1, len - local - 1);
}
