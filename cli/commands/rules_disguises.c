/* rules_disguises.c: the places that the rules' tests mark, dressed up in ways that a reader does
 * not see or does not mind, and scanned again. A place holds when a finding of the rule's pack
 * still overlaps it. Only tests that a plain scan finds count: so what is measured is the disguise,
 * not which rule of a pack speaks. */
#include <stdlib.h>
#include <string.h>

#include "../output/escape.h"
#include "../output/stream.h"
#include "../today.h"
#include "rules.h"

/* A text and the place in it that is to be found. */
struct marked {
    struct cli_buf text;
    size_t start, end;
};

/* Writes `len` bytes in disguise. False when there is nothing to disguise. */
typedef bool disguise_fn(struct cli_buf *out, const char *words, size_t len);

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ---------------------------------------------------------------- disguises */

/* Behind the first letter or digit that another follows. */
static bool zero_width(struct cli_buf *out, const char *words, size_t len)
{
    for (size_t i = 0; i + 1 < len; i++)
        if ((is_letter(words[i]) || is_digit(words[i]))
            && (is_letter(words[i + 1]) || is_digit(words[i + 1]))) {
            cli_buf_add(out, words, i + 1);
            cli_buf_puts(out, "\xE2\x80\x8B");
            cli_buf_add(out, words + i + 1, len - i - 1);
            return true;
        }
    return false;
}

static bool no_break_spaces(struct cli_buf *out, const char *words, size_t len)
{
    bool any = false;
    for (size_t i = 0; i < len; i++) {
        if (words[i] == ' ')
            cli_buf_puts(out, "\xC2\xA0");
        else
            cli_buf_add(out, words + i, 1);
        any = any || words[i] == ' ';
    }
    return any;
}

static bool full_width_digits(struct cli_buf *out, const char *words, size_t len)
{
    bool any = false;
    for (size_t i = 0; i < len; i++) {
        if (is_digit(words[i]))
            cli_buf_printf(out, "\xEF\xBC%c", 0x90 + (words[i] - '0'));
        else
            cli_buf_add(out, words + i, 1);
        any = any || is_digit(words[i]);
    }
    return any;
}

static bool html_entity(struct cli_buf *out, const char *words, size_t len)
{
    size_t at = 0;
    while (at < len && !is_letter(words[at]))
        at++;
    if (at == len)
        return false;
    cli_buf_add(out, words, at);
    cli_buf_printf(out, "&#%d;", words[at]);
    cli_buf_add(out, words + at + 1, len - at - 1);
    return true;
}

static bool emphasis(struct cli_buf *out, const char *words, size_t len)
{
    cli_buf_puts(out, "**");
    cli_buf_add(out, words, len);
    cli_buf_puts(out, "**");
    return true;
}

static const struct disguise {
    const char *name;
    disguise_fn *dress;
} disguises[] = {
    { "zero-width space", zero_width },
    { "no-break spaces", no_break_spaces },
    { "full-width digits", full_width_digits },
    { "HTML entity", html_entity },
    { "Markdown emphasis", emphasis },
};
enum { DISGUISES = sizeof disguises / sizeof disguises[0] };

/* ---------------------------------------------------------------- the tests */

/* Adds text without the marks [[ and ]]. */
static void add_unmarked(struct cli_buf *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (i + 1 < len && (strncmp(text + i, "[[", 2) == 0 || strncmp(text + i, "]]", 2) == 0))
            i++;
        else
            cli_buf_add(out, text + i, 1);
    }
}

/* Whether a place is plain text: in code, or beside entities and tags, a disguise would mean
 * something else. */
static bool is_plain(const char *example, const char *open, const char *close)
{
    const size_t len = (size_t)(close - open);
    return !memchr(open, '&', len) && !memchr(open, '<', len) && !memchr(open, '`', len)
           && (open == example || strchr(" \n\"(", open[-1]));
}

/* Makes the example's text with its first marked place in disguise (NULL: as it is). False when it
 * marks none, or none that the disguise changes. */
static bool dress(struct marked *m, const char *example, const struct disguise *disguise)
{
    const char *const open = strstr(example, "[[");
    const char *const close = open ? strstr(open, "]]") : NULL;
    bool dressed = true;
    cli_buf_clear(&m->text);
    if (!close || !is_plain(example, open, close))
        return false;
    add_unmarked(&m->text, example, (size_t)(open - example));
    m->start = m->text.len;
    if (disguise)
        dressed = disguise->dress(&m->text, open + 2, (size_t)(close - open - 2));
    else
        cli_buf_add(&m->text, open + 2, (size_t)(close - open - 2));
    m->end = m->text.len;
    add_unmarked(&m->text, close + 2, strlen(close + 2));
    return dressed;
}

/* Whether a finding of the pack overlaps the place. */
static bool is_found(const postvet_result *result, const char *pack, const struct marked *m)
{
    for (size_t i = 0; i < postvet_result_count(result); i++) {
        const postvet_finding *const finding = postvet_result_at(result, i);
        if (strcmp(finding->category, pack) == 0 && finding->start.byte < m->end
            && m->start < finding->end.byte)
            return true;
    }
    return false;
}

struct disguising {
    postvet_scanner *scanner;
    postvet_scan_options options; /* of the test at hand */
    postvet_error error;
    struct marked marked;
    size_t tried[DISGUISES], held[DISGUISES];
};

/* Scans the marked text; false after an error. */
static bool scan(struct disguising *d, const char *pack, bool *found)
{
    postvet_result *result = NULL;
    if (postvet_scan(
            d->scanner, d->marked.text.data, d->marked.text.len, &d->options, &result, &d->error)
        != POSTVET_OK)
        return false;
    *found = is_found(result, pack, &d->marked);
    postvet_result_free(result);
    return true;
}

/* The voice and kind in which a plain scan finds the example's place: the rule knows which, its
 * test does not say. */
static bool find_setting(
    struct disguising *d, const postvet_rule_info *rule, const char *example, bool *found)
{
    *found = false;
    if (!dress(&d->marked, example, NULL))
        return true;
    for (int voice = POSTVET_PERSONAL; voice <= POSTVET_CORPORATE && !*found; voice++)
        for (int kind = POSTVET_POST; kind <= POSTVET_REPLY && !*found; kind++) {
            d->options.voice = (postvet_voice)voice;
            d->options.kind = (postvet_kind)kind;
            if (!scan(d, rule->pack, found))
                return false;
        }
    return true;
}

/* Runs one example; what does not hold is named in `lost`. */
static bool run_example(
    struct disguising *d, const postvet_rule_info *rule, const char *example, struct cli_buf *lost)
{
    bool plain, found;
    if (!find_setting(d, rule, example, &plain))
        return false;
    for (size_t i = 0; plain && i < DISGUISES; i++) {
        if (!dress(&d->marked, example, &disguises[i]))
            continue;
        if (!scan(d, rule->pack, &found))
            return false;
        d->tried[i]++;
        d->held[i] += found;
        if (!found) {
            cli_buf_printf(lost, "lost in disguise (%s) ", disguises[i].name);
            cli_buf_show(lost, rule->id);
            cli_buf_puts(lost, ": ");
            cli_buf_show(lost, example);
            cli_buf_puts(lost, "\n");
        }
    }
    return true;
}

bool cli_rules_disguises(struct cli_buf *out, const postvet_ruleset *ruleset)
{
    struct disguising d = { .options = POSTVET_SCAN_OPTIONS_INIT };
    bool fine = postvet_scanner_new(ruleset, &d.scanner, &d.error) == POSTVET_OK;
    d.options.file_name = "draft.md";
    d.options.today = cli_today();
    for (size_t i = 0; fine && i < postvet_ruleset_rule_count(ruleset); i++) {
        const postvet_rule_info *const rule = postvet_ruleset_rule_at(ruleset, i);
        for (size_t k = 0; fine && k < rule->example_count; k++)
            fine = run_example(&d, rule, rule->examples[k], out);
    }
    for (size_t i = 0; fine && i < DISGUISES; i++)
        cli_buf_printf(
            out, "in disguise: %-18s %zu of %zu held\n", disguises[i].name, d.held[i], d.tried[i]);
    if (!fine)
        cli_complain("the disguises could not be tried: %s", d.error.message);
    cli_buf_release(&d.marked.text);
    postvet_scanner_free(d.scanner);
    return fine;
}
