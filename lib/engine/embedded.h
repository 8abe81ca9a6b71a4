/* embedded.h: the rules that come with the library, as the build put them into it: the files of
 * rules/ word for word, and the image that the compiler made of them. Constant data without a
 * pointer in it, so that starting costs nothing. Knows nothing of what the files say.
 *
 * The files are written by tools/embed_files.c, the image by tools/compile_rules.c. */
#ifndef PV_ENGINE_EMBEDDED_H
#define PV_ENGINE_EMBEDDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Packs, lists and profiles, ordered by name: "lists/slurs.txt", "packs/nhs-number.yaml",
 * "profiles/blackpool.yaml". */
size_t pv_embedded_file_count(void);

/* False past the end; else the file's name and text, both NUL-terminated and static. `len` counts
 * the text's bytes without that NUL. */
bool pv_embedded_file_at(size_t index, const char **name, const char **text, size_t *len);

/* The compiled default packs (engine/compile.h). A zero alone in the tool that makes it. */
extern const uint32_t pv_embedded_image[];

static inline bool pv_has_embedded_image(void)
{
    return pv_embedded_image[0] != 0;
}

/* How the files lie in the library; for embedded.c and the file that the build writes alone. */
struct pv_embedded_entry {
    uint32_t name, text; /* where they start in pv_embedded_bytes */
    uint32_t len;        /* of the text */
};
extern const struct pv_embedded_entry pv_embedded_entries[];
extern const size_t pv_embedded_entry_count;
extern const unsigned char pv_embedded_bytes[];

#endif
