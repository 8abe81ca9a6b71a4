/* reader.c: dlopen(3), once. The library is looked for where it was installed with the program,
 * wherever that was moved to; beside the program, where both are built; and where the system looks
 * for libraries. It is not unloaded: libxml2 does not expect that. */
#include "reader.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#define LIBRARY "libpostvet-document.so." CLI_SOVERSION

/* The functions of the library; all NULL when it could not be loaded. */
static struct functions {
    postvet_status (*new)(const char *, size_t, const postvet_document_options *,
        postvet_document **, postvet_error *);
    void (*free)(postvet_document *);
    const char *(*format)(const postvet_document *);
    const char *(*text)(const postvet_document *);
    size_t (*len)(const postvet_document *);
    size_t (*place_count)(const postvet_document *);
    const postvet_place *(*place_at)(const postvet_document *, size_t);
    const postvet_place *(*place)(const postvet_document *, size_t);
    size_t (*incomplete_count)(const postvet_document *);
    const char *(*incomplete_at)(const postvet_document *, size_t);
} functions;

static pthread_once_t once = PTHREAD_ONCE_INIT;

/* Opens the library at a path from the program's own folder. */
static void *open_from(const char *folder, size_t folder_len, const char *rest)
{
    struct cli_buf path = { 0 };
    cli_buf_add(&path, folder, folder_len);
    cli_buf_puts(&path, rest);
    void *const library = access(path.data, R_OK) == 0 ? dlopen(path.data, RTLD_NOW) : NULL;
    cli_buf_release(&path);
    return library;
}

static void *open_library(void)
{
    char program[4096];
    void *library = NULL;
    const ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);
    program[len > 0 ? len : 0] = '\0';
    const char *const slash = strrchr(program, '/');
    if (slash) {
        const size_t folder_len = (size_t)(slash + 1 - program);
        library = open_from(program, folder_len, CLI_LIBDIR_FROM_BINDIR "/" LIBRARY);
        if (!library)
            library = open_from(program, folder_len, LIBRARY);
    }
    return library ? library : dlopen(LIBRARY, RTLD_NOW);
}

/* ISO C has no conversion from the pointer that dlsym() returns to one to a function. */
static bool find(void *library, const char *name, void *function, size_t size)
{
    void *const address = dlsym(library, name);
    memcpy(function, &address, size);
    return address != NULL;
}

#define FIND(name) find(library, "postvet_document_" #name, &found.name, sizeof found.name)

static void load(void)
{
    struct functions found;
    void *const library = open_library();
    if (library && FIND(new) && FIND(free) && FIND(format) && FIND(text) && FIND(len)
        && FIND(place_count) && FIND(place_at) && FIND(place) && FIND(incomplete_count)
        && FIND(incomplete_at))
        functions = found;
}

postvet_document *cli_reader_open(
    const struct cli_buf *bytes, const struct cli_options *options, struct cli_buf *problem)
{
    postvet_document_options limits = POSTVET_DOCUMENT_OPTIONS_INIT;
    limits.unpacked_max = (size_t)options->max_unpacked * 1024u;
    limits.depth_max = (size_t)options->max_nesting;
    postvet_document *document = NULL;
    postvet_error error = { 0 };
    pthread_once(&once, load);
    if (!functions.new)
        cli_buf_puts(problem, "needs libpostvet-document to be read, which is not installed; "
                              "install it, or save the draft as text, Markdown or HTML");
    else if (functions.new(bytes->data, bytes->len, &limits, &document, &error) != POSTVET_OK)
        cli_buf_puts(problem, error.message);
    return document;
}

const char *cli_reader_format(const postvet_document *document)
{
    return functions.format(document);
}

const char *cli_reader_text(const postvet_document *document)
{
    return functions.text(document);
}

size_t cli_reader_len(const postvet_document *document)
{
    return functions.len(document);
}

size_t cli_reader_place_count(const postvet_document *document)
{
    return functions.place_count(document);
}

const postvet_place *cli_reader_place_at(const postvet_document *document, size_t index)
{
    return functions.place_at(document, index);
}

const postvet_place *cli_reader_place(const postvet_document *document, size_t byte)
{
    return functions.place(document, byte);
}

size_t cli_reader_incomplete_count(const postvet_document *document)
{
    return functions.incomplete_count(document);
}

const char *cli_reader_incomplete_at(const postvet_document *document, size_t index)
{
    return functions.incomplete_at(document, index);
}

void cli_reader_close(postvet_document *document)
{
    if (document)
        functions.free(document);
}
