/* style.h: what CSS keeps from a reader's eyes. Knows declarations and the plainest selectors:
 * where it is in doubt, text is shown. */
#ifndef PV_TEXT_STYLE_H
#define PV_TEXT_STYLE_H

#include <stdbool.h>
#include <stddef.h>

#include "text/text.h"

/* More selectors than this are not kept; what they hide counts as shown. */
#define PV_HIDING_MAX 16

/* The classes, ids and elements of style sheets that hide what has them. */
struct pv_hiding {
    struct pv_span names[PV_HIDING_MAX]; /* of the input: ".fine", "#small" or "aside" */
    size_t count;
};

/* Whether declarations such as "color: red; display: none" hide the element. */
bool pv_style_hides(const char *css, size_t len);

/* Adds the selectors of the style sheet s[from, to) that hide. */
void pv_style_read(struct pv_hiding *hiding, const char *s, size_t from, size_t to);

/* Whether one of the names, divided by blanks, is hidden. `kind` is '.' for classes, '#' for an id,
 * 0 for an element's name. */
bool pv_style_hides_name(
    const struct pv_hiding *hiding, const char *s, char kind, struct pv_span names);

#endif
