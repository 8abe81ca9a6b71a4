/* compiler.h: what the parts of the compiler share (compile.c: packs and rules; compile_find.c:
 * what they look for; compile_weigh.c: weights; compile_links.c: what leans on what;
 * compile_profile.c: profiles). Not for anyone else. */
#ifndef PV_ENGINE_COMPILER_H
#define PV_ENGINE_COMPILER_H

#include "base/arena.h"
#include "engine/compile.h"
#include "engine/gate.h"
#include "engine/image.h"
#include "engine/writer.h"

struct pv_compiler {
    const struct pv_compile_input *input;
    struct pv_report *report;
    struct pv_writer writer;
    struct pv_image header;
    /* Growing arrays of the record that each is named after. */
    struct pv_buf packs, rules, matchers, members, patterns, terms, lists, profiles;
    struct pv_gate_builder gates;
    struct pv_arena texts;       /* patterns made of lists and of other packs' fragments */
    struct pv_buf list_origins;  /* const void *: the text or model list that each list came from */
    struct pv_buf scale_origins; /* the same of scales: lists of weights */
    struct pv_buf weights, weighed; /* what stands in them, and the matchers that weigh with them */
    uint32_t *cue_base;             /* by pack: the matcher of its first cue */
    uint32_t *rule_base;            /* by pack: its first rule */
    size_t foreign_terms;           /* of packs that are not the library's own */
};

/* The pack being compiled. */
struct pv_scope_of {
    struct pv_compiler *c;
    size_t index;
    const struct pv_pack_file *file;
    const struct pv_pack *pack;
};

/* Tells an error at the place of `field` in the pack. */
#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 4, 5)))
#endif
void pv_compile_error(const struct pv_scope_of *s, const void *field, postvet_status status,
    const char *format, ...);

/* Whether the pack is not one of the library's own. */
static inline bool pv_is_foreign(const struct pv_scope_of *s)
{
    return s->index >= s->c->input->own_count;
}

/* The index of a pack, SIZE_MAX when none has this id. */
size_t pv_pack_called(const struct pv_compiler *c, const char *id, size_t len);
/* The index of a rule, PV_NONE when none has this id. */
uint32_t pv_rule_called(const struct pv_compiler *c, const char *id);

/* "error", "warning", "note"; 0 for anything else and for NULL. */
uint32_t pv_severity_of(const char *word);

/* Pack number `index`. */
struct pv_scope_of pv_scope_of_pack(struct pv_compiler *c, size_t index);

/* Tells an error where a cue or a rule leads back to itself. */
void pv_check_circles(struct pv_compiler *c);

/* Makes each cue of cues one of those cues of terms and patterns that it stands for in the end. To
 * be called when there are no circles. */
void pv_flatten(struct pv_compiler *c);

/* Compiles profile `index`, once packs and rules have theirs. */
void pv_compile_profile(struct pv_compiler *c, size_t index);

/* The matcher of a cue by "id" or "pack/id", PV_NONE with an error at `field` when unknown. */
uint32_t pv_compile_cue(const struct pv_scope_of *s, char *const *field);

/* Told each entry of a list. */
typedef void pv_entry_fn(void *user, const char *entry, size_t len);

/* Calls `each` (which may be NULL) for every entry of the list called `name`: the pack's own, a
 * profile list ("trust-postcodes"), or a list file. Sets *origin to what stands for the list, so
 * that it is stored once. False when there is no such list, with an error at `field` unless that is
 * NULL or memory ran out. */
bool pv_walk_list(const struct pv_scope_of *s, const char *name, const void *field,
    pv_entry_fn *each, void *user, const void **origin);

/* What {{name}} stands for in a pattern; `user` points to the struct pv_scope_of. NULL when it
 * stands for nothing, or memory ran out. */
const char *pv_find_fragment(void *user, const char *name, size_t len);

/* Compiles what is looked for into matcher record `index`, which exists. */
void pv_compile_find(const struct pv_scope_of *s, const struct pv_find *find, uint32_t index,
    const struct pv_strings *skip, const struct pv_strings *only);

/* Compiles what a matcher weighs: a list of weights, and how much is enough, or little enough.
 * Returns the index of its record in the image. */
uint32_t pv_compile_weigh(const struct pv_scope_of *s, char *const *list, const char *bound);

/* Writes the weights of all lists into the image. */
void pv_build_weights(struct pv_compiler *c);

/* Whether there is room for one more term, or word with a weight; tells once that there is not. */
bool pv_has_term_room(const struct pv_scope_of *s, const void *field);

/* A new matcher that stands for any of the cues. */
uint32_t pv_compile_any(const struct pv_scope_of *s, const struct pv_strings *cues);
struct pv_range pv_compile_members(const struct pv_scope_of *s, const struct pv_strings *cues);

struct pv_range pv_compile_wheres(const struct pv_scope_of *s, const struct pv_wheres *wheres);

#endif
