/* source.c: a word or an entry of the list that is a directory is walked before the next one is
 * looked at. */
#include "source.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>

#include "../output/stream.h"
#include "record.h"

enum { LONGEST_PATH = 64 * 1024 };

/* -------------------------------------------------------------------- start */

static size_t count_stdin(const struct cli_options *options, const char **words, size_t count)
{
    size_t times = options->files_from && strcmp(options->files_from, "-") == 0;
    times += options->diff && strcmp(options->diff, "-") == 0;
    for (size_t i = 0; i < count; i++)
        times += strcmp(words[i], "-") == 0;
    return times;
}

static bool has_stdin(const char **words, size_t count)
{
    while (count && strcmp(words[count - 1], "-") != 0)
        count--;
    return count > 0;
}

/* Whether the options and words go together; false after a sentence. */
static bool fit(const struct cli_options *options, const char **words, size_t count)
{
    if (options->null && !options->files_from)
        cli_complain("--null says how a list ends its names; it needs --files-from");
    else if (options->ndjson_input && (count > 0 || options->files_from))
        cli_complain("--ndjson-input reads its drafts from standard input; name no files with it");
    else if (options->ndjson_input && (options->encoding || options->stdin_filename))
        cli_complain("--ndjson-input goes with neither --encoding nor --stdin-filename");
    else if (options->ndjson_input && options->baseline)
        cli_complain("a baseline knows drafts by their paths; --ndjson-input gives none");
    else if (options->diff && (options->ndjson_input || has_stdin(words, count)))
        cli_complain("--diff is about files; what comes on standard input has no other version");
    else if (count_stdin(options, words, count) > 1)
        cli_complain("standard input can be read only once; - is given more than once");
    else
        return true;
    return false;
}

bool cli_source_open(
    struct cli_source *source, const struct cli_options *options, const char **words, size_t count)
{
    *source = (struct cli_source){ .words = words,
        .word_count = count,
        .list_name = options->files_from,
        .are_records = options->ndjson_input };
    if (!fit(options, words, count))
        return false;
    if (options->ndjson_input) {
        source->has_lines = cli_lines_open(
            &source->lines, "-", '\n', cli_options_bytes(options->max_record, CLI_RECORD_MAX));
    } else if (options->files_from) {
        const char end = options->null ? '\0' : '\n';
        source->has_lines = cli_lines_open(&source->lines, options->files_from, end, LONGEST_PATH);
        if (!source->has_lines)
            cli_complain("%s: could not be read: %s", options->files_from, strerror(errno));
        return source->has_lines;
    }
    return true;
}

void cli_source_close(struct cli_source *source)
{
    if (source->has_lines)
        cli_lines_close(&source->lines);
    cli_walk_end(&source->walk);
    cli_buf_release(&source->line);
    cli_list_release(&source->notices);
}

/* ------------------------------------------------------------------ notices */

#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 3, 4)))
#endif
static void
notice(struct cli_source *source, const char *name, const char *format, ...)
{
    struct cli_buf sentence = { 0 };
    va_list args;
    cli_buf_printf(&sentence, "%s: ", name);
    va_start(args, format);
    cli_buf_vprintf(&sentence, format, args);
    va_end(args);
    cli_list_add(&source->notices, sentence.data);
}

/* ------------------------------------------------------------------ records */

static bool is_blank(const struct cli_buf *line)
{
    for (size_t i = 0; i < line->len; i++)
        if (line->data[i] != ' ' && line->data[i] != '\t' && line->data[i] != '\r')
            return false;
    return true;
}

static bool next_record(struct cli_source *source, struct cli_input *input)
{
    enum cli_line got;
    cli_input_clear(input);
    input->kind = CLI_INPUT_RECORD;
    do
        got = source->has_lines ? cli_lines_next(&source->lines, &input->bytes) : CLI_LINE_NONE;
    while (got == CLI_LINE && is_blank(&input->bytes));
    input->line = source->lines.number;
    if (got == CLI_LINE_TOO_LONG) {
        input->status = CLI_READ_REFUSED;
        const bool is_usual = source->lines.longest == CLI_RECORD_MAX;
        cli_buf_printf(&input->problem,
            "could not be read: it is longer than %zu %s, the most that a line may have",
            source->lines.longest / (is_usual ? 1024 * 1024 : 1024), is_usual ? "MiB" : "KiB");
    } else if (got == CLI_LINE_FAILED) {
        input->line++;
        input->status = CLI_READ_FAILED;
        cli_buf_printf(&input->problem, "could not be read: %s", strerror(errno));
        source->has_lines = false;
    }
    return got != CLI_LINE_NONE;
}

/* -------------------------------------------------------------------- files */

static bool is_directory(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static void end_walk(struct cli_source *source)
{
    const struct cli_walk *const walk = &source->walk;
    cli_walk_end(&source->walk);
    if (walk->drafts == 0) {
        notice(source, source->directory, "no drafts in this directory (%s)", CLI_DRAFT_ENDINGS);
        source->empty++;
    }
    if (walk->other_documents)
        notice(source, source->directory,
            "%zu file%s that postvet does not read (.doc .rtf .pdf .pages .msg) %s left out",
            walk->other_documents, walk->other_documents == 1 ? "" : "s",
            walk->other_documents == 1 ? "was" : "were");
    source->directory = NULL;
}

static void end_list(struct cli_source *source)
{
    cli_lines_close(&source->lines);
    source->has_lines = false;
    if (source->list_entries == 0) {
        notice(source, strcmp(source->list_name, "-") == 0 ? "standard input" : source->list_name,
            "this list names no drafts");
        source->empty++;
    }
}

/* What is wrong with the list, or NULL. */
static const char *list_problem(enum cli_line got, const struct cli_buf *line)
{
    if (got == CLI_LINE_FAILED)
        return strerror(errno);
    if (got == CLI_LINE_TOO_LONG)
        return "a name in it is too long";
    if (got == CLI_LINE && memchr(line->data, '\0', line->len))
        return "a name in it holds a NUL byte, so --null may be missing";
    return NULL;
}

/* The next entry of the list stands in `line`. What cannot be understood is one more input, which
 * cannot be read: then CLI_LINE_FAILED. */
static enum cli_line next_entry(struct cli_source *source, struct cli_input *input)
{
    enum cli_line got;
    do
        got = cli_lines_next(&source->lines, &source->line);
    while (got == CLI_LINE && source->line.len == 0);
    const char *const problem = list_problem(got, &source->line);
    if (problem) {
        cli_input_set(input, source->list_name);
        input->status = CLI_READ_FAILED;
        cli_buf_printf(&input->problem, "could not be read: %s", problem);
    }
    source->list_entries += got != CLI_LINE_NONE;
    if (got == CLI_LINE_FAILED || got == CLI_LINE_NONE)
        end_list(source);
    return problem ? CLI_LINE_FAILED : got;
}

/* The next draft of the walk under way. */
static bool next_of_walk(struct cli_source *source, struct cli_input *input)
{
    if (!source->directory)
        return false;
    if (cli_walk_next(&source->walk, input))
        return true;
    end_walk(source);
    return false;
}

bool cli_source_ready(struct cli_source *source)
{
    const bool is_reading = source->has_lines && !source->directory && source->word_count == 0;
    return !is_reading || cli_lines_ready(&source->lines);
}

bool cli_source_next(struct cli_source *source, struct cli_input *input)
{
    if (source->are_records)
        return next_record(source, input);
    while (!next_of_walk(source, input)) {
        const char *word = NULL;
        if (source->word_count > 0) {
            source->word_count--;
            word = *source->words++;
            cli_input_set(input, word);
        } else if (source->has_lines) {
            const enum cli_line got = next_entry(source, input);
            if (got == CLI_LINE_NONE)
                return false;
            if (got != CLI_LINE)
                return true;
            word = source->line.data;
            cli_input_set_file(input, strcmp(word, "-") == 0 ? "./-" : word);
        } else {
            return false;
        }
        if (input->kind == CLI_INPUT_STDIN || !is_directory(word))
            return true;
        source->directory = word;
        cli_walk_begin(&source->walk, word);
    }
    return true;
}
