/* rows.h: a number that is spread over the cells of a row or the items of a list. Knows nothing of
 * markup. */
#ifndef PV_TEXT_ROWS_H
#define PV_TEXT_ROWS_H

#include "text/text.h"

/* Makes one block of two to four neighbouring blocks of a passage, or passages of one block behind
 * something else, that hold nothing but figures, ten in all, as a number of the NHS has, or of ten
 * of one figure each, as in the boxes of a form, where no other two such blocks stand side by side
 * there: a table of figures stays one. `blocks` are in order. Returns how many are left. */
size_t pv_rows_join(const char *bytes, struct pv_block *blocks, size_t count);

#endif
