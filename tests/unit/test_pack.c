/* test_pack.c: what is told of wrong packs, in what words and at what place; and what a right one
 * becomes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pack/pack.h"

/* ------------------------------------------------------------------- telling of errors */

struct told {
    char text[8192]; /* "LINE:COLUMN: MESSAGE\n" for each error */
    postvet_error first;
};

static void on_error(const postvet_error *error, void *user)
{
    struct told *const told = user;
    const size_t len = strlen(told->text);
    snprintf(told->text + len, sizeof(told->text) - len, "%zu:%zu: %s\n", error->line,
        error->column, error->message);
}

/* Lines 1 to 3 of a pack, lines 4 to 8 of it when it has a rule, and how the rule goes on. */
#define HEAD "pack: p\ntitle: P\nversion: 1.0.0\n"
#define RULE HEAD "rules:\n  - id: r\n    title: R\n    severity: error\n    confidence: high\n"
#define TAIL                                                                                       \
    "    message: m\n    advice: a\n    cites: [A 5.15]\n    tests: {match: [x], no-match: [y]}\n"
#define FIND "    find: {terms: [x]}\n"

static struct error_case {
    const char *name, *yaml;
    postvet_status status; /* of the first error */
    const char *told;      /* every error */
} error_cases[] = {
    /* Not YAML at all. */
    { "empty", "", POSTVET_ERR_SCHEMA, "1:1: The file is empty; a rule pack was expected.\n" },
    { "comments only", "# a\n\n# b\n", POSTVET_ERR_SCHEMA,
        "1:1: The file is empty; a rule pack was expected.\n" },
    { "empty document", "---\n", POSTVET_ERR_SCHEMA,
        "1:1: The file is empty; a rule pack was expected.\n" },
    { "UTF-16 little-endian", "\xFF\xFEp", POSTVET_ERR_SYNTAX,
        "1:1: The file is in UTF-16; save it as UTF-8.\n" },
    { "UTF-16 big-endian", "\xFE\xFFp", POSTVET_ERR_SYNTAX,
        "1:1: The file is in UTF-16; save it as UTF-8.\n" },
    { "Latin-1", "pack: p\ntitle: caf\xE9\n", POSTVET_ERR_SYNTAX,
        "2:11: This is not plain text in UTF-8: incomplete UTF-8 octet sequence.\n" },
    { "stray byte", "pack: p\ntitle: \xC3\xA9\xA9\n", POSTVET_ERR_SYNTAX,
        "2:9: This is not plain text in UTF-8: invalid leading UTF-8 octet.\n" },
    { "cut off", "pack: p\ntitle: \xE2\x82", POSTVET_ERR_SYNTAX,
        "2:8: This is not plain text in UTF-8: incomplete UTF-8 octet sequence.\n" },
    { "Latin-1 after UTF-8", "pack: p\ntitle: \xC3\xA9\xE9t\xE9\n", POSTVET_ERR_SYNTAX,
        "2:9: This is not plain text in UTF-8: invalid trailing UTF-8 octet.\n" },
    { "surrogate", "pack: \xED\xA0\x80\n", POSTVET_ERR_SYNTAX,
        "1:7: This is not plain text in UTF-8: invalid Unicode character.\n" },
    { "control character", "pack: p\r\ntitle: a\x01\r\n", POSTVET_ERR_SYNTAX,
        "2:9: This is not plain text in UTF-8: control characters are not allowed.\n" },
    { "open bracket", "pack: p\ntitle: [a,\n  b\nversion: 1.0.0\n", POSTVET_ERR_SYNTAX,
        "4:8: This is not well-formed YAML: did not find expected ',' or ']' (while parsing a "
        "flow sequence that begins on line 2).\n" },
    { "colon in a value", "pack: p\ntitle: a: b\n", POSTVET_ERR_SYNTAX,
        "2:9: This is not well-formed YAML: mapping values are not allowed in this context.\n" },
    { "tab", "pack:\n\tp\n", POSTVET_ERR_SYNTAX,
        "2:1: This is not well-formed YAML: found character that cannot start any token.\n" },
    { "raw string of another language", "pack: r\"\\d\" 'x': y\n", POSTVET_ERR_SYNTAX,
        "1:16: This is not well-formed YAML: mapping values are not allowed in this context.\n" },
    { "unknown escape", "pack: \"\xC3\xA9\\d\"\n", POSTVET_ERR_SYNTAX,
        "1:9: This is not well-formed YAML: found unknown escape character.\n" },
    /* YAML, but not of the plain sort. */
    { "second document", HEAD "cues: [{id: a, terms: [b]}]\n---\na: b\n", POSTVET_ERR_SCHEMA,
        "5:1: A second document begins here; a file holds just one.\n" },
    { "aliases, anchors and tags",
        "pack: &a p\ntitle: *a\nversion: !!str 1.0.0\ndescription: !x y\ncues: !!seq\n"
        "  - {id: *a, terms: &b [c]}\n",
        POSTVET_ERR_SCHEMA,
        "1:7: Anchors (&name) are not allowed; write the value out wherever it is needed.\n"
        "2:8: Aliases (*name) are not allowed; write the value out here.\n"
        "4:14: Tags (!name) are not allowed; every value is plain text.\n"
        "5:7: Tags (!name) are not allowed; every value is plain text.\n"
        "6:10: Aliases (*name) are not allowed; write the value out here.\n"
        "6:21: Anchors (&name) are not allowed; write the value out wherever it is needed.\n" },
    { "aliases do not hide what else is wrong", HEAD "cues: *x\nrule: []\n", POSTVET_ERR_SCHEMA,
        "4:7: Aliases (*name) are not allowed; write the value out here.\n"
        "5:1: \"rule\" is not a key of a rule pack; did you mean \"rules\"?\n" },
    { "NUL in a text", "pack: \"p\\0q\"\n", POSTVET_ERR_SCHEMA,
        "1:7: A text may not hold a NUL character.\n"
        "1:1: The key \"title\" is missing; text was expected.\n"
        "1:1: The key \"version\" is missing; MAJOR.MINOR.PATCH, such as 1.0.0, was expected.\n"
        "1:1: A key of a rule pack is missing; rules, cues, lists or fragments was expected.\n" },
    { "nested too deeply", "pack: [[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]\n", POSTVET_ERR_LIMIT,
        "1:22: Mappings and lists are nested too deeply here.\n" },
    /* Keys. */
    { "a list", "- a\n", POSTVET_ERR_SCHEMA,
        "1:1: The file is a list; a rule pack was expected.\n" },
    { "a word", "pack", POSTVET_ERR_SCHEMA,
        "1:1: The file is a single text; a rule pack was expected.\n" },
    { "unknown key on line 7", RULE "", POSTVET_ERR_SCHEMA,
        "5:5: Rule \"r\": The key \"message\" is missing; text was expected.\n"
        "5:5: Rule \"r\": The key \"advice\" is missing; text was expected.\n"
        "5:5: Rule \"r\": The key \"cites\" is missing; a list was expected.\n"
        "5:5: Rule \"r\": The key \"tests\" is missing; a mapping was expected.\n"
        "5:5: Rule \"r\": A key of a rule is missing; find, missing or together was expected.\n" },
    { "unknown keys", RULE FIND "    mesage: m\n    colour: red\n" TAIL, POSTVET_ERR_SCHEMA,
        "10:5: Rule \"r\": \"mesage\" is not a key of a rule; did you mean \"message\"?\n"
        "11:5: Rule \"r\": \"colour\" is not a key of a rule; id, title, severity, confidence, "
        "find, missing, together, when, near, unless-near, adjust, pack-adjust, skip, only, "
        "yields, "
        "message, advice, "
        "cites, suppressible, tests or more-tests was expected.\n" },
    { "what is under an unknown key is let be", RULE "    fnd: {a: {b: [*c]}}\n" FIND TAIL,
        POSTVET_ERR_SCHEMA,
        "9:19: Aliases (*name) are not allowed; write the value out here.\n"
        "9:5: Rule \"r\": \"fnd\" is not a key of a rule; did you mean \"find\"?\n" },
    { "repeated keys", HEAD "title: Q\ncues: [{id: a, terms: [b]}]\ntitle: R\n", POSTVET_ERR_SCHEMA,
        "4:1: The key \"title\" is repeated; it was first given on line 2.\n"
        "6:1: The key \"title\" is repeated; it was first given on line 2.\n" },
    { "keys that are no words", HEAD "[a]: b\n? {c: d}\n: e\ncues: [{id: a, terms: [b]}]\n",
        POSTVET_ERR_SCHEMA,
        "4:1: A key of a rule pack is a list; a word was expected.\n"
        "5:3: A key of a rule pack is a mapping; a word was expected.\n" },
    { "columns count characters",
        HEAD "cues: [{id: a, terms: [\"\xC3\xA9\xF0\x9F\x98\x80\"], x: y}]\n", POSTVET_ERR_SCHEMA,
        "4:31: Cue \"a\": \"x\" is not a key of a cue; id, title, any, pattern, patterns, terms, "
        "list, weigh, at-least, at-most, view, case, inflect, disguised, skip, only or where was "
        "expected.\n" },
    { "lines end as editors end them",
        "pack: p\r\ntitle: \"a\xE2\x80\xA8"
        "b\xC2\x85"
        "c\"\rversion: 1.0.0\n\rcues: 1\r\n",
        POSTVET_ERR_SCHEMA, "5:7: \"cues\" is a single text; a list was expected.\n" },
    { "a byte order mark has no column", "\xEF\xBB\xBFpakc: p\n", POSTVET_ERR_SCHEMA,
        "1:1: The key \"pack\" is missing; an id of lower-case letters, digits and hyphens was "
        "expected.\n"
        "1:1: The key \"title\" is missing; text was expected.\n"
        "1:1: The key \"version\" is missing; MAJOR.MINOR.PATCH, such as 1.0.0, was expected.\n"
        "1:1: A key of a rule pack is missing; rules, cues, lists or fragments was expected.\n"
        "1:1: \"pakc\" is not a key of a rule pack; did you mean \"pack\"?\n" },
    /* Types. */
    { "wrong types",
        "pack: {a: b}\ntitle: [a]\nversion: 1.0.0\nlists: {id: a}\ncues:\n  - a\n  - [b]\n  -\n"
        "rules:\n",
        POSTVET_ERR_SCHEMA,
        "1:7: \"pack\" is a mapping; a text was expected.\n"
        "2:8: \"title\" is a list; a text was expected.\n"
        "4:8: \"lists\" is a mapping; a list was expected.\n"
        "6:5: An entry of \"cues\" is a single text; a mapping was expected.\n"
        "7:5: An entry of \"cues\" is a list; a mapping was expected.\n"
        "8:4: An entry of \"cues\" is empty; a mapping was expected.\n"
        "9:7: \"rules\" is empty; a list was expected.\n" },
    { "empty values",
        "pack: ''\ntitle:\nversion: null\ndescription: ~\nlists: []\n"
        "cues:\n  - {id: a, terms: ['', \"\", ~, null, 'null']}\n",
        POSTVET_ERR_SCHEMA,
        "1:7: \"pack\" is empty; an id of lower-case letters, digits and hyphens was expected.\n"
        "2:7: \"title\" is empty; text was expected.\n"
        "3:10: \"version\" is empty; MAJOR.MINOR.PATCH, such as 1.0.0, was expected.\n"
        "4:14: \"description\" is empty; text was expected.\n"
        "5:8: \"lists\" is an empty list; at least one entry was expected.\n"
        "7:21: Cue \"a\": \"terms\" has an empty entry; text was expected.\n"
        "7:25: Cue \"a\": \"terms\" has an empty entry; text was expected.\n"
        "7:29: Cue \"a\": \"terms\" has an empty entry; text was expected.\n"
        "7:32: Cue \"a\": \"terms\" has an empty entry; text was expected.\n" },
    { "text for a list", RULE "    find: {terms: x}\n" TAIL, POSTVET_ERR_SCHEMA,
        "9:19: Rule \"r\": \"terms\" is a single text; a list was expected.\n" },
    { "tests of one kind",
        RULE FIND "    message: m\n    advice: a\n    cites: [A 7]\n    tests: {match: [x]}\n",
        POSTVET_ERR_SCHEMA,
        "13:12: Rule \"r\": The key \"no-match\" is missing; a list was expected.\n" },
    /* Words and shapes. */
    { "words of a rule",
        HEAD "rules:\n  - id: R 1\n    title: R\n    severity: fatal\n    confidence: 1\n" FIND
             "    skip: [url, link]\n    only: [Prose]\n    suppressible: no\n"
             "    yields: [a/b]\n" TAIL,
        POSTVET_ERR_SCHEMA,
        "5:9: Rule \"R 1\": \"id\" is \"R 1\"; an id of lower-case letters, digits and hyphens was "
        "expected.\n"
        "7:15: Rule \"R 1\": \"severity\" is \"fatal\"; error, warning or note was expected.\n"
        "8:17: Rule \"R 1\": \"confidence\" is \"1\"; high, medium or low was expected.\n"
        "10:17: Rule \"R 1\": \"skip\" holds \"link\"; prose, heading, quotation, code, url, "
        "link-title, alt-text, attribute, comment, front-matter or file-name was expected.\n"
        "11:12: Rule \"R 1\": \"only\" holds \"Prose\"; prose, heading, quotation, code, url, "
        "link-title, alt-text, attribute, comment, front-matter or file-name was expected.\n"
        "12:19: Rule \"R 1\": \"suppressible\" is \"no\"; never or with-reason was expected.\n"
        "13:14: Rule \"R 1\": \"yields\" holds \"a/b\"; an id of lower-case letters, digits and "
        "hyphens was expected.\n" },
    { "words of find",
        RULE "    find: {terms: [x], case: any case, inflect: true, disguised: maybe}\n" TAIL,
        POSTVET_ERR_SCHEMA,
        "9:30: Rule \"r\": \"case\" is \"any case\"; any or exact was expected.\n"
        "9:49: Rule \"r\": \"inflect\" is \"true\"; yes or no was expected.\n"
        "9:66: Rule \"r\": \"disguised\" is \"maybe\"; yes or no was expected.\n" },
    { "view", RULE "    find: {pattern: x, view: source}\n" TAIL, POSTVET_ERR_SCHEMA,
        "9:30: Rule \"r\": \"view\" is \"source\"; plain or folded was expected.\n" },
    { "words of near",
        RULE FIND "    near:\n      - {cue: A, within: 0 words, side: left}\n"
                  "      - {any: [a, b/c/d], within: 51 words}\n"
                  "      - {rule: a/b, within: line}\n"
                  "    unless-near:\n      - {cue: a/b, within: 1 word}\n"
                  "      - {cue: a, within: 50 words}\n      - {cue: a, within: 6words}\n" TAIL,
        POSTVET_ERR_SCHEMA,
        "11:15: Rule \"r\": \"cue\" is \"A\"; an id or pack/id, of lower-case letters, digits and "
        "hyphens was expected.\n"
        "11:26: Rule \"r\": \"within\" is \"0 words\"; 1 word to 50 words, sentence, paragraph or "
        "document was expected.\n"
        "11:41: Rule \"r\": \"side\" is \"left\"; before, after, either or anywhere was expected.\n"
        "12:19: Rule \"r\": \"any\" holds \"b/c/d\"; an id or pack/id, of lower-case letters, "
        "digits and hyphens was expected.\n"
        "12:35: Rule \"r\": \"within\" is \"51 words\"; 1 word to 50 words, sentence, paragraph or "
        "document was expected.\n"
        "13:16: Rule \"r\": \"rule\" is \"a/b\"; an id of lower-case letters, digits and hyphens "
        "was expected.\n"
        "13:29: Rule \"r\": \"within\" is \"line\"; 1 word to 50 words, sentence, paragraph or "
        "document was expected.\n"
        "17:26: Rule \"r\": \"within\" is \"6words\"; 1 word to 50 words, sentence, paragraph or "
        "document was expected.\n" },
    { "words of when and more-tests",
        RULE FIND "    when: {voice: [personal, staff], kind: [blog], profile: [X]}\n"
                  "    more-tests:\n      - {voice: staff, kind: blog, markup: md, "
                  "match: [a]}\n" TAIL,
        POSTVET_ERR_SCHEMA,
        "10:30: Rule \"r\": \"voice\" holds \"staff\"; personal or corporate was expected.\n"
        "10:45: Rule \"r\": \"kind\" holds \"blog\"; post, profile or reply was expected.\n"
        "10:62: Rule \"r\": \"profile\" holds \"X\"; an id of lower-case letters, digits and "
        "hyphens was expected.\n"
        "12:17: Rule \"r\": \"voice\" is \"staff\"; personal or corporate was expected.\n"
        "12:30: Rule \"r\": \"kind\" is \"blog\"; post, profile or reply was expected.\n"
        "12:44: Rule \"r\": \"markup\" is \"md\"; plain, markdown or html was expected.\n" },
    { "versions", "pack: p\ntitle: P\nversion: 1.0\ncues: [{id: a, terms: [b]}]\n",
        POSTVET_ERR_SCHEMA,
        "3:10: \"version\" is \"1.0\"; MAJOR.MINOR.PATCH, such as 1.0.0, was expected.\n" },
    { "version with a letter",
        "pack: p\ntitle: P\nversion: 1.0.0-rc1\ncues: [{id: a, terms: [b]}]\n", POSTVET_ERR_SCHEMA,
        "3:10: \"version\" is \"1.0.0-rc1\"; MAJOR.MINOR.PATCH, such as 1.0.0, was expected.\n" },
    { "cites",
        RULE FIND
        "    message: m\n    advice: a\n    cites: [A 5.15, B App 2, A5.15, AB 5, \"A \"]\n"
        "    tests: {match: [x], no-match: [y]}\n",
        POSTVET_ERR_SCHEMA,
        "12:30: Rule \"r\": \"cites\" holds \"A5.15\"; a Trust's letter and a section, such as "
        "A 5.15, was expected.\n"
        "12:37: Rule \"r\": \"cites\" holds \"AB 5\"; a Trust's letter and a section, such as "
        "A 5.15, was expected.\n"
        "12:43: Rule \"r\": \"cites\" holds \"A \"; a Trust's letter and a section, such as "
        "A 5.15, was expected.\n" },
    { "groups",
        RULE "    find:\n      pattern: x\n      where: [{group: 1st, check: a}, {group: a-b, "
             "check: a}]\n" TAIL,
        POSTVET_ERR_SCHEMA,
        "11:23: Rule \"r\": \"group\" is \"1st\"; the name of a group in the pattern was "
        "expected.\n"
        "11:47: Rule \"r\": \"group\" is \"a-b\"; the name of a group in the pattern was "
        "expected.\n" },
    { "long values are cut",
        "pack: Lorem-ipsum-dolor-sit-amet-consectetur-adipiscing-elit-sed-do\ntitle: P\n"
        "version: 1.0.0\ncues: [{id: a, terms: [b]}]\n",
        POSTVET_ERR_SCHEMA,
        "1:7: \"pack\" is \"Lorem-ipsum-dolor-sit-amet-consectetur-adipiscin...\"; an id of "
        "lower-case letters, digits and hyphens was expected.\n" },
    { "and at a character",
        "pack: 0123456789012345678901234567890123456789012345\xE2\x82\xAC"
        "x\n"
        "title: P\nversion: 1.0.0\ncues: [{id: a, terms: [b]}]\n",
        POSTVET_ERR_SCHEMA,
        "1:7: \"pack\" is \"0123456789012345678901234567890123456789012345...\"; an id of "
        "lower-case letters, digits and hyphens was expected.\n" },
    /* Keys that go together. */
    { "find and missing", RULE FIND "    missing: {have: [a], lack: [b]}\n" TAIL,
        POSTVET_ERR_SCHEMA,
        "10:5: Rule \"r\": \"missing\" may not stand beside \"find\"; just one of find, missing or "
        "together "
        "was expected.\n" },
    { "two ways to find", RULE "    find: {pattern: x, terms: [y], list: z}\n" TAIL,
        POSTVET_ERR_SCHEMA,
        "9:24: Rule \"r\": \"terms\" may not stand beside \"pattern\"; just one of pattern, "
        "patterns, terms, list or weigh was expected.\n"
        "9:36: Rule \"r\": \"list\" may not stand beside \"pattern\"; just one of pattern, "
        "patterns, terms, list or weigh was expected.\n" },
    { "nothing to find", RULE "    find: {skip: [url]}\n" TAIL, POSTVET_ERR_SCHEMA,
        "9:11: Rule \"r\": A key of find is missing; pattern, patterns, terms, list or weigh was "
        "expected.\n" },
    { "any is for cues", RULE "    find: {any: [a]}\n" TAIL, POSTVET_ERR_SCHEMA,
        "9:11: Rule \"r\": A key of find is missing; pattern, patterns, terms, list or weigh was "
        "expected.\n"
        "9:12: Rule \"r\": \"any\" is not a key of find; pattern, patterns, terms, list, weigh, "
        "at-least, at-most, view, case, inflect, disguised, skip, only or where was expected.\n" },
    { "a cue of nothing", HEAD "cues: [{id: a}, {id: b, any: [a], pattern: x}]\n",
        POSTVET_ERR_SCHEMA,
        "4:8: Cue \"a\": A key of a cue is missing; pattern, patterns, terms, list, weigh or any "
        "was "
        "expected.\n"
        "4:35: Cue \"b\": \"pattern\" may not stand beside \"any\"; just one of pattern, patterns, "
        "terms, list, weigh or any was expected.\n" },
    { "keys for terms, keys for patterns",
        RULE "    find: {pattern: x, case: exact, inflect: no, disguised: yes}\n    near:\n"
             "      - {cue: a}\n" TAIL
             "  - id: s\n    title: S\n    severity: note\n    confidence: low\n"
             "    find: {list: x, view: folded}\n" TAIL,
        POSTVET_ERR_SCHEMA,
        "9:24: Rule \"r\": \"case\" only goes with terms or list.\n"
        "9:37: Rule \"r\": \"inflect\" only goes with terms or list.\n"
        "9:50: Rule \"r\": \"disguised\" only goes with terms or list.\n"
        "20:21: Rule \"s\": \"view\" only goes with pattern or patterns.\n" },
    { "a whole-draft rule has no surroundings",
        RULE "    near: [{cue: a}]\n    missing: {have: [a], lack: [b]}\n    skip: [url]\n" TAIL,
        POSTVET_ERR_SCHEMA,
        "9:5: Rule \"r\": \"near\" only goes with find or together.\n"
        "11:5: Rule \"r\": \"skip\" only goes with find.\n" },
    { "missing needs both", RULE "    missing: {have: [a]}\n" TAIL, POSTVET_ERR_SCHEMA,
        "9:14: Rule \"r\": The key \"lack\" is missing; a list was expected.\n" },
    { "a where of nothing, a where of two",
        RULE "    find:\n      pattern: x\n      where:\n        - {group: a}\n"
             "        - {check: a, not-in-list: b}\n" TAIL,
        POSTVET_ERR_SCHEMA,
        "12:11: Rule \"r\": A key of where is missing; check, not-check, in-list or not-in-list "
        "was "
        "expected.\n"
        "13:22: Rule \"r\": \"not-in-list\" may not stand beside \"check\"; just one of check, "
        "not-check, in-list or not-in-list was expected.\n" },
    { "a near of nothing, a near of two",
        RULE FIND "    near: [{within: sentence}, {cue: a, rule: b}]\n" TAIL, POSTVET_ERR_SCHEMA,
        "10:12: Rule \"r\": A key of near is missing; cue, any or rule was expected.\n"
        "10:41: Rule \"r\": \"rule\" may not stand beside \"cue\"; just one of cue, any or rule "
        "was "
        "expected.\n" },
    { "an adjust of nothing", RULE FIND "    adjust: [{because: x}]\n" TAIL, POSTVET_ERR_SCHEMA,
        "10:14: Rule \"r\": A key of adjust is missing; severity or confidence was expected.\n"
        "10:14: Rule \"r\": A key of adjust is missing; near, unless-near, where or up-to was "
        "expected.\n" },
    { "drafts of so many words",
        RULE FIND "    adjust:\n      - {up-to: 1 word, severity: note}\n"
                  "      - {up-to: 500 words, severity: note}\n"
                  "      - {up-to: 501 words, severity: note}\n"
                  "      - {up-to: 1000 words, severity: note}\n"
                  "      - {up-to: 060 words, severity: note}\n"
                  "      - {up-to: sentence, severity: note}\n" TAIL,
        POSTVET_ERR_SCHEMA,
        "13:17: Rule \"r\": \"up-to\" is \"501 words\"; 1 word to 500 words was expected.\n"
        "14:17: Rule \"r\": \"up-to\" is \"1000 words\"; 1 word to 500 words was expected.\n"
        "15:17: Rule \"r\": \"up-to\" is \"060 words\"; 1 word to 500 words was expected.\n"
        "16:17: Rule \"r\": \"up-to\" is \"sentence\"; 1 word to 500 words was expected.\n" },
    { "a when of nothing", RULE FIND "    when: {}\n    more-tests: [{voice: personal}]\n" TAIL,
        POSTVET_ERR_SCHEMA,
        "10:11: Rule \"r\": A key of when is missing; voice, kind or profile was expected.\n"
        "11:18: Rule \"r\": A key of more-tests is missing; match or no-match was expected.\n" },
    { "a pack of nothing", HEAD, POSTVET_ERR_SCHEMA,
        "1:1: A key of a rule pack is missing; rules, cues, lists or fragments was expected.\n" },
    { "fragments and lists",
        HEAD
        "fragments:\n  - {id: f}\n  - {id: g/h, pattern: x}\nlists:\n  - {id: l, entries: []}\n"
        "  - {entries: [a]}\n",
        POSTVET_ERR_SCHEMA,
        "5:5: Fragment \"f\": The key \"pattern\" is missing; text was expected.\n"
        "6:10: Fragment \"g/h\": \"id\" is \"g/h\"; an id of lower-case letters, digits and "
        "hyphens "
        "was expected.\n"
        "8:22: List \"l\": \"entries\" is an empty list; at least one entry was expected.\n"
        "9:5: The key \"id\" is missing; an id of lower-case letters, digits and hyphens was "
        "expected.\n" },
};

static void tells_every_error(void **state)
{
    const struct error_case *const c = *state;
    struct told told = { .text = "" };
    struct pv_report report = { .fn = on_error, .user = &told, .first = &told.first };
    struct pv_pack_file *file = NULL;
    const postvet_status status =
        pv_pack_parse("packs/p.yaml", c->yaml, strlen(c->yaml), &report, &file);
    assert_string_equal(told.text, c->told);
    assert_int_equal(status, c->status);
    assert_int_equal(told.first.status, c->status);
    assert_string_equal(told.first.file, "packs/p.yaml");
    assert_null(file);
}

static struct error_case profile_cases[] = {
    { "empty profile", "", POSTVET_ERR_SCHEMA,
        "1:1: The file is empty; a profile was expected.\n" },
    { "profile",
        "profile: Blackpool\ntitel: x\nkey: b\nlists:\n  - {id: postcode, entries: [a]}\n"
        "wording:\n  - {key: speakup, text: t}\nseverity:\n  - {rule: r, severity: none}\n",
        POSTVET_ERR_SCHEMA,
        "1:1: The key \"title\" is missing; text was expected.\n"
        "1:10: \"profile\" is \"Blackpool\"; an id of lower-case letters, digits and hyphens was "
        "expected.\n"
        "2:1: \"titel\" is not a key of a profile; did you mean \"title\"?\n"
        "3:6: \"key\" is \"b\"; one capital letter was expected.\n"
        "5:10: List \"postcode\": \"id\" is \"postcode\"; postcodes, phones, domains, handles or "
        "names was expected.\n"
        "7:11: \"key\" is \"speakup\"; trust, communications, speak-up, patient-experience, "
        "information-governance, whistleblowing-policy, complaints-policy, social-media-policy or "
        "placeholder-RULE was expected.\n"
        "9:25: \"severity\" is \"none\"; error, warning, note or off was expected.\n" },
    { "sections of a profile",
        "profile: p\ntitle: P\nsections:\n  - {section: '§4', rules: [t/r]}\n"
        "  - {section: 4.1}\n  - {rules: [r]}\n  - {section: 4.2, rules: []}\n",
        POSTVET_ERR_SCHEMA,
        "3:1: \"sections\" only goes with document.\n"
        "4:15: \"section\" is \"§4\"; the name of a section, such as 4.2 or App 2, was expected.\n"
        "4:29: \"rules\" holds \"t/r\"; an id of lower-case letters, digits and hyphens was "
        "expected.\n"
        "5:5: The key \"rules\" is missing; a list was expected.\n"
        "6:5: The key \"section\" is missing; the name of a section, such as 4.2 or App 2, was "
        "expected.\n"
        "7:27: \"rules\" is an empty list; at least one entry was expected.\n" },
};

static void tells_every_error_of_a_profile(void **state)
{
    const struct error_case *const c = *state;
    struct told told = { .text = "" };
    struct pv_report report = { .fn = on_error, .user = &told, .first = &told.first };
    struct pv_profile_file *file = NULL;
    const postvet_status status =
        pv_profile_parse("p.yaml", c->yaml, strlen(c->yaml), &report, &file);
    assert_string_equal(told.text, c->told);
    assert_int_equal(status, c->status);
    assert_null(file);
}

/* A caller may want neither every error nor the first. */
static void needs_no_listener(void **state)
{
    (void)state;
    struct pv_report report = { 0 };
    struct pv_pack_file *file = NULL;
    assert_int_equal(pv_pack_parse("", "a: b\n", 5, &report, &file), POSTVET_ERR_SCHEMA);
    assert_int_equal(report.count, 5);
    assert_null(file);
}

/* ------------------------------------------------------------------------ a right pack */

static const char good[] =
    "pack: good\n"
    "title: A good pack\n"
    "version: 1.2.3\n"
    "description: >\n"
    "  In two\n"
    "  lines.\n"
    "fragments:\n"
    "  - {id: gap, pattern: '[ -]?'}\n"
    "lists:\n"
    "  - {id: helplines, entries: [116 123, \"0800 1111\"]}\n"
    "cues:\n"
    "  - id: label\n"
    "    title: a label\n"
    "    terms: [nhs number, caf\xC3\xA9]\n"
    "    inflect: no\n"
    "    case: exact\n"
    "    disguised: yes\n"
    "  - {id: person, any: [label, other/patient]}\n"
    "rules:\n"
    "  - id: first\n"
    "    title: First\n"
    "    severity: error\n"
    "    confidence: medium\n"
    "    find:\n"
    "      patterns: ['\\d{3}', \"\\\\d{4}\"]\n"
    "      view: folded\n"
    "      skip: [url, code]\n"
    "      where:\n"
    "        - {check: nhs-number}\n"
    "        - {group: number, not-in-list: helplines}\n"
    "    when: {voice: [personal], kind: [post, reply], profile: [blackpool]}\n"
    "    near: [{cue: label, within: 6 words, side: before}]\n"
    "    unless-near: [{any: [a/b]}, {rule: second}]\n"
    "    adjust:\n"
    "      - {where: [{not-check: isbn}], confidence: low, because: it looks like one}\n"
    "      - {near: [{cue: label}], severity: warning}\n"
    "    only: [prose]\n"
    "    yields: [isbn, personal-data]\n"
    "    message: What is wrong.\n"
    "    advice: |\n"
    "      What to do.\n"
    "    cites: [A 5.15, B App 2]\n"
    "    pack-adjust: no\n"
    "    suppressible: never\n"
    "    tests: {match: [\"a [[b]]\"], no-match: [c, d]}\n"
    "    more-tests:\n"
    "      - {voice: corporate, kind: reply, markup: html, match: [e]}\n"
    "  - id: second\n"
    "    title: Second\n"
    "    severity: note\n"
    "    confidence: low\n"
    "    missing: {have: [label, x/y], lack: [z]}\n"
    "    message: m\n"
    "    advice: a\n"
    "    cites: [K 6.1]\n"
    "    tests: {match: [x], no-match: [y]}\n";

static int parse_good(void **state)
{
    struct told told = { .text = "" };
    struct pv_report report = { .fn = on_error, .user = &told };
    struct pv_pack_file *file = NULL;
    if (pv_pack_parse("good.yaml", good, strlen(good), &report, &file) != POSTVET_OK)
        fail_msg("%s", told.text);
    *state = file;
    return 0;
}

static int free_good(void **state)
{
    pv_pack_file_free(*state);
    return 0;
}

static void assert_strings(const struct pv_strings *strings, const char *const *expected)
{
    unsigned count = 0;
    for (; expected[count]; count++) {
        assert_true(count < strings->count);
        assert_string_equal(strings->items[count], expected[count]);
    }
    assert_int_equal(strings->count, count);
}
#define ASSERT_STRINGS(strings, ...)                                                               \
    assert_strings(&(strings), (const char *const[]){ __VA_ARGS__, NULL })

static void builds_the_pack(void **state)
{
    const struct pv_pack *const pack = pv_pack_file_model(*state);
    assert_string_equal(pv_pack_file_name(*state), "good.yaml");
    assert_string_equal(pack->id, "good");
    assert_string_equal(pack->title, "A good pack");
    assert_string_equal(pack->version, "1.2.3");
    assert_string_equal(pack->description, "In two lines.\n");
    assert_int_equal(pack->fragments.count, 1);
    assert_string_equal(pack->fragments.items[0].id, "gap");
    assert_string_equal(pack->fragments.items[0].pattern, "[ -]?");
    assert_int_equal(pack->lists.count, 1);
    assert_string_equal(pack->lists.items[0].id, "helplines");
    ASSERT_STRINGS(pack->lists.items[0].entries, "116 123", "0800 1111");
    assert_int_equal(pack->cues.count, 2);
    assert_int_equal(pack->rules.count, 2);
}

static void builds_cues(void **state)
{
    const struct pv_pack *const pack = pv_pack_file_model(*state);
    const struct pv_cue *const label = &pack->cues.items[0];
    assert_string_equal(label->id, "label");
    assert_string_equal(label->title, "a label");
    ASSERT_STRINGS(label->find.terms, "nhs number", "caf\xC3\xA9");
    assert_string_equal(label->find.inflect, "no");
    assert_string_equal(label->find.match_case, "exact");
    assert_string_equal(label->find.disguised, "yes");
    assert_null(label->find.pattern);
    assert_null(label->find.list);
    assert_int_equal(label->find.any.count, 0);
    ASSERT_STRINGS(pack->cues.items[1].find.any, "label", "other/patient");
    assert_null(pack->cues.items[1].title);
}

static void builds_a_finding_rule(void **state)
{
    const struct pv_rule *const rule = &pv_pack_file_model(*state)->rules.items[0];
    assert_string_equal(rule->id, "first");
    assert_string_equal(rule->title, "First");
    assert_string_equal(rule->severity, "error");
    assert_string_equal(rule->confidence, "medium");
    assert_null(rule->missing);
    ASSERT_STRINGS(rule->find->patterns, "\\d{3}", "\\d{4}");
    assert_string_equal(rule->find->view, "folded");
    ASSERT_STRINGS(rule->find->skip, "url", "code");
    assert_int_equal(rule->find->where.count, 2);
    assert_null(rule->find->where.items[0].group);
    assert_string_equal(rule->find->where.items[0].check, "nhs-number");
    assert_string_equal(rule->find->where.items[1].group, "number");
    assert_string_equal(rule->find->where.items[1].not_in_list, "helplines");
    ASSERT_STRINGS(rule->only, "prose");
    ASSERT_STRINGS(rule->yields, "isbn", "personal-data");
    assert_string_equal(rule->message, "What is wrong.");
    assert_string_equal(rule->advice, "What to do.\n");
    ASSERT_STRINGS(rule->cites, "A 5.15", "B App 2");
    assert_string_equal(rule->pack_adjust, "no");
    assert_string_equal(rule->suppressible, "never");
}

static void builds_surroundings(void **state)
{
    const struct pv_rule *const rule = &pv_pack_file_model(*state)->rules.items[0];
    ASSERT_STRINGS(rule->when.voice, "personal");
    ASSERT_STRINGS(rule->when.kind, "post", "reply");
    ASSERT_STRINGS(rule->when.profile, "blackpool");
    assert_int_equal(rule->near.count, 1);
    assert_string_equal(rule->near.items[0].cue, "label");
    assert_string_equal(rule->near.items[0].within, "6 words");
    assert_string_equal(rule->near.items[0].side, "before");
    assert_int_equal(rule->unless_near.count, 2);
    assert_null(rule->unless_near.items[0].cue);
    ASSERT_STRINGS(rule->unless_near.items[0].any, "a/b");
    assert_string_equal(rule->unless_near.items[1].rule, "second");
    assert_null(rule->unless_near.items[1].within);
    assert_int_equal(rule->adjust.count, 2);
    assert_string_equal(rule->adjust.items[0].where.items[0].not_check, "isbn");
    assert_string_equal(rule->adjust.items[0].confidence, "low");
    assert_string_equal(rule->adjust.items[0].because, "it looks like one");
    assert_null(rule->adjust.items[0].severity);
    assert_string_equal(rule->adjust.items[1].near.items[0].cue, "label");
    assert_string_equal(rule->adjust.items[1].severity, "warning");
}

static void builds_tests(void **state)
{
    const struct pv_rule *const rule = &pv_pack_file_model(*state)->rules.items[0];
    ASSERT_STRINGS(rule->tests.match, "a [[b]]");
    ASSERT_STRINGS(rule->tests.no_match, "c", "d");
    assert_int_equal(rule->more_tests.count, 1);
    const struct pv_setting *const setting = &rule->more_tests.items[0];
    assert_string_equal(setting->voice, "corporate");
    assert_string_equal(setting->kind, "reply");
    assert_string_equal(setting->markup, "html");
    ASSERT_STRINGS(setting->match, "e");
    assert_int_equal(setting->no_match.count, 0);
}

static void builds_a_missing_rule(void **state)
{
    const struct pv_rule *const rule = &pv_pack_file_model(*state)->rules.items[1];
    assert_null(rule->find);
    ASSERT_STRINGS(rule->missing->have, "label", "x/y");
    ASSERT_STRINGS(rule->missing->lack, "z");
    assert_int_equal(rule->near.count, 0);
    assert_int_equal(rule->when.voice.count, 0);
    assert_null(rule->suppressible);
}

static void assert_place(struct pv_place place, size_t line, size_t column)
{
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
}

static void knows_the_place_of_each_value(void **state)
{
    const struct pv_pack *const pack = pv_pack_file_model(*state);
    const struct pv_rule *const first = &pack->rules.items[0], *const second = first + 1;
    const struct {
        const void *field;
        size_t line, column;
    } places[] = {
        { &pack->id, 1, 7 },
        { &pack->title, 2, 8 },
        { &pack->description, 4, 14 },
        { &pack->fragments.items[0].pattern, 8, 24 },
        { &pack->lists.items[0].entries, 10, 30 },          /* a list */
        { &pack->lists.items[0].entries.items[1], 10, 40 }, /* an entry */
        { &pack->cues, 12, 3 },
        { &pack->cues.items[0].title, 13, 12 },
        { &pack->cues.items[0].find.match_case, 16, 11 },
        { &pack->cues.items[1].find.any.items[1], 18, 31 },
        { first, 20, 9 }, /* a struct: its first value, if that is given */
        { &first->find, 25, 7 },
        { first->find, 25, 7 },
        { &first->find->patterns.items[1], 25, 27 },
        { &first->find->where.items[0], 29, 11 }, /* `group` is not given */
        { &first->find->where.items[1].not_in_list, 30, 40 },
        { &first->when.kind.items[1], 31, 44 },
        { &first->near.items[0].within, 32, 33 },
        { &first->unless_near.items[1].rule, 33, 40 },
        { &first->adjust.items[1].near.items[0].cue, 36, 23 },
        { &first->advice, 40, 13 },
        { &first->tests.no_match.items[1], 45, 47 },
        { &first->more_tests.items[0].match.items[0], 47, 63 },
        { &second->missing->lack.items[0], 52, 42 },
        { &second->tests, 56, 20 }, /* again its first value */
        /* Not in the file. */
        { &second->find, 0, 0 },
        { &first->find->pattern, 25, 7 }, /* shares the address of `find` itself */
        { &first->find->list, 0, 0 },
        { &first->unless_near.items[1].side, 0, 0 },
        { &good, 0, 0 },
    };
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
        assert_place(pv_pack_file_place(*state, places[i].field), places[i].line, places[i].column);
}

static void takes_bom_and_crlf(void **state)
{
    (void)state;
    static const char text[] = "\xEF\xBB\xBF"
                               "pack: p\r\ntitle: P\r\nversion: 1.0.0\r\n"
                               "cues:\r\n  - {id: a, terms: [b,\r\n      c]}\r\n";
    struct told told = { .text = "" };
    struct pv_report report = { .fn = on_error, .user = &told };
    struct pv_pack_file *file = NULL;
    const postvet_status status = pv_pack_parse("p", text, strlen(text), &report, &file);
    assert_string_equal(told.text, "");
    assert_int_equal(status, POSTVET_OK);
    const struct pv_pack *const pack = pv_pack_file_model(file);
    assert_string_equal(pack->id, "p");
    assert_place(pv_pack_file_place(file, &pack->id), 1, 7);
    ASSERT_STRINGS(pack->cues.items[0].find.terms, "b", "c");
    assert_place(pv_pack_file_place(file, &pack->cues.items[0].find.terms.items[1]), 6, 7);
    pv_pack_file_free(file);
}

static void builds_a_profile(void **state)
{
    (void)state;
    static const char text[] =
        "profile: seaside\ntitle: Seaside Hospitals\nkey: S\nods: RZZ\ndocument: POL/1\n"
        "lists:\n  - {id: postcodes, entries: [ZZ99 3WZ]}\n"
        "wording:\n  - {key: speak-up, text: the Guardian}\n"
        "severity:\n  - {rule: imagery-uniform, severity: off}\n"
        "sections:\n  - {section: 6.10, rules: [slur, imagery-uniform]}\n";
    struct told told = { .text = "" };
    struct pv_report report = { .fn = on_error, .user = &told };
    struct pv_profile_file *file = NULL;
    const postvet_status status = pv_profile_parse("s.yaml", text, strlen(text), &report, &file);
    assert_string_equal(told.text, "");
    assert_int_equal(status, POSTVET_OK);
    const struct pv_profile *const profile = pv_profile_file_model(file);
    assert_string_equal(pv_profile_file_name(file), "s.yaml");
    assert_string_equal(profile->id, "seaside");
    assert_string_equal(profile->title, "Seaside Hospitals");
    assert_string_equal(profile->key, "S");
    assert_string_equal(profile->ods, "RZZ");
    assert_string_equal(profile->document, "POL/1");
    assert_string_equal(profile->lists.items[0].id, "postcodes");
    ASSERT_STRINGS(profile->lists.items[0].entries, "ZZ99 3WZ");
    assert_string_equal(profile->wording.items[0].key, "speak-up");
    assert_string_equal(profile->wording.items[0].text, "the Guardian");
    assert_string_equal(profile->severity.items[0].rule, "imagery-uniform");
    assert_string_equal(profile->severity.items[0].severity, "off");
    assert_place(pv_profile_file_place(file, &profile->severity.items[0].severity), 11, 39);
    assert_string_equal(profile->sections.items[0].section, "6.10");
    ASSERT_STRINGS(profile->sections.items[0].rules, "slur", "imagery-uniform");
    assert_place(pv_profile_file_place(file, &profile->sections.items[0].rules.items[1]), 13, 35);
    pv_profile_file_free(file);
}

/* ------------------------------------------------------------------------------ limits */

static void refuses_too_many_bytes(void **state)
{
    (void)state;
    struct told told = { .text = "" };
    struct pv_report report = { .fn = on_error, .user = &told };
    struct pv_pack_file *file = NULL;
    /* Only the length is looked at. */
    const postvet_status status =
        pv_pack_parse("p", "pack: p\n", POSTVET_PACK_MAX + 1, &report, &file);
    assert_int_equal(status, POSTVET_ERR_LIMIT);
    assert_string_equal(told.text, "0:0: The file is larger than 16777216 bytes.\n");
}

/* Hostile nesting must end at once, not after the stack or the clock. */
static void refuses_endless_nesting(void **state)
{
    (void)state;
    enum { LEN = 1024 * 1024 };
    static char text[LEN];
    for (size_t kind = 0; kind < 3; kind++) {
        const char *const unit = (const char *const[]){ "[", "{a: ", "- " }[kind];
        for (size_t i = 0; i < LEN; i++)
            text[i] = unit[i % strlen(unit)];
        struct pv_report report = { 0 };
        struct pv_pack_file *file = NULL;
        assert_int_equal(pv_pack_parse("p", text, LEN, &report, &file), POSTVET_ERR_LIMIT);
        assert_int_equal(report.count, 1);
    }
}

/* ------------------------------------------------------------------------------- files */

static void reads_a_file(void **state)
{
    (void)state;
    static const char path[] = "test_pack.tmp";
    FILE *const out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite("a\0b\r\n", 1, 5, out), 5);
    assert_int_equal(fclose(out), 0);

    struct told told = { .text = "" };
    struct pv_report report = { .fn = on_error, .user = &told };
    char *text = NULL;
    size_t len = 0;
    assert_int_equal(pv_file_read(path, 5, &report, &text, &len), POSTVET_OK);
    assert_int_equal(len, 5);
    assert_memory_equal(text, "a\0b\r\n", 6);
    free(text);
    text = NULL;
    assert_int_equal(pv_file_read(path, 4, &report, &text, &len), POSTVET_ERR_LIMIT);
    assert_null(text);
    assert_int_equal(remove(path), 0);
    assert_int_equal(pv_file_read(path, 5, &report, &text, &len), POSTVET_ERR_FILE);
    assert_int_equal(pv_file_read(".", 5, &report, &text, &len), POSTVET_ERR_FILE);
    assert_string_equal(told.text, "0:0: The file is larger than 4 bytes.\n"
                                   "0:0: There is no such file.\n"
                                   "0:0: This is a folder; a file was expected.\n");
}

/* -------------------------------------------------------------------------------- main */

enum {
    ERRORS = sizeof(error_cases) / sizeof(error_cases[0]),
    PROFILES = sizeof(profile_cases) / sizeof(profile_cases[0])
};

static int run_error_cases(void)
{
    struct CMUnitTest tests[ERRORS + PROFILES];
    for (size_t i = 0; i < ERRORS; i++)
        tests[i] = (struct CMUnitTest){ error_cases[i].name, tells_every_error, NULL, NULL,
            &error_cases[i] };
    for (size_t i = 0; i < PROFILES; i++)
        tests[ERRORS + i] = (struct CMUnitTest){ profile_cases[i].name,
            tells_every_error_of_a_profile, NULL, NULL, &profile_cases[i] };
    return cmocka_run_group_tests_name("errors", tests, NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest good_tests[] = {
        cmocka_unit_test(builds_the_pack),
        cmocka_unit_test(builds_cues),
        cmocka_unit_test(builds_a_finding_rule),
        cmocka_unit_test(builds_surroundings),
        cmocka_unit_test(builds_tests),
        cmocka_unit_test(builds_a_missing_rule),
        cmocka_unit_test(knows_the_place_of_each_value),
    };
    const struct CMUnitTest other_tests[] = {
        cmocka_unit_test(needs_no_listener),
        cmocka_unit_test(takes_bom_and_crlf),
        cmocka_unit_test(builds_a_profile),
        cmocka_unit_test(refuses_too_many_bytes),
        cmocka_unit_test(refuses_endless_nesting),
        cmocka_unit_test(reads_a_file),
    };
    return run_error_cases()
           + cmocka_run_group_tests_name("a right pack", good_tests, parse_good, free_good)
           + cmocka_run_group_tests_name("other", other_tests, NULL, NULL);
}
