/* files.c: from a file to the one that it extends, and so on, until one extends nothing. A file is
 * known by its real path, so that no link hides a circle. */
#include "files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../input/location.h"
#include "../input/read.h"
#include "../output/stream.h"
#include "../ruleset.h"
#include "find.h"

/* What became of one file. */
struct read_file {
    postvet_config_file *file; /* NULL: it has errors */
};

/* "FILE:LINE:COLUMN: " of what extends a path, when something does. */
static void add_place(struct cli_buf *out, const postvet_setting *extends)
{
    if (extends)
        cli_buf_printf(out, "%s:%zu:%zu: ", extends->file, extends->line, extends->column);
}

static void complain_file(const char *path, const postvet_setting *extends, const char *problem)
{
    struct cli_buf sentence = { 0 };
    add_place(&sentence, extends);
    cli_buf_printf(&sentence, "%s: %s", cli_path_shown(path), problem);
    cli_complain("%s", sentence.data);
    cli_buf_release(&sentence);
}

/* The file, or NULL with its errors told. */
static postvet_config_file *parse(const char *path, const postvet_setting *extends)
{
    struct cli_input input = { 0 };
    struct cli_buf text = { 0 }, problem = { 0 };
    postvet_config_file *file = NULL;
    size_t told = 0;
    cli_input_set_file(&input, path);
    if (cli_read(&input, POSTVET_TEXT_MAX, &text, &problem) == CLI_READ_OK) {
        const postvet_source source = { cli_path_shown(path), text.len ? text.data : "", text.len };
        char *const directory = cli_strndup(path, cli_directory_len(path));
        if (postvet_config_file_new(&source, directory, cli_ruleset_error, &told, &file, NULL)
            != POSTVET_OK)
            file = NULL; /* each error was told */
        free(directory);
    } else {
        complain_file(path, extends, problem.data);
    }
    cli_input_release(&input);
    cli_buf_release(&text);
    cli_buf_release(&problem);
    return file;
}

/* The file of that path, read now or before. */
static const struct read_file *read_once(
    struct cli_config_files *files, const char *path, const postvet_setting *extends)
{
    char *const real = realpath(path, NULL);
    if (!real) {
        struct cli_buf problem = { 0 };
        cli_buf_printf(&problem, "could not be read: %s", strerror(errno));
        complain_file(path, extends, problem.data);
        cli_buf_release(&problem);
        return NULL;
    }
    struct read_file *known = cli_table_find(&files->read, real);
    if (!known) {
        known = cli_alloc(1, sizeof *known);
        known->file = parse(real, extends);
        cli_table_add(&files->read, real, known);
    }
    free(real);
    return known;
}

static bool has(const struct cli_chain *chain, const postvet_config_file *file)
{
    for (size_t i = 0; i < chain->count; i++)
        if (chain->files[i] == file)
            return true;
    return false;
}

/* Puts a file before all others of a chain. */
static void put_first(struct cli_chain *chain, const postvet_config_file *file)
{
    const postvet_config_file **const files = cli_alloc(chain->count + 1, sizeof(*files));
    files[0] = file;
    if (chain->count)
        memcpy(files + 1, chain->files, chain->count * sizeof(*files));
    free(chain->files);
    chain->files = files;
    chain->count++;
}

bool cli_chain_read(struct cli_config_files *files, const char *path, struct cli_chain *chain)
{
    const postvet_setting *extends = NULL;
    *chain = (struct cli_chain){ 0 };
    while (path) {
        const struct read_file *const read = read_once(files, path, extends);
        if (!read || !read->file)
            return false;
        if (extends && has(chain, read->file)) {
            cli_complain("%s:%zu:%zu: the files that extend one another here go round in a circle",
                extends->file, extends->line, extends->column);
            return false;
        }
        put_first(chain, read->file);
        extends = postvet_config_file_extends(read->file);
        path = extends ? extends->value : NULL;
    }
    return true;
}

void cli_chain_release(struct cli_chain *chain)
{
    free(chain->files);
    *chain = (struct cli_chain){ 0 };
}

static void free_read(void *value)
{
    struct read_file *const read = value;
    postvet_config_file_free(read->file);
    free(read);
}

void cli_config_files_release(struct cli_config_files *files)
{
    cli_table_release(&files->read, free_read);
}
