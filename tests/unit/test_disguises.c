/* Disguises: each way to write an item so that a reader still reads it, applied to each kind of
 * item, in a sentence, under the default rules. The item must be found, by a rule of its category,
 * at just the bytes where the test put it. Where a way makes no sense for a kind, the table says
 * why; then nothing is asserted of it. After them the look-alikes that must stay silent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <postvet/postvet.h>

#include "base/buf.h"
#include "text/utf8.h"

enum kind { NHS, BIRTH, POSTCODE, SLUR, HOSPITAL, KIND_COUNT };

/* The marks in an item: between its parts. The slur has none and is parted at every letter. */
static const struct item {
    const char *category, *before, *item, *after;
    const char *file_stem; /* before it in the name of a file */
} items[KIND_COUNT] = {
    [NHS] = { "nhs-number", "My NHS number is ", "943 476 5919", ", they said.", "nhs_number_" },
    [BIRTH] = { "date-of-birth", "Her date of birth is ", "10/11/1951", ", they said.", "dob_" },
    [POSTCODE] = { "postcode", "The patient lives at 14 Larkmeadow Close, ", "FY4 1ZP",
        ", they said.", "patient_address_" },
    [SLUR] = { "slur", "He called the porter a ", "gyppo", ", they said.", "that_" },
    [HOSPITAL] = { "patient-identifier", "Her hospital number is ", "RXL 410190", ", they said.",
        "hospital_number_" },
};

/* A draft that is being written, and where its item stands. */
struct draft {
    struct pv_buf text;
    size_t start, end;
};

static void put(struct draft *d, const char *s)
{
    assert_true(pv_buf_append_str(&d->text, s));
}

static void put_byte(struct draft *d, char c)
{
    assert_true(pv_buf_append_byte(&d->text, c));
}

static void put_code(struct draft *d, uint32_t c)
{
    char bytes[PV_UTF8_MAX];
    assert_true(pv_buf_append(&d->text, bytes, pv_utf8_encode(c, bytes)));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_mark(char c)
{
    return !is_digit(c) && !is_letter(c);
}

/* The item alone, in disguise. `how` is the disguise's own datum. */
typedef void write_fn(struct draft *d, enum kind kind, const char *item, const char *how);

static void as_it_is(struct draft *d, enum kind kind, const char *item, const char *how)
{
    (void)kind;
    (void)how;
    put(d, item);
}

/* `how` between every two characters. */
static void insert(struct draft *d, enum kind kind, const char *item, const char *how)
{
    (void)kind;
    for (size_t i = 0; item[i]; i++) {
        if (i > 0)
            put(d, how);
        put_byte(d, item[i]);
    }
}

/* `how` after each letter and digit but the last. */
static void adorn(struct draft *d, enum kind kind, const char *item, const char *how)
{
    (void)kind;
    for (; *item; item++) {
        put_byte(d, *item);
        if (!is_mark(*item) && item[1])
            put(d, how);
    }
}

/* `how` for each mark of the item; between all letters where it has none. */
static void part(struct draft *d, enum kind kind, const char *item, const char *how)
{
    if (kind == SLUR) {
        insert(d, kind, item, how);
        return;
    }
    for (; *item; item++) {
        if (is_mark(*item))
            put(d, how);
        else
            put_byte(d, *item);
    }
}

static void in_file_name(struct draft *d, enum kind kind, const char *item, const char *how)
{
    if (kind == SLUR)
        put(d, item);
    else
        part(d, kind, item, how);
}

/* A space between all letters and digits. */
static void space_out(struct draft *d, enum kind kind, const char *item, const char *how)
{
    (void)kind;
    for (size_t i = 0; item[i]; i++) {
        if (item[i] == ' ')
            continue;
        if (i > 0)
            put(d, how);
        put_byte(d, item[i]);
    }
}

/* `how` is the zero of a row of ten digits. */
static void map_digits(struct draft *d, enum kind kind, const char *item, const char *how)
{
    (void)kind;
    const uint32_t zero = (uint32_t)strtoul(how, NULL, 16);
    for (; *item; item++)
        put_code(d, is_digit(*item) ? zero + (uint32_t)(*item - '0') : (unsigned char)*item);
}

/* `how` is the A of a row of 26 capitals and 26 small letters, or of two rows "A a". */
static void map_letters(struct draft *d, enum kind kind, const char *item, const char *how)
{
    (void)kind;
    char *end = NULL;
    const uint32_t capital = (uint32_t)strtoul(how, &end, 16);
    const uint32_t small = *end ? (uint32_t)strtoul(end, NULL, 16) : capital + 26;
    for (; *item; item++) {
        if (is_letter(*item))
            put_code(d,
                *item >= 'a' ? small + (uint32_t)(*item - 'a') : capital + (uint32_t)(*item - 'A'));
        else
            put_byte(d, *item);
    }
}

static void full_width(struct draft *d, enum kind kind, const char *item, const char *how)
{
    (void)kind;
    (void)how;
    for (; *item; item++)
        put_code(d, *item == ' ' ? 0x3000 : 0xFF01 + (uint32_t)(*item - '!'));
}

static void circled(struct draft *d, enum kind kind, const char *item, const char *how)
{
    (void)kind;
    (void)how;
    for (; *item; item++) {
        if (is_digit(*item))
            put_code(d, *item == '0' ? 0x24EA : 0x2460 + (uint32_t)(*item - '1'));
        else if (is_letter(*item))
            put_code(d,
                *item >= 'a' ? 0x24D0 + (uint32_t)(*item - 'a') : 0x24B6 + (uint32_t)(*item - 'A'));
        else
            put_byte(d, *item);
    }
}

static void superscript(struct draft *d, enum kind kind, const char *item, const char *how)
{
    static const uint32_t digits[] = { 0x2070, 0xB9, 0xB2, 0xB3, 0x2074, 0x2075, 0x2076, 0x2077,
        0x2078, 0x2079 };
    (void)kind;
    (void)how;
    for (; *item; item++)
        put_code(d, is_digit(*item) ? digits[*item - '0'] : (unsigned char)*item);
}

static void keycaps(struct draft *d, enum kind kind, const char *item, const char *how)
{
    (void)kind;
    (void)how;
    for (; *item; item++) {
        put_byte(d, *item);
        if (is_digit(*item))
            put(d, "\uFE0F\u20E3");
    }
}

/* The digits of five scripts by turns. */
static void mixed_digits(struct draft *d, enum kind kind, const char *item, const char *how)
{
    static const uint32_t zeros[] = { '0', 0xFF10, 0x660, 0x966, 0x1D7CE };
    (void)kind;
    (void)how;
    for (size_t i = 0; item[i]; i++)
        put_code(d,
            is_digit(item[i]) ? zeros[i % 5] + (uint32_t)(item[i] - '0') : (unsigned char)item[i]);
}

/* Letters after the pairs in `how`: "Aa" with the look-alike's code points as UTF-8. */
struct look_alike {
    char letter;
    uint32_t code;
};

static void put_look_alikes(
    struct draft *d, const char *item, const struct look_alike *pairs, size_t count)
{
    for (; *item; item++) {
        uint32_t code = (unsigned char)*item;
        for (size_t i = 0; i < count; i++)
            if (pairs[i].letter == *item)
                code = pairs[i].code;
        put_code(d, code);
    }
}

static void cyrillic(struct draft *d, enum kind kind, const char *item, const char *how)
{
    static const struct look_alike pairs[] = { { 'o', 0x43E }, { 'p', 0x440 }, { 'y', 0x443 },
        { 'P', 0x420 }, { 'X', 0x425 }, { 'Y', 0x423 } };
    (void)kind;
    (void)how;
    put_look_alikes(d, item, pairs, sizeof pairs / sizeof *pairs);
}

static void greek(struct draft *d, enum kind kind, const char *item, const char *how)
{
    static const struct look_alike pairs[] = { { 'o', 0x3BF }, { 'p', 0x3C1 }, { 'y', 0x3B3 },
        { 'P', 0x3A1 }, { 'X', 0x3A7 }, { 'Y', 0x3A5 }, { 'Z', 0x396 } };
    (void)kind;
    (void)how;
    put_look_alikes(d, item, pairs, sizeof pairs / sizeof *pairs);
}

/* `how` is "letter for digit" pairs. */
static void letters_for_digits(struct draft *d, enum kind kind, const char *item, const char *how)
{
    (void)kind;
    for (; *item; item++) {
        const char *const pair = is_digit(*item) ? strchr(how, *item) : NULL;
        put_byte(d, pair ? pair[1] : *item);
    }
}

static void digit_words(struct draft *d, enum kind kind, const char *item, const char *how)
{
    static const char *const words[] = { "zero", "one", "two", "three", "four", "five", "six",
        "seven", "eight", "nine" };
    (void)kind;
    (void)how;
    for (size_t i = 0; item[i]; i++) {
        if (i > 0)
            put(d, is_mark(item[i]) ? "," : " ");
        if (is_digit(item[i]))
            put(d, words[item[i] - '0']);
        if (is_mark(item[i]) && item[i + 1]) {
            put(d, " ");
            put(d, words[item[++i] - '0']);
        }
    }
}

/* Numeric references; `how` is "x" for hexadecimal ones. */
static void references(struct draft *d, enum kind kind, const char *item, const char *how)
{
    (void)kind;
    for (; *item; item++) {
        char text[16];
        const unsigned c = (unsigned char)*item;
        snprintf(text, sizeof text, *how ? "&#x%X;" : "&#%u;", c);
        put(d, text);
    }
}

/* The first part, or half, of the item between the two halves of `how`, which are parted by "|". */
static void mark_up_first(struct draft *d, enum kind kind, const char *item, const char *how)
{
    const size_t middle = kind == SLUR ? 3 : strcspn(item, " /"), open = strcspn(how, "|");
    assert_true(pv_buf_append(&d->text, how, open));
    assert_true(pv_buf_append(&d->text, item, middle));
    put(d, how + open + 1);
    put(d, item + middle);
}

/* The last part likewise. */
static void mark_up_last(struct draft *d, enum kind kind, const char *item, const char *how)
{
    size_t middle = strlen(item), open = strcspn(how, "|");
    while (kind != SLUR && !is_mark(item[middle - 1]))
        middle--;
    middle = kind == SLUR ? 3 : middle;
    assert_true(pv_buf_append(&d->text, item, middle));
    assert_true(pv_buf_append(&d->text, how, open));
    put(d, item + middle);
    put(d, how + open + 1);
}

/* Each character on its own likewise. */
static void mark_up_each(struct draft *d, enum kind kind, const char *item, const char *how)
{
    (void)kind;
    const size_t open = strcspn(how, "|");
    for (; *item; item++) {
        assert_true(pv_buf_append(&d->text, how, open));
        put_byte(d, *item);
        put(d, how + open + 1);
    }
}

static void in_small_letters(struct draft *d, enum kind kind, const char *item, const char *how)
{
    (void)kind;
    (void)how;
    for (; *item; item++)
        put_byte(d, *item >= 'A' && *item <= 'Z' ? (char)(*item | 0x20) : *item);
}

static void in_capitals(struct draft *d, enum kind kind, const char *item, const char *how)
{
    (void)kind;
    (void)how;
    for (; *item; item++)
        put_byte(d, *item >= 'a' && *item <= 'z' ? (char)(*item & ~0x20) : *item);
}

/* Another spelling altogether. */
static void spelled(struct draft *d, enum kind kind, const char *item, const char *how)
{
    (void)kind;
    (void)item;
    put(d, how);
}

/* Reasons why a disguise is none for a kind. */
#define NO_DIGIT "there is no digit in it"
#define NO_LETTER "there is no letter in it"
#define NO_MARK "nothing parts it"
#define MASKS_A_LETTER "an asterisk between two letters masks one, see inline.c"
#define ONE_NUMBER "the words are those of one NHS number"
#define FOR_WORDS "only words are read so; a number would be another number"
#define BY_DATE "a date is read with marks between its parts, since 10 11 19 may be anything"

/* What stands before the sentence, and after it; NULL for the sentence in a post. "@" in `after`
 * leaves the sentence out and puts the item in the name of a file. */
struct disguise {
    const char *name;
    write_fn *write;
    const char *how;
    const char *before, *after;
    const char *not_for[KIND_COUNT]; /* why not; NULL where it is asserted */
};

/* clang-format off */
static const struct disguise disguises[] = {
    { "as it is", as_it_is, "", "", "", { 0 } },

    /* spaces, dashes, dots */
    { "no-break space", part, "\u00A0", "", "", { 0 } },
    { "thin space", part, "\u2009", "", "", { 0 } },
    { "two spaces", part, "  ", "", "", { [SLUR] = NULL } },
    { "en dash", part, "\u2013", "", "", { 0 } },
    { "em dash", part, "\u2014", "", "", { 0 } },
    { "figure dash", part, "\u2012", "", "", { 0 } },
    { "minus sign", part, "\u2212", "", "", { 0 } },
    { "dots", part, ".", "", "", { 0 } },
    { "middle dots", part, "\u00B7", "", "", { 0 } },
    { "underscores", part, "_", "", "", { 0 } },
    { "single spaces", space_out, " ", "", "", { [BIRTH] = NULL } },
    { "line wrap", part, "\n", "", "", { 0 } },
    { "line wrap, CRLF", part, "\r\n", "", "", { 0 } },
    { "hard break", part, "<br>", "", "", { 0 } },

    /* what is not seen */
    { "zero-width space", insert, "\u200B", "", "", { 0 } },
    { "zero-width joiner", insert, "\u200D", "", "", { 0 } },
    { "soft hyphen", insert, "\u00AD", "", "", { 0 } },
    { "word joiner", insert, "\u2060", "", "", { 0 } },
    /* NOLINTNEXTLINE(misc-misleading-bidirectional): what the test is about */
    { "bidi marks", insert, "\xE2\x80\x8E\xE2\x81\xA6", "", "", { 0 } },
    { "variation selectors", insert, "\uFE0E", "", "", { 0 } },
    { "combining marks", adorn, "\u0301", "", "", { 0 } },
    { "struck through", adorn, "\u0336", "", "", { 0 } },

    /* other digits and letters */
    { "full width", full_width, "", "", "", { 0 } },
    { "Arabic-Indic digits", map_digits, "660", "", "", { [SLUR] = NO_DIGIT } },
    { "Devanagari digits", map_digits, "966", "", "", { [SLUR] = NO_DIGIT } },
    { "mathematical digits", map_digits, "1D7D8", "", "", { [SLUR] = NO_DIGIT } },
    { "mathematical letters", map_letters, "1D5D4", "", "", { [NHS] = NO_LETTER, [BIRTH] = NO_LETTER } },
    { "squared letters", map_letters, "1F130 1F130", "", "", { [NHS] = NO_LETTER, [BIRTH] = NO_LETTER } },
    { "circled", circled, "", "", "", { 0 } },
    { "superscript", superscript, "", "", "", { [SLUR] = NO_DIGIT } },
    { "keycaps", keycaps, "", "", "", { [SLUR] = NO_DIGIT } },
    { "digits of five scripts", mixed_digits, "", "", "", { [SLUR] = NO_DIGIT } },
    { "Cyrillic letters", cyrillic, "", "", "", { [NHS] = NO_LETTER, [BIRTH] = NO_LETTER } },
    { "Greek letters", greek, "", "", "", { [NHS] = NO_LETTER, [BIRTH] = NO_LETTER } },
    { "O for 0", letters_for_digits, "0O", "", "", { [NHS] = "there is no 0 in it", [POSTCODE] = "there is no 0 in it", [SLUR] = NO_DIGIT } },
    { "l for 1", letters_for_digits, "1l", "", "", { [SLUR] = NO_DIGIT } },
    { "I for 1", letters_for_digits, "1I", "", "", { [POSTCODE] = "ward B6 ITU is no postcode", [SLUR] = NO_DIGIT } },
    { "digits in words", digit_words, "", "", "", { [BIRTH] = "nobody says one nought slash", [POSTCODE] = "its letters are not said in words", [SLUR] = NO_DIGIT, [HOSPITAL] = "its letters are not said in words" } },
    { "words for two digits", spelled, "ninety-four, thirty-four, seventy-six, fifty-nine, nineteen", "", "", { [BIRTH] = ONE_NUMBER, [POSTCODE] = ONE_NUMBER, [SLUR] = NO_DIGIT, [HOSPITAL] = ONE_NUMBER } },
    { "words and figures", spelled, "943 four 76, pause, fifty-nine 1 nine", "", "", { [BIRTH] = ONE_NUMBER, [POSTCODE] = ONE_NUMBER, [SLUR] = NO_DIGIT, [HOSPITAL] = ONE_NUMBER } },
    { "small letters", in_small_letters, "", "", "", { [NHS] = NO_LETTER, [BIRTH] = NO_LETTER } },
    { "capitals", in_capitals, "", "", "", { 0 } },

    /* words alone */
    { "leet", spelled, "gypp0", "", "", { FOR_WORDS, FOR_WORDS, FOR_WORDS, NULL, FOR_WORDS } },
    { "masked", spelled, "g*ppo", "", "", { FOR_WORDS, FOR_WORDS, FOR_WORDS, NULL, FOR_WORDS } },
    { "repeated letters", spelled, "gyyyppppo", "", "", { FOR_WORDS, FOR_WORDS, FOR_WORDS, NULL, FOR_WORDS } },
    { "separated letters", spelled, "g.y.p.p.o", "", "", { FOR_WORDS, FOR_WORDS, FOR_WORDS, NULL, FOR_WORDS } },

    /* Markdown */
    { "bold", as_it_is, "", "**", "**", { 0 } },
    { "bold at first", mark_up_first, "**|**", "", "", { [SLUR] = MASKS_A_LETTER } },
    { "italic at last", mark_up_last, "*|*", "", "", { [SLUR] = MASKS_A_LETTER } },
    { "code", as_it_is, "", "`", "`", { 0 } },
    { "code at first", mark_up_first, "`|`", "", "", { 0 } },
    { "struck out at last", mark_up_last, "~~|~~", "", "", { 0 } },
    { "escapes", part, "\\-", "", "", { 0 } },
    { "link text", as_it_is, "", "[", "](https://example.org/)", { 0 } },
    { "list item", as_it_is, "", "- First.\n- ", "\n- Last.", { 0 } },
    { "task", as_it_is, "", "- [x] ", "\n- [ ] Tea.", { 0 } },
    { "quotation", as_it_is, "", "> ", "\n\nSo there.", { 0 } },
    { "heading", as_it_is, "", "## ", " ##\n\nSo there.", { 0 } },
    { "table cell", as_it_is, "", "| What | When |\n|---|---|\n| ", " | Monday |\n", { 0 } },
    { "footnote", as_it_is, "", "See below.[^1]\n\n[^1]: ", "\n", { 0 } },
    { "alt text", as_it_is, "", "![", "](a.jpg)", { 0 } },
    { "link title", as_it_is, "", "[here](https://example.org/ \"", "\")", { 0 } },
    { "front matter", as_it_is, "", "---\nsummary: ", "\n---\n\nText.\n", { 0 } },
    { "code block", as_it_is, "", "```\n", "\n```\n", { 0 } },
    { "file name", in_file_name, "_", "See notes/", "@", { 0 } },

    /* HTML */
    { "bold tag at first", mark_up_first, "<b>|</b>", "", "", { 0 } },
    { "a tag round each letter", mark_up_each, "<i>|</i>", "", "", { 0 } },
    { "a span at last", mark_up_last, "<span class=\"x\">|</span>", "", "", { 0 } },
    { "decimal references", references, "", "", "", { 0 } },
    { "hexadecimal references", references, "x", "", "", { 0 } },
    { "&nbsp;", part, "&nbsp;", "", "", { 0 } },
    { "&ndash;", part, "&ndash;", "", "", { 0 } },
    { "&shy;", insert, "&shy;", "", "", { 0 } },
    { "<wbr>", insert, "<wbr>", "", "", { 0 } },
    { "comments inside", insert, "<!-- x -->", "", "", { 0 } },
    { "comment", as_it_is, "", "<!-- ", " -->", { 0 } },
    { "attribute", as_it_is, "", "<p data-note=\"", "\">Hello</p>", { 0 } },
    { "cell of an HTML table", as_it_is, "", "<table><tr><td>", "</td><td>7</td></tr></table>", { 0 } },

    /* what stands before it */
    { "after emoji", as_it_is, "", "\U0001F600\U0001F3F4\u200D\u2620\uFE0F ", "", { 0 } },
    { "after text from right to left", as_it_is, "", "\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627 ", "", { 0 } },
    { "after combining characters", as_it_is, "", "Cafe\u0301 a\u0328\u0301. ", "", { 0 } },
    { "after a byte order mark", as_it_is, "", "\uFEFF", "", { 0 } },
    { "after a tab and carriage returns", as_it_is, "", "Hello\tall,\rhello.\r\r", "", { 0 } },
};
/* clang-format on */

/* The item in its sentence, with the marks of a disguise round the item or the sentence. */
static void write_draft(struct draft *d, const struct disguise *disguise, enum kind kind)
{
    const struct item *const item = &items[kind];
    const bool file = strcmp(disguise->after, "@") == 0;
    const bool tight = *disguise->after && (strchr("*`", *disguise->before) != NULL);
    pv_buf_clear(&d->text);
    if (!tight)
        put(d, disguise->before);
    put(d, file ? item->file_stem : item->before);
    if (tight)
        put(d, disguise->before);
    d->start = d->text.len;
    disguise->write(d, kind, item->item, disguise->how);
    d->end = d->text.len;
    put(d, file ? "_v2.docx today." : tight ? disguise->after : item->after);
    put(d, file ? "" : tight ? item->after : disguise->after);
}

struct rules {
    postvet_ruleset *ruleset;
    postvet_scanner *scanner;
};

static postvet_result *scan(const struct rules *rules, const char *text, size_t len)
{
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    postvet_result *result = NULL;
    options.markup = POSTVET_MARKUP_MARKDOWN;
    options.today = 20250601;
    options.show_matches = true;
    assert_int_equal(postvet_scan(rules->scanner, text, len, &options, &result, NULL), POSTVET_OK);
    return result;
}

static void print_draft(const struct draft *d, const postvet_result *result)
{
    print_error("  %.*s\n", (int)d->text.len, d->text.data);
    for (size_t i = 0; i < postvet_result_count(result); i++) {
        const postvet_finding *const f = postvet_result_at(result, i);
        print_error("  %s at %zu..%zu \"%s\"\n", f->rule, f->start.byte, f->end.byte, f->excerpt);
    }
}

/* Whether a warning or error of the category stands at just the item. */
static bool is_found(const struct draft *d, const postvet_result *result, const char *category)
{
    for (size_t i = 0; i < postvet_result_count(result); i++) {
        const postvet_finding *const f = postvet_result_at(result, i);
        if (strcmp(f->category, category) == 0 && f->severity >= POSTVET_WARNING
            && f->start.byte == d->start && f->end.byte == d->end)
            return true;
    }
    return false;
}

static void disguises_are_seen_through(void **state)
{
    struct draft draft = { 0 };
    size_t missed = 0;
    for (size_t i = 0; i < sizeof disguises / sizeof *disguises; i++) {
        for (enum kind kind = 0; kind < KIND_COUNT; kind++) {
            if (disguises[i].not_for[kind])
                continue;
            write_draft(&draft, &disguises[i], kind);
            postvet_result *const result = scan(*state, draft.text.data, draft.text.len);
            if (!is_found(&draft, result, items[kind].category)) {
                missed++;
                print_error("%s, %s: not found at %zu..%zu in\n", disguises[i].name,
                    items[kind].category, draft.start, draft.end);
                print_draft(&draft, result);
            }
            postvet_result_free(result);
        }
    }
    pv_buf_release(&draft.text);
    assert_int_equal(missed, 0);
}

static const char *const look_alikes[] = {
    "Scunthorpe and Penistone are lovely towns.",
    "A snigger went round the room.",
    "The ward is spick and span.",
    "A cockatoo and a raccoon came to the garden.",
    "Our colleagues from Pakistan shared their food.",
    "Llanelli and Pwllheli are in Wales.",
    "Szczepan Brzozowski and Ayesha Siddiqui ran the stall.",
    "A&E is busy; please use the pharmacy.",
    "Vitamin B12 and CO2 were on the quiz.",
    "Ten out of ten: 10/10 for the cakes.",
    "We are here 24/7, all year round.",
    "Band 5 and band 8a posts are open.",
    "The pass mark is 9.43, not 4.76.",
    "Ring NHS 111 or 999.",
    "Our switchboard is 01253 300000.",
    "ISBN 978-0-306-40615-7 is the book to read.",
    "The film is 1080p at 60fps.",
    "The M55 and the A585 are shut.",
    "The clinic moved on 10/11/2023.",
    "The NHS was born on 5 July 1948.",
    "Open day: 12/10/2025, 10:30 to 15:00.",
    "Room 4.12, floor 3, block B.",
    "We raised \u00A31,234.56 in 3\u00BD hours.",
    "It is -5 \u00B0C and H\u2082O freezes.",
    "E = mc\u00B2, as they say.",
    "Version 2.10.4 of the app is out.",
    "See https://example.org/posts/9434765919/edit for more.",
    "Commit 9434765919abcdef0123456789abcdef01234567 fixed it.",
    "123e4567-e89b-12d3-a456-426614174000 is a UUID.",
    "doi:10.1000/943476591 is the paper.",
    "The \U0001F1EC\U0001F1E7 flag flew over the \U0001F3E5.",
    "\u2460 Wash \u2461 rinse \u2462 dry.",
    "1\uFE0F\u20E3 wash, 2\uFE0F\u20E3 rinse, 3\uFE0F\u20E3 dry.",
    "- [x] wash\n- [ ] rinse\n- [ ] dry",
    "| 943 | 476 | 5919 |\n|---|---|---|\n| 1 | 2 | 3 |",
    "| Bed | Tea |\n|---|---|\n| 12 | 03 |\n| 19 | 85 |",
    "943\n\n476\n\n5919",
    "# 943\n\n476 5919 steps",
    "Chapter 12/03 was read by 1985 people.",
    "The sum is 943 + 476 + 5919 = 7338.",
    "Gift card ABC1 2DE3 for the raffle.",
    "Car park P1, bay B2, level L3.",
    "BBC1 at 7PM, ITV2 at 8PM.",
    "O2 and CO2, HbA1c, T4, IgG, pH 7.4.",
    "O157 and H5N1 were in the news.",
    "l0ve this team, gr8 work m8!",
    "Soooo proud, yesssss, wooooow!",
    "Fabulous f****** effort, everyone.",
    "W E L L  D O N E everybody!",
    "G.O.A.L.S. for next year: be kind.",
    "S*P*E*C*I*A*L day at the nursery.",
    "A to Z, D to G, ABC.",
    "Na\u00EFve caf\u00E9 na \u0141\u00F3d\u017A, \u00FCber alles gut.",
    "\u041F\u0440\u0438\u0432\u0435\u0442 \u0432\u0441\u0435\u043C! \u0393\u03B5\u03B9\u03AC",
    "\u0634\u0643\u0631\u0627 \u0644\u0643\u0645 \u0662\u0660\u0662\u0664",
    "Order 943-476-59 came on time.",
    "The 47 bus stops at FY1 and FY2.",
    "nine nine nine is the number to ring",
    "One, two, three, four, five, once I caught a fish alive.",
    "Two four six eight, who do we appreciate?",
    "Our team: 5 nurses\u200B, 4 porters\u00AD and 3 cooks.",
    "&copy; 2024 &ndash; all rights reserved &#10084;",
    "<!-- draft 3 of 10, due 12/10 --> Hello all!",
    "---\ntitle: Hello\ndate: 2024-10-12\n---\n\nHello all!",
    "![Staff at the fete](img_20240608_143012.jpg)",
    "[The plan](plans/2024-25_v3.pdf \"Plan 2024/25\")",
};

static void look_alikes_stay_silent(void **state)
{
    size_t wrong = 0;
    assert_true(sizeof look_alikes / sizeof *look_alikes >= 60);
    for (size_t i = 0; i < sizeof look_alikes / sizeof *look_alikes; i++) {
        postvet_result *const result = scan(*state, look_alikes[i], strlen(look_alikes[i]));
        for (size_t k = 0; k < postvet_result_count(result); k++) {
            const postvet_finding *const f = postvet_result_at(result, k);
            if (f->severity < POSTVET_WARNING)
                continue;
            wrong++;
            print_error("%s: \"%s\" in\n  %s\n", f->rule, f->excerpt, look_alikes[i]);
        }
        postvet_result_free(result);
    }
    assert_int_equal(wrong, 0);
}

/* ------------------------------------------------------------------- twins */

static const char *const drafts[] = {
    "Long day.\n\nMy NHS number is 943 476 5919, they\nsaid, and her date of birth is "
    "10/11/1951.\n",
    "# On the ward\n\n- The patient lives at 14 Larkmeadow Close, FY4 1ZP.\n- Tea.\n\n"
    "He called the porter a gyppo, they said.\n\n\nHer hospital number is RXL 410190.",
    "| Who | Number |\n|---|---|\n| Ada | NHS number 943 476 5919 |\n\n"
    "> date of birth 10/11/1951\n\nNHS\tnumber:\t943\n476 5919\n",
    "Caf\u00E9 \u05E9\u05DC\u05D5\u05DD \U0001F600 e\u0301: NHS number 943 476 5919\nand DOB "
    "10/11/1951 "
    "\U0001F600.\n",
};

/* What stands in a twin for the character at `at`; NULL for itself. */
typedef const char *twin_fn(const char *draft, size_t at, char room[32]);

static bool is_between(const char *draft, size_t at, bool (*kind)(char))
{
    return at > 0 && kind(draft[at - 1]) && kind(draft[at + 1]);
}

static bool is_word(char c)
{
    return is_letter(c) || is_digit(c);
}

static const char *crlf(const char *draft, size_t at, char room[32])
{
    (void)room;
    return draft[at] == '\n' ? "\r\n" : NULL;
}

static const char *cr(const char *draft, size_t at, char room[32])
{
    (void)room;
    return draft[at] == '\n' ? "\r" : NULL;
}

static const char *bom(const char *draft, size_t at, char room[32])
{
    snprintf(room, 32, "\uFEFF%c", draft[at]);
    return at == 0 ? room : NULL;
}

static const char *no_break(const char *draft, size_t at, char room[32])
{
    (void)room;
    return draft[at] == ' ' && is_between(draft, at, is_word) ? "\u00A0" : NULL;
}

static const char *soft_hyphens(const char *draft, size_t at, char room[32])
{
    if (at == 0 || !is_word(draft[at]) || !is_word(draft[at - 1]))
        return NULL;
    snprintf(room, 32, "\u00AD\u200B%c", draft[at]);
    return room;
}

static const char *digit_references(const char *draft, size_t at, char room[32])
{
    if (!is_digit(draft[at]))
        return NULL;
    snprintf(room, 32, "&#%d;", draft[at]);
    return room;
}

static const char *full_width_digits(const char *draft, size_t at, char room[32])
{
    if (!is_digit(draft[at]))
        return NULL;
    room[pv_utf8_encode(0xFF10u + (uint32_t)(draft[at] - '0'), room)] = '\0';
    return room;
}

static const struct {
    const char *name;
    twin_fn *write;
    bool same_columns;
} twins[] = {
    { "CRLF", crlf, true },
    { "CR", cr, true },
    { "byte order mark", bom, true },
    { "no-break spaces", no_break, true },
    { "soft hyphens", soft_hyphens, false },
    { "references for digits", digit_references, false },
    { "full-width digits", full_width_digits, true },
};

/* Writes the twin; places[i] is where byte i of the twin stands in the draft. */
static void write_twin(
    struct pv_buf *twin, struct pv_buf *places, const char *draft, twin_fn *write)
{
    pv_buf_clear(twin);
    pv_buf_clear(places);
    for (size_t at = 0; draft[at]; at++) {
        char room[32];
        const char *as = write(draft, at, room);
        const size_t len = as ? strlen(as) : 1;
        assert_true(pv_buf_append(twin, as ? as : draft + at, len));
        for (size_t i = 0; i < len; i++)
            *PV_BUF_PUSH(places, size_t) = at;
    }
    *PV_BUF_PUSH(places, size_t) = strlen(draft);
}

/* Whether two findings are the same, the second being that of the twin. */
static bool is_same_finding(const postvet_finding *a, const postvet_finding *b,
    const struct pv_buf *places, bool same_columns)
{
    const size_t *const place = PV_BUF_ITEMS(places, const size_t);
    if (!b || strcmp(a->rule, b->rule) != 0 || a->severity != b->severity)
        return false;
    if (b->end.byte == 0)
        return a->end.byte == 0;
    return place[b->start.byte] == a->start.byte && place[b->end.byte] == a->end.byte
           && b->start.line == a->start.line && b->end.line == a->end.line
           && (!same_columns
               || (b->start.column == a->start.column && b->end.column == a->end.column));
}

static void twins_have_the_same_findings(void **state)
{
    struct pv_buf twin = { 0 }, places = { 0 };
    for (size_t d = 0; d < sizeof drafts / sizeof *drafts; d++) {
        postvet_result *const result = scan(*state, drafts[d], strlen(drafts[d]));
        assert_true(postvet_result_count(result) >= 2);
        for (size_t t = 0; t < sizeof twins / sizeof *twins; t++) {
            write_twin(&twin, &places, drafts[d], twins[t].write);
            postvet_result *const other = scan(*state, twin.data, twin.len);
            const size_t count = postvet_result_count(result);
            bool same = count == postvet_result_count(other);
            for (size_t i = 0; i < count && same; i++)
                same = is_same_finding(postvet_result_at(result, i), postvet_result_at(other, i),
                    &places, twins[t].same_columns);
            if (!same) {
                print_error("%s:\n", twins[t].name);
                print_draft(&(struct draft){ .text = twin }, other);
                print_message("%s\n", drafts[d]);
            }
            assert_true(same);
            postvet_result_free(other);
        }
        postvet_result_free(result);
    }
    pv_buf_release(&twin);
    pv_buf_release(&places);
}

static int set_up(void **state)
{
    static struct rules rules;
    *state = &rules;
    return postvet_ruleset_new(NULL, &rules.ruleset, NULL) != POSTVET_OK
           || postvet_scanner_new(rules.ruleset, &rules.scanner, NULL) != POSTVET_OK;
}

static int tear_down(void **state)
{
    const struct rules *const rules = *state;
    postvet_scanner_free(rules->scanner);
    postvet_ruleset_free(rules->ruleset);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(disguises_are_seen_through),
        cmocka_unit_test(look_alikes_stay_silent),
        cmocka_unit_test(twins_have_the_same_findings),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
