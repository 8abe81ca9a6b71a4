/* text.h: one draft and its views. Knows characters, markup and structure; knows nothing of rules.
 *
 *   source   the author's bytes
 *   plain    what a reader sees, in canonical form; every byte knows the source bytes it came from
 *   folded   plain, case-folded, marks stripped, look-alikes in Latin; maps back to plain
 *
 * Coordinates: rules think in offsets of the plain view. A plain span becomes a source span only
 * when a finding is made.
 *
 * The plain view has two parts, each in the order of the source: the main part, which is what a
 * reader reads from top to bottom, and after it the side part: link targets and titles, alt text,
 * attributes, comments, front matter. A side stretch is a block of its own, so that it never
 * splits the sentence that it stands in.
 *
 * Plain ASCII prose without markup shares the source bytes: nothing is copied and libunistring is
 * not called (`copied` and `unicode_calls` say so to the tests). A soft line wrap may therefore be
 * a space or a newline in the plain view; matchers treat both alike. */
#ifndef PV_TEXT_TEXT_H
#define PV_TEXT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <postvet/postvet.h>

#include "base/buf.h"

/* Half-open; bytes of the view or the source that the context names. */
struct pv_span {
    size_t start, end;
};

/* Where a stretch of the plain view stands in the draft. The innermost wins. */
enum pv_scope {
    PV_SCOPE_PROSE,
    PV_SCOPE_HEADING,
    PV_SCOPE_QUOTATION, /* block quotes, <q>, <blockquote> */
    PV_SCOPE_CODE,      /* code spans and blocks, <code>, <pre>, <script>, <style>; UUIDs, hashes */
    PV_SCOPE_URL,       /* targets of links and images; bare URLs and e-mail addresses' domains */
    PV_SCOPE_LINK_TITLE,
    PV_SCOPE_ALT_TEXT,
    PV_SCOPE_ATTRIBUTE, /* any other HTML attribute */
    PV_SCOPE_COMMENT,
    PV_SCOPE_FRONT_MATTER,
    PV_SCOPE_FILE_NAME, /* last path segment with an extension, in a target or in prose */
    PV_SCOPE_COUNT
};

/* "prose", "link-title" …, as packs write them. */
const char *pv_scope_name(enum pv_scope scope);

/* Whether `name` (NUL-terminated) is a scope; sets *scope. */
bool pv_scope_find(const char *name, enum pv_scope *scope);

/* A run of a view. Its bytes end where the next run starts. Verbatim: byte i of the run is byte i
 * of the origin, and both are equally long. Otherwise the whole run stands for the whole origin
 * (a decoded entity, a folded ligature), and no part of it maps to less. */
struct pv_run {
    uint32_t start;      /* in the view */
    uint32_t origin;     /* in the view or source below */
    uint32_t origin_len; /* bytes; may be 0 only for a separator that no origin byte stands for */
    bool verbatim;
};

struct pv_view {
    const char *bytes; /* UTF-8, valid; not NUL-terminated */
    size_t len;
    const struct pv_run *runs; /* ordered by start; the first starts at 0 unless len is 0 */
    size_t run_count;
};

/* The run that holds byte `at`, which is less than view->len; looks first at `hint`. */
size_t pv_runs_find(const struct pv_view *view, size_t at, size_t hint);

/* A stretch that one match may not leave: a paragraph, heading, list item, table cell, or one
 * side stretch. Blocks are ordered and disjoint; bytes between two blocks belong to neither. */
struct pv_block {
    uint32_t start, end; /* of the plain view */
    uint32_t passage;    /* blocks with the same number are one passage: a table's cells, say */
    bool side;           /* in the side part */
};

/* From `start` to the next mark's start (or the view's end) the scope holds. */
struct pv_scope_mark {
    uint32_t start; /* of the plain view */
    enum pv_scope scope;
};

struct pv_text_work;

struct pv_text {
    const char *source;
    size_t source_len;
    struct pv_view plain;  /* origin: the source */
    struct pv_view folded; /* origin: the plain view; shares its bytes where all is ASCII, so
                              letters A to Z may be left: compare with pv_fold_ascii() */
    const struct pv_block *blocks;
    size_t block_count;
    const struct pv_scope_mark *scopes; /* the first starts at 0 unless the view is empty */
    size_t scope_count;
    bool spells;               /* words in disguise are spelled out: with signs for letters or
                                  their letters apart (leet.h), or of look-alikes (latin.h); the
                                  caller's, and kept from draft to draft */
    bool is_disguised;         /* there are such words */
    size_t nesting_max;        /* in markup: POSTVET_NESTING_MAX, or less, or 0 for that; the
                                  caller's, and kept from draft to draft */
    bool too_deep;             /* some of it is deeper, and was read as words */
    bool invalid;              /* some bytes were not UTF-8 and became U+FFFD */
    size_t invalid_at;         /* source byte of the first of them */
    size_t copied;             /* bytes of views that were written, not shared */
    size_t unicode_calls;      /* calls of libunistring */
    struct pv_text_work *work; /* what the views own; kept from draft to draft */
};

/* {0} is an empty text. */
void pv_text_release(struct pv_text *text);

/* Reads a draft into `text`, whose former content goes. `source` is borrowed until the next read
 * or release. `file_name` may be NULL and serves PV_MARKUP_AUTO alone. Work is linear in `len`,
 * without recursion, for every input. False when out of memory; the text is then empty. */
bool pv_text_read(struct pv_text *text, const char *source, size_t len, postvet_markup markup,
    const char *file_name);

/* The smallest source span that holds a span of the plain view; never cuts a UTF-8 sequence, an
 * entity or a tag, nor leaves one mark of a pair behind that holds the other (pairs.h). */
struct pv_span pv_text_source_span(const struct pv_text *text, struct pv_span plain);

/* The smallest plain span that holds a span of the folded view. */
struct pv_span pv_text_plain_span(const struct pv_text *text, struct pv_span folded);

/* The scope of a plain byte. */
enum pv_scope pv_text_scope_at(const struct pv_text *text, size_t plain);

/* The folded offset where the byte at a plain offset lies. */
size_t pv_text_folded_at(const struct pv_text *text, size_t plain);

/* Index of the block that holds a plain byte, or of the next one after it; block_count past the
 * last. */
size_t pv_text_block_at(const struct pv_text *text, size_t plain);

/* The sentence, and the passage, round a plain span, as a plain span. A sentence stays inside its
 * block. A passage spans from its first to its last block. "Mrs.", "e.g.", "No. 7", initials and
 * decimal points end no sentence. */
struct pv_span pv_text_sentence(const struct pv_text *text, struct pv_span plain);
struct pv_span pv_text_passage(const struct pv_text *text, struct pv_span plain);

/* The span that reaches up to `words` words before and after a plain span, inside its passage. */
struct pv_span pv_text_words_around(
    const struct pv_text *text, struct pv_span plain, unsigned before, unsigned after);

/* How many words start between two plain offsets. */
size_t pv_text_words_between(const struct pv_text *text, size_t from, size_t to);

/* a to z for A to Z; every other byte as it is. */
static inline char pv_fold_ascii(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* Folds a short string of its own (a term of a pack, an entry of a list) just as the folded view
 * is folded, ASCII included. False when out of memory. */
bool pv_text_fold(const char *text, size_t len, struct pv_buf *out);

#endif
