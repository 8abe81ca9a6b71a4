/* options.c: options may stand before, between and after the other words, up to a "--". A value
 * follows its option after "=" or as the next word. A lone "-" is a word: standard input. */
#include "options.h"

#include <stdlib.h>
#include <string.h>

#include "baseline.h"
#include "memory.h"
#include "output/stream.h"
#include "suggest.h"

static const struct cli_choice formats[] = { { "text", CLI_FORMAT_TEXT },
    { "json", CLI_FORMAT_JSON }, { "ndjson", CLI_FORMAT_NDJSON }, { "gcc", CLI_FORMAT_GCC },
    { "github", CLI_FORMAT_GITHUB }, { "gitlab", CLI_FORMAT_GITLAB }, { "junit", CLI_FORMAT_JUNIT },
    { "sarif", CLI_FORMAT_SARIF }, { "html", CLI_FORMAT_HTML }, { NULL, 0 } };
static const struct cli_choice voices[] = { { "personal", POSTVET_PERSONAL },
    { "corporate", POSTVET_CORPORATE }, { NULL, 0 } };
static const struct cli_choice kinds[] = { { "post", POSTVET_POST }, { "profile", POSTVET_PROFILE },
    { "reply", POSTVET_REPLY }, { NULL, 0 } };
static const struct cli_choice severities[] = { { "error", POSTVET_ERROR },
    { "warning", POSTVET_WARNING }, { "note", POSTVET_NOTE }, { NULL, 0 } };
static const struct cli_choice colors[] = { { "auto", CLI_COLOR_AUTO },
    { "always", CLI_COLOR_ALWAYS }, { "never", CLI_COLOR_NEVER }, { NULL, 0 } };
static const struct cli_choice code_hosts[] = { { "github", CLI_CI_GITHUB },
    { "gitlab", CLI_CI_GITLAB }, { NULL, 0 } };

/* What `init --profile` writes when no file is named. */
#define NEW_PROFILE "trust-profile.yaml"

#define FIELD(name) offsetof(struct cli_options, name)
#define FOR_COPIES (CLI_FOR_REDACT | CLI_FOR_CLEAN)
#define FOR_RUNS (CLI_FOR_CHECK | CLI_FOR_BASELINE)
#define FOR_DRAFTS (CLI_FOR_CHECK | CLI_FOR_VIEW | FOR_COPIES)
#define FOR_REPORTS (FOR_RUNS | CLI_FOR_RULES | CLI_FOR_EXPLAIN)
#define FOR_RULESETS (FOR_REPORTS | FOR_COPIES | CLI_FOR_CONFIG)
#define FOR_SCANS (FOR_RUNS | CLI_FOR_REDACT | CLI_FOR_CONFIG)
#define FOR_CONFIGS (FOR_RUNS | FOR_COPIES | CLI_FOR_CONFIG | CLI_FOR_EXPLAIN)

const struct cli_option cli_option_table[] = {
    { "format", 0, CLI_CHOICE, FIELD(format), formats,
        "text|html|json|ndjson|gcc|github|gitlab|junit|sarif", CLI_FOR_CHECK | CLI_FOR_CONFIG,
        "how to print the results: text for people (the default), a page to print or send, JSON "
        "whole or with a draft a line, a line a finding as compilers have it, or what a code host "
        "reads" },
    { "profile", 0, CLI_STRING, FIELD(profile), NULL, "PROFILE|FILE", FOR_RULESETS,
        "use one Trust's policy: a name that `postvet help check` lists, or the path of a profile "
        "file" },
    { "profile", 0, CLI_OPTIONAL, FIELD(new_profile), NULL, "[FILE]", CLI_FOR_INIT,
        "write a template for a Trust's own profile; without a name, " NEW_PROFILE },
    { "ci", 0, CLI_CHOICE, FIELD(new_ci), code_hosts, "github|gitlab", CLI_FOR_INIT,
        "write a workflow for GitHub Actions, or a pipeline for GitLab, that checks drafts" },
    { "voice", 0, CLI_CHOICE, FIELD(voice), voices, "personal|corporate", FOR_SCANS,
        "who speaks: a member of staff (the default), or the Trust itself" },
    { "kind", 0, CLI_CHOICE, FIELD(kind), kinds, "post|profile|reply", FOR_SCANS,
        "what the draft is: a post (the default), a profile text, or an answer to a comment" },
    { "rules", 0, CLI_STRINGS, FIELD(rules), NULL, "FILE|DIR", FOR_RULESETS,
        "add a rule pack, or every .yaml and .yml file of a directory; may be repeated" },
    { "no-default-rules", 0, CLI_FLAG, FIELD(no_default_rules), NULL, NULL, FOR_RULESETS,
        "leave out the rule packs that come with postvet" },
    { "fail-on", 0, CLI_CHOICE, FIELD(fail_on), severities, "error|warning|note",
        CLI_FOR_CHECK | CLI_FOR_CONFIG,
        "the least severity that makes the exit status 1 (default: error)" },
    { "config", 0, CLI_STRING, FIELD(config), NULL, "FILE", FOR_CONFIGS,
        "let FILE have its say above the configuration that is nearest to a draft" },
    { "no-config", 0, CLI_FLAG, FIELD(no_config), NULL, NULL, FOR_CONFIGS,
        "look for no .postvet.yml, neither beside drafts nor of the user" },
    { "exit-zero", 0, CLI_FLAG, FIELD(exit_zero), NULL, NULL, CLI_FOR_CHECK,
        "exit with 0 instead of 1 when there are findings" },
    { "show-matches", 0, CLI_FLAG, FIELD(show_matches), NULL, NULL, CLI_FOR_CHECK,
        "show the words found instead of masking them, in text, HTML and JSON" },
    { "report-suppressed", 0, CLI_FLAG, FIELD(report_suppressed), NULL, NULL, CLI_FOR_CHECK,
        "list what the drafts' authors have set aside, each with the reason" },
    { "ignore-suppressions", 0, CLI_FLAG, FIELD(ignore_suppressions), NULL, NULL, CLI_FOR_CHECK,
        "let nothing be set aside" },
    { "baseline", 0, CLI_STRING, FIELD(baseline), NULL, "FILE", FOR_RUNS,
        "set aside what FILE accepts; `postvet baseline`, which makes it, has a default of its "
        "own: " CLI_BASELINE_USUAL },
    { "diff", 0, CLI_STRING, FIELD(diff), NULL, "REVISION|-", CLI_FOR_CHECK,
        "report only what stands in lines that have changed since a revision of git (since this "
        "branch left it: \"main...\"), or in a diff on standard input (-)" },
    { "accept-new", 0, CLI_FLAG, FIELD(accept_new), NULL, NULL, CLI_FOR_BASELINE,
        "for `baseline update`: accept what is new, too" },
    { "allow-file", 0, CLI_STRING, FIELD(allow_file), NULL, "FILE", FOR_RUNS,
        "set aside what FILE says, for drafts that cannot hold comments; lines of the form "
        "\"DRAFT: RULE[,RULE] -- reason\"" },
    { "output", 'o', CLI_STRING, FIELD(output), NULL, "FILE", CLI_FOR_CHECK | FOR_COPIES,
        "write the report or the copy to FILE instead of standard output; a report takes the place "
        "of what FILE held, a copy needs a new FILE" },
    { "in-place", 0, CLI_FLAG, FIELD(in_place), NULL, NULL, FOR_COPIES,
        "write the copy in the draft's own place" },
    { "stdin-filename", 0, CLI_STRING, FIELD(stdin_filename), NULL, "NAME", FOR_DRAFTS,
        "the name of the draft on standard input; its ending tells Markdown from HTML" },
    { "files-from", 0, CLI_STRING, FIELD(files_from), NULL, "FILE", FOR_RUNS,
        "check the files and directories that FILE names, a line each; - is standard input" },
    { "null", '0', CLI_FLAG, FIELD(null), NULL, NULL, FOR_RUNS,
        "the names of --files-from end with a NUL byte, as `find -print0` ends them" },
    { "ndjson-input", 0, CLI_FLAG, FIELD(ndjson_input), NULL, NULL, CLI_FOR_CHECK,
        "read drafts from standard input, a JSON object a line with \"text\" and, if you like, "
        "\"id\", \"voice\", \"kind\", \"markup\"; print results as ndjson" },
    { "allow-empty", 0, CLI_FLAG, FIELD(allow_empty), NULL, NULL, FOR_RUNS,
        "a directory or list without a draft is no error" },
    { "jobs", 'j', CLI_COUNT, FIELD(jobs), NULL, "N|auto", FOR_RUNS,
        "check N drafts at a time (default: auto, also 0: one a core); the report is the same" },
    { "max-findings", 0, CLI_NUMBER, FIELD(max_findings), NULL, "N", FOR_RUNS | CLI_FOR_REDACT,
        "leave out what is more than N findings in a draft, and say so (default: 10000)" },
    { "max-work", 0, CLI_NUMBER, FIELD(max_work), NULL, "N", FOR_RUNS | CLI_FOR_REDACT,
        "put no more than N million units of work into a draft, about 10 ms each, and say so "
        "(default: 1000)" },
    { "max-size", 0, CLI_NUMBER, FIELD(max_size), NULL, "KIB", FOR_DRAFTS | CLI_FOR_BASELINE,
        "take no draft of more than KIB KiB, and say so (default, and most: 65536)" },
    { "max-nesting", 0, CLI_NUMBER, FIELD(max_nesting), NULL, "N", FOR_DRAFTS | CLI_FOR_BASELINE,
        "read quotations and lists no more than N deep (default, and most: 64), nor the parts of a "
        "document (256), and say so" },
    { "max-unpacked", 0, CLI_NUMBER, FIELD(max_unpacked), NULL, "KIB",
        FOR_DRAFTS | CLI_FOR_BASELINE,
        "take no document that unpacks to more than KIB KiB (default, and most: 65536)" },
    { "max-record", 0, CLI_NUMBER, FIELD(max_record), NULL, "KIB", CLI_FOR_CHECK,
        "take no line of --ndjson-input of more than KIB KiB (default, and most: 66560)" },
    { "max-steps", 0, CLI_NUMBER, FIELD(max_steps), NULL, "N", FOR_RUNS | CLI_FOR_REDACT,
        "give a pattern up after N steps at one place, and say so (default, and most: 1000000)" },
    { "max-heap", 0, CLI_NUMBER, FIELD(max_heap), NULL, "KIB", FOR_RUNS | CLI_FOR_REDACT,
        "give a pattern no more than KIB KiB of memory (default, and most: 8192)" },
    { "max-pack", 0, CLI_NUMBER, FIELD(max_pack), NULL, "KIB", FOR_RULESETS,
        "take no rule pack, list or profile of more than KIB KiB (default, and most: 16384)" },
    { "max-pack-depth", 0, CLI_NUMBER, FIELD(max_pack_depth), NULL, "N", FOR_RULESETS,
        "take none that is nested more than N deep (default, and most: 16)" },
    { "max-terms", 0, CLI_NUMBER, FIELD(max_terms), NULL, "N", FOR_RULESETS,
        "take no more than N terms of rule packs (default, and most: 1000000)" },
    { "max-pattern", 0, CLI_NUMBER, FIELD(max_pattern), NULL, "BYTES", FOR_RULESETS,
        "take no pattern of more than BYTES bytes (default, and most: 65536)" },
    { "quiet", 'q', CLI_FLAG, FIELD(quiet), NULL, NULL, CLI_FOR_CHECK,
        "leave clear drafts out of the text report, and show no progress" },
    { "disguises", 0, CLI_FLAG, FIELD(disguises), NULL, NULL, CLI_FOR_RULES,
        "for `rules test`: say, too, how many tests hold in disguise" },
    { "corpus", 0, CLI_STRING, FIELD(corpus), NULL, "FILE", CLI_FOR_RULES,
        "for `rules test`: precision and recall over labelled drafts, instead of the rules' "
        "tests" },
    { "encoding", 0, CLI_STRING, FIELD(encoding), NULL, "NAME", FOR_DRAFTS | CLI_FOR_BASELINE,
        "what drafts without a byte order mark are written in, as iconv calls it (default: "
        "UTF-8)" },
    { "folded", 0, CLI_FLAG, FIELD(folded), NULL, NULL, CLI_FOR_VIEW,
        "show the folded view, in which terms are sought: no case, no accents, no look-alikes" },
    { "color", 0, CLI_CHOICE, FIELD(color), colors, "auto|always|never", FOR_REPORTS,
        "colours: on a terminal (the default), always, or never" },
    { "help", 'h', CLI_FLAG, FIELD(help), NULL, NULL, CLI_FOR_ALL, "print help and exit" },
    { "version", 'V', CLI_FLAG, FIELD(version), NULL, NULL, CLI_FOR_ALL,
        "print the version and exit" },
};
const size_t cli_option_count = sizeof cli_option_table / sizeof cli_option_table[0];
_Static_assert(sizeof cli_option_table / sizeof cli_option_table[0] <= 64, "a bit of `given` each");

/* Whether the words so far name the command `init`, which has options of its own. */
static bool is_init(const struct cli_options *options)
{
    return options->word_count > 0 && options->may_name_command
           && strcmp(options->words[0], "init") == 0;
}

static const struct cli_option *find_long(
    const struct cli_options *options, const char *name, size_t len)
{
    const struct cli_option *found = NULL;
    for (size_t i = 0; i < cli_option_count; i++) {
        const struct cli_option *const option = &cli_option_table[i];
        if (strlen(option->name) == len && memcmp(option->name, name, len) == 0
            && (!found || is_init(options)))
            found = option;
    }
    return found;
}

static const struct cli_option *find_short(char letter)
{
    for (size_t i = 0; i < cli_option_count; i++)
        if (cli_option_table[i].letter == letter)
            return &cli_option_table[i];
    return NULL;
}

static void complain_unknown_option(const char *word, size_t name_len)
{
    char *const name = cli_strndup(word + 2, name_len);
    struct cli_suggestion suggestion = { .word = name };
    for (size_t i = 0; i < cli_option_count; i++)
        cli_suggest(&suggestion, cli_option_table[i].name);
    if (suggestion.nearest)
        cli_complain("unknown option --%s; did you mean --%s?", name, suggestion.nearest);
    else
        cli_complain("unknown option --%s; `postvet --help` lists the options", name);
    free(name);
}

static void complain_no_value(const struct cli_option *option)
{
    cli_complain("--%s needs a value: %s", option->name, option->value_name);
}

static bool choose(const struct cli_option *option, const char *value, int *field)
{
    struct cli_suggestion suggestion = { .word = value };
    for (const struct cli_choice *choice = option->choices; choice->name; choice++) {
        if (strcmp(choice->name, value) == 0) {
            *field = choice->value;
            return true;
        }
        cli_suggest(&suggestion, choice->name);
    }
    if (suggestion.nearest)
        cli_complain("unknown value \"%s\" for --%s; did you mean \"%s\"?", value, option->name,
            suggestion.nearest);
    else
        cli_complain("unknown value \"%s\" for --%s, which takes %s", value, option->name,
            option->value_name);
    return false;
}

/* Reads a number, or "auto", which is 0. */
static bool count(const struct cli_option *option, const char *value, int *field)
{
    int number = 0;
    const char *digit = value;
    if (strcmp(value, "auto") == 0)
        digit = "0";
    for (; *digit >= '0' && *digit <= '9' && number <= CLI_MOST_JOBS; digit++)
        number = number * 10 + (*digit - '0');
    if (*digit || number > CLI_MOST_JOBS) {
        cli_complain("--%s takes a number from 0 to %d, or auto; not \"%s\"", option->name,
            CLI_MOST_JOBS, value);
        return false;
    }
    *field = number;
    return true;
}

/* Reads a number from 1 on. */
static bool number(const struct cli_option *option, const char *value, int *field)
{
    int read = 0;
    const char *digit = value;
    for (; *digit >= '0' && *digit <= '9' && read <= CLI_MOST_NUMBER; digit++)
        read = read * 10 + (*digit - '0');
    if (*digit || read < 1 || read > CLI_MOST_NUMBER) {
        cli_complain("--%s takes a number from 1 to %d; not \"%s\"", option->name,
            (int)CLI_MOST_NUMBER, value);
        return false;
    }
    *field = read;
    return true;
}

/* Stores the value of an option, which is no flag, where the table says. */
static bool store(struct cli_options *options, const struct cli_option *option, const char *value)
{
    void *const field = (char *)options + option->field;
    if (*value == '\0') {
        complain_no_value(option);
        return false;
    }
    switch (option->type) {
    case CLI_CHOICE:
        return choose(option, value, field);
    case CLI_NUMBER:
        return number(option, value, field);
    case CLI_COUNT:
        return count(option, value, field);
    case CLI_STRING:
    case CLI_OPTIONAL:
        *(const char **)field = value;
        break;
    case CLI_STRINGS: /* the one list there is; cli_options_parse() made room for it */
        options->rules[options->rule_count++] = value;
        break;
    case CLI_FLAG:
        break;
    }
    return true;
}

/* Takes an option, with its value: what stands with it, or else the first word of `rest`, which
 * then moves on. */
static bool take(
    struct cli_options *options, const struct cli_option *option, const char *value, char ***rest)
{
    options->given |= UINT64_C(1) << (option - cli_option_table);
    if (option->type == CLI_FLAG) {
        if (value)
            cli_complain("--%s takes no value", option->name);
        *(bool *)(void *)((char *)options + option->field) = true;
        return !value;
    }
    if (!value) {
        const char *const next = **rest;
        if (option->type == CLI_OPTIONAL && (!next || (next[0] == '-' && next[1])))
            return store(options, option, NEW_PROFILE);
        if (!next) {
            complain_no_value(option);
            return false;
        }
        value = next;
        ++*rest;
    }
    return store(options, option, value);
}

/* A word like -q, -0q or -j4: flags, and at the end perhaps an option with a value. */
static bool take_short(struct cli_options *options, const char *word, char ***rest)
{
    for (const char *letter = word + 1; *letter; letter++) {
        const struct cli_option *const option = find_short(*letter);
        if (!option) {
            cli_complain(
                "unknown option %s; a file whose name begins with a dash goes after --", word);
            return false;
        }
        if (option->type != CLI_FLAG)
            return take(options, option, letter[1] ? letter + 1 : NULL, rest);
        take(options, option, NULL, rest);
    }
    return true;
}

/* A word like --quiet or --jobs=4. */
static bool take_long(struct cli_options *options, const char *word, char ***rest)
{
    const size_t len = strcspn(word + 2, "=");
    const struct cli_option *const option = find_long(options, word + 2, len);
    if (!option) {
        complain_unknown_option(word, len);
        return false;
    }
    return take(options, option, word[2 + len] == '=' ? word + 2 + len + 1 : NULL, rest);
}

bool cli_options_parse(struct cli_options *options, int argc, char **argv)
{
    *options = (struct cli_options){ .fail_on = POSTVET_ERROR };
    options->rules = cli_alloc((size_t)argc + 1, sizeof *options->rules);
    options->words = cli_alloc((size_t)argc + 1, sizeof *options->words);
    char **rest = argv + (argc > 0);
    bool after_dashes = false;
    while (*rest) {
        const char *const word = *rest++;
        const bool is_option = !after_dashes && word[0] == '-' && word[1] != '\0';
        if (!is_option) {
            if (options->word_count == 0)
                options->may_name_command = !after_dashes;
            options->words[options->word_count++] = word;
        } else if (strcmp(word, "--") == 0) {
            after_dashes = true;
        } else if (word[1] == '-' ? !take_long(options, word, &rest)
                                  : !take_short(options, word, &rest)) {
            return false;
        }
    }
    return true;
}

bool cli_options_have(const struct cli_options *options, const char *name)
{
    for (size_t i = 0; i < cli_option_count; i++)
        if ((options->given >> i & 1) && strcmp(cli_option_table[i].name, name) == 0)
            return true;
    return false;
}

bool cli_options_name_drafts(const struct cli_options *options)
{
    return options->files_from || options->ndjson_input;
}

bool cli_options_fit(
    const struct cli_options *options, enum cli_command_bit command, const char *command_name)
{
    for (size_t i = 0; i < cli_option_count; i++) {
        const struct cli_option *const option = &cli_option_table[i];
        const bool fits = (option->commands & (command | CLI_FOR_ALL)) != 0;
        if ((options->given >> i & 1) && !fits) {
            cli_complain("--%s is not an option of `postvet %s`", option->name, command_name);
            return false;
        }
    }
    return true;
}

void cli_options_limit(const struct cli_options *options, postvet_scan_options *scan)
{
    scan->findings_max = (size_t)options->max_findings;
    scan->work_max = (uint64_t)options->max_work * 1000000u;
    scan->text_max = (size_t)options->max_size * 1024u;
    scan->nesting_max = (size_t)options->max_nesting;
    scan->match_max = (uint32_t)options->max_steps;
    scan->heap_max = (uint32_t)options->max_heap;
}

void cli_options_limit_rules(const struct cli_options *options, postvet_ruleset_options *rules)
{
    rules->pack_max = (size_t)options->max_pack * 1024u;
    rules->pack_depth_max = (size_t)options->max_pack_depth;
    rules->terms_max = (size_t)options->max_terms;
    rules->pattern_max = (size_t)options->max_pattern;
}

size_t cli_options_bytes(int given, size_t most)
{
    const size_t bytes = (size_t)given * 1024u;
    return bytes && bytes < most ? bytes : most;
}

void cli_options_release(struct cli_options *options)
{
    free(options->rules);
    free(options->words);
    *options = (struct cli_options){ 0 };
}
