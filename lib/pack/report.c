/* report.c: the one way by which an error in the rules leaves this room and the compiler. */
#include <stdarg.h>
#include <stdio.h>

#include "base/error.h"
#include "pack/pack.h"

postvet_status pv_report_error(struct pv_report *report, postvet_status status, const char *file,
    size_t line, size_t column, const char *format, ...)
{
    /* Longer than what an error holds, so that pv_error_set() does the cutting, at a character. */
    char message[2 * sizeof(((postvet_error *)NULL)->message)];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof(message), format, args);
    va_end(args);

    postvet_error error;
    pv_error_set(&error, status, file, line, column, "%s", message);
    if (report->count == 0 && report->first)
        *report->first = error;
    report->count++;
    if (report->fn)
        report->fn(&error, report->user);
    return status;
}
