/* error.c: see error.h. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static int pv_is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

static void pv_set_file(char *out, size_t size, const char *file)
{
    const size_t len = strlen(file);
    if (len < size) {
        memcpy(out, file, len + 1);
        return;
    }
    const char *tail = file + (len - (size - 4)); /* "..." and the NUL */
    while (pv_is_continuation(*tail))
        tail++;
    snprintf(out, size, "...%s", tail);
}

static void pv_tidy(char *text, size_t size)
{
    size_t len = strlen(text);
    if (len == size - 1) { /* perhaps cut: not inside a character */
        while (len && pv_is_continuation(text[len - 1]))
            len--;
        if (len && (unsigned char)text[len - 1] >= 0xC0)
            len--;
        text[len] = '\0';
    }
    for (char *c = text; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            *c = ' ';
}

postvet_status pv_error_vset(postvet_error *err, postvet_status status, const char *file,
    size_t line, size_t column, const char *format, va_list args)
{
    if (!err)
        return status;
    err->status = status;
    err->line = line;
    err->column = column;
    pv_set_file(err->file, sizeof(err->file), file ? file : "");
    vsnprintf(err->message, sizeof(err->message), format, args);
    pv_tidy(err->message, sizeof(err->message));
    return status;
}

postvet_status pv_error_set(postvet_error *err, postvet_status status, const char *file,
    size_t line, size_t column, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)pv_error_vset(err, status, file, line, column, format, args);
    va_end(args);
    return status;
}

postvet_status pv_error_nomem(postvet_error *err, const char *file)
{
    return pv_error_set(err, POSTVET_ERR_NOMEM, file, 0, 0, "There is not enough memory.");
}
