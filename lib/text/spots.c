/* spots.c: each run of characters without a space is looked at once; most are dismissed by having
 * neither a dot, a slash, a colon nor the length of a hash. */
#include "text/spots.h"

#include <string.h>

#include "text/ascii.h"

/* Hexadecimal digits from which on a word with letters and digits is a hash. */
#define HASH_MIN 20

struct spot {
    size_t start, end;
    enum pv_scope scope;
};

struct spotter {
    const char *s;
    struct pv_buf *spots;
    bool failed;
};

static void add_spot(struct spotter *p, size_t start, size_t end, enum pv_scope scope)
{
    struct spot *const spot = start < end ? PV_BUF_PUSH(p->spots, struct spot) : NULL;
    if (spot)
        *spot = (struct spot){ start, end, scope };
    else if (start < end)
        p->failed = true;
}

static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static bool starts_with(const char *s, size_t at, size_t to, const char *what)
{
    size_t i = 0;
    while (at + i < to && what[i] && pv_fold_ascii(s[at + i]) == what[i])
        i++;
    return what[i] == '\0';
}

/* ---------------------------------------------------------------- file names */

/* Of documents, pictures, recordings, tables and archives: what people attach. */
static bool is_extension(const char *s, size_t len)
{
    static const char *const known[] = { "7z", "ai", "avi", "bak", "bmp", "csv", "dat", "db", "dcm",
        "doc", "docm", "docx", "dot", "dotx", "eml", "epub", "eps", "gif", "gz", "heic", "heif",
        "ics", "jpeg", "jpg", "json", "key", "log", "m4a", "mdb", "mkv", "mov", "mp3", "mp4", "mpg",
        "msg", "numbers", "ods", "odp", "odt", "one", "pages", "pdf", "png", "pps", "ppt", "pptx",
        "psd", "pub", "rar", "rtf", "sql", "svg", "tar", "tif", "tiff", "tsv", "txt", "vcf", "vsd",
        "wav", "webp", "wma", "wmv", "xls", "xlsb", "xlsm", "xlsx", "xml", "yaml", "yml", "zip" };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i]) == len && starts_with(s, 0, len, known[i]))
            return true;
    return false;
}

/* Marks the last segment of a path if it ends with an extension. */
static bool mark_file_name(struct spotter *p, size_t start, size_t end)
{
    size_t dot = end;
    while (dot > start && pv_is_alnum(p->s[dot - 1]))
        dot--;
    if (dot <= start + 1 || p->s[dot - 1] != '.' || !is_extension(p->s + dot, end - dot))
        return false;
    size_t name = dot - 1;
    while (name > start && !is_one_of(p->s[name - 1], "/\\=:"))
        name--;
    if (name == dot - 1)
        return false;
    add_spot(p, name, end, PV_SCOPE_FILE_NAME);
    return true;
}

/* ------------------------------------------------------------ URLs and the like */

/* A URL, and in it the name of a file if its path ends with one. */
static void mark_url(struct spotter *p, size_t start, size_t end)
{
    size_t path = start;
    while (path < end && !is_one_of(p->s[path], "?#"))
        path++;
    const size_t before = PV_BUF_COUNT(p->spots, struct spot);
    if (!mark_file_name(p, start, path)) {
        add_spot(p, start, end, PV_SCOPE_URL);
        return;
    }
    struct spot *const name = &PV_BUF_ITEMS(p->spots, struct spot)[before];
    const struct spot file = *name;
    *name = (struct spot){ start, file.start, PV_SCOPE_URL };
    if (file.start == start)
        p->spots->len -= sizeof *name;
    add_spot(p, file.start, file.end, PV_SCOPE_FILE_NAME);
    add_spot(p, path, end, PV_SCOPE_URL);
}

/* Whether [start, end) is "name.example"; when `strict`, with one of the commonest top-level
 * domains in lower case, since "Dr.Smith/Jones" is none. */
static bool is_host(const char *s, size_t start, size_t end, bool strict)
{
    static const char *const common[] = { "app", "be", "care", "cc", "co", "com", "cymru", "edu",
        "eu", "gov", "health", "ie", "info", "int", "io", "ly", "me", "net", "online", "org",
        "page", "scot", "site", "to", "tv", "uk", "wales" };
    size_t dot = end;
    for (size_t i = start; i < end; i++) {
        if (s[i] == '.')
            dot = i;
        else if (!pv_is_alnum(s[i]) && s[i] != '-')
            return false;
    }
    if (dot == start || dot == end || end - dot < 3)
        return false;
    for (size_t i = dot + 1; i < end; i++)
        if (!pv_is_letter(s[i]) || (strict && pv_is_upper(s[i])))
            return false;
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (strlen(common[i]) == end - dot - 1 && starts_with(s, dot + 1, end, common[i]))
            return true;
    return !strict;
}

static size_t find_byte(const char *s, size_t from, size_t to, char c)
{
    const char *const hit = memchr(s + from, c, to - from);
    return hit ? (size_t)(hit - s) : to;
}

/* Where a URL starts in the word: at a scheme with "://", at "www.", at a host with a path; `end`
 * when there is none. */
static size_t url_start(const char *s, size_t start, size_t end)
{
    const size_t colon = find_byte(s, start, end, ':');
    if (colon + 2 < end && s[colon + 1] == '/' && s[colon + 2] == '/' && colon > start) {
        size_t scheme = colon;
        while (scheme > start && pv_is_alnum(s[scheme - 1]))
            scheme--;
        return scheme < colon ? scheme : end;
    }
    if (starts_with(s, start, end, "www."))
        return start;
    const size_t slash = find_byte(s, start, end, '/');
    return slash < end && is_host(s, start, slash, true) ? start : end;
}

static bool is_doi(const char *s, size_t start, size_t end)
{
    size_t at = start + 3;
    if (!starts_with(s, start, end, "10."))
        return false;
    while (at < end && pv_is_digit(s[at]))
        at++;
    return at >= start + 7 && at <= start + 12 && at + 1 < end && s[at] == '/';
}

static bool is_uuid(const char *s, size_t start, size_t end)
{
    if (end - start != 36)
        return false;
    for (size_t i = 0; i < 36; i++) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? s[start + i] != '-' : !pv_is_hex(s[start + i]))
            return false;
    }
    return true;
}

static bool is_hash(const char *s, size_t start, size_t end)
{
    bool letters = false, digits = false;
    if (end - start < HASH_MIN)
        return false;
    for (size_t i = start; i < end; i++) {
        if (!pv_is_hex(s[i]))
            return false;
        letters = letters || pv_is_letter(s[i]);
        digits = digits || pv_is_digit(s[i]);
    }
    return letters && digits;
}

/* ----------------------------------------------------------------- the words */

static void look_at_word(struct spotter *p, size_t start, size_t end)
{
    const char *const s = p->s;
    while (start < end && is_one_of(s[start], "(\"'<[{*"))
        start++;
    while (end > start && is_one_of(s[end - 1], ".,;:!?)\"'>]}*"))
        end--;
    if (starts_with(s, start, end, "doi:"))
        start += 4;
    if (end - start < 4)
        return;
    const size_t url = url_start(s, start, end);
    const size_t at = find_byte(s, start, end, '@');
    if (url < end)
        mark_url(p, url, end);
    else if (is_doi(s, start, end))
        add_spot(p, start, end, PV_SCOPE_URL);
    else if (is_uuid(s, start, end) || is_hash(s, start, end))
        add_spot(p, start, end, PV_SCOPE_CODE);
    else if (at > start && at < end && is_host(s, at + 1, end, false))
        add_spot(p, at + 1, end, PV_SCOPE_URL);
    else
        mark_file_name(p, start, end);
}

static void look_at_block(
    struct spotter *p, const struct pv_text *text, const struct pv_block *block)
{
    const char *const s = p->s;
    if (pv_text_scope_at(text, block->start) == PV_SCOPE_URL) {
        mark_url(p, block->start, block->end);
        return;
    }
    for (size_t at = block->start; at < block->end;) {
        size_t end = at;
        bool sign = false;
        while (end < block->end && !pv_is_space(s[end])) {
            sign = sign || s[end] == '.' || s[end] == '/' || s[end] == '-';
            end++;
        }
        if (sign || end - at >= HASH_MIN)
            look_at_word(p, at, end);
        at = end + 1;
    }
}

/* ------------------------------------------------------------------- the marks */

static bool add_mark(struct pv_buf *marks, size_t start, enum pv_scope scope)
{
    const size_t count = PV_BUF_COUNT(marks, struct pv_scope_mark);
    struct pv_scope_mark *const items = PV_BUF_ITEMS(marks, struct pv_scope_mark);
    if (count > 0 && items[count - 1].start == start) {
        items[count - 1].scope = scope;
        return true;
    }
    if (count > 0 && items[count - 1].scope == scope)
        return true;
    struct pv_scope_mark *const mark = PV_BUF_PUSH(marks, struct pv_scope_mark);
    if (mark)
        *mark = (struct pv_scope_mark){ (uint32_t)start, scope };
    return mark != NULL;
}

/* Writes the marks of `text` with the spots set in. */
static bool set_in(const struct pv_text *text, const struct pv_buf *spots, struct pv_buf *marks)
{
    const struct spot *const spot = PV_BUF_ITEMS(spots, const struct spot);
    const size_t count = PV_BUF_COUNT(spots, struct spot);
    enum pv_scope outer = PV_SCOPE_PROSE;
    size_t m = 0;
    for (size_t i = 0; i <= count; i++) {
        const size_t until = i < count ? spot[i].start : text->plain.len;
        for (; m < text->scope_count && text->scopes[m].start <= until; m++) {
            outer = text->scopes[m].scope;
            if (!add_mark(marks, text->scopes[m].start, outer))
                return false;
        }
        if (i == count)
            break;
        if (!add_mark(marks, spot[i].start, spot[i].scope))
            return false;
        for (; m < text->scope_count && text->scopes[m].start <= spot[i].end; m++)
            outer = text->scopes[m].scope;
        if (spot[i].end < text->plain.len && !add_mark(marks, spot[i].end, outer))
            return false;
    }
    return true;
}

bool pv_spots_mark(struct pv_text *text, struct pv_buf *spots, struct pv_buf *marks)
{
    struct spotter p = { .s = text->plain.bytes, .spots = spots };
    pv_buf_clear(spots);
    pv_buf_clear(marks);
    for (size_t i = 0; i < text->block_count && !p.failed; i++)
        look_at_block(&p, text, &text->blocks[i]);
    if (p.failed)
        return false;
    if (spots->len == 0)
        return true;
    if (!set_in(text, spots, marks))
        return false;
    text->scopes = PV_BUF_ITEMS(marks, const struct pv_scope_mark);
    text->scope_count = PV_BUF_COUNT(marks, struct pv_scope_mark);
    return true;
}
