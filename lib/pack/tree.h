/* tree.h: a YAML text as a tree of nodes, each with its place. Knows YAML, not rule packs.
 *
 * Only the plain part of YAML is let in: one document of mappings, lists and scalars. Anchors,
 * aliases and tags would let a file mean something else than what a reader sees, so each is an
 * error. Nothing is resolved: a scalar is its text, `no` and 1.0 included. */
#ifndef PV_PACK_TREE_H
#define PV_PACK_TREE_H

#include "base/arena.h"
#include "pack/pack.h"

enum pv_node_type {
    PV_NODE_SCALAR,
    PV_NODE_LIST,
    PV_NODE_MAPPING,
    PV_NODE_REFUSED /* an alias, already told; stands in its place so that the rest is checked */
};

struct pv_node {
    enum pv_node_type type;
    struct pv_place place;
    bool plain;       /* a scalar without quotes */
    const char *text; /* a scalar's, NUL-terminated; "" for the others */
    size_t len;
    const struct pv_node *first; /* a list's entries; a mapping's key, value, key, value ... */
    const struct pv_node *next;
};

/* Reads `text`. On POSTVET_OK *root is the tree, in the arena, never NULL, and its containers are
 * nested at most POSTVET_PACK_DEPTH_MAX deep. Errors go to `report`; *root may be set although
 * something was refused, so that the caller can check the rest: then the status is that of the
 * first refusal. *root is NULL where no tree came about. `what` is what the file should hold. */
postvet_status pv_tree_parse(const char *name, const char *what, const char *text, size_t len,
    struct pv_arena *arena, struct pv_report *report, const struct pv_node **root);

#endif
