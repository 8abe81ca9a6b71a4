/* archive.c: libarchive reads the directory at the end of a ZIP file and checks the sums of what it
 * unpacks. What an entry says of its size is not believed: bytes are counted as they come. */
#include "document/archive.h"

#include <stdlib.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#include "base/wipe.h"
#include "text/ascii.h"

enum { PIECE = 64 * 1024 };

static const char damaged[] = "is damaged and cannot be opened; save it again from its program";

bool pv_same_name(const char *a, const char *b)
{
    while (*a && (*a == *b || (pv_is_letter(*a) && (*a | 0x20) == (*b | 0x20)))) {
        a++;
        b++;
    }
    return *a == *b;
}

bool pv_name_starts(const char *name, const char *start)
{
    while (*start && (*name == *start || (pv_is_letter(*name) && (*name | 0x20) == *start))) {
        name++;
        start++;
    }
    return *start == '\0';
}

bool pv_name_ends(const char *name, const char *end)
{
    const size_t len = strlen(name), end_len = strlen(end);
    return len >= end_len && pv_same_name(name + len - end_len, end);
}

struct pv_part *pv_archive_parts(const struct pv_archive *archive, size_t *count)
{
    *count = PV_BUF_COUNT(&archive->parts, struct pv_part);
    return PV_BUF_ITEMS(&archive->parts, struct pv_part);
}

struct pv_part *pv_archive_find(const struct pv_archive *archive, const char *name)
{
    size_t count;
    struct pv_part *const parts = pv_archive_parts(archive, &count);
    for (size_t i = 0; i < count; i++)
        if (pv_same_name(parts[i].name, name))
            return &parts[i];
    return NULL;
}

void pv_archive_release(struct pv_archive *archive)
{
    size_t count;
    struct pv_part *const parts = pv_archive_parts(archive, &count);
    for (size_t i = 0; i < count; i++)
        pv_buf_release(&parts[i].bytes);
    pv_buf_release(&archive->parts);
}

/* ------------------------------------------------------------------ reading */

struct reading {
    struct postvet_document *page;
    struct archive *reader;
    char *piece;
    size_t archive_len;
    size_t unpacked; /* of this archive */
};

/* Unpacks the entry that was listed last. */
static bool unpack(struct reading *reading, struct pv_part *part)
{
    struct postvet_document *const page = reading->page;
    la_ssize_t got;
    while ((got = archive_read_data(reading->reader, reading->piece, PIECE)) > 0) {
        const size_t len = (size_t)got;
        reading->unpacked += len;
        if (!pv_page_unpacked(page, len))
            return false;
        if (reading->unpacked > POSTVET_DOCUMENT_RATIO_FROM
            && reading->unpacked / page->limits.ratio_max > reading->archive_len)
            return pv_page_over(page, "unpacks to more than ", page->limits.ratio_max,
                " times its size, as no draft does, and is not read further");
        if (!pv_buf_append(&part->bytes, reading->piece, len))
            return pv_page_nomem(page);
    }
    part->is_unpacked = true;
    return got == 0 || pv_page_fail(page, POSTVET_ERR_SYNTAX, damaged);
}

static bool add_entry(struct pv_archive *archive, struct reading *reading,
    struct archive_entry *entry, pv_wanted_fn *wanted)
{
    struct postvet_document *const page = reading->page;
    const char *name = archive_entry_pathname_utf8(entry);
    if (!name)
        name = archive_entry_pathname(entry);
    if (archive_entry_is_encrypted(entry)
        || archive_read_has_encrypted_entries(reading->reader) > 0)
        return pv_page_fail(
            page, POSTVET_ERR_FILE, "is protected with a password; save a copy without one");
    if (!name)
        return pv_page_fail(page, POSTVET_ERR_SYNTAX, damaged);
    if (archive_entry_filetype(entry) != AE_IFREG)
        return true;
    if (pv_archive_find(archive, name))
        return pv_page_fail(page, POSTVET_ERR_SYNTAX,
            "is damaged: it has two parts of one name; save it again from its program");
    if (PV_BUF_COUNT(&archive->parts, struct pv_part) >= page->limits.entries_max)
        return pv_page_over(page, "holds more than ", page->limits.entries_max,
            " files, the most that postvet opens");
    const char *const kept = pv_arena_strndup(&page->arena, name, strlen(name));
    struct pv_part *const part = kept ? PV_BUF_PUSH(&archive->parts, struct pv_part) : NULL;
    if (!part)
        return pv_page_nomem(page);
    part->name = kept;
    return !wanted(kept) || unpack(reading, part);
}

static bool read_entries(struct pv_archive *archive, struct reading *reading, pv_wanted_fn *wanted)
{
    struct archive_entry *entry;
    int status;
    while ((status = archive_read_next_header(reading->reader, &entry)) == ARCHIVE_OK
           || status == ARCHIVE_WARN)
        if (!add_entry(archive, reading, entry, wanted))
            return false;
    return status == ARCHIVE_EOF || pv_page_fail(reading->page, POSTVET_ERR_SYNTAX, damaged);
}

bool pv_archive_read(struct pv_archive *archive, struct postvet_document *page, const char *bytes,
    size_t len, pv_wanted_fn *wanted)
{
    struct reading reading = { .page = page, .archive_len = len };
    bool ok = false;
    reading.reader = archive_read_new();
    reading.piece = malloc(PIECE);
    if (!reading.reader || !reading.piece
        || archive_read_support_format_zip_seekable(reading.reader) != ARCHIVE_OK)
        pv_page_nomem(page);
    else if (archive_read_open_memory(reading.reader, bytes, len) != ARCHIVE_OK)
        pv_page_fail(page, POSTVET_ERR_SYNTAX, damaged);
    else
        ok = read_entries(archive, &reading, wanted);
    archive_read_free(reading.reader);
    if (reading.piece)
        pv_wipe(reading.piece, PIECE);
    free(reading.piece);
    return ok;
}
