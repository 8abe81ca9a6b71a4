/* image.h: the compiled form of a set of rules: one run of 32-bit words that holds offsets and no
 * pointers, so that it can be constant data of the library as well as memory made at run time.
 * Written by compile.c, read by everything else in this room.
 *
 * An offset counts bytes from the start of the image; 0 stands for "none". A string ends with a
 * NUL. A range is an array of one record type. */
#ifndef PV_ENGINE_IMAGE_H
#define PV_ENGINE_IMAGE_H

#include <stdint.h>

#define PV_IMAGE_MAGIC 0x54565350u /* "PSVT" in little-endian order */
#define PV_IMAGE_VERSION 1u
#define PV_NONE UINT32_MAX /* no index */

typedef uint32_t pv_ref;

struct pv_range {
    pv_ref at;
    uint32_t count;
};

/* One predicate on a group (by name; 0: the span). */
enum pv_where_kind { PV_WHERE_CHECK, PV_WHERE_NOT_CHECK, PV_WHERE_IN_LIST, PV_WHERE_NOT_IN_LIST };
struct pv_image_where {
    pv_ref group;
    uint32_t kind;
    uint32_t index; /* of the list; for checks the offset of the name */
};

/* A set of normalised entries: slot_count is a power of two, a slot is a string or 0. */
struct pv_image_list {
    pv_ref name;
    pv_ref slots;
    uint32_t slot_count;
};

/* A pattern and what must stand where it matches; see trigger.h. One without anchors is run over
 * every block where its tests hold. */
struct pv_image_pattern {
    pv_ref text; /* expanded: ready for PCRE2 */
    uint32_t len;
    uint32_t gate_count;   /* words of its anchors */
    struct pv_range bytes; /* bytes of its anchors: of struct pv_image_byte_use */
    uint32_t reach;        /* bytes behind its start that a match looks at; PV_NONE: no bound */
    struct pv_range tests; /* of struct pv_image_gate_test */
    pv_ref distances;      /* of struct pv_image_distance, by test: where it looks */
    uint32_t first_test;   /* for who looks in whole blocks; or PV_TEST_HOLDS */
    struct pv_range dfa;   /* bytes: see dfa.h; none where it would refuse nothing */
    struct pv_range code;  /* bytes: see codes.h; none in an image made at run time */
    uint32_t is_foreign;   /* not of a pack that comes with the library: its steps are counted */
};

/* From the start of a match: bytes, and at most so many stretches of blanks; see need.h. max and
 * gaps may be PV_NONE: no bound. */
struct pv_image_distance {
    uint32_t min, max, gaps;
};

/* A word that opens the gate for some patterns, and for which. Gates are numbered in the order of
 * their texts, the one that may go on before the one that may not: so those that stand wherever one
 * of them stands, the beginnings of its text, have smaller numbers, and all that begin with its
 * text follow it. */
struct pv_image_gate {
    pv_ref text;
    uint32_t len;
    uint32_t whole;       /* the word ends there */
    uint32_t beginning;   /* the longest one that it begins with; PV_NONE: there is none */
    struct pv_range uses; /* of struct pv_image_gate_use */
    struct pv_range sets; /* of uint32_t: the word sets that it is in */
};
/* A gate as a word of the text is held against it; those with one key (see keys.h) stand together.
 */
struct pv_image_keyed_gate {
    uint32_t gate;
    uint32_t more; /* the key of what stands behind the letters of its own key; 0: nothing */
    uint32_t len_and_whole; /* twice the length, and 1 where the word ends there */
};
struct pv_image_gate_use {
    uint32_t pattern;
    struct pv_image_distance at;
    uint32_t first_test; /* or PV_TEST_HOLDS */
};
struct pv_image_byte_use {
    uint32_t set; /* of bytes */
    struct pv_image_distance at;
    uint32_t first_test;
};

/* Whether one of a set of words or bytes stands at some distance, and which test comes next, or
 * PV_TEST_HOLDS or PV_TEST_FAILS. The distance is kept apart: most tests fail before it counts. */
struct pv_image_gate_test {
    uint32_t words, bytes; /* indices of sets, or PV_NONE */
    uint32_t yes, no;
};

/* Gates with numbers from `first` to before `end`. */
struct pv_image_gate_run {
    uint32_t first, end;
};

/* A set of gate words, and of those that begin with one of them that may go on. Of the bits of
 * `sign`, a power of two, that of each gate modulo their number is set: it tells most of those that
 * are not in the set. */
struct pv_image_words {
    struct pv_range sign; /* of uint32_t */
    struct pv_range runs; /* of struct pv_image_gate_run, ascending, none touching another */
};

struct pv_image_bytes {
    uint32_t bits[8];
};

/* What a rule or cue looks for. */
enum pv_matcher_kind { PV_MATCHER_PATTERNS, PV_MATCHER_TERMS, PV_MATCHER_ANY, PV_MATCHER_WEIGHED };
enum pv_view_kind { PV_VIEW_PLAIN, PV_VIEW_FOLDED };
struct pv_image_matcher {
    pv_ref name;  /* "pack/cue" or the rule's id, for messages about limits */
    pv_ref title; /* how reasons name it, or 0 */
    uint32_t kind;
    uint32_t view;
    uint32_t first, count; /* patterns: of the pattern array; any: of the index array `members`;
                              weighed: of the array of that name */
    uint32_t skip, only;   /* bit sets of enum pv_scope; only == 0: everywhere */
    struct pv_range where;
};

/* One term of one matcher. Terms with one key stand together. */
enum pv_term_flags {
    PV_TERM_EXACT_CASE = 1,
    PV_TERM_INFLECT = 2,
    PV_TERM_PREFIX = 4, /* "whistleblow*" */
    PV_TERM_DISGUISED = 8
};
struct pv_image_term {
    pv_ref text;     /* folded */
    pv_ref original; /* as the pack writes it */
    uint32_t len;    /* of the folded text */
    uint32_t lead;   /* bytes before its first letter or digit */
    uint32_t flags;
    uint32_t matcher;
    uint32_t more[2], more_mask[2]; /* what stands behind its key, as two more: see keys.h */
};

/* A term that is also looked for in disguise, with the letter that it begins with, 0 to 25, by
 * which they are sorted, and the byte behind that, or 0; and all its letters, bit 0 to 25. */
struct pv_image_disguised {
    uint32_t term, letter, second, letters;
};

/* A word, two of them ("fire alarm", "fire _ off"), or the beginning of one ("ambul*"), and what it
 * says on each scale that has it. A scale is a list of such weights. A hash table leads to the
 * signs: a slot is 0, or 1 + the number of one in its lower bits and some of its text's hash in the
 * others. */
#define PV_SIGN_NUMBER 0xFFFFFu
struct pv_image_sign {
    pv_ref text;
    struct pv_range weights; /* of struct pv_image_weight */
};
struct pv_image_weight {
    uint32_t scale;
    int32_t weight;
};
/* A matcher of stretches that weigh enough; see weigh.h. */
struct pv_image_weighed {
    uint32_t scale;
    int32_t bound; /* for each root of the number of words: at least so much, or at most where
                      negative */
};

/* A table from a key (see keys.h) to a run of records that are sorted by key. */
struct pv_image_key_slot {
    uint32_t key; /* 0: empty */
    uint32_t first, count;
};
struct pv_image_keys {
    struct pv_range slots; /* count is a power of two */
    pv_ref bitmap;         /* PV_KEY_BITMAP_BITS bits: which keys may be in the table */
};

enum pv_near_unit { PV_NEAR_WORDS, PV_NEAR_SENTENCE, PV_NEAR_PASSAGE, PV_NEAR_DOCUMENT };
enum pv_near_side { PV_SIDE_EITHER, PV_SIDE_BEFORE, PV_SIDE_AFTER };
struct pv_image_near {
    uint32_t matcher; /* or PV_NONE */
    uint32_t rule;    /* or PV_NONE */
    uint32_t unit, words, side;
    uint32_t anywhere; /* it may also overlap the span itself */
};

struct pv_image_adjust {
    struct pv_range near, unless_near, where;
    uint32_t words;                /* the draft has no more; 0: however many */
    uint32_t severity, confidence; /* 0: as it was */
    pv_ref because;
};

struct pv_image_cite {
    pv_ref key, section;
};

struct pv_image_test {
    pv_ref text; /* marks and all */
    uint32_t must_match;
    uint32_t voice, kind, markup;
};

/* A rule puts together no more cues than this: they are counted in a bit set. */
#define PV_TOGETHER_MAX 32u

/* An overlap that this rule gives way to: a rule's or a pack's index. */
struct pv_image_yield {
    uint32_t is_pack;
    uint32_t index;
};

struct pv_image_rule {
    pv_ref id, title, message, advice;
    uint32_t pack;
    uint32_t severity, confidence, suppressible;
    uint32_t matcher;           /* PV_NONE: a rule about what is missing, or about what adds up */
    struct pv_range have, lack; /* of uint32_t matcher indices */
    struct pv_range together;   /* the same: details of which `at_least` must stand in `window` */
    uint32_t at_least;
    struct pv_image_near window;
    uint32_t own_adjust_only; /* the pack's are not for it */
    uint32_t sentences;       /* what adds up is found as far as its sentences reach */
    uint32_t voices, kinds;   /* bit sets */
    struct pv_range profiles; /* of pv_ref names; empty: all */
    struct pv_range near, unless_near, adjust, yields, cites, tests;
};

struct pv_image_pack {
    pv_ref id, title, version, description; /* description: 0 when the pack has none */
    struct pv_range unless_near, adjust;    /* of each of its rules, behind their own */
};

struct pv_image_wording {
    pv_ref key, text;
};
struct pv_image_override {
    uint32_t rule;
    uint32_t severity; /* 0: off */
};
/* A section of the Trust's document that is quoted for a rule, or for the rules of a pack. */
struct pv_image_section {
    pv_ref section;
    uint32_t is_pack;
    uint32_t index;
};
struct pv_image_profile {
    pv_ref id, title, key, document; /* key 0: the general wording */
    struct pv_range wording, overrides, sections;
};

#define PV_KEY_BITMAP_BITS 32768u

struct pv_image {
    uint32_t magic, version, size;
    struct pv_range packs, rules, matchers, members, patterns, lists, profiles;
    struct pv_range code_prefix; /* bytes: what all codes begin with */
    struct pv_range terms, disguised;
    struct pv_range signs, sign_slots, weighed; /* slots: uint32_t, a power of two */
    uint32_t scale_count;
    struct pv_image_keys term_keys;
    struct pv_range gates, keyed_gates, word_sets, byte_sets;
    struct pv_image_keys gate_keys;
};

static inline const void *pv_image_at(const struct pv_image *image, pv_ref at)
{
    return (const char *)image + at;
}

/* A string; NULL for "none". */
static inline const char *pv_image_string(const struct pv_image *image, pv_ref at)
{
    return at ? (const char *)image + at : (const char *)0;
}

/* Record `index` of a range. */
#define PV_IMAGE_ITEM(image, type, range, index)                                                   \
    ((const type *)pv_image_at((image), (range).at) + (index))

#endif
