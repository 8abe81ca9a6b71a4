/* load.h: gathers the packs, profiles and lists that a ruleset is made of, from the library itself,
 * from files and from memory, and has them compiled. */
#ifndef PV_ENGINE_LOAD_H
#define PV_ENGINE_LOAD_H

#include <postvet/postvet.h>

#include "base/buf.h"
#include "pack/pack.h"

/* Appends to the empty `image` what the options ask for. A pack of the caller's replaces the
 * library's pack of the same id. Every error is told. */
postvet_status pv_load(
    const postvet_ruleset_options *options, struct pv_report *report, struct pv_buf *image);

#endif
