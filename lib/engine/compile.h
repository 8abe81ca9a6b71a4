/* compile.h: checked packs and profiles in, an image out. Finds everything that is wrong with what
 * packs say about one another and about the library: unknown cues, lists, checks, fragments and
 * rules, repeated ids, patterns that do not compile, words that no profile fills, and what profiles
 * say of rules and packs that are not there. */
#ifndef PV_ENGINE_COMPILE_H
#define PV_ENGINE_COMPILE_H

#include <stdbool.h>
#include <stddef.h>

#include <postvet/postvet.h>

#include "base/buf.h"
#include "pack/pack.h"

/* The text of the list `name` for pack number `pack`, one entry a line. POSTVET_ERR_FILE when there
 * is none; POSTVET_ERR_LIMIT when its file is too large; POSTVET_ERR_NOMEM. */
typedef postvet_status pv_list_fn(
    void *user, size_t pack, const char *name, const char **text, size_t *len);

struct pv_compile_input {
    struct pv_pack_file *const *packs;
    size_t pack_count;
    size_t own_count; /* so many of them, the first ones, come with the library */
    struct pv_profile_file *const *profiles; /* one of them, the general wording, has no key */
    size_t profile_count;
    size_t terms_max, pattern_max; /* of the other packs; 0 for what postvet.h says */
    bool automata; /* make those of the patterns (dfa.h): time now, less for each draft */
    pv_list_fn *list;
    void *user;
};

/* Appends an image to the empty `image`. Every error is told; on any the image is not to be used.
 */
postvet_status pv_compile(
    const struct pv_compile_input *input, struct pv_report *report, struct pv_buf *image);

#endif
