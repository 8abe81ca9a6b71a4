/* markdown.h: Markdown as CommonMark 0.31 and GitHub have it, read in two stages.
 *
 *   blocks    lines -> leaves: paragraphs, headings, cells … without the markers of their
 *             containers, joined in one content view             (markdown.c)
 *   inlines   each leaf -> text: emphasis, links, code, HTML      (inline.c)
 *
 * Where CommonMark and what a reader takes an unrendered post to say part, the reader wins: what
 * such a case is stands beside its code. */
#ifndef PV_TEXT_MARKDOWN_H
#define PV_TEXT_MARKDOWN_H

#include "text/html.h"
#include "text/work.h"

enum pv_leaf_kind {
    PV_LEAF_TEXT,    /* with inline markup */
    PV_LEAF_LITERAL, /* none */
    PV_LEAF_HTML,
    PV_LEAF_SIDE /* put aside: a value, with its entities */
};

struct pv_leaf {
    uint32_t start, end; /* of the content view */
    uint32_t group;      /* leaves of one group, 0 aside, are one passage */
    uint8_t kind;        /* enum pv_leaf_kind */
    uint8_t scope;       /* enum pv_scope */
};

/* Reads b->in as Markdown into b. */
void pv_markdown_write(struct pv_build *b, struct pv_text_work *work);

/* Where the front matter that s starts with ends, or 0. Sets *body to its lines between the
 * fences. */
size_t pv_front_matter(const char *s, size_t len, struct pv_span *body);

/* Puts the lines of front matter aside. */
void pv_front_matter_write(struct pv_build *b, struct pv_span body);

/* The leaves of work->leaves, whose content is b->in, as text. */
void pv_inline_write(struct pv_build *b, struct pv_text_work *work);

/* Where a link's target and title stand. */
struct pv_link_parts {
    struct pv_span target, title; /* start equals end when there is none */
    size_t end;                   /* after all of it */
};

/* Reads a target and an optional title at `at`. False when there is no target. */
bool pv_link_parts_read(const char *s, size_t at, size_t to, struct pv_link_parts *parts);

/* The labels of link references and footnotes that the source defines, as hashes. */
bool pv_labels_find(const char *s, size_t len, struct pv_buf *labels);
bool pv_labels_have(const struct pv_buf *labels, const char *label, size_t len);

#endif
