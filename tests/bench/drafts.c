/* drafts.c: see drafts.h. A file is read whole and cut in place. Of a folder the names are listed
 * first: listing is no part of what is measured, opening and reading is. */
#include "drafts.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The longest small file; more of it is not read. */
#define SMALL_FILE_MAX ((size_t)64 * 1024)

static bool add(struct drafts *drafts, struct draft draft)
{
    if ((drafts->count & (drafts->count - 1)) == 0) { /* full: it doubles */
        const size_t room = drafts->count ? 2 * drafts->count : 1;
        struct draft *const grown = realloc(drafts->items, room * sizeof(*grown));
        if (!grown)
            return false;
        drafts->items = grown;
    }
    drafts->items[drafts->count++] = draft;
    return true;
}

/* ------------------------------------------------------------------- a file */

static bool add_cut(struct drafts *drafts, const char *text, size_t len, size_t cut)
{
    while (cut && len > cut) {
        size_t part = cut;
        while (part > 1 && ((unsigned char)text[part] & 0xC0) == 0x80)
            part--;
        if (!add(drafts, (struct draft){ .text = text, .len = part }))
            return false;
        text += part;
        len -= part;
    }
    return len == 0 || add(drafts, (struct draft){ .text = text, .len = len });
}

static bool read_whole(const char *path, char **text, size_t *len)
{
    FILE *const in = fopen(path, "rb");
    long size = -1;
    if (in && fseek(in, 0, SEEK_END) == 0)
        size = ftell(in);
    if (size < 0 || fseek(in, 0, SEEK_SET) != 0 || !(*text = malloc((size_t)size + 1))
        || fread(*text, 1, (size_t)size, in) != (size_t)size) {
        perror(path);
        if (in)
            fclose(in);
        return false;
    }
    fclose(in);
    *len = (size_t)size;
    return true;
}

static bool load_file(struct drafts *drafts, const char *path, size_t cut)
{
    size_t len = 0;
    if (!read_whole(path, &drafts->text, &len))
        return false;
    for (size_t at = 0; at < len;) {
        const char *const end = memchr(drafts->text + at, '\0', len - at);
        const size_t part = end ? (size_t)(end - drafts->text) - at : len - at;
        if (!add_cut(drafts, drafts->text + at, part, cut))
            return false;
        at += part + 1;
    }
    return true;
}

/* ----------------------------------------------------------------- a folder */

/* nftw() hands nothing on to its callback. */
static struct drafts *listed;

static int list_file(const char *path, const struct stat *status, int type, struct FTW *where)
{
    (void)status;
    (void)where;
    if (type != FTW_F)
        return 0;
    if (!add(listed, (struct draft){ 0 }))
        return -1;
    char **const copy = &listed->items[listed->count - 1].path;
    return (*copy = strdup(path)) ? 0 : -1;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct draft *)a)->path, ((const struct draft *)b)->path);
}

static bool load_folder(struct drafts *drafts, const char *path)
{
    drafts->buffer = malloc(SMALL_FILE_MAX);
    listed = drafts;
    if (!drafts->buffer || nftw(path, list_file, 16, FTW_PHYS) != 0) {
        perror(path);
        return false;
    }
    qsort(drafts->items, drafts->count, sizeof(*drafts->items), by_path);
    return true;
}

bool drafts_load(struct drafts *drafts, const char *path, size_t cut)
{
    struct stat status;
    memset(drafts, 0, sizeof(*drafts));
    if (stat(path, &status) != 0) {
        perror(path);
        return false;
    }
    const bool loaded =
        S_ISDIR(status.st_mode) ? load_folder(drafts, path) : load_file(drafts, path, cut);
    if (loaded && drafts->count == 0)
        fprintf(stderr, "%s: no drafts\n", path);
    return loaded && drafts->count > 0;
}

void drafts_release(struct drafts *drafts)
{
    for (size_t i = 0; i < drafts->count; i++)
        free(drafts->items[i].path);
    free(drafts->items);
    free(drafts->text);
    free(drafts->buffer);
}

bool drafts_read(struct drafts *drafts, size_t index, const char **text, size_t *len)
{
    const struct draft *const draft = &drafts->items[index];
    *text = draft->text;
    *len = draft->len;
    if (!draft->path)
        return true;
    const int file = open(draft->path, O_RDONLY);
    const ssize_t got = file < 0 ? -1 : read(file, drafts->buffer, SMALL_FILE_MAX);
    if (got < 0)
        perror(draft->path);
    if (file >= 0)
        close(file);
    *text = drafts->buffer;
    *len = got < 0 ? 0 : (size_t)got;
    return got >= 0;
}
