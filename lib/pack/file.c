/* file.c: a file into memory, by the C library's streams alone. The one place of the library that
 * touches a file. Read to the end rather than by size, since a pipe has none. */
#include <errno.h>
#include <stdio.h>

#include "base/buf.h"
#include "pack/pack.h"

#define PV_FILE_CHUNK ((size_t)64 * 1024)

/* In words of our own: those of strerror() depend on system and locale. */
static const char *pv_file_reason(int error)
{
    switch (error) {
#ifdef ENOENT
    case ENOENT:
        return "There is no such file.";
#endif
#ifdef EACCES
    case EACCES:
        return "The file may not be read: permission denied.";
#endif
#ifdef EISDIR
    case EISDIR:
        return "This is a folder; a file was expected.";
#endif
    default:
        return "The file cannot be read.";
    }
}

/* All of `file`, but not much more than `max` bytes. */
static bool pv_file_read_stream(FILE *file, size_t max, struct pv_buf *bytes)
{
    size_t got = 1;
    while (got && bytes->len <= max) {
        if (!pv_buf_reserve(bytes, PV_FILE_CHUNK))
            return false;
        got = fread(bytes->data + bytes->len, 1, PV_FILE_CHUNK, file);
        bytes->len += got;
    }
    return true;
}

postvet_status pv_file_read(
    const char *path, size_t max, struct pv_report *report, char **out, size_t *len)
{
    struct pv_buf bytes = { 0 };
    errno = 0;
    FILE *const file = fopen(path, "rb");
#ifdef ENOMEM
    if (!file && errno == ENOMEM)
        return pv_report_nomem(report, path);
#endif
    if (!file)
        return pv_report_error(report, POSTVET_ERR_FILE, path, 0, 0, "%s", pv_file_reason(errno));

    postvet_status status = POSTVET_OK;
    bool enough = pv_file_read_stream(file, max, &bytes);
    if (enough && ferror(file))
        status = pv_report_error(report, POSTVET_ERR_FILE, path, 0, 0, "%s", pv_file_reason(errno));
    else if (enough && bytes.len > max)
        status = pv_report_error(
            report, POSTVET_ERR_LIMIT, path, 0, 0, "The file is larger than %zu bytes.", max);
    else if (enough)
        enough = pv_buf_append_byte(&bytes, '\0');
    fclose(file);
    if (!enough)
        status = pv_report_nomem(report, path);
    if (status != POSTVET_OK) {
        pv_buf_release(&bytes);
        return status;
    }
    *out = bytes.data; /* the caller's now */
    *len = bytes.len - 1;
    return POSTVET_OK;
}
