/* position.h: lines and columns of source bytes. Pure; knows nothing of views. */
#ifndef PV_TEXT_POSITION_H
#define PV_TEXT_POSITION_H

#include <stddef.h>

#include <postvet/postvet.h>

/* Fills the lines and columns of `count` positions whose bytes are set, ascending or not, in one
 * pass where they ascend. LF, CRLF and CR end a line; columns count code points from 1; a byte
 * order mark at the start is none; each byte that is not UTF-8 is one. */
void pv_positions(const char *source, size_t len, postvet_position *positions, size_t count);

/* The column of `byte` in UTF-16 code units from the start of its line, from 1. */
size_t pv_utf16_column(const char *source, size_t len, size_t byte);

#endif
