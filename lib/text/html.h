/* html.h: HTML as a reader sees it: tags left out, entities decoded, white space collapsed, what is
 * not shown put aside. Knows no tree: only which elements are open that change the scope or the
 * passage. Tolerant: what is not a whole tag is text. */
#ifndef PV_TEXT_HTML_H
#define PV_TEXT_HTML_H

#include "text/build.h"
#include "text/style.h"
#include "text/tags.h"

/* Inline elements nested deeper than this are not paired. */
#define PV_UNPAIRED_MAX 16

struct pv_named_tag {
    struct pv_span tag, name; /* of the input */
};

struct pv_html {
    struct pv_build *b;
    struct pv_buf *open;           /* of struct pv_open_tag: elements that change the scope */
    uint32_t counts[PV_TAG_COUNT]; /* how many of each are in `open` */
    enum pv_scope base;            /* the scope outside all of them */
    unsigned preformatted;         /* open elements in which lines count */
    struct pv_hiding hiding;       /* what the style sheets so far hide */
    struct pv_named_tag
        unpaired[PV_UNPAIRED_MAX]; /* opening tags of inline elements, the last last */
    size_t unpaired_count;
    bool any_name; /* unknown elements are tags too: a page, not HTML in Markdown */
    struct {
        size_t from, to; /* a search in this stretch found nothing */
    } missing[5];
};

void pv_html_start(struct pv_html *h, struct pv_build *b, struct pv_buf *open, bool any_name);

/* The scope of text at this point. */
enum pv_scope pv_html_scope(const struct pv_html *h);

/* Where the tag, comment, declaration or instruction at `at` ends, or 0 when there is none that
 * ends before `to`. */
size_t pv_html_tag_end(struct pv_html *h, size_t at, size_t to);

/* Does what the tag, comment … in [from, to) says. */
void pv_html_tag(struct pv_html *h, size_t from, size_t to);

/* Writes a stretch of HTML. */
void pv_html_write(struct pv_html *h, size_t from, size_t to);

/* Puts a value aside, with its entities decoded and, if a URL, its percent signs. */
void pv_html_value(struct pv_html *h, size_t from, size_t to, enum pv_scope scope);

#endif
