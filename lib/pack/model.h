/* model.h: a rule pack, a profile and a configuration as plain data, just as their YAML says it.
 * Strings are NUL-terminated UTF-8; an absent optional string is NULL, an absent list has count 0.
 * What the words mean is said in docs/rules.md, docs/profiles.md and docs/configuration.md; whether
 * names refer to something is the affair of the compiler (engine/compile.h) and of config/apply.h.
 */
#ifndef PV_PACK_MODEL_H
#define PV_PACK_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pv_strings {
    char **items;
    unsigned count;
};

/* A predicate on a named group of a match, or on the whole span where `group` is NULL. Just one of
 * the others is set. */
struct pv_where {
    char *group;
    char *check, *not_check;
    char *in_list, *not_in_list;
};
struct pv_wheres {
    struct pv_where *items;
    unsigned count;
};

/* Something that must, or must not, stand near a match: a cue, any of several, or what another
 * rule finds. */
struct pv_near {
    char *cue;
    struct pv_strings any;
    char *rule;
    char *within; /* "6 words", "sentence", "paragraph", "document"; NULL: sentence */
    char *side;   /* "before", "after", "either"; NULL: either */
};
struct pv_nears {
    struct pv_near *items;
    unsigned count;
};

/* Moves severity or confidence where its conditions all hold. */
struct pv_adjust {
    struct pv_nears near, unless_near;
    struct pv_wheres where;
    char *up_to;                 /* "60 words": only in a draft that is no longer */
    char *severity, *confidence; /* new values; at least one */
    char *because;               /* the reason shown to people; NULL: made from the conditions */
};
struct pv_adjusts {
    struct pv_adjust *items;
    unsigned count;
};

/* What to look for: patterns, terms, a list, or what weighs enough; just one kind. */
struct pv_find {
    char *pattern;
    struct pv_strings patterns;
    struct pv_strings terms;
    char *list;
    char *weigh;              /* a list of weights */
    char *at_least, *at_most; /* with `weigh`, one of them: "1" to "9999", "-9999" to "-1" */
    struct pv_strings any;    /* cues only: other cues, taken together */
    char *view;               /* patterns: "plain" (default), "folded" */
    char *match_case;         /* terms: "any" (default), "exact"; key `case` */
    char *inflect;            /* terms: "yes" (default), "no" */
    char *disguised;          /* terms: "no" (default), "yes": also in disguise */
    struct pv_strings skip;   /* scopes where it does not count */
    struct pv_strings only;   /* scopes where alone it counts */
    struct pv_wheres where;
};

/* A named stretch of pattern, written {{id}} or {{pack/id}} in patterns. */
struct pv_fragment {
    char *id, *pattern;
};
struct pv_fragments {
    struct pv_fragment *items;
    unsigned count;
};

/* A list that the pack brings itself. */
struct pv_list {
    char *id;
    struct pv_strings entries;
};
struct pv_lists {
    struct pv_list *items;
    unsigned count;
};

struct pv_cue {
    char *id, *title; /* title: how reasons name it; NULL: what was matched by a term, or the id */
    struct pv_find find; /* its keys stand in the cue itself */
};
struct pv_cues {
    struct pv_cue *items;
    unsigned count;
};

struct pv_when {
    struct pv_strings voice, kind, profile;
};

/* A whole-draft rule: all of `have` occur and none of `lack` does. Cue names. */
struct pv_missing {
    struct pv_strings have, lack;
};

/* Weak details that add up: at least so many of the cues stand together. */
struct pv_together {
    struct pv_strings cues;
    char *at_least; /* "2" to "9" */
    char *within;   /* as in pv_near; NULL: paragraph */
    char *reach;    /* "cues", "sentence"; NULL: cues */
};

struct pv_tests {
    struct pv_strings match, no_match;
};

/* Tests in another setting than a personal post in Markdown. */
struct pv_setting {
    char *voice, *kind, *markup;
    struct pv_strings match, no_match;
};
struct pv_settings {
    struct pv_setting *items;
    unsigned count;
};

struct pv_rule {
    char *id, *title, *severity, *confidence;
    struct pv_find *find; /* just one of these three is set */
    struct pv_missing *missing;
    struct pv_together *together;
    struct pv_when when;
    struct pv_nears near, unless_near;
    struct pv_adjusts adjust;
    char *pack_adjust;            /* "yes" (default), "no" */
    struct pv_strings skip, only; /* scopes, as in find */
    struct pv_strings yields; /* rules or packs whose overlapping findings win over this one's */
    char *message, *advice;
    struct pv_strings cites; /* "A 5.15" */
    char *suppressible;      /* "with-reason" (default), "never" */
    struct pv_tests tests;
    struct pv_settings more_tests;
};
struct pv_rules {
    struct pv_rule *items;
    unsigned count;
};

/* One rule pack. */
struct pv_pack {
    char *id, *title, *description, *version; /* id: key `pack` */
    struct pv_fragments fragments;
    struct pv_lists lists;
    struct pv_cues cues;
    struct pv_nears unless_near; /* for every rule that finds a place */
    struct pv_adjusts adjust;    /* the same, behind its own */
    struct pv_rules rules;
};

/* A word or phrase of a profile that messages quote: {key}. */
struct pv_wording {
    char *key, *text;
};
struct pv_wordings {
    struct pv_wording *items;
    unsigned count;
};

/* A rule whose severity this Trust changes; "off" leaves the rule out. */
struct pv_override {
    char *rule, *severity;
};
struct pv_overrides {
    struct pv_override *items;
    unsigned count;
};

/* A section of the Trust's document, and the rules and packs whose findings it is quoted for. */
struct pv_section {
    char *section;
    struct pv_strings rules;
};
struct pv_sections {
    struct pv_section *items;
    unsigned count;
};

/* One Trust. */
struct pv_profile {
    char *id, *title; /* id: key `profile` */
    char *key;        /* the letter that `cites` use: B, J, H, K, A; NULL for the general wording */
    char *ods, *document;
    struct pv_lists lists; /* public postcodes, phones, domains, handles, names: each is the
                              list `trust-ID` of packs, joined over the profiles in force */
    struct pv_wordings wording;
    struct pv_overrides severity;
    struct pv_sections sections;
};

/* Something that may stand although rules find it. Just one of `phrase` and `pattern` is set. */
struct pv_allow {
    char *phrase, *pattern;
    struct pv_strings rules; /* rules and packs; none: all */
    struct pv_strings paths; /* none: all */
    char *reason;
};
struct pv_allows {
    struct pv_allow *items;
    unsigned count;
};

/* One configuration file. Rules and packs are named alike. */
struct pv_config {
    char *root;    /* "true", "false"; NULL: "false" */
    char *extends; /* these and `rules` are paths as they stand in the file */
    char *profile, *voice, *kind, *fail_on;
    struct pv_strings rules;
    struct pv_strings enable, disable;
    struct pv_overrides severity;
    struct pv_allows allow;
    struct pv_strings exclude;
    struct pv_strings lock; /* "all": every rule */
};

#endif
