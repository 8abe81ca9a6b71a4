/* error.h: filling a postvet_error. Never allocates; every function accepts NULL for `err`. */
#ifndef PV_BASE_ERROR_H
#define PV_BASE_ERROR_H

#include <stdarg.h>

#include <postvet/postvet.h>

/* Fills `err` and returns `status`. `file` may be NULL; a long one is cut at the left, a long
 * message at the right, both at a character. Newlines and control characters in the message,
 * which may quote a rule pack, become spaces. */
#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 6, 7)))
#endif
postvet_status
pv_error_set(postvet_error *err, postvet_status status, const char *file, size_t line,
    size_t column, const char *format, ...);

/* The same for a function with arguments of its own. */
#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 6, 0)))
#endif
postvet_status
pv_error_vset(postvet_error *err, postvet_status status, const char *file, size_t line,
    size_t column, const char *format, va_list args);

postvet_status pv_error_nomem(postvet_error *err, const char *file);

#endif
