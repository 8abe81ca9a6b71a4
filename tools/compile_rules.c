/* compile_rules.c: second stage of putting the rules into the library. A program of the build.
 *
 *     compile_rules OUT ROOT
 *
 * compiles the embedded packs just as the library compiles a pack file, adds their compiled
 * patterns, and writes the image, as C where the name of OUT ends in ".c". It runs on the kind of
 * machine that the library is for (a cross build needs an emulator), so the words of the image have
 * that machine's byte order. Errors in the packs go to standard error as ROOT/FILE:LINE:COLUMN:
 * sentence, for editors to jump to, and fail the build. */
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <postvet/postvet.h>

#include "base/buf.h"
#include "engine/load.h"
#include "pack/pack.h"
#include "serialize_codes.h"

#define WORDS_A_LINE 8u

static void print_error(const postvet_error *error, void *user)
{
    const char *const root = user;
    fprintf(stderr, "%s/%s:%zu:%zu: %s\n", root, error->file, error->line, error->column,
        error->message);
}

static void put_as_c(FILE *out, const struct pv_buf *image)
{
    const size_t count = (image->len + sizeof(uint32_t) - 1) / sizeof(uint32_t);
    fputs("/* Made by tools/compile_rules.c. */\n#include \"engine/embedded.h\"\n"
          "const uint32_t pv_embedded_image[] = {\n",
        out);
    for (size_t i = 0; i < count; i++) {
        const size_t at = i * sizeof(uint32_t);
        const size_t left = image->len - at;
        uint32_t word = 0;
        memcpy(&word, image->data + at, left < sizeof word ? left : sizeof word);
        fprintf(out, "0x%" PRIx32 ",%s", word, (i + 1) % WORDS_A_LINE == 0 ? "\n" : "");
    }
    fputs("0};\n", out);
}

static bool write_image(const char *path, const struct pv_buf *image)
{
    const char *const ending = strrchr(path, '.');
    FILE *const out = fopen(path, "wb");
    bool done = false;
    if (out) {
        if (ending && strcmp(ending, ".c") == 0)
            put_as_c(out, image);
        else
            fwrite(image->data, 1, image->len, out);
        done = !ferror(out);
        done = fclose(out) == 0 && done;
    }
    if (!done) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        remove(path);
    }
    return done;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: compile_rules OUT ROOT\n", stderr);
        return EXIT_FAILURE;
    }
    const postvet_ruleset_options defaults = POSTVET_RULESET_OPTIONS_INIT;
    struct pv_report report = { .fn = print_error, .user = argv[2] };
    struct pv_buf image = { 0 };

    const postvet_status status = pv_load(&defaults, &report, &image);
    if (status != POSTVET_OK && report.count == 0)
        fprintf(stderr, "%s: the rules do not compile (status %d)\n", argv[2], (int)status);
    const bool serialized = status == POSTVET_OK && pv_serialize_codes(&image);
    if (status == POSTVET_OK && !serialized)
        fprintf(stderr, "%s: PCRE2 cannot serialise the patterns\n", argv[2]);
    const bool done = serialized && write_image(argv[1], &image);
    pv_buf_release(&image);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
