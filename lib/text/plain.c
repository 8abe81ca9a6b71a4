/* plain.c: paragraphs end at blank lines; a line that starts with a bullet starts a block too. */
#include "text/plain.h"

#include <string.h>

#include "text/ascii.h"
#include "text/lines.h"

/* Bytes that may be markup, or white space that is not canonical, anywhere in a line. */
static bool is_special(char c)
{
    switch (c) {
    case '*':
    case '_':
    case '`':
    case '~':
    case '[':
    case ']':
    case '\\':
    case '<':
    case '|':
    case '\t':
    case '\v':
    case '\f':
    case '\r':
        return true;
    default:
        return pv_is_high(c);
    }
}

/* Bytes that may be markup at the start of a line: quotation, heading, list, rule, indentation. */
static bool is_special_first(char c)
{
    return c == ' ' || c == '#' || c == '>' || c == '-' || c == '+' || c == '=' || c == ':';
}

/* "12." or "12)" at the start of a line. */
static bool is_numbered(const char *s, size_t len)
{
    size_t i = 0;
    while (i < len && pv_is_digit(s[i]))
        i++;
    return i > 0 && i < len && (s[i] == '.' || s[i] == ')');
}

/* Whether the underscore at s[at] is inside a word, where it is no markup. */
static bool joins_word(const char *s, size_t len, size_t at)
{
    return s[at] == '_' && at > 0 && at + 1 < len && pv_is_alnum(s[at - 1])
           && pv_is_alnum(s[at + 1]);
}

/* Whether the ampersand at s[at] may start an entity. */
static bool starts_entity(const char *s, size_t len, size_t at)
{
    size_t i = at + 1;
    if (i < len && s[i] == '#')
        return true;
    while (i < len && i < at + 40 && pv_is_alnum(s[i]))
        i++;
    return i > at + 1 && i < len && s[i] == ';';
}

bool pv_plain_is_prose(const char *source, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        const char c = source[i];
        if (i == 0 || source[i - 1] == '\n') {
            if (is_special_first(c) || is_numbered(source + i, len - i))
                return false;
        }
        if (c == '\n' && i > 0 && source[i - 1] == ' ')
            return false;
        if (c == '=' && i + 1 < len && source[i + 1] == '=')
            return false;
        if (c == '&' ? starts_entity(source, len, i) : is_special(c) && !joins_word(source, len, i))
            return false;
    }
    return true;
}

bool pv_plain_find_blocks(const char *source, size_t len, struct pv_buf *blocks)
{
    uint32_t passage = 0;
    for (size_t i = 0; i < len;) {
        while (i < len && pv_is_space(source[i]))
            i++;
        size_t end = i;
        while (end < len && !(source[end] == '\n' && (end + 1 == len || source[end + 1] == '\n')))
            end++;
        if (i < end) {
            struct pv_block *const block = PV_BUF_PUSH(blocks, struct pv_block);
            if (!block)
                return false;
            while (end > i && source[end - 1] == ' ')
                end--;
            *block = (struct pv_block){ (uint32_t)i, (uint32_t)end, ++passage, false };
        }
        i = end;
    }
    return true;
}

/* Whether the line starts with a bullet and a space. Sets *bullet to its bytes. */
static bool starts_bullet(const char *s, size_t size, size_t *bullet)
{
    static const char *const bullets[] = { "-", "*", "+", "\xE2\x80\xA2", "\xE2\x97\xA6",
        "\xE2\x96\xAA", "\xE2\x97\x8F", "\xE2\x80\xA3", "\xE2\x96\xBA", "\xC2\xB7" };
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++) {
        const size_t len = strlen(bullets[i]);
        if (size > len && memcmp(s, bullets[i], len) == 0 && pv_is_space(s[len])) {
            *bullet = len;
            return true;
        }
    }
    return false;
}

void pv_plain_write(struct pv_build *b, size_t len)
{
    const char *const s = b->in->bytes;
    struct pv_line before = { 0 };
    for (struct pv_line line; before.next < len; before = line) {
        line = pv_line_at(s, len, before.next);
        size_t start = line.start, end = line.end, bullet = 0;
        while (start < end && pv_is_space(s[start]))
            start++;
        while (end > start && pv_is_space(s[end - 1]))
            end--;
        if (start == end || starts_bullet(s + start, end - start, &bullet))
            pv_build_break(b);
        else if (before.next > before.end)
            pv_build_gap(b, before.end, before.next, '\n');
        pv_build_text(b, start + bullet, end);
    }
    pv_build_break(b);
}
