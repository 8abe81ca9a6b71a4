/* archive.h: a ZIP file in memory, as a list of its parts, unpacked where they are asked for. Knows
 * limits, not what parts mean. */
#ifndef PV_DOCUMENT_ARCHIVE_H
#define PV_DOCUMENT_ARCHIVE_H

#include "document/page.h"

struct pv_part {
    const char *name;    /* "word/document.xml"; the page's */
    struct pv_buf bytes; /* empty unless unpacked */
    bool is_unpacked;
    int role; /* the caller's */
};

struct pv_archive {
    struct pv_buf parts; /* of struct pv_part */
};

/* Which parts are to be unpacked. */
typedef bool pv_wanted_fn(const char *name);

/* Lists all parts and unpacks those that are wanted. Fails on the page when the archive is damaged,
 * has parts with a password or two of one name, or is over a limit. To be released all the same. */
bool pv_archive_read(struct pv_archive *archive, struct postvet_document *page, const char *bytes,
    size_t len, pv_wanted_fn *wanted);
void pv_archive_release(struct pv_archive *archive);

struct pv_part *pv_archive_parts(const struct pv_archive *archive, size_t *count);

/* The part of this name, in any case, or NULL. */
struct pv_part *pv_archive_find(const struct pv_archive *archive, const char *name);

/* Orders strings of ASCII in any case, as part names are compared. */
bool pv_same_name(const char *a, const char *b);
bool pv_name_starts(const char *name, const char *start);
bool pv_name_ends(const char *name, const char *end);

#endif
