/* profile.c: where the time goes, pattern by pattern and rule by rule.
 *
 *     profile [--cut BYTES] [--bytes BYTES] [--top N] TEXT
 *
 * The drafts are screened twice as a personal post: once so that patterns are compiled, once to
 * count. Rules are asked one after another through the scanner; the time of a cue or pattern falls
 * to the first rule that asks for it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drafts.h"
#include "engine/scanner.h"
#include "rules.h"
#include "spy.h"

struct profile {
    const char *path;
    size_t cut, bytes_max, top;
    const postvet_ruleset *ruleset;
    struct postvet_scanner scanner;
    struct pv_text text;
    struct drafts drafts;
    size_t bytes, draft_count;
    double text_s, read_s, rules_s;
    double *rule_s;
    size_t *rule_hits;
};

static bool applies(const postvet_ruleset *ruleset, uint32_t rule)
{
    const struct pv_image_rule *const r = pv_ruleset_rule(ruleset, rule);
    return ruleset->applies[rule] && (r->voices >> POSTVET_PERSONAL & 1u)
           && (r->kinds >> POSTVET_POST & 1u);
}

static bool screen(struct profile *p, const char *text, size_t len)
{
    const postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    const double start = spy_clock();
    bool ok = pv_text_read(&p->text, text, len, options.markup, NULL);
    const double between = spy_clock();
    ok = ok && pv_scanner_read(&p->scanner, text, len, &options);
    double at = spy_clock();
    p->text_s += between - start;
    p->read_s += at - between;
    for (uint32_t i = 0; ok && i < p->ruleset->image->rules.count; i++) {
        const struct pv_rule_hit *hits;
        size_t count = 0;
        if (!applies(p->ruleset, i))
            continue;
        ok = pv_scanner_rule(&p->scanner, i, &hits, &count);
        const double then = spy_clock();
        p->rule_s[i] += then - at;
        p->rules_s += then - at;
        p->rule_hits[i] += count;
        at = then;
    }
    return ok;
}

static bool pass(struct profile *p)
{
    const uint32_t rules = p->ruleset->image->rules.count;
    p->bytes = p->draft_count = 0;
    p->text_s = p->read_s = p->rules_s = 0;
    memset(p->rule_s, 0, rules * sizeof(*p->rule_s));
    memset(p->rule_hits, 0, rules * sizeof(*p->rule_hits));
    spy_reset();
    for (size_t i = 0; i < p->drafts.count && p->bytes < p->bytes_max; i++) {
        const char *text;
        size_t len;
        spy_next_draft();
        if (!drafts_read(&p->drafts, i, &text, &len) || !screen(p, text, len))
            return false;
        p->bytes += len;
        p->draft_count++;
    }
    return true;
}

/* ----------------------------------------------------------------- printing */

struct row {
    uint32_t index;
    double seconds;
};

static int slowest_first(const void *a, const void *b)
{
    const double x = ((const struct row *)a)->seconds, y = ((const struct row *)b)->seconds;
    return (x < y) - (x > y);
}

static const char *owner_of(const struct pv_image *image, uint32_t pattern, uint32_t *number)
{
    for (uint32_t i = 0; i < image->matchers.count; i++) {
        const struct pv_image_matcher *const m =
            PV_IMAGE_ITEM(image, struct pv_image_matcher, image->matchers, i);
        if (m->kind == PV_MATCHER_PATTERNS && pattern >= m->first
            && pattern - m->first < m->count) {
            *number = pattern - m->first + 1;
            return pv_image_string(image, m->name);
        }
    }
    *number = 0;
    return "(none of the rules')";
}

static const char *gate_of(const struct pv_image_pattern *pattern)
{
    if (pattern->gate_count)
        return pattern->bytes.count ? "words, bytes" : "words";
    return pattern->bytes.count ? "bytes" : "none";
}

static void print_pattern(const struct profile *p, uint32_t index)
{
    const struct pv_image *const image = p->ruleset->image;
    const struct spy_tally *const t = spy_tally_at(index);
    const bool known = index < image->patterns.count;
    uint32_t number;
    const char *const owner = owner_of(image, index, &number);
    printf("%9.3f %7.1f %8zu %9zu %10.1f %8zu  %-12s %s %u\n", t->seconds * 1e3,
        t->calls ? t->seconds / (double)t->calls * 1e9 : 0, t->drafts, t->calls,
        (double)t->bytes / 1e3, t->matches, known ? gate_of(rules_pattern(image, index)) : "",
        owner, number);
}

static void print_patterns(const struct profile *p, struct row *rows)
{
    const uint32_t count = p->ruleset->image->patterns.count + 1u;
    size_t shown = 0;
    for (uint32_t i = 0; i < count; i++)
        rows[i] = (struct row){ i, spy_tally_at(i)->seconds };
    qsort(rows, count, sizeof(*rows), slowest_first);
    puts(
        "\nPatterns\n       ms ns/call   drafts     calls         KB  matches  gate         where");
    for (; shown < count && shown < p->top && rows[shown].seconds > 0; shown++)
        print_pattern(p, rows[shown].index);
}

static void print_rules(const struct profile *p, struct row *rows)
{
    const uint32_t count = p->ruleset->image->rules.count;
    for (uint32_t i = 0; i < count; i++)
        rows[i] = (struct row){ i, p->rule_s[i] };
    qsort(rows, count, sizeof(*rows), slowest_first);
    puts("\nRules, each with the cues that it is the first to ask for\n       ms     found  rule");
    for (size_t i = 0; i < count && i < p->top; i++)
        printf("%9.3f  %8zu  %s\n", rows[i].seconds * 1e3, p->rule_hits[rows[i].index],
            p->ruleset->rules[rows[i].index].id);
}

static void print_share(const char *what, double seconds, double total)
{
    printf("  %-34s %9.3f ms %5.1f %%\n", what, seconds * 1e3, 100 * seconds / total);
}

static void print_summary(const struct profile *p)
{
    const double rules = p->rules_s - spy_overhead(), total = p->read_s + rules;
    size_t calls = 0, bytes = 0;
    double pcre2 = 0;
    for (uint32_t i = 0; i <= p->ruleset->image->patterns.count; i++) {
        calls += spy_tally_at(i)->calls;
        bytes += spy_tally_at(i)->bytes;
        pcre2 += spy_tally_at(i)->seconds;
    }
    printf("%zu drafts, %zu bytes: %.3f ms, %.2f MB/s\n", p->draft_count, p->bytes, total * 1e3,
        (double)p->bytes / total / 1e6);
    print_share("text: markup and views", p->text_s, total);
    print_share("terms, and what else comes first", p->read_s - p->text_s, total);
    print_share("rules: in PCRE2", pcre2, total);
    print_share("rules: the rest", rules - pcre2, total);
    printf("  PCRE2: %zu calls, %.1f a KB; %.1f bytes looked at for each of the text\n", calls,
        (double)calls / (double)p->bytes * 1e3, (double)bytes / (double)p->bytes);
}

/* ------------------------------------------------------------------ options */

static bool read_option(struct profile *p, const char *name, const char *value)
{
    const size_t number = strtoul(value, NULL, 10);
    if (strcmp(name, "--cut") == 0)
        p->cut = number;
    else if (strcmp(name, "--bytes") == 0)
        p->bytes_max = number;
    else if (strcmp(name, "--top") == 0)
        p->top = number;
    else
        return false;
    return true;
}

static bool run(struct profile *p)
{
    const struct pv_image *const image = p->ruleset->image;
    const size_t most = image->patterns.count + image->rules.count + 1u;
    struct row *const rows = calloc(most, sizeof(*rows));
    p->rule_s = calloc(most, sizeof(*p->rule_s));
    p->rule_hits = calloc(most, sizeof(*p->rule_hits));
    bool ok = rows && p->rule_s && p->rule_hits && spy_start(image);
    ok = ok && pv_scanner_init(&p->scanner, p->ruleset) && drafts_load(&p->drafts, p->path, p->cut)
         && pass(p) && pass(p);
    if (ok) {
        print_summary(p);
        print_patterns(p, rows);
        print_rules(p, rows);
        pv_scanner_release(&p->scanner);
        pv_text_release(&p->text);
        drafts_release(&p->drafts);
    }
    spy_stop();
    free(rows);
    free(p->rule_s);
    free(p->rule_hits);
    return ok;
}

int main(int argc, char **argv)
{
    struct profile p = { .cut = 4096, .bytes_max = 200000, .top = 40 };
    int at = 1;
    bool ok = true;
    for (; ok && at + 1 < argc && argv[at][0] == '-'; at += 2)
        ok = read_option(&p, argv[at], argv[at + 1]);
    if (!ok || argc - at != 1) {
        fputs("usage: profile [--cut BYTES] [--bytes BYTES] [--top N] TEXT\n", stderr);
        return 2;
    }
    p.path = argv[at];
    postvet_ruleset *const ruleset = rules_load(NULL, 0);
    p.ruleset = ruleset;
    ok = ruleset && run(&p);
    postvet_ruleset_free(ruleset);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
