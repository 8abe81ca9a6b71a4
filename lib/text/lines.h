/* lines.h: a source line by line. LF, CRLF and CR end a line. Pure. */
#ifndef PV_TEXT_LINES_H
#define PV_TEXT_LINES_H

#include <stddef.h>

struct pv_line {
    size_t start; /* first byte */
    size_t end;   /* after the last byte that is not the line's end */
    size_t next;  /* first byte of the line after it */
};

/* The line that starts at `at`, which is less than len. */
static inline struct pv_line pv_line_at(const char *s, size_t len, size_t at)
{
    size_t end = at;
    while (end < len && s[end] != '\n' && s[end] != '\r')
        end++;
    size_t next = end;
    if (next < len)
        next += s[next] == '\r' && next + 1 < len && s[next + 1] == '\n' ? 2 : 1;
    return (struct pv_line){ at, end, next };
}

#endif
