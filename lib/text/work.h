/* work.h: the memory of a pv_text, kept from draft to draft, and the stages that use it. */
#ifndef PV_TEXT_WORK_H
#define PV_TEXT_WORK_H

#include "text/build.h"
#include "text/pairs.h"

struct pv_text_work {
    struct pv_layer layers[2];                   /* a stage reads one and writes the other */
    struct pv_buf folded, folded_runs;           /* the folded view where it is not shared */
    struct pv_buf content, content_runs, leaves; /* of Markdown: blocks without their markers */
    struct pv_buf labels;                        /* … of its link references and footnotes */
    struct pv_pairs pairs;                       /* of marks in the source */
    struct pv_buf marks;                         /* scopes with the spots set in */
    struct pv_buf items;                         /* tokens, edits or spots of one stage */
    struct pv_buf delimiters, brackets, tags;    /* that are open */
    size_t nesting_max;                          /* as pv_text has it */
    bool too_deep;
};

/* Makes text->folded from text->plain. False when out of memory. */
bool pv_fold_view(struct pv_text *text);

#endif
