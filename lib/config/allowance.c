/* allowance.c: what is allowed must be the whole of what was found: a phrase that is merely in it
 * says nothing of the rest. */
#include "config/allowance.h"

#include <string.h>

#include "text/text.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Adds the text with each run of blanks, which may be a soft wrap, as one space. */
static bool add_line(struct pv_buf *out, const char *text, size_t len)
{
    const size_t from = out->len;
    for (size_t i = 0; i < len; i++) {
        const bool blank = is_blank(text[i]);
        if (blank && (out->len == from || out->data[out->len - 1] == ' '))
            continue;
        if (!pv_buf_append_byte(out, blank ? ' ' : text[i]))
            return false;
    }
    if (out->len > from && out->data[out->len - 1] == ' ')
        out->len--;
    return true;
}

bool pv_allowance_fold(const char *text, size_t len, struct pv_buf *out)
{
    struct pv_buf line = { 0 };
    const bool ok = add_line(&line, text, len) && pv_buf_reserve(out, 1)
                    && pv_text_fold(line.len ? line.data : "", line.len, out);
    pv_buf_release(&line);
    return ok;
}

bool pv_words_init(struct pv_words *words, const char *text, size_t len)
{
    *words = (struct pv_words){ 0 };
    return pv_buf_reserve(&words->text, 1) && add_line(&words->text, text, len)
           && pv_allowance_fold(text, len, &words->folded);
}

void pv_words_release(struct pv_words *words)
{
    pv_buf_release(&words->text);
    pv_buf_release(&words->folded);
}

bool pv_allowance_is_for(const struct pv_allowance *allowance, const char *path)
{
    bool any = allowance->path_count == 0;
    for (size_t i = 0; path && !any && i < allowance->path_count; i++)
        any = pv_path_pattern_matches(&allowance->paths[i], path);
    return any;
}

enum pv_allowance_answer pv_allowance_matches(const struct pv_allowance *allowance,
    const struct pv_words *words, pcre2_match_data *data, pcre2_match_context *context)
{
    if (allowance->phrase)
        return strlen(allowance->phrase) == words->folded.len
                       && memcmp(allowance->phrase, words->folded.data, words->folded.len) == 0
                   ? PV_ALLOWANCE_YES
                   : PV_ALLOWANCE_NO;
    pcre2_set_offset_limit(context, PCRE2_UNSET); /* whoever used it last may have set one */
    const int matched = pcre2_match(allowance->code, (PCRE2_SPTR)words->text.data, words->text.len,
        0, PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_NO_UTF_CHECK, data, context);
    if (matched >= 0)
        return PV_ALLOWANCE_YES;
    return matched == PCRE2_ERROR_NOMATCH ? PV_ALLOWANCE_NO : PV_ALLOWANCE_GAVE_UP;
}
