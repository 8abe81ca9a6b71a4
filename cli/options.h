/* options.h: the one table of the program's options. It serves parsing, --help and, later, shell
 * completions; nothing else knows how an option is spelled. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <postvet/postvet.h>

/* The commands that an option belongs to, as bits. */
enum cli_command_bit {
    CLI_FOR_CHECK = 1,
    CLI_FOR_RULES = 2,
    CLI_FOR_EXPLAIN = 4,
    CLI_FOR_INIT = 8,
    CLI_FOR_VIEW = 16,
    CLI_FOR_REDACT = 64,
    CLI_FOR_CLEAN = 128,
    CLI_FOR_CONFIG = 256,
    CLI_FOR_BASELINE = 512,
    CLI_FOR_ALL = 32 /* --help and --version: any command, or none */
};

enum cli_format_id {
    CLI_FORMAT_USUAL,
    CLI_FORMAT_TEXT,
    CLI_FORMAT_JSON,
    CLI_FORMAT_NDJSON,
    CLI_FORMAT_GCC,
    CLI_FORMAT_GITHUB,
    CLI_FORMAT_GITLAB,
    CLI_FORMAT_JUNIT,
    CLI_FORMAT_SARIF,
    CLI_FORMAT_HTML
};
enum cli_ci { CLI_CI_NONE, CLI_CI_GITHUB, CLI_CI_GITLAB };
enum cli_color { CLI_COLOR_AUTO, CLI_COLOR_ALWAYS, CLI_COLOR_NEVER };

/* What the command line says. Strings belong to argv. */
struct cli_options {
    int format;                 /* enum cli_format_id */
    int color;                  /* enum cli_color */
    int voice;                  /* postvet_voice */
    int kind;                   /* postvet_kind */
    int fail_on;                /* postvet_severity */
    int new_ci;                 /* enum cli_ci: what `init` writes a file for */
    int jobs;                   /* threads; 0 for as many as there are cores */
    int max_findings, max_work; /* in a draft, and for it, in millions; 0 for the usual limits */
    int max_size, max_record, max_unpacked, max_pack, max_heap;         /* in KiB; 0 … */
    int max_nesting, max_steps, max_pack_depth, max_terms, max_pattern; /* 0 … */
    bool exit_zero, show_matches, no_default_rules, disguises, folded, help, version;
    bool null, ndjson_input, allow_empty, quiet;
    bool report_suppressed, ignore_suppressions, in_place, no_config, accept_new;
    const char *profile, *stdin_filename, *corpus, *encoding; /* NULL when not given */
    const char *files_from, *allow_file, *baseline, *diff, *output, *config;
    const char *new_profile; /* where `init` writes one; NULL when it is not to */
    const char **rules;      /* --rules, in order */
    size_t rule_count;
    const char **words; /* what is not an option, in order */
    size_t word_count;
    bool may_name_command; /* the first word stands before any "--" */
    uint64_t given;        /* the options given, a bit for each row of the table */
};

/* One value that an option takes, and what it means. */
struct cli_choice {
    const char *name; /* NULL ends a list of choices */
    int value;
};

enum cli_option_type {
    CLI_FLAG,
    CLI_CHOICE,
    CLI_COUNT,
    CLI_NUMBER,
    CLI_STRING,
    CLI_STRINGS,
    CLI_OPTIONAL
};

/* The most that an option of type CLI_COUNT takes. */
enum { CLI_MOST_JOBS = 256 };

/* The most that an option of type CLI_NUMBER takes; the least is 1. */
enum { CLI_MOST_NUMBER = 1000000 };

/* A name may have a second row, for `init`. */
struct cli_option {
    const char *name; /* without its dashes */
    char letter;      /* its short form, or 0 */
    enum cli_option_type type;
    size_t field;                     /* offsetof in struct cli_options */
    const struct cli_choice *choices; /* of a CLI_CHOICE */
    const char *value_name;           /* how help names the value; NULL for a flag */
    unsigned commands;                /* enum cli_command_bit */
    const char *help;                 /* one line or two */
};

extern const struct cli_option cli_option_table[];
extern const size_t cli_option_count;

/* Reads the command line. False after a sentence on standard error. */
bool cli_options_parse(struct cli_options *options, int argc, char **argv);

/* Whether an option of that name was given. */
bool cli_options_have(const struct cli_options *options, const char *name);

/* Whether an option names drafts, so that no word need to. */
bool cli_options_name_drafts(const struct cli_options *options);

/* Whether every option given belongs to the command; false after a sentence on standard error. */
bool cli_options_fit(
    const struct cli_options *options, enum cli_command_bit command, const char *command_name);

/* Sets the limits of a scan, or of rules, that are given. */
void cli_options_limit(const struct cli_options *options, postvet_scan_options *scan);
void cli_options_limit_rules(const struct cli_options *options, postvet_ruleset_options *rules);

/* What is given in KiB, in bytes, or else `most`; never more than that. */
size_t cli_options_bytes(int given, size_t most);

void cli_options_release(struct cli_options *options);

#endif
