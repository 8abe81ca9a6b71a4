/**
 * @file postvet.h
 * postvet tells the author of a draft post what in it would break an NHS Trust's social-media
 * policy, before it is published. This header is the whole public interface and its manual.
 *
 * The way of a draft:
 *
 *     postvet_ruleset *ruleset = NULL;
 *     postvet_scanner *scanner = NULL;
 *     postvet_result *result = NULL;
 *     postvet_error err;
 *     if (postvet_ruleset_new(NULL, &ruleset, &err) == POSTVET_OK
 *         && postvet_scanner_new(ruleset, &scanner, &err) == POSTVET_OK
 *         && postvet_scan(scanner, text, len, NULL, &result, &err) == POSTVET_OK)
 *         for (size_t i = 0; i < postvet_result_count(result); i++)
 *             puts(postvet_result_at(result, i)->message);
 *     postvet_result_free(result);
 *     postvet_scanner_free(scanner);
 *     postvet_ruleset_free(ruleset);
 *
 * Ownership: an object is freed by the `_free` of its name, which accepts NULL. Pointers handed
 * out by an accessor belong to the object they came from and live as long as it does.
 * Units: offsets and lengths are bytes of the caller's own text; `start` is inclusive, `end`
 * exclusive. Lines and columns count from 1, columns in code points.
 * Threads: a ruleset is immutable and may be shared by any number of threads. A scanner and the
 * results it makes belong to one thread at a time. There is no global state, no start-up call,
 * no thread, no signal handler, no socket, and nothing is ever written to a stream.
 * Strings are UTF-8 and end with a NUL byte unless a length stands beside them.
 */
#ifndef POSTVET_POSTVET_H
#define POSTVET_POSTVET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <postvet/export.h>
#include <postvet/version.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__) || defined(__clang__)
#define POSTVET_NODISCARD __attribute__((warn_unused_result))
#else
#define POSTVET_NODISCARD
#endif

/** The longest draft that postvet_scan() takes, in bytes; a longer one is POSTVET_ERR_LIMIT. */
#define POSTVET_TEXT_MAX ((size_t)64 * 1024 * 1024)

/** The most findings one result holds; at the limit the result is incomplete and says so. */
#define POSTVET_FINDINGS_MAX ((size_t)10000)

/** The most work that is put into one draft, in units of about ten nanoseconds: counted, not timed,
 *  so that the same draft has the same result everywhere. At the limit the result is incomplete and
 *  says so. A megabyte of prose takes about 100 million; text made to be hard takes more, and so
 * may a pattern of a rule pack, each of which has an eighth of what is left. */
#define POSTVET_WORK_MAX ((uint64_t)1000 * 1000 * 1000)

/** How far PCRE2 may go for a pattern at one place of a draft: calls of its match function, which
 *  its depth cannot exceed, and KiB of memory. At the limit the pattern is given up, and the result
 *  is incomplete and says so. */
#define POSTVET_MATCH_MAX ((uint32_t)1000000)
#define POSTVET_HEAP_MAX ((uint32_t)8192)

/** How deep quotations and lists of Markdown may stand in one another; what is deeper is read as
 *  words, and the result is incomplete and says so. */
#define POSTVET_NESTING_MAX 64

/** The longest rule pack, profile, configuration or list, in bytes, and how deep the mappings and
 *  lists in it may stand in one another. A longer or deeper one is POSTVET_ERR_LIMIT, and so are
 * the next two. */
#define POSTVET_PACK_MAX ((size_t)16 * 1024 * 1024)
#define POSTVET_PACK_DEPTH_MAX 16

/** The most terms that the packs of a ruleset look for, not counting those of the library. */
#define POSTVET_TERMS_MAX ((size_t)1000000)

/** The longest pattern, in bytes, once its fragments have been put in. */
#define POSTVET_PATTERN_MAX ((size_t)65536)

/** Outcome of a call. Values are ABI: add at the end, never renumber. */
typedef enum postvet_status {
    POSTVET_OK = 0,
    POSTVET_ERR_NOMEM = 1,    /**< An allocation failed. */
    POSTVET_ERR_FILE = 2,     /**< A file of rules could not be read. */
    POSTVET_ERR_SYNTAX = 3,   /**< A file of rules is not well-formed YAML. */
    POSTVET_ERR_SCHEMA = 4,   /**< A rule pack or profile holds a key or value its schema lacks. */
    POSTVET_ERR_RULE = 5,     /**< Rules do not fit: unknown cue, list or check, an id twice … */
    POSTVET_ERR_PATTERN = 6,  /**< A pattern of a rule pack does not compile. */
    POSTVET_ERR_PROFILE = 7,  /**< No profile has the name asked for. */
    POSTVET_ERR_LIMIT = 8,    /**< The input is over a documented limit. */
    POSTVET_ERR_ARGUMENT = 9, /**< An argument has a value that its type does not admit. */
    POSTVET_ERR_LOCKED = 10   /**< A configuration would loosen what another one locks. */
} postvet_status;

/** Why and where a call failed; the caller's. Written only on failure, never quoting the draft. */
typedef struct postvet_error {
    postvet_status status;
    size_t line, column; /**< From 1, columns in code points; 0 when not known. */
    char file[256];      /**< The path or name as given, cut at the left; "" when there is none. */
    char message[256];   /**< One sentence, no newline. */
} postvet_error;

/** How grave a finding is. Values are ABI and ordered: a greater one is graver. */
typedef enum postvet_severity {
    POSTVET_NOTE = 1,    /**< Advice; does not change the verdict. */
    POSTVET_WARNING = 2, /**< A person must look before it is published. */
    POSTVET_ERROR = 3    /**< Must not be published as it is. */
} postvet_severity;

/** How sure the rule is. Values are ABI and ordered. */
typedef enum postvet_confidence {
    POSTVET_LOW = 1,
    POSTVET_MEDIUM = 2,
    POSTVET_HIGH = 3
} postvet_confidence;

/** What to do with the draft. Values are ABI. */
typedef enum postvet_verdict {
    POSTVET_CLEAR = 0,      /**< All of it was checked, and nothing above a note was found. */
    POSTVET_INCOMPLETE = 1, /**< Nothing above a note was found, but not all of it was checked. */
    POSTVET_REVIEW = 2,     /**< At least one warning. */
    POSTVET_BLOCK = 3       /**< At least one error. */
} postvet_verdict;

/** In whose name the draft speaks. */
typedef enum postvet_voice {
    POSTVET_PERSONAL = 0, /**< An individual's account or blog. */
    POSTVET_CORPORATE = 1 /**< The Trust itself, through its Communications team. */
} postvet_voice;

/** What kind of text the draft is. */
typedef enum postvet_kind {
    POSTVET_POST = 0,
    POSTVET_PROFILE = 1, /**< A bio or profile text. */
    POSTVET_REPLY = 2    /**< An answer to somebody's comment. */
} postvet_kind;

/** How the draft is marked up. */
typedef enum postvet_markup {
    POSTVET_MARKUP_AUTO = 0, /**< By the file name, else by a careful look at the text. */
    POSTVET_MARKUP_PLAIN = 1,
    POSTVET_MARKUP_MARKDOWN = 2, /**< CommonMark and GFM, with HTML in it and front matter. */
    POSTVET_MARKUP_HTML = 3
} postvet_markup;

/** Whether and how an author may suppress a rule's findings in the draft. */
typedef enum postvet_suppressible {
    POSTVET_SUPPRESS_NEVER = 0,
    POSTVET_SUPPRESS_WITH_REASON = 1
} postvet_suppressible;

/** @return The names of the values as they stand in packs and JSON: "error", "high", "block" …,
 *  or NULL for a value that is none. Static. */
POSTVET_EXPORT const char *postvet_severity_name(postvet_severity severity);
POSTVET_EXPORT const char *postvet_confidence_name(postvet_confidence confidence);
POSTVET_EXPORT const char *postvet_verdict_name(postvet_verdict verdict);

/** @return The version of the library that is running, as "MAJOR.MINOR.PATCH". Static. */
POSTVET_EXPORT const char *postvet_version(void);

/* ---------------------------------------------------------------- rulesets */

/** A set of rules, checked, compiled and immutable. Shared by any number of threads. */
typedef struct postvet_ruleset postvet_ruleset;

/** A rule pack, profile, configuration or allow-list in memory. */
typedef struct postvet_source {
    const char *name; /**< What errors call it. */
    const char *text; /**< In UTF-8; borrowed until the call returns. */
    size_t len;       /**< Bytes in `text`. */
} postvet_source;

/** Called with each error in the rules, in the order of the files; the error lives until the
 *  callback returns. It must not call postvet. */
typedef void postvet_error_fn(const postvet_error *error, void *user);

/** What applies to a draft, of several files of configuration. Immutable; shared by any number of
 *  threads. */
typedef struct postvet_config postvet_config;

/** What to make a ruleset of. Start from POSTVET_RULESET_OPTIONS_INIT. */
typedef struct postvet_ruleset_options {
    uint32_t version;              /**< POSTVET_RULESET_OPTIONS_VERSION. */
    bool without_default_packs;    /**< Leave out the packs that come with the library. */
    const char *const *pack_files; /**< Paths of rule packs. A pack's lists are looked for in the
                                        folder `lists` beside it, then among the library's own. */
    size_t pack_file_count;
    const postvet_source *packs; /**< Rule packs in memory. */
    size_t pack_count;
    const char *profile;          /**< One of postvet_profile_name(), or NULL for the
                                       general NHS wording. */
    const char *profile_file;     /**< Path of a profile of your own; instead of `profile`. */
    postvet_error_fn *on_error;   /**< Told every error, not only the first; may be NULL. */
    void *user;                   /**< Handed to `on_error`. */
    const postvet_config *config; /**< What it says of rules applies: on, off, severity, allowed
                                       phrases, locks. Its profile and packs do not:
                                       postvet_config_ruleset_options() puts them above. Must
                                       outlive the ruleset; may be NULL. */
    /** Limits for packs and profiles that are not the library's own, instead of POSTVET_PACK_MAX,
     *  POSTVET_PACK_DEPTH_MAX, POSTVET_TERMS_MAX and POSTVET_PATTERN_MAX where they are less; 0 for
     *  those. */
    size_t pack_max, pack_depth_max, terms_max, pattern_max;
} postvet_ruleset_options;

#define POSTVET_RULESET_OPTIONS_VERSION 1
#define POSTVET_RULESET_OPTIONS_INIT                                                               \
    {                                                                                              \
        POSTVET_RULESET_OPTIONS_VERSION, false, NULL, 0, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0, \
            0, 0, 0                                                                                \
    }

/**
 * Makes a ruleset. With default packs alone nothing is parsed: they are compiled into the library.
 * A pack is taken whole or not at all; one error anywhere refuses the ruleset.
 * @param options  NULL for the default packs and the general wording.
 * @param out      On POSTVET_OK a ruleset to free with postvet_ruleset_free(); else untouched.
 * @param err      Filled with the first error; may be NULL.
 * @return POSTVET_OK; POSTVET_ERR_FILE, _SYNTAX, _SCHEMA, _RULE, _PATTERN with file, line and
 *         column; POSTVET_ERR_LOCKED; POSTVET_ERR_PROFILE; POSTVET_ERR_LIMIT;
 *         POSTVET_ERR_ARGUMENT for an options version this library does not know;
 *         POSTVET_ERR_NOMEM.
 * Thread safety: any thread.
 */
POSTVET_EXPORT POSTVET_NODISCARD postvet_status postvet_ruleset_new(
    const postvet_ruleset_options *options, postvet_ruleset **out, postvet_error *err);

/** Frees a ruleset that no scanner or result uses any more. NULL is fine. */
POSTVET_EXPORT void postvet_ruleset_free(postvet_ruleset *ruleset);

/** One section of one Trust's policy. */
typedef struct postvet_citation {
    const char *trust;    /**< The profile's name: "blackpool". */
    const char *document; /**< The policy's reference: "CORP/POL/220". */
    const char *section;  /**< As the policy numbers it: "3.5". */
} postvet_citation;

/** A rule pack of a ruleset. */
typedef struct postvet_pack_info {
    const char *id; /**< Also the category of its findings. */
    const char *title;
    const char *version;
    const char *description; /**< Sentences for people; "" when the pack has none. */
} postvet_pack_info;

/** A rule of a ruleset, with its words as the ruleset's profile fills them. */
typedef struct postvet_rule_info {
    const char *id;
    const char *pack;
    const char *title;
    postvet_severity severity;     /**< Before context moves it. */
    postvet_confidence confidence; /**< Before context moves it. */
    postvet_suppressible suppressible;
    const char *message; /**< What is wrong. */
    const char *advice;  /**< What to do instead. */
    const postvet_citation *citations;
    size_t citation_count;
    const char *const *examples; /**< Drafts it must find, the place between [[ and ]]. */
    size_t example_count;
    const char *const *counter_examples; /**< Drafts it must leave alone. */
    size_t counter_example_count;
} postvet_rule_info;

/** Packs in the order they were given, rules in the order of their packs; NULL past the end. */
POSTVET_EXPORT size_t postvet_ruleset_pack_count(const postvet_ruleset *ruleset);
POSTVET_EXPORT const postvet_pack_info *postvet_ruleset_pack_at(
    const postvet_ruleset *ruleset, size_t index);
POSTVET_EXPORT size_t postvet_ruleset_rule_count(const postvet_ruleset *ruleset);
POSTVET_EXPORT const postvet_rule_info *postvet_ruleset_rule_at(
    const postvet_ruleset *ruleset, size_t index);

/** @return The rule with this id, or NULL. */
POSTVET_EXPORT const postvet_rule_info *postvet_ruleset_rule(
    const postvet_ruleset *ruleset, const char *id);

/** @return The name of the ruleset's profile, or "" for the general wording. */
POSTVET_EXPORT const char *postvet_ruleset_profile(const postvet_ruleset *ruleset);

/** The Trusts whose profiles come with the library, by name: "blackpool", and the full name of the
 *  Trust. NULL past the end. Static. */
POSTVET_EXPORT size_t postvet_profile_count(void);
POSTVET_EXPORT const char *postvet_profile_name(size_t index);
POSTVET_EXPORT const char *postvet_profile_title(size_t index);

/** One test of a rule that did not hold. Lives until the callback returns. */
typedef struct postvet_test_failure {
    const char *rule;
    const char *text;     /**< The test's text as the pack has it. */
    const char *expected; /**< One phrase: "a finding at bytes 17..29", "no finding". */
    const char *actual;
} postvet_test_failure;

typedef void postvet_test_fn(const postvet_test_failure *failure, void *user);

/**
 * Runs the tests that each rule of the ruleset carries.
 * @param on_failure  Told each failure; may be NULL.
 * @param run         Set to the number of tests run; may be NULL.
 * @param failed      Set to the number that did not hold; may be NULL.
 * @return POSTVET_OK, also when tests failed; POSTVET_ERR_NOMEM.
 */
POSTVET_EXPORT POSTVET_NODISCARD postvet_status postvet_ruleset_test(const postvet_ruleset *ruleset,
    postvet_test_fn *on_failure, void *user, size_t *run, size_t *failed, postvet_error *err);

/** A weakness of a rule or cue that loads all the same. Lives until the callback returns. */
typedef struct postvet_lint_warning {
    const char *pack;
    const char *rule;    /**< NULL when it is about a cue. */
    const char *cue;     /**< NULL when it is about a rule. */
    const char *message; /**< One sentence. */
} postvet_lint_warning;

typedef void postvet_lint_fn(const postvet_lint_warning *warning, void *user);

/**
 * Looks for weaknesses in the rules and cues of the ruleset: too few tests; a rule that can never
 * match; one whose tests are all found by another rule of its pack, too; a cue that nothing leans
 * on; a pattern that has no gate, or that takes very many steps on texts made of the tests. The
 * same ruleset gives the same warnings: nothing is timed.
 * @param on_warning  Told each warning, pack by pack; may be NULL.
 * @param count       Set to the number of warnings; may be NULL.
 * @return POSTVET_OK, also with warnings; POSTVET_ERR_NOMEM.
 */
POSTVET_EXPORT POSTVET_NODISCARD postvet_status postvet_ruleset_lint(const postvet_ruleset *ruleset,
    postvet_lint_fn *on_warning, void *user, size_t *count, postvet_error *err);

/* ------------------------------------------------------------ suppressions */

/*
 * An author may set aside what a rule finds, and must say why:
 *
 *     <!-- postvet-disable-next-line RULE[,RULE] -- reason -->
 *     <!-- postvet-disable-line RULE[,RULE] -- reason -->
 *     <!-- postvet-disable RULE[,RULE] -- reason --> ... <!-- postvet-enable RULE[,RULE] -->
 *     <!-- postvet-disable-file RULE[,RULE] -- reason -->
 *
 * A finding belongs to the line where it starts; the next line is the next that is not blank and
 * not a directive; postvet-enable without a rule ends all that is open; one about the whole draft
 * needs -disable-file. A dash does for "--", since editors put one in its place. In plain text and
 * in front matter a line does without its comment marks, or with # or // before it;
 * postvet-disable-line may then also stand at the end of its line, behind # or //.
 *
 * Other findings that share the place stand. A rule that is POSTVET_SUPPRESS_NEVER cannot be set
 * aside, and comes to light where another one hid it. What a directive itself says is checked as
 * if it were published, and the rest of the draft as if it were not there: no reason, however
 * worded, changes what a rule finds elsewhere. Nothing can be done with a directive about a scan
 * that is incomplete.
 */

/** Suppressions that stand beside drafts and not in them. Immutable; shared by any number of
 *  threads. */
typedef struct postvet_allowlist postvet_allowlist;

/**
 * Reads an allow-list: lines of the form
 *
 *     letters/2025-*.docx: RULE[,RULE] -- reason
 *
 * Each sets the rules aside for the whole of the drafts whose postvet_scan_options.file_name the
 * path stands for: "*" is anything but a slash, "**" is anything, "?" is one character (of ASCII)
 * but a slash. Empty lines and those that begin with # say nothing.
 * @param ruleset   Whose rules are meant; must outlive the list.
 * @param source    The list, in memory; borrowed until the call returns.
 * @param on_error  Told every error, not only the first; may be NULL.
 * @param user      Handed to `on_error`.
 * @param out       On POSTVET_OK a list to free with postvet_allowlist_free(); else untouched.
 * @param err       Filled with the first error; may be NULL.
 * @return POSTVET_OK; POSTVET_ERR_SYNTAX with line and column for a line of another form, one
 *         without a rule or reason, a rule that there is not, and one that cannot be suppressed;
 *         POSTVET_ERR_NOMEM.
 * Thread safety: any thread.
 */
POSTVET_EXPORT POSTVET_NODISCARD postvet_status postvet_allowlist_new(
    const postvet_ruleset *ruleset, const postvet_source *source, postvet_error_fn *on_error,
    void *user, postvet_allowlist **out, postvet_error *err);

/** Frees a list that no scan uses any more; results do not need it. NULL is fine. */
POSTVET_EXPORT void postvet_allowlist_free(postvet_allowlist *list);

/* --------------------------------------------------------------- baselines */

/*
 * A baseline names what was found in drafts before and is accepted, so that checks of them show
 * what is new. It is a file for version control, a line for each kind of finding, in any order:
 *
 *     postvet-baseline 1
 *     # Lines that begin with # say nothing.
 *     posts/march.md gardener warning 2 5f0c3a9b1e7d2846 -- He wrote it himself.
 *
 * That is the draft's path, the rule, the gravest severity that is accepted, of how many findings,
 * their fingerprint, and a reason if there is one. A fingerprint is made of the rule's name and of
 * common words near the place, never of what was found, of a name or of a digit: it does not change
 * with the rest of the draft, and says nothing about the matched text. So a finding whose words
 * were replaced by others in the very same sentence is taken for the old one. What a rule that is
 * POSTVET_SUPPRESS_NEVER finds is never accepted.
 */

/** What is accepted in drafts. Immutable; shared by any number of threads and rulesets. */
typedef struct postvet_baseline postvet_baseline;

/** One line of a baseline. */
typedef struct postvet_baseline_entry {
    const char *path; /**< As postvet_scan_options.baseline_path names the draft. */
    const char *rule;
    postvet_severity severity; /**< Findings that are graver are not accepted. */
    size_t count;              /**< How many findings are accepted, from 1. */
    const char *fingerprint;   /**< As postvet_finding has it. */
    const char *reason;        /**< In the words of whoever wrote it; "" when there is none. */
    size_t line;               /**< Where it stands, from 1. */
} postvet_baseline_entry;

/** The first line of a baseline that this library reads and writes. */
#define POSTVET_BASELINE_HEADER "postvet-baseline 1\n"

/**
 * Reads a baseline. Of equal entries, which a merge may leave, the greatest count and severity
 * hold. Rules that no ruleset knows are no error.
 * @param source    The file, in memory; borrowed until the call returns.
 * @param on_error  Told every error, not only the first; may be NULL.
 * @param user      Handed to `on_error`.
 * @param out       On POSTVET_OK a baseline to free with postvet_baseline_free(); else untouched.
 * @param err       Filled with the first error; may be NULL.
 * @return POSTVET_OK; POSTVET_ERR_SYNTAX with line and column, also for a baseline of a newer
 *         format; POSTVET_ERR_NOMEM.
 * Thread safety: any thread.
 */
POSTVET_EXPORT POSTVET_NODISCARD postvet_status postvet_baseline_new(const postvet_source *source,
    postvet_error_fn *on_error, void *user, postvet_baseline **out, postvet_error *err);

/** Frees a baseline that no scan uses any more; results do not need it. NULL is fine. */
POSTVET_EXPORT void postvet_baseline_free(postvet_baseline *baseline);

/** Entries, ordered by path, rule and fingerprint; NULL past the end. */
POSTVET_EXPORT size_t postvet_baseline_count(const postvet_baseline *baseline);
POSTVET_EXPORT const postvet_baseline_entry *postvet_baseline_at(
    const postvet_baseline *baseline, size_t index);

/**
 * Writes the line that stands for an entry (whose `line` does not matter), with its newline and a
 * NUL behind it. A baseline is POSTVET_BASELINE_HEADER and such lines.
 * @param buf  Where to; what does not fit in `size` bytes is cut. May be NULL if `size` is 0.
 * @param len  Set to the length of the whole line; may be NULL.
 * @return POSTVET_OK, also when it is cut; POSTVET_ERR_NOMEM.
 * Thread safety: any thread.
 */
POSTVET_EXPORT POSTVET_NODISCARD postvet_status postvet_baseline_line(
    const postvet_baseline_entry *entry, char *buf, size_t size, size_t *len, postvet_error *err);

/* ---------------------------------------------------------------- scanning */

/** One thread's working memory: make it once, use it often. */
typedef struct postvet_scanner postvet_scanner;

/** What a scan of one draft found; owns its findings. */
typedef struct postvet_result postvet_result;

/**
 * @param ruleset  Must outlive the scanner and its results.
 * @param out      On POSTVET_OK a scanner to free with postvet_scanner_free(); else untouched.
 * @return POSTVET_OK or POSTVET_ERR_NOMEM.
 */
POSTVET_EXPORT POSTVET_NODISCARD postvet_status postvet_scanner_new(
    const postvet_ruleset *ruleset, postvet_scanner **out, postvet_error *err);

/** Frees a scanner; its results live on. NULL is fine. */
POSTVET_EXPORT void postvet_scanner_free(postvet_scanner *scanner);

/** Some lines of a draft, from 1, both of them included; LF, CRLF and CR each end a line. */
typedef struct postvet_lines {
    size_t first, last;
} postvet_lines;

/** What is known of one draft. Start from POSTVET_SCAN_OPTIONS_INIT. */
typedef struct postvet_scan_options {
    uint32_t version; /**< POSTVET_SCAN_OPTIONS_VERSION. */
    postvet_voice voice;
    postvet_kind kind;
    postvet_markup markup;
    const char *file_name; /**< The draft's name or path, for POSTVET_MARKUP_AUTO; may be NULL. */
    uint32_t today;        /**< YYYYMMDD, to tell a date of birth from a date to come; 0 when not
                                known. The library reads no clock. */
    bool show_matches;     /**< Excerpts show the matched text instead of masking it. */
    bool ungated; /* Run every pattern over the whole draft. The findings are the same; it is
                     slow, and there for tests and the curious. */
    bool no_suppressions; /**< Neither directives in the draft nor `allowlist` nor `baseline` set
                               anything aside. */
    const postvet_allowlist *allowlist; /**< Of the scanner's ruleset; NULL for none. */
    bool fingerprints; /**< Findings have a fingerprint, for a baseline to be made of them. */
    const postvet_baseline *baseline; /**< What is accepted; NULL for none. */
    const char *baseline_path;        /**< The draft's path in it; NULL for `file_name`. */
    const char *path;                 /**< Where the draft is, for the paths of a configuration: see
                                           postvet_config_file_new(). NULL: `file_name`. */
    uint64_t work_max;                /**< Instead of POSTVET_WORK_MAX; 0 for that. */
    size_t findings_max;              /**< Instead of POSTVET_FINDINGS_MAX; 0 for that. */
    /** Instead of POSTVET_MATCH_MAX and POSTVET_HEAP_MAX where they are less; 0 for those. */
    uint32_t match_max, heap_max;
    size_t text_max;    /**< Instead of POSTVET_TEXT_MAX where it is less; 0 for that. */
    size_t nesting_max; /**< Instead of POSTVET_NESTING_MAX where it is less; 0 for that. */
    /** The lines that have changed, ascending and none twice; NULL for all. All of the draft is
     *  scanned, but what stands outside these lines is left out of the result and counted. What is
     *  about the draft as a whole stays, even where `changed_count` is 0. */
    const postvet_lines *changed;
    size_t changed_count;
} postvet_scan_options;

#define POSTVET_SCAN_OPTIONS_VERSION 1
#define POSTVET_SCAN_OPTIONS_INIT                                                                  \
    {                                                                                              \
        POSTVET_SCAN_OPTIONS_VERSION, POSTVET_PERSONAL, POSTVET_POST, POSTVET_MARKUP_AUTO, NULL,   \
            0, false, false, false, NULL, false, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, NULL, 0       \
    }

/* ----------------------------------------------------------- configuration */

/*
 * What holds for a draft may be said in files, as docs/configuration.md describes them: the
 * profile, the rules that are on, how grave they are, phrases that are allowed. Finding the files
 * is the caller's affair; what they mean is the library's:
 *
 *     postvet_config_file_new(&source, directory, NULL, NULL, &file, &err);   one for each file
 *     postvet_config_new(&(postvet_config_options){...}, &config, &err);      their layers
 *     postvet_config_ruleset_options(config, &ruleset_options);
 *     postvet_config_scan_options(config, &scan_options);                     for each draft
 *
 * A configuration may lock rules. Then no other layer may loosen what it says of them: turn one
 * off, make it less grave, allow a phrase, leave out paths, fail on less, or change the profile. It
 * may tighten. A lock holds against all layers but those that its file extends and those of group
 * 0, and against directives and allow-lists.
 */

/** One file of configuration, read and checked. Immutable; shared by any number of threads. */
typedef struct postvet_config_file postvet_config_file;

/** A value that a configuration gives, and where. */
typedef struct postvet_setting {
    const char *key;     /**< As files have it: "profile", "fail-on" ... Static. */
    const char *value;   /**< A word, or words for what a list holds; paths from `directory` on. */
    const char *file;    /**< The file's name, or that of the override. */
    size_t line, column; /**< There; 0 for an override. */
} postvet_setting;

/**
 * Reads one file of configuration.
 * @param source     The file; its name is copied.
 * @param directory  Where the paths in it start: the file's own directory. Paths of drafts are
 *                   compared with it letter by letter, so both are best absolute. "" is where
 *                   relative paths start.
 * @param on_error   Told every error, not only the first; may be NULL.
 * @param user       Handed to `on_error`.
 * @param out        On POSTVET_OK a file to free with postvet_config_file_free(); else untouched.
 * @param err        Filled with the first error; may be NULL.
 * @return POSTVET_OK; POSTVET_ERR_SYNTAX, _SCHEMA, _RULE, _PATTERN and _LIMIT with line and column;
 *         POSTVET_ERR_NOMEM.
 * Thread safety: any thread.
 */
POSTVET_EXPORT POSTVET_NODISCARD postvet_status postvet_config_file_new(
    const postvet_source *source, const char *directory, postvet_error_fn *on_error, void *user,
    postvet_config_file **out, postvet_error *err);

/** Frees a file that no configuration uses any more. NULL is fine. */
POSTVET_EXPORT void postvet_config_file_free(postvet_config_file *file);

/** @return The file that this one extends, as a path; or NULL. The caller reads it, and sees that
 *  no file extends itself. */
POSTVET_EXPORT const postvet_setting *postvet_config_file_extends(const postvet_config_file *file);

/** A file among others. */
typedef struct postvet_config_layer {
    const postvet_config_file *file; /**< Must outlive the configuration. */
    uint32_t group; /**< A file and all that it extends have a number of their own; 0 is the
                         computer's own configuration, which no other file's lock binds. */
} postvet_config_layer;

/** What somebody says beside all files, such as an option of a command line. */
typedef struct postvet_config_override {
    const char *key;   /**< "profile", "voice", "kind" or "fail-on". */
    const char *value; /**< As a file would have it; paths as they are. */
    const char *name;  /**< What errors call it: "--fail-on". */
} postvet_config_override;

/** What to make a configuration of. Start from POSTVET_CONFIG_OPTIONS_INIT. */
typedef struct postvet_config_options {
    uint32_t version;                   /**< POSTVET_CONFIG_OPTIONS_VERSION. */
    const postvet_config_layer *layers; /**< The weakest first: what a file extends stands before
                                             it, and a later layer wins. */
    size_t layer_count;
    const postvet_config_override *overrides; /**< Win over all layers; copied. */
    size_t override_count;
    postvet_error_fn *on_error; /**< Told every error, not only the first; may be NULL. */
    void *user;                 /**< Handed to `on_error`. */
} postvet_config_options;

#define POSTVET_CONFIG_OPTIONS_VERSION 1
#define POSTVET_CONFIG_OPTIONS_INIT                                                                \
    {                                                                                              \
        POSTVET_CONFIG_OPTIONS_VERSION, NULL, 0, NULL, 0, NULL, NULL                               \
    }

/**
 * Joins layers into what applies. Names of rules are looked at when a ruleset is made.
 * @param options  NULL for no layers.
 * @param out      On POSTVET_OK a configuration to free with postvet_config_free(); else untouched.
 * @param err      Filled with the first error; may be NULL.
 * @return POSTVET_OK; POSTVET_ERR_PROFILE for a profile that there is not; POSTVET_ERR_LOCKED;
 *         POSTVET_ERR_ARGUMENT; POSTVET_ERR_NOMEM.
 * Thread safety: any thread.
 */
POSTVET_EXPORT POSTVET_NODISCARD postvet_status postvet_config_new(
    const postvet_config_options *options, postvet_config **out, postvet_error *err);

/** Frees a configuration that no ruleset uses any more. NULL is fine. */
POSTVET_EXPORT void postvet_config_free(postvet_config *config);

/** Sets what the configuration says: its profile, its rule packs (files, or directories that the
 *  caller spreads out) and itself. What it is silent about stays as it is. */
POSTVET_EXPORT void postvet_config_ruleset_options(
    const postvet_config *config, postvet_ruleset_options *options);

/** Sets voice and kind where the configuration says them. */
POSTVET_EXPORT void postvet_config_scan_options(
    const postvet_config *config, postvet_scan_options *options);

/** @return The least severity that is to make a check fail; POSTVET_ERROR if nothing is said. */
POSTVET_EXPORT postvet_severity postvet_config_fail_on(const postvet_config *config);

/** @return What says that drafts of this path are to be left out of a directory; or NULL. */
POSTVET_EXPORT const postvet_setting *postvet_config_excludes(
    const postvet_config *config, const char *path);

/** @return The first lock in force, or NULL: then nothing is locked. */
POSTVET_EXPORT const postvet_setting *postvet_config_lock(const postvet_config *config);

/** All that applies, key by key, as far as a stronger layer does not say otherwise; NULL past the
 *  end. */
POSTVET_EXPORT size_t postvet_config_setting_count(const postvet_config *config);
POSTVET_EXPORT const postvet_setting *postvet_config_setting_at(
    const postvet_config *config, size_t index);

/* ------------------------------------------------------------------- scans */

/**
 * Screens one draft. Findings come ordered by start byte, then end byte, then rule id.
 * @param text     The draft in UTF-8, NUL bytes allowed; borrowed until the call returns. Bytes
 *                 that are not UTF-8 are read as U+FFFD and make the result incomplete.
 * @param len      Bytes in `text`, at most POSTVET_TEXT_MAX, or `text_max`.
 * @param options  NULL for a personal post of unknown markup.
 * @param out      On POSTVET_OK a result to free with postvet_result_free(); else untouched.
 * @param err      Filled on failure; may be NULL.
 * @return POSTVET_OK, also with no finding: postvet_result_complete() tells whether all of it was
 *         checked, and why not. POSTVET_ERR_LIMIT when `len` is too large; POSTVET_ERR_ARGUMENT;
 *         POSTVET_ERR_NOMEM.
 * Thread safety: one scanner a thread; any number of scanners may share a ruleset.
 */
POSTVET_EXPORT POSTVET_NODISCARD postvet_status postvet_scan(postvet_scanner *scanner,
    const char *text, size_t len, const postvet_scan_options *options, postvet_result **out,
    postvet_error *err);

/** Frees a result and its findings. NULL is fine. */
POSTVET_EXPORT void postvet_result_free(postvet_result *result);

/** A place in the draft. */
typedef struct postvet_position {
    size_t byte;   /**< From 0. */
    size_t line;   /**< From 1; LF, CRLF and CR each end a line. */
    size_t column; /**< From 1, in code points; a byte order mark is none, a tab is one. */
} postvet_position;

/** One thing in the draft that a rule found. */
typedef struct postvet_finding {
    const char *rule;
    const char *category; /**< The rule's pack. */
    const char *title;
    postvet_severity severity;
    postvet_confidence confidence;
    const char *const *reasons; /**< What the confidence rests on; never quotes the draft. */
    size_t reason_count;
    postvet_position start, end; /**< Of the author's own bytes; both 0, 1:1 when the finding is
                                      about the whole draft. */
    const char
        *excerpt; /**< The matched text, masked unless show_matches; "" for the whole draft. */
    const char *message;
    const char *advice;
    const postvet_citation *citations;
    size_t citation_count;
    const char *fingerprint; /**< What a baseline knows it by, where postvet_scan_options asks for
                                  it; "" of a rule that is POSTVET_SUPPRESS_NEVER. */
} postvet_finding;

POSTVET_EXPORT size_t postvet_result_count(const postvet_result *result);
/** @return Finding number `index`, or NULL past the end. */
POSTVET_EXPORT const postvet_finding *postvet_result_at(const postvet_result *result, size_t index);
POSTVET_EXPORT postvet_verdict postvet_result_verdict(const postvet_result *result);

/** @return Whether all of the draft was checked. */
POSTVET_EXPORT bool postvet_result_complete(const postvet_result *result);
/** @return How many findings, suppressed or not, stand outside the lines that have changed, and are
 *  left out: see postvet_scan_options.changed. */
POSTVET_EXPORT size_t postvet_result_elsewhere_count(const postvet_result *result);
/** Why a result is incomplete, a sentence each; NULL past the end. */
POSTVET_EXPORT size_t postvet_result_incomplete_count(const postvet_result *result);
POSTVET_EXPORT const char *postvet_result_incomplete_at(const postvet_result *result, size_t index);

/** What sets a finding aside. Values are ABI. */
typedef enum postvet_suppression_kind {
    POSTVET_SUPPRESSED_IN_DRAFT = 0,
    POSTVET_SUPPRESSED_BY_ALLOWLIST = 1, /**< Or a configuration. */
    POSTVET_SUPPRESSED_BY_BASELINE = 2
} postvet_suppression_kind;

/** A finding that was set aside. It counts for nothing in the verdict. */
typedef struct postvet_suppression {
    const postvet_finding *finding;
    const char *reason; /**< Why, in the author's words, on one line; what rules find in it is
                             masked unless show_matches. "" where a baseline gives none. */
    const char *file;   /**< The name of the allow-list, configuration or baseline that says so; ""
                             for the draft itself. */
    postvet_position start, end; /**< There, of the rule's name; of a baseline, of its line. */
    postvet_suppression_kind kind;
} postvet_suppression;

/** What was suppressed, ordered as findings are; NULL past the end. */
POSTVET_EXPORT size_t postvet_result_suppressed_count(const postvet_result *result);
POSTVET_EXPORT const postvet_suppression *postvet_result_suppressed_at(
    const postvet_result *result, size_t index);

/** Something to be known about the suppressions of a draft. It says nothing of the draft's own
 *  words, and counts for nothing in the verdict. */
typedef struct postvet_notice {
    /** Static: "malformed-directive", "unknown-rule", "locked-rule", "unclosed-directive",
     *  "unused-suppression", "too-many-directives"; once for a draft that has any directive,
     *  "published-directive"; and of an entry of the baseline that accepts more than there is
     *  "stale-entry", or of one that cannot hold "locked-rule". */
    const char *kind;
    postvet_severity severity; /**< POSTVET_WARNING, or POSTVET_NOTE for "published-directive" and
                                    "stale-entry". */
    const char *file; /**< The name of the allow-list or baseline, or "" for the draft itself. */
    postvet_position start, end; /**< There. */
    const char *message;         /**< One sentence or two; never quotes the draft. */
} postvet_notice;

/** Notices, ordered by place, those about the draft first; NULL past the end. */
POSTVET_EXPORT size_t postvet_result_notice_count(const postvet_result *result);
POSTVET_EXPORT const postvet_notice *postvet_result_notice_at(
    const postvet_result *result, size_t index);

/* ------------------------------------------------------------------ copies */

/** A changed copy of a draft; owns its text and the result of scanning it. */
typedef struct postvet_copy postvet_copy;

/**
 * Copies a draft and puts a placeholder, such as [NHS number], in the place of each identifier: of
 * what those rules find for which the ruleset's profile, or the general wording, has words (the
 * keys placeholder-RULE and placeholder-PACK of its `wording`). What overlaps becomes one
 * placeholder; markup, ends of lines and a byte order mark stay. In targets of links, attributes
 * and file names a placeholder has hyphens for its spaces, in front matter it stands in
 * parentheses. Suppressions do not hold: what was set aside for one readership is replaced, too.
 * The copy is scanned again until nothing is left to replace.
 * @param options  As for postvet_scan().
 * @param out      On POSTVET_OK a copy to free with postvet_copy_free(); else untouched.
 * @return As postvet_scan().
 */
POSTVET_EXPORT POSTVET_NODISCARD postvet_status postvet_redact(postvet_scanner *scanner,
    const char *text, size_t len, const postvet_scan_options *options, postvet_copy **out,
    postvet_error *err);

/**
 * Copies a draft and leaves its directives out: with their lines, where nothing else stands there.
 * A line of text that was meant as a directive but is malformed stays, since it may be a sentence.
 * @param options  As for postvet_scan().
 * @param out      On POSTVET_OK a copy to free with postvet_copy_free(); else untouched.
 * @return As postvet_scan().
 */
POSTVET_EXPORT POSTVET_NODISCARD postvet_status postvet_clean(postvet_scanner *scanner,
    const char *text, size_t len, const postvet_scan_options *options, postvet_copy **out,
    postvet_error *err);

/** Frees a copy. NULL is fine. */
POSTVET_EXPORT void postvet_copy_free(postvet_copy *copy);

/** @return The text, in UTF-8 where the draft was, with a NUL behind it. */
POSTVET_EXPORT const char *postvet_copy_text(const postvet_copy *copy);
/** @return Bytes in the text. */
POSTVET_EXPORT size_t postvet_copy_len(const postvet_copy *copy);
/** @return How many places were replaced, or left out. */
POSTVET_EXPORT size_t postvet_copy_changes(const postvet_copy *copy);
/** @return What stands in the copy when it is scanned, without suppressions. It is incomplete where
 *  the draft could not be fully checked, so that something may have been passed over. */
POSTVET_EXPORT const postvet_result *postvet_copy_result(const postvet_copy *copy);

/* ------------------------------------------------------------------- views */

/** A draft as the rules see it, for people who write them; owns its stretches. */
typedef struct postvet_view postvet_view;

/** A part of a view: text of one scope in one block. No match crosses from block to block. */
typedef struct postvet_stretch {
    const char *scope; /**< As packs name it: "prose", "alt-text" … Static. */
    const char *text; /**< UTF-8 with a NUL behind it; may hold NUL and, at soft wraps, newlines. */
    size_t len;       /**< Bytes in `text`. */
    postvet_position start, end; /**< Where the author wrote it. */
    bool opens_block;
} postvet_stretch;

/**
 * Reads a draft as postvet_scan() does. Stretches come in the order of the draft, first what a
 * reader reads from top to bottom, then what stands aside: targets of links, alt text, comments …
 * @param options  As for postvet_scan(); only `markup`, `file_name`, `text_max` and `nesting_max`
 *                 count.
 * @param folded   Whether to fold the text as it is folded for terms: small letters, without marks,
 *                 look-alikes as the Latin letters that they look like.
 * @param out      On POSTVET_OK a view to free with postvet_view_free(); else untouched.
 * @return POSTVET_OK, POSTVET_ERR_LIMIT, POSTVET_ERR_ARGUMENT or POSTVET_ERR_NOMEM.
 * Thread safety: any thread.
 */
POSTVET_EXPORT POSTVET_NODISCARD postvet_status postvet_view_new(const char *text, size_t len,
    const postvet_scan_options *options, bool folded, postvet_view **out, postvet_error *err);

/** Frees a view and its stretches. NULL is fine. */
POSTVET_EXPORT void postvet_view_free(postvet_view *view);

POSTVET_EXPORT size_t postvet_view_count(const postvet_view *view);
/** @return Stretch number `index`, or NULL past the end. */
POSTVET_EXPORT const postvet_stretch *postvet_view_at(const postvet_view *view, size_t index);

/* --------------------------------------------------------------- positions */

/**
 * The UTF-16 column that editors count in.
 * @param text  The draft that was scanned.
 * @param byte  An offset into it; one past the end stands for the end.
 * @return Code units from the start of the line, from 1.
 */
POSTVET_EXPORT size_t postvet_utf16_column(const char *text, size_t len, size_t byte);

#ifdef __cplusplus
}
#endif
#endif
