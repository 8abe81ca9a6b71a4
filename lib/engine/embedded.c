/* embedded.c: looks files up in the tables that tools/embed_files.c wrote: every name and text is
 * a stretch of one run of bytes, and an entry says where it starts. Offsets instead of pointers
 * keep the tables in read-only memory that the loader need not touch. */
#include "engine/embedded.h"

size_t pv_embedded_file_count(void)
{
    return pv_embedded_entry_count;
}

bool pv_embedded_file_at(size_t index, const char **name, const char **text, size_t *len)
{
    if (index >= pv_embedded_entry_count)
        return false;
    const char *const bytes = (const char *)pv_embedded_bytes;
    const struct pv_embedded_entry *const entry = &pv_embedded_entries[index];
    *name = bytes + entry->name;
    *text = bytes + entry->text;
    *len = entry->len;
    return true;
}
