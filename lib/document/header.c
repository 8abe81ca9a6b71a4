/* header.c: fields are few, so each is looked for from the start, and nothing is kept. */
#include "document/header.h"

#include <stdio.h>
#include <string.h>

#include "document/charset.h"
#include "text/ascii.h"

static bool same(const char *bytes, size_t len, const char *word)
{
    for (size_t i = 0; i < len; i++) {
        const char c = pv_is_upper(bytes[i]) ? (char)(bytes[i] | 0x20) : bytes[i];
        if (word[i] == '\0' || c != word[i])
            return false;
    }
    return word[len] == '\0';
}

/* Where the line at `at` ends, behind its LF. */
static size_t line_end(struct pv_bytes bytes, size_t at)
{
    const char *const newline = memchr(bytes.data + at, '\n', bytes.len - at);
    return newline ? (size_t)(newline + 1 - bytes.data) : bytes.len;
}

void pv_header_split(struct pv_bytes entity, struct pv_bytes *header, struct pv_bytes *body)
{
    size_t at = 0, next = 0;
    for (; at < entity.len; at = next) {
        next = line_end(entity, at);
        if (entity.data[at] == '\n' || (entity.data[at] == '\r' && next == at + 2))
            break;
    }
    if (at == entity.len)
        next = at;
    *header = (struct pv_bytes){ entity.data, at };
    *body = (struct pv_bytes){ entity.data + next, entity.len - next };
}

bool pv_header_field(
    struct pv_bytes header, const char *name, size_t number, struct pv_bytes *value)
{
    const size_t name_len = strlen(name);
    size_t end;
    for (size_t at = 0; at < header.len; at = end) {
        end = line_end(header, at);
        while (end < header.len && (header.data[end] == ' ' || header.data[end] == '\t'))
            end = line_end(header, end);
        const char *const colon = memchr(header.data + at, ':', end - at);
        size_t len = colon ? (size_t)(colon - header.data) - at : 0;
        while (len > 0 && pv_is_space(header.data[at + len - 1]))
            len--;
        if (!colon || len != name_len || !same(header.data + at, len, name) || number-- > 0)
            continue;
        *value = (struct pv_bytes){ colon + 1, end - (size_t)(colon + 1 - header.data) };
        return true;
    }
    return false;
}

/* ------------------------------------------------------------ encoded words */

/* "=?charset?Q?text?=" at the start of the bytes: its length, or 0. Its text is added to `out`. */
static size_t encoded_word(struct pv_bytes bytes, struct pv_buf *out, bool *lossy, bool *ok)
{
    char charset[64];
    if (bytes.len < 8 || memcmp(bytes.data, "=?", 2) != 0)
        return 0;
    const char *const end = bytes.data + bytes.len;
    const char *const name = bytes.data + 2;
    const char *const first = memchr(name, '?', (size_t)(end - name));
    if (!first || end - first < 4 || first[2] != '?')
        return 0;
    const char *const text = first + 3;
    const char *close = memchr(text, '?', (size_t)(end - text));
    if (!close || close + 1 == end || close[1] != '=')
        return 0;
    const char encoding = (char)(first[1] | 0x20);
    const char *const star = memchr(name, '*', (size_t)(first - name)); /* a language */
    const size_t name_len = (size_t)((star ? star : first) - name);
    if ((encoding != 'q' && encoding != 'b') || name_len >= sizeof charset)
        return 0;
    memcpy(charset, name, name_len);
    charset[name_len] = '\0';
    struct pv_buf decoded = { 0 };
    *ok = (encoding == 'q' ? pv_quoted_decode(text, (size_t)(close - text), true, &decoded)
                           : pv_base64_decode(text, (size_t)(close - text), &decoded))
          && pv_charset_decode(charset, decoded.data, decoded.len, out, lossy);
    pv_buf_release(&decoded);
    return (size_t)(close + 2 - bytes.data);
}

static bool is_blank(const char *bytes, size_t len)
{
    while (len > 0 && pv_is_space(bytes[len - 1]))
        len--;
    return len == 0;
}

bool pv_header_text(struct pv_bytes value, struct pv_buf *out, bool *lossy)
{
    const char *const s = value.data;
    size_t raw = 0; /* from here on nothing is added yet */
    bool ok = true, is_behind_word = false;
    for (size_t at = 0; ok && at < value.len;) {
        struct pv_buf word = { 0 };
        const size_t len =
            encoded_word((struct pv_bytes){ s + at, value.len - at }, &word, lossy, &ok);
        if (len > 0) {
            /* White space between two encoded words is none. */
            if (!is_behind_word || !is_blank(s + raw, at - raw))
                ok = ok && pv_charset_decode("", s + raw, at - raw, out, lossy);
            ok = ok && pv_buf_append(out, word.data, word.len);
            is_behind_word = true;
            raw = at + len;
        }
        at += len > 0 ? len : 1;
        pv_buf_release(&word);
    }
    return ok && pv_charset_decode("", s + raw, value.len - raw, out, lossy);
}

/* --------------------------------------------------------------- parameters */

void pv_header_word(struct pv_bytes value, char *word, size_t size)
{
    size_t at = 0, len = 0;
    while (at < value.len && pv_is_space(value.data[at]))
        at++;
    for (; at < value.len && len + 1 < size; at++) {
        const char c = value.data[at];
        if (pv_is_space(c) || c == ';' || c == '(')
            break;
        word[len++] = pv_is_upper(c) ? (char)(c | 0x20) : c;
    }
    word[len] = '\0';
}

/* One parameter: its name, and its value without quotation marks. */
struct parameter {
    struct pv_bytes name, value;
    bool is_quoted;
};

/* The parameter behind the semicolon at or after *at; false when there is none. */
static bool next_parameter(struct pv_bytes field, size_t *at, struct parameter *out)
{
    const char *const s = field.data;
    size_t i = *at;
    bool quoted = false;
    while (i < field.len && (quoted || s[i] != ';')) {
        quoted ^= s[i] == '"';
        i++;
    }
    if (i == field.len)
        return false;
    do
        i++;
    while (i < field.len && pv_is_space(s[i]));
    const size_t name = i;
    while (i < field.len && s[i] != '=' && s[i] != ';' && !pv_is_space(s[i]))
        i++;
    out->name = (struct pv_bytes){ s + name, i - name };
    while (i < field.len && pv_is_space(s[i]))
        i++;
    if (i < field.len && s[i] == '=')
        i++;
    while (i < field.len && pv_is_space(s[i]))
        i++;
    out->is_quoted = i < field.len && s[i] == '"';
    i += out->is_quoted;
    const size_t value = i;
    while (i < field.len && (out->is_quoted ? s[i] != '"' : s[i] != ';' && !pv_is_space(s[i])))
        i += s[i] == '\\' && out->is_quoted && i + 1 < field.len ? 2 : 1;
    out->value = (struct pv_bytes){ s + value, i - value };
    *at = i + (out->is_quoted && i < field.len);
    return true;
}

/* Adds a value as it stands, without the backslashes of a quoted one. */
static bool add_plain(const struct parameter *parameter, struct pv_buf *out)
{
    for (size_t i = 0; i < parameter->value.len; i++) {
        char c = parameter->value.data[i];
        if (c == '\\' && parameter->is_quoted && i + 1 < parameter->value.len)
            c = parameter->value.data[++i];
        if (!pv_buf_append_byte(out, c))
            return false;
    }
    return true;
}

/* Adds "utf-8'en'na%C3%AFve" decoded; only the first of several sections names the charset. */
static bool add_extended(const struct parameter *parameter, bool is_first, struct pv_buf *out)
{
    const char *const s = parameter->value.data;
    size_t at = 0;
    for (unsigned quotes = 0; is_first && at < parameter->value.len && quotes < 2; at++)
        quotes += s[at] == '\'';
    for (; at < parameter->value.len; at++) {
        const bool is_byte = s[at] == '%' && at + 2 < parameter->value.len
                             && pv_hex_value(s[at + 1]) >= 0 && pv_hex_value(s[at + 2]) >= 0;
        const char c =
            is_byte ? (char)(unsigned char)(pv_hex_value(s[at + 1]) * 16 + pv_hex_value(s[at + 2]))
                    : s[at];
        if (!pv_buf_append_byte(out, c))
            return false;
        at += is_byte ? 2 : 0;
    }
    return true;
}

bool pv_header_parameter(struct pv_bytes value, const char *name, struct pv_buf *out, bool *found)
{
    char section[48], extended[48];
    struct parameter parameter;
    size_t number = 0;
    *found = false;
    for (size_t at = 0; next_parameter(value, &at, &parameter);) {
        const struct pv_bytes n = parameter.name;
        snprintf(section, sizeof section, "%s*%zu", name, number);
        snprintf(extended, sizeof extended, "%s*%zu*", name, number);
        const bool is_plain = same(n.data, n.len, name) || same(n.data, n.len, section);
        const bool is_whole =
            n.len == strlen(name) + 1 && n.data[n.len - 1] == '*' && same(n.data, n.len - 1, name);
        if (!is_plain && !is_whole && !same(n.data, n.len, extended))
            continue;
        if (!(is_plain ? add_plain(&parameter, out) : add_extended(&parameter, number == 0, out)))
            return false;
        *found = true;
        number++;
    }
    return true;
}
