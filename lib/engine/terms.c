/* terms.c: the pass over the folded view; see terms.h for the idea.
 *
 * How a term is compared, left to right:
 *   a letter or digit     itself, in any case
 *   a space               one to three spaces, line wraps or hyphens
 *   a hyphen              a hyphen, a space, a line wrap, or nothing
 *   an apostrophe         an apostrophe or nothing
 *   anything else         itself
 * and where it ends in a letter or digit, a plural or possessive ending may follow, then a word
 * must end. */
#include "engine/terms.h"

#include <string.h>

#include "base/bits.h"
#include "engine/keys.h"
#include "text/disguise.h"
#include "text/utf8.h"

/* The character at `at`, which starts one; the folded view is valid UTF-8. */
static uint32_t pv_code_point(const char *text, size_t len, size_t at)
{
    const unsigned char *const b = (const unsigned char *)text + at;
    const size_t left = len - at;
    if (b[0] < 0xC0 || left < 2)
        return b[0];
    if (b[0] < 0xE0 || left < 3)
        return (b[0] & 0x1Fu) << 6 | (b[1] & 0x3Fu);
    if (b[0] < 0xF0 || left < 4)
        return (b[0] & 0x0Fu) << 12 | (b[1] & 0x3Fu) << 6 | (b[2] & 0x3Fu);
    return (b[0] & 0x07u) << 18 | (b[1] & 0x3Fu) << 12 | (b[2] & 0x3Fu) << 6 | (b[3] & 0x3Fu);
}

static bool pv_is_ascii_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

bool pv_is_word_at(const char *text, size_t len, size_t at)
{
    if ((unsigned char)text[at] < 0x80)
        return pv_is_ascii_word(text[at]);
    while (at && pv_utf8_continues(text[at]))
        at--;
    const uint32_t c = pv_code_point(text, len, at);
    return !(c < 0xC0 || c == 0xD7 || c == 0xF7 /* Latin-1 signs */
             || (c >= 0x2000 && c < 0x2C00)     /* punctuation, currency, symbols, dingbats */
             || (c >= 0x3000 && c < 0x3005)
             || (c >= 0xFE00 && c < 0xFE70)                    /* CJK marks, variations */
             || c == 0xFFFD || (c >= 0x1F000 && c < 0x20000)); /* emoji */
}

static bool pv_is_gap(char c)
{
    return c == ' ' || c == '\n' || c == '-';
}

/* Where in text[at..] a gap of one to three spaces ends; `at` itself when there is none. */
static size_t pv_skip_gap(const char *text, size_t len, size_t at)
{
    size_t end = at;
    while (end < len && end < at + 3 && pv_is_gap(text[end]))
        end++;
    return end;
}

/* Compares the bytes of `term` with the text from `at` on. Sets *end behind the last one. */
static bool pv_term_compare(
    const char *term, size_t term_len, const char *text, size_t len, size_t at, size_t *end)
{
    for (size_t i = 0; i < term_len; i++) {
        if (term[i] == ' ' || term[i] == '-') {
            const size_t gap = pv_skip_gap(text, len, at);
            if (gap == at && term[i] == ' ')
                return false;
            at = gap;
        } else if (at < len && pv_fold_ascii(text[at]) == term[i]) {
            at++;
        } else if (term[i] != '\'') {
            return false;
        }
    }
    *end = at;
    return true;
}

static bool pv_ends_word(const char *text, size_t len, size_t at)
{
    return at >= len || !pv_is_word_at(text, len, at);
}

/* Whether a word may end at or just behind `at`; moves *at behind the ending. */
static bool pv_term_ending(
    const struct pv_image_term *term, const char *text, size_t len, size_t *at)
{
    if (term->flags & PV_TERM_PREFIX) {
        while (!pv_ends_word(text, len, *at))
            (*at)++;
        return true;
    }
    if (!*at || !pv_is_word_at(text, len, *at - 1) || pv_ends_word(text, len, *at))
        return true;
    if (!(term->flags & PV_TERM_INFLECT))
        return false;
    const size_t end = *at + (pv_fold_ascii(text[*at]) == 'e' ? 2u : 1u);
    if (end > len || pv_fold_ascii(text[end - 1]) != 's' || !pv_ends_word(text, len, end))
        return false;
    *at = end;
    return true;
}

/* Whether the term stands with its first word at `anchor`. A possessive "'s" may follow; the span
 * leaves it out. */
static bool pv_term_at(const struct pv_image *image, const struct pv_image_term *term,
    const char *text, size_t len, size_t anchor, struct pv_span *span)
{
    const char *const want = pv_image_string(image, term->text);
    if (term->lead > anchor || memcmp(text + anchor - term->lead, want, term->lead) != 0)
        return false;
    span->start = anchor - term->lead;
    return pv_term_compare(want + term->lead, term->len - term->lead, text, len, anchor, &span->end)
           && pv_term_ending(term, text, len, &span->end);
}

struct pv_term_pass {
    const struct pv_image *image;
    const struct pv_text *text;
    const struct pv_image_term *terms;
    struct pv_work *work;
    pv_term_fn *found;
    void *user;
};

/* Whether the plain view has the very capitals of the pack. */
static bool pv_same_case(
    const struct pv_term_pass *pass, const struct pv_image_term *term, struct pv_span folded)
{
    const char *const want = pv_image_string(pass->image, term->original);
    const struct pv_span plain = pv_text_plain_span(pass->text, folded);
    const char *const got = pass->text->plain.bytes + plain.start;
    size_t i = 0;
    for (size_t k = 0; k < plain.end - plain.start && want[i]; k++) {
        if (got[k] == want[i])
            i++;
        else if (!pv_is_gap(got[k]) && !pv_is_gap(want[i]))
            return false;
        else if (!pv_is_gap(got[k]) || pv_is_gap(want[i]))
            i++;
    }
    return true;
}

/* A match stays inside one block. */
static bool pv_in_one_block(const struct pv_text *text, struct pv_span folded)
{
    const struct pv_span plain = pv_text_plain_span(text, folded);
    const size_t block = pv_text_block_at(text, plain.start);
    return block < text->block_count && text->blocks[block].start <= plain.start
           && plain.end <= text->blocks[block].end;
}

static bool pv_accept(const struct pv_term_pass *pass, uint32_t index, struct pv_span span)
{
    const struct pv_image_term *const term = &pass->terms[index];
    if ((term->flags & PV_TERM_EXACT_CASE) && !pv_same_case(pass, term, span))
        return true;
    if (!pv_in_one_block(pass->text, span))
        return true;
    return pass->found(pass->user, index, span);
}

/* The text from a word on, as far as keys look: in lower case, each gap one space. */
struct pv_ahead {
    char text[3 * PV_KEY_MAX];
};

static struct pv_ahead pv_look_ahead(const char *text, size_t len, size_t at)
{
    struct pv_ahead ahead = { { 0 } };
    for (size_t i = 0; i < sizeof(ahead.text) && at < len; at++)
        if (!pv_is_gap(text[at]))
            ahead.text[i++] = pv_fold_ascii(text[at]);
        else if (i && ahead.text[i - 1] != ' ')
            ahead.text[i++] = ' ';
    return ahead;
}

static bool pv_goes_on(const struct pv_image_term *term, const uint32_t *more)
{
    return (more[0] & term->more_mask[0]) == term->more[0]
           && (more[1] & term->more_mask[1]) == term->more[1];
}

/* `more` is what stands behind the key, as two more. */
static bool pv_try_key(
    const struct pv_term_pass *pass, uint32_t key, const uint32_t *more, size_t anchor)
{
    uint32_t first = 0, count;
    pv_keys_find(pass->image, &pass->image->term_keys, key, &first, &count);
    for (uint32_t index = first; index < first + count; index++) {
        struct pv_span span;
        if (pv_goes_on(&pass->terms[index], more)
            && pv_term_at(pass->image, &pass->terms[index], pass->text->folded.bytes,
                pass->text->folded.len, anchor, &span)
            && !pv_accept(pass, index, span))
            return false;
    }
    return true;
}

static bool pv_try_word(const struct pv_term_pass *pass, size_t start, size_t end)
{
    const struct pv_ahead ahead =
        pv_look_ahead(pass->text->folded.bytes, pass->text->folded.len, start);
    for (size_t len = 1; len <= PV_KEY_MAX && start + len <= end; len++) {
        const uint32_t more[2] = { pv_key_of_bytes(ahead.text + len),
            pv_key_of_bytes(ahead.text + len + PV_KEY_MAX) };
        const uint32_t key = pv_key_of_bytes(ahead.text) & UINT32_MAX >> 8 * (PV_KEY_MAX - len);
        if (!pv_try_key(pass, key, more, start))
            return false;
    }
    return true;
}

static bool pv_find_plainly(const struct pv_term_pass *pass)
{
    const char *const text = pass->text->folded.bytes;
    const size_t len = pass->text->folded.len;
    for (size_t at = 0; at < len;) {
        if (!pv_is_word_at(text, len, at)) {
            at++;
            continue;
        }
        const size_t start = at;
        while (at < len && pv_is_word_at(text, len, at))
            at++;
        if (!pv_try_word(pass, start, at))
            return false;
    }
    return true;
}

/* What it costs to look at a place where terms may stand in disguise, and to read one there. */
#define PV_WORK_LOOK 64u
#define PV_WORK_READ 64u

/* Where the terms in disguise begin that start with each letter; the last number is the end. */
struct pv_by_letter {
    uint32_t first[27];
};

static struct pv_by_letter pv_by_letter(const struct pv_image *image)
{
    struct pv_by_letter by = { { 0 } };
    for (uint32_t letter = 0, i = 0; letter < 26; letter++) {
        by.first[letter] = i;
        while (i < image->disguised.count
               && PV_IMAGE_ITEM(image, struct pv_image_disguised, image->disguised, i)->letter
                      == letter)
            i++;
        by.first[letter + 1] = i;
    }
    return by;
}

/* A place where terms may stand in disguise. */
struct pv_disguised_place {
    size_t start;
    struct pv_disguise_signs signs; /* of it or of one before: moved when a term asks for them */
};

static bool pv_try_disguised(const struct pv_term_pass *pass, struct pv_disguised_place *place,
    const struct pv_image_disguised *d)
{
    const char *const text = pass->text->folded.bytes;
    const size_t len = pass->text->folded.len;
    const struct pv_image_term *const term = &pass->terms[d->term];
    const char *const word = pv_image_string(pass->image, term->text);
    struct pv_span span = { place->start, place->start };
    if (!pv_disguise_may_go_on(text, len, place->start, (char)('a' + d->letter), (char)d->second))
        return true;
    pv_disguise_move(&place->signs, text, len, place->start);
    return !pv_disguise_may_match(&place->signs, d->letters)
           || !pv_work_spend(pass->work, PV_WORK_READ)
           || !pv_disguise_match(word, term->len, text, len, place->start, &span.end)
           || pv_accept(pass, d->term, span);
}

static bool pv_find_disguised(const struct pv_term_pass *pass)
{
    const char *const text = pass->text->folded.bytes;
    const size_t len = pass->text->folded.len;
    const struct pv_image *const image = pass->image;
    const struct pv_by_letter by = pv_by_letter(image);
    struct pv_disguised_place place = { .start = 0 };
    if (!image->disguised.count)
        return true;
    for (size_t at = 0; pv_disguise_next(text, len, at, &place.start); at = place.start + 1) {
        for (uint32_t letters = pv_disguise_first(text[place.start]); letters;
             letters &= letters - 1) {
            const unsigned letter = pv_lowest_bit(letters);
            for (uint32_t i = by.first[letter]; i < by.first[letter + 1]; i++)
                if (!pv_try_disguised(pass, &place,
                        PV_IMAGE_ITEM(image, struct pv_image_disguised, image->disguised, i)))
                    return false;
        }
        if (!pv_work_spend(pass->work, PV_WORK_LOOK))
            return false;
    }
    return true;
}

bool pv_terms_find(const struct pv_image *image, const struct pv_text *text, struct pv_work *work,
    pv_term_fn *found, void *user)
{
    const struct pv_term_pass pass = {
        .image = image,
        .text = text,
        .terms = pv_image_at(image, image->terms.at),
        .work = work,
        .found = found,
        .user = user,
    };
    return pv_find_plainly(&pass) && pv_find_disguised(&pass);
}
