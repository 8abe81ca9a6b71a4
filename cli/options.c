/* options.c: options may stand before, between and after the other words, up to a "--". A value
 * follows its option after "=" or as the next word. A lone "-" is a word: standard input. */
#include "options.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "output/stream.h"
#include "suggest.h"

static const struct cli_choice formats[] = { { "text", CLI_FORMAT_TEXT },
    { "json", CLI_FORMAT_JSON }, { NULL, 0 } };
static const struct cli_choice voices[] = { { "personal", POSTVET_PERSONAL },
    { "corporate", POSTVET_CORPORATE }, { NULL, 0 } };
static const struct cli_choice kinds[] = { { "post", POSTVET_POST }, { "profile", POSTVET_PROFILE },
    { "reply", POSTVET_REPLY }, { NULL, 0 } };
static const struct cli_choice severities[] = { { "error", POSTVET_ERROR },
    { "warning", POSTVET_WARNING }, { "note", POSTVET_NOTE }, { NULL, 0 } };
static const struct cli_choice colors[] = { { "auto", CLI_COLOR_AUTO },
    { "always", CLI_COLOR_ALWAYS }, { "never", CLI_COLOR_NEVER }, { NULL, 0 } };

/* What `init --profile` writes when no file is named. */
#define NEW_PROFILE "trust-profile.yaml"

#define FIELD(name) offsetof(struct cli_options, name)
#define FOR_DRAFTS (CLI_FOR_CHECK | CLI_FOR_VIEW)
#define FOR_RULESETS (CLI_FOR_CHECK | CLI_FOR_RULES | CLI_FOR_EXPLAIN)

const struct cli_option cli_option_table[] = {
    { "format", 0, CLI_CHOICE, FIELD(format), formats, "text|json", CLI_FOR_CHECK,
        "how to print the results: text for people (the default), or json" },
    { "profile", 0, CLI_STRING, FIELD(profile), NULL, "NAME", FOR_RULESETS,
        "use one Trust's policy: a name that `postvet help` lists, or the path of a profile file" },
    { "profile", 0, CLI_OPTIONAL, FIELD(new_profile), NULL, "[FILE]", CLI_FOR_INIT,
        "write a template for a Trust's own profile; without a name, " NEW_PROFILE },
    { "voice", 0, CLI_CHOICE, FIELD(voice), voices, "personal|corporate", CLI_FOR_CHECK,
        "who speaks: a member of staff (the default), or the Trust itself" },
    { "kind", 0, CLI_CHOICE, FIELD(kind), kinds, "post|profile|reply", CLI_FOR_CHECK,
        "what the draft is: a post (the default), a profile text, or an answer to a comment" },
    { "rules", 0, CLI_STRINGS, FIELD(rules), NULL, "FILE|DIR", FOR_RULESETS,
        "add a rule pack, or every .yaml and .yml file of a directory; may be repeated" },
    { "no-default-rules", 0, CLI_FLAG, FIELD(no_default_rules), NULL, NULL, FOR_RULESETS,
        "leave out the rule packs that come with postvet" },
    { "fail-on", 0, CLI_CHOICE, FIELD(fail_on), severities, "error|warning|note", CLI_FOR_CHECK,
        "the least severity that makes the exit status 1 (default: error)" },
    { "exit-zero", 0, CLI_FLAG, FIELD(exit_zero), NULL, NULL, CLI_FOR_CHECK,
        "exit with 0 instead of 1 when there are findings" },
    { "show-matches", 0, CLI_FLAG, FIELD(show_matches), NULL, NULL, CLI_FOR_CHECK,
        "show the words found, in every format, instead of masking them" },
    { "stdin-filename", 0, CLI_STRING, FIELD(stdin_filename), NULL, "NAME", FOR_DRAFTS,
        "the name of the draft on standard input; its ending tells Markdown from HTML" },
    { "disguises", 0, CLI_FLAG, FIELD(disguises), NULL, NULL, CLI_FOR_RULES,
        "for `rules test`: say, too, how many tests hold in disguise" },
    { "corpus", 0, CLI_STRING, FIELD(corpus), NULL, "FILE", CLI_FOR_RULES,
        "for `rules test`: precision and recall over labelled drafts, instead of the rules' "
        "tests" },
    { "encoding", 0, CLI_STRING, FIELD(encoding), NULL, "NAME", FOR_DRAFTS,
        "what drafts without a byte order mark are written in, as iconv calls it (default: "
        "UTF-8)" },
    { "folded", 0, CLI_FLAG, FIELD(folded), NULL, NULL, CLI_FOR_VIEW,
        "show the folded view, in which terms are sought: no case, no accents, no look-alikes" },
    { "color", 0, CLI_CHOICE, FIELD(color), colors, "auto|always|never", FOR_RULESETS,
        "colours: on a terminal (the default), always, or never" },
    { "help", 'h', CLI_FLAG, FIELD(help), NULL, NULL, CLI_FOR_ALL, "print help and exit" },
    { "version", 'V', CLI_FLAG, FIELD(version), NULL, NULL, CLI_FOR_ALL,
        "print the version and exit" },
};
const size_t cli_option_count = sizeof cli_option_table / sizeof cli_option_table[0];

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

/* The option that a word names, and its value when the word holds one; NULL after a sentence. */
static const struct cli_option *find_option(
    const struct cli_options *options, const char *word, const char **value)
{
    const struct cli_option *option = NULL;
    *value = NULL;
    if (word[1] != '-') {
        option = word[2] == '\0' ? find_short(word[1]) : NULL;
        if (!option)
            cli_complain(
                "unknown option %s; a file whose name begins with a dash goes after --", word);
        return option;
    }
    const size_t name_len = strcspn(word + 2, "=");
    option = find_long(options, word + 2, name_len);
    if (!option)
        complain_unknown_option(word, name_len);
    if (word[2 + name_len] == '=')
        *value = word + 2 + name_len + 1;
    return option;
}

/* Reads the option argv[*index] and, when it stands apart, its value argv[*index + 1]. */
static bool parse_option(struct cli_options *options, int argc, char **argv, int *index)
{
    const char *value;
    const struct cli_option *const option = find_option(options, argv[*index], &value);
    if (!option)
        return false;
    options->given |= 1UL << (option - cli_option_table);
    if (option->type == CLI_FLAG) {
        if (value)
            cli_complain("--%s takes no value", option->name);
        *(bool *)(void *)((char *)options + option->field) = true;
        return !value;
    }
    if (!value) {
        const char *const next = *index + 1 < argc ? argv[*index + 1] : NULL;
        if (option->type == CLI_OPTIONAL && (!next || (next[0] == '-' && next[1])))
            return store(options, option, NEW_PROFILE);
        if (!next) {
            complain_no_value(option);
            return false;
        }
        value = argv[++*index];
    }
    return store(options, option, value);
}

bool cli_options_parse(struct cli_options *options, int argc, char **argv)
{
    *options = (struct cli_options){ .fail_on = POSTVET_ERROR };
    options->rules = cli_alloc((size_t)argc + 1, sizeof *options->rules);
    options->words = cli_alloc((size_t)argc + 1, sizeof *options->words);
    bool after_dashes = false;
    for (int i = 1; i < argc; i++) {
        const char *const word = argv[i];
        if (!after_dashes && strcmp(word, "--") == 0) {
            after_dashes = true;
        } else if (after_dashes || word[0] != '-' || word[1] == '\0') {
            if (options->word_count == 0)
                options->may_name_command = !after_dashes;
            options->words[options->word_count++] = word;
        } else if (!parse_option(options, argc, argv, &i)) {
            return false;
        }
    }
    return true;
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

void cli_options_release(struct cli_options *options)
{
    free(options->rules);
    free(options->words);
    *options = (struct cli_options){ 0 };
}
