/* grammar.h: what a single value of a pack or profile may be: one of some words, or text of some
 * shape. Knows values, not where they stand (schema.h) nor whether names refer to something. */
#ifndef PV_PACK_GRAMMAR_H
#define PV_PACK_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>

/* Either words or a shape; neither: any text that is not empty. */
struct pv_grammar {
    const char *expected;          /* the shape in words: "an id of ..."; NULL with `words` */
    bool (*matches)(const char *); /* the shape */
    const char *const *words;      /* ends with NULL */
};

extern const struct pv_grammar pv_grammar_text, pv_grammar_id, pv_grammar_ref, pv_grammar_group,
    pv_grammar_version, pv_grammar_within, pv_grammar_words, pv_grammar_several, pv_grammar_weight,
    pv_grammar_negative, pv_grammar_cite, pv_grammar_section, pv_grammar_trust_key,
    pv_grammar_wording, pv_grammar_truth, pv_grammar_paths;
extern const struct pv_grammar pv_grammar_severity, pv_grammar_override, pv_grammar_confidence,
    pv_grammar_suppressible, pv_grammar_view, pv_grammar_case, pv_grammar_yes_no, pv_grammar_side,
    pv_grammar_reach, pv_grammar_scope, pv_grammar_voice, pv_grammar_kind, pv_grammar_markup,
    pv_grammar_trust_list;

bool pv_grammar_holds(const struct pv_grammar *grammar, const char *value);

/* "error, warning or note", "an id of lower-case letters, digits and hyphens"; cut at `size`. */
void pv_grammar_expected(const struct pv_grammar *grammar, char *out, size_t size);

#endif
