/* fingerprint.c: from the place outwards, word by word, first before it and then behind. A word is
 * what stands between blanks, without the punctuation round it; only whole words count, so that no
 * part of a longer one, an address or a file name say, passes for a common word. */
#include "report/fingerprint.h"

#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "report/fingerprint_words.h"
#include "text/ascii.h"

/* What goes in first, so that another way of making them gives other fingerprints. */
static const char version[] = "postvet-baseline 1\n";

enum { LONGEST_WORD = 16 };

static int compare_words(const void *key, const void *item)
{
    return strcmp(key, *(const char *const *)item);
}

bool pv_fingerprint_takes(const char *word, size_t len)
{
    char key[LONGEST_WORD + 1];
    if (len > LONGEST_WORD)
        return false;
    memcpy(key, word, len);
    key[len] = '\0';
    return bsearch(key, pv_fingerprint_words,
               sizeof(pv_fingerprint_words) / sizeof(*pv_fingerprint_words),
               sizeof(*pv_fingerprint_words), compare_words)
           != NULL;
}

/* ------------------------------------------------------------------- spans */

static int compare_spans(const void *left, const void *right)
{
    const struct pv_span *const a = left, *const b = right;
    return (a->start > b->start) - (a->start < b->start);
}

void pv_spans_join(struct pv_buf *spans)
{
    struct pv_span *const s = PV_BUF_ITEMS(spans, struct pv_span);
    const size_t count = PV_BUF_COUNT(spans, struct pv_span);
    size_t kept = 0;
    if (!count)
        return;
    qsort(s, count, sizeof(*s), compare_spans);
    for (size_t i = 0; i < count; i++) {
        if (kept && s[i].start <= s[kept - 1].end) {
            if (s[i].end > s[kept - 1].end)
                s[kept - 1].end = s[i].end;
        } else {
            s[kept++] = s[i];
        }
    }
    spans->len = kept * sizeof(*s);
}

/* Whether a stretch shares a byte with one of joined spans. */
static bool touches(const struct pv_buf *spans, struct pv_span stretch)
{
    const struct pv_span *const s = PV_BUF_ITEMS(spans, const struct pv_span);
    size_t low = 0, high = PV_BUF_COUNT(spans, struct pv_span);
    while (low < high) { /* the first that ends behind its start */
        const size_t middle = low + (high - low) / 2;
        if (s[middle].end <= stretch.start)
            low = middle + 1;
        else
            high = middle;
    }
    return low < PV_BUF_COUNT(spans, struct pv_span) && s[low].start < stretch.end;
}

/* ------------------------------------------------------------------- words */

/* One side of a finding is looked at as far as this many bytes, so that no draft makes it slow. */
#define REACH_BYTES ((size_t)4096)

struct window {
    const char *bytes;
    struct pv_span block;
    const struct pv_buf *found;
    struct pv_sha256 sha;
};

/* From a byte to the next blank, or the first that is none, on either side of it; up to `edge`. */
static size_t run_end(const struct window *w, size_t at, size_t edge, bool of_blanks)
{
    const bool backwards = edge < at;
    while (at != edge && pv_is_space(w->bytes[backwards ? at - 1 : at]) == of_blanks)
        at = backwards ? at - 1 : at + 1;
    return at;
}

/* The word without its punctuation, in small letters; 0 when it may not go in. */
static size_t take_word(const struct window *w, struct pv_span word, char out[LONGEST_WORD])
{
    while (word.start < word.end && pv_is_punct(w->bytes[word.start]))
        word.start++;
    while (word.end > word.start && pv_is_punct(w->bytes[word.end - 1]))
        word.end--;
    const size_t len = word.end - word.start;
    if (len > LONGEST_WORD || touches(w->found, word))
        return 0;
    for (size_t i = 0; i < len; i++) {
        if (!pv_is_letter(w->bytes[word.start + i]))
            return 0;
        out[i] = pv_fold_ascii(w->bytes[word.start + i]);
    }
    return pv_fingerprint_takes(out, len) ? len : 0;
}

/* Adds the words from a byte to an edge of the block, before it or behind. */
static void add_words(struct window *w, size_t at, size_t block_edge)
{
    const bool backwards = block_edge < at;
    const size_t far = backwards ? at - block_edge : block_edge - at;
    const size_t reach = far < REACH_BYTES ? far : REACH_BYTES;
    const size_t edge = backwards ? at - reach : at + reach;
    size_t taken = 0;
    at = run_end(w, at, edge, false); /* past a word that the finding is a part of */
    for (int looked = 0; looked < PV_FINGERPRINT_REACH && taken < PV_FINGERPRINT_WORDS; looked++) {
        char text[LONGEST_WORD];
        const size_t near = run_end(w, at, edge, true);
        at = run_end(w, near, edge, false);
        if (at == near || (at == edge && edge != block_edge))
            break; /* the end, or a word that may be cut short */
        const size_t len =
            take_word(w, (struct pv_span){ backwards ? at : near, backwards ? near : at }, text);
        if (len) {
            pv_sha256_add(&w->sha, text, len);
            pv_sha256_add(&w->sha, " ", 1);
            taken++;
        }
    }
    pv_sha256_add(&w->sha, "\n", 1);
}

void pv_fingerprint(const struct pv_text *text, struct pv_span place, const struct pv_buf *found,
    const char *rule, char out[PV_FINGERPRINT_LEN + 1])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char hash[PV_SHA256_LEN];
    struct window w = { .found = found };
    pv_sha256_init(&w.sha);
    pv_sha256_add(&w.sha, version, sizeof(version) - 1);
    pv_sha256_add(&w.sha, rule, strlen(rule));
    pv_sha256_add(&w.sha, "\n", 1);
    const size_t block = text ? pv_text_block_at(text, place.start) : 0;
    if (text && block < text->block_count && text->blocks[block].start <= place.start
        && place.end <= text->blocks[block].end) {
        w.bytes = text->plain.bytes;
        w.block = (struct pv_span){ text->blocks[block].start, text->blocks[block].end };
        add_words(&w, place.start, w.block.start);
        add_words(&w, place.end, w.block.end);
    }
    pv_sha256_finish(&w.sha, hash);
    for (size_t i = 0; i < PV_FINGERPRINT_LEN; i++)
        out[i] = digits[i % 2 ? hash[i / 2] & 15 : hash[i / 2] >> 4];
    out[PV_FINGERPRINT_LEN] = '\0';
}
