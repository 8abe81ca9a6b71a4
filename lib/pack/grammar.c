/* grammar.c: the words and shapes, each written once. Letters and digits are ASCII's. */
#include "pack/grammar.h"

#include <stdio.h>
#include <string.h>

#define PV_DIGITS "0123456789"
#define PV_LOWER "abcdefghijklmnopqrstuvwxyz"
#define PV_UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define PV_WITHIN_WORDS_MAX 50
#define PV_DRAFT_WORDS_MAX 500

/* Whether the first `len` bytes are an id. */
static bool pv_is_id_of(const char *text, size_t len)
{
    return len > 0 && strspn(text, PV_LOWER PV_DIGITS "-") >= len;
}

static bool pv_is_id(const char *text)
{
    return pv_is_id_of(text, strlen(text));
}

static bool pv_is_ref(const char *text)
{
    const char *const slash = strchr(text, '/');
    if (!slash)
        return pv_is_id(text);
    return pv_is_id_of(text, (size_t)(slash - text)) && pv_is_id(slash + 1);
}

/* As PCRE2 allows, in ASCII: at most 32, no digit first. */
static bool pv_is_group(const char *text)
{
    const size_t len = strlen(text);
    return len > 0 && len <= 32 && !strchr(PV_DIGITS, text[0])
           && strspn(text, PV_LOWER PV_UPPER PV_DIGITS "_") == len;
}

static bool pv_is_version(const char *text)
{
    for (int part = 0; part < 3; part++) {
        const size_t len = strspn(text, PV_DIGITS);
        if (len == 0 || len > 9 || (len > 1 && text[0] == '0'))
            return false;
        text += len;
        if (part < 2 && *text++ != '.')
            return false;
    }
    return *text == '\0';
}

/* "1 word", "12 words" */
static bool pv_counts_words(const char *text, unsigned max)
{
    const size_t len = strspn(text, PV_DIGITS);
    if (len == 0 || len > 3 || text[0] == '0')
        return false;
    unsigned words = 0;
    for (size_t i = 0; i < len; i++)
        words = 10 * words + (unsigned)(text[i] - '0');
    return words <= max && (!strcmp(text + len, " words") || !strcmp(text + len, " word"));
}

static bool pv_is_within(const char *text)
{
    if (!strcmp(text, "sentence") || !strcmp(text, "paragraph") || !strcmp(text, "document"))
        return true;
    return pv_counts_words(text, PV_WITHIN_WORDS_MAX);
}

/* The length of a draft. */
static bool pv_is_words(const char *text)
{
    return pv_counts_words(text, PV_DRAFT_WORDS_MAX);
}

static bool pv_is_several(const char *text)
{
    return text[0] >= '2' && text[0] <= '9' && text[1] == '\0';
}

static bool pv_is_weight(const char *text)
{
    const size_t len = strspn(text, PV_DIGITS);
    return len >= 1 && len <= 4 && text[0] != '0' && text[len] == '\0';
}

static bool pv_is_negative(const char *text)
{
    return text[0] == '-' && pv_is_weight(text + 1);
}

static bool pv_is_trust_key(const char *text)
{
    return strlen(text) == 1 && strspn(text, PV_UPPER) == 1;
}

/* "5.15", "App 2": what the section is called is the policy's own affair. */
static bool pv_is_section(const char *text)
{
    const size_t len = strlen(text);
    return len >= 1 && len <= 30 && text[0] != ' ' && text[len - 1] != ' '
           && strspn(text, PV_LOWER PV_UPPER PV_DIGITS " .()-") == len;
}

/* "A 5.15", "B App 2" */
static bool pv_is_cite(const char *text)
{
    return strspn(text, PV_UPPER) >= 1 && text[1] == ' ' && pv_is_section(text + 2);
}

/* The words of messages, or "placeholder-" and the id of a rule or pack. */
static bool pv_is_wording(const char *text)
{
    static const char *const words[] = { "trust", "communications", "speak-up",
        "patient-experience", "information-governance", "whistleblowing-policy",
        "complaints-policy", "social-media-policy" };
    static const char prefix[] = "placeholder-";
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (strcmp(text, words[i]) == 0)
            return true;
    return strncmp(text, prefix, sizeof(prefix) - 1) == 0 && pv_is_id(text + sizeof(prefix) - 1);
}

/* As YAML has it; a shape and not words, so that editors may take it for more than a text. */
static bool pv_is_truth(const char *text)
{
    return !strcmp(text, "true") || !strcmp(text, "false");
}

/* A pattern for paths that starts from the file's own directory and stays below it. */
static bool pv_is_paths(const char *text)
{
    if (*text == '/' || strchr(text, '\\'))
        return false;
    for (const char *part = text; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
        if (!strncmp(part, "..", 2) && (part[2] == '/' || part[2] == '\0'))
            return false;
    return *text != '\0';
}

#define PV_SHAPE(name, function, words_for_it)                                                     \
    const struct pv_grammar pv_grammar_##name = { .expected = (words_for_it),                      \
        .matches = (function) }

PV_SHAPE(text, NULL, "text");
PV_SHAPE(id, pv_is_id, "an id of lower-case letters, digits and hyphens");
PV_SHAPE(ref, pv_is_ref, "an id or pack/id, of lower-case letters, digits and hyphens");
PV_SHAPE(group, pv_is_group, "the name of a group in the pattern");
PV_SHAPE(version, pv_is_version, "MAJOR.MINOR.PATCH, such as 1.0.0,");
PV_SHAPE(within, pv_is_within, "1 word to 50 words, sentence, paragraph or document");
PV_SHAPE(words, pv_is_words, "1 word to 500 words");
PV_SHAPE(several, pv_is_several, "a number from 2 to 9");
PV_SHAPE(weight, pv_is_weight, "a number from 1 to 9999");
PV_SHAPE(negative, pv_is_negative, "a number from -9999 to -1");
PV_SHAPE(cite, pv_is_cite, "a Trust's letter and a section, such as A 5.15,");
PV_SHAPE(section, pv_is_section, "the name of a section, such as 4.2 or App 2,");
PV_SHAPE(trust_key, pv_is_trust_key, "one capital letter");
PV_SHAPE(wording, pv_is_wording,
    "trust, communications, speak-up, patient-experience, information-governance, "
    "whistleblowing-policy, complaints-policy, social-media-policy or placeholder-RULE");

PV_SHAPE(truth, pv_is_truth, "true or false");
PV_SHAPE(paths, pv_is_paths, "a path below this file's directory, with slashes and without ..,");

#define PV_WORDS(name, ...)                                                                        \
    static const char *const pv_words_##name[] = { __VA_ARGS__, NULL };                            \
    const struct pv_grammar pv_grammar_##name = { .words = pv_words_##name }

PV_WORDS(severity, "error", "warning", "note");
PV_WORDS(override, "error", "warning", "note", "off");
PV_WORDS(confidence, "high", "medium", "low");
PV_WORDS(suppressible, "never", "with-reason");
PV_WORDS(view, "plain", "folded");
PV_WORDS(case, "any", "exact");
PV_WORDS(yes_no, "yes", "no");
PV_WORDS(side, "before", "after", "either", "anywhere");
PV_WORDS(reach, "cues", "sentence");
PV_WORDS(scope, "prose", "heading", "quotation", "code", "url", "link-title", "alt-text",
    "attribute", "comment", "front-matter", "file-name");
PV_WORDS(voice, "personal", "corporate");
PV_WORDS(kind, "post", "profile", "reply");
PV_WORDS(markup, "plain", "markdown", "html");
PV_WORDS(trust_list, "postcodes", "phones", "domains", "handles", "names");

bool pv_grammar_holds(const struct pv_grammar *grammar, const char *value)
{
    if (!grammar->words)
        return *value && (!grammar->matches || grammar->matches(value));
    for (const char *const *word = grammar->words; *word; word++)
        if (!strcmp(*word, value))
            return true;
    return false;
}

void pv_grammar_expected(const struct pv_grammar *grammar, char *out, size_t size)
{
    size_t len = 0;
    if (!grammar->words) {
        snprintf(out, size, "%s", grammar->expected);
        return;
    }
    for (const char *const *word = grammar->words; *word && len < size; word++) {
        const char *const before = word == grammar->words ? "" : word[1] ? ", " : " or ";
        const int added = snprintf(out + len, size - len, "%s%s", before, *word);
        len += added > 0 ? (size_t)added : 0;
    }
}
