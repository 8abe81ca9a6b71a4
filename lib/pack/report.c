/* report.c: the one way by which an error in the rules leaves this room and the compiler. */
#include <stdarg.h>

#include "base/error.h"
#include "pack/pack.h"

postvet_status pv_report_verror(struct pv_report *report, postvet_status status, const char *file,
    size_t line, size_t column, const char *format, va_list args)
{
    postvet_error error;
    (void)pv_error_vset(&error, status, file, line, column, format, args);
    if (report->count == 0 && report->first)
        *report->first = error;
    report->count++;
    if (report->count == PV_ERRORS_MAX)
        (void)pv_error_set(&error, status, file, line, column,
            "There are more errors than these %u.", PV_ERRORS_MAX - 1);
    if (report->fn && report->count <= PV_ERRORS_MAX)
        report->fn(&error, report->user);
    return status;
}

postvet_status pv_report_error(struct pv_report *report, postvet_status status, const char *file,
    size_t line, size_t column, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)pv_report_verror(report, status, file, line, column, format, args);
    va_end(args);
    return status;
}

postvet_status pv_report_nomem(struct pv_report *report, const char *file)
{
    return pv_report_error(report, POSTVET_ERR_NOMEM, file, 0, 0, "There is not enough memory.");
}
