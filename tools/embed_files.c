/* embed_files.c: first stage of putting the rules into the library. A program of the build.
 *
 *     embed_files OUT.c ROOT NAME...
 *
 * writes a C file with the bytes of each ROOT/NAME, a NUL after it, in the tables of
 * lib/engine/embedded.h. The bytes are numbers rather than string literals, because a compiler
 * need not take a literal of more than 4095 characters (C11 5.2.4.1). */
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/embedded.h"

#define PATH_LEN_MAX 4096
#define BYTES_A_LINE 24u

static bool complain(const char *path)
{
    fprintf(stderr, "%s: %s\n", path, strerror(errno));
    return false;
}

/* Writes one byte of the run, which holds `*written` so far. */
static void put_byte(FILE *out, int byte, uint32_t *written)
{
    fprintf(out, "%d,%s", byte, ++*written % BYTES_A_LINE == 0 ? "\n" : "");
}

static void put_name(FILE *out, const char *name, uint32_t *written)
{
    for (const char *c = name; *c; c++)
        put_byte(out, (unsigned char)*c, written);
    put_byte(out, 0, written);
}

static bool put_file(FILE *out, const char *path, uint32_t *written)
{
    FILE *const in = fopen(path, "rb");
    if (!in)
        return complain(path);
    for (int c = getc(in); c != EOF; c = getc(in))
        put_byte(out, c, written);
    put_byte(out, 0, written);
    const bool read = !ferror(in);
    fclose(in);
    return read || complain(path);
}

static bool put_bytes(FILE *out, const char *root, char *const *names, size_t count,
    struct pv_embedded_entry *entries)
{
    uint32_t written = 0;
    fputs("const unsigned char pv_embedded_bytes[] = {\n", out);
    for (size_t i = 0; i < count; i++) {
        char path[PATH_LEN_MAX];
        const int len = snprintf(path, sizeof path, "%s/%s", root, names[i]);
        if (len < 0 || (size_t)len >= sizeof path) {
            errno = ENAMETOOLONG;
            return complain(names[i]);
        }
        entries[i].name = written;
        put_name(out, names[i], &written);
        entries[i].text = written;
        if (!put_file(out, path, &written))
            return false;
        entries[i].len = written - entries[i].text - 1;
    }
    fputs("0};\n", out);
    return true;
}

static void put_entries(FILE *out, const struct pv_embedded_entry *entries, size_t count)
{
    fputs("const struct pv_embedded_entry pv_embedded_entries[] = {\n", out);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "{%" PRIu32 ", %" PRIu32 ", %" PRIu32 "},\n", entries[i].name, entries[i].text,
            entries[i].len);
    fprintf(out, "{0, 0, 0}};\nconst size_t pv_embedded_entry_count = %zu;\n", count);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: embed_files OUT.c ROOT NAME...\n", stderr);
        return EXIT_FAILURE;
    }
    const size_t count = (size_t)argc - 3;
    struct pv_embedded_entry *const entries = calloc(count + 1, sizeof *entries);
    FILE *const out = fopen(argv[1], "w");
    bool done = false;

    if (!entries || !out) {
        complain(argv[1]);
        goto cleanup;
    }
    fputs("/* Made by tools/embed_files.c. */\n#include \"engine/embedded.h\"\n", out);
    if (!put_bytes(out, argv[2], argv + 3, count, entries))
        goto cleanup;
    put_entries(out, entries, count);
    done = !ferror(out) || complain(argv[1]);
cleanup:
    if (out && fclose(out) != 0 && done)
        done = complain(argv[1]);
    if (!done)
        remove(argv[1]);
    free(entries);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
