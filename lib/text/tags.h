/* tags.h: the elements of HTML, as far as they matter to a reader. Constant data. */
#ifndef PV_TEXT_TAGS_H
#define PV_TEXT_TAGS_H

#include <stdbool.h>
#include <stddef.h>

#include "text/text.h"

enum pv_tag_kind {
    PV_TAG_INLINE, /* parts nothing */
    PV_TAG_BLOCK,  /* starts and ends a block */
    PV_TAG_TABLE,  /* … and what is in it is one passage */
    PV_TAG_LINE,   /* ends a line: <br> */
    PV_TAG_GAP,    /* takes up space between two words */
    PV_TAG_RAW     /* its content is no text to read, and holds no tags */
};

struct pv_tag {
    char name[11];
    unsigned char kind;  /* enum pv_tag_kind */
    unsigned char scope; /* enum pv_scope of what is in it; PV_SCOPE_PROSE changes nothing */
};

#define PV_TAG_COUNT 146

/* Ordered by name. */
extern const struct pv_tag pv_tags[PV_TAG_COUNT];

/* The element with this name in any case, or NULL. */
const struct pv_tag *pv_tag_find(const char *name, size_t len);

#endif
