/* copy.c: `postvet redact` and `postvet clean`: a copy of one draft, in the encoding that the draft
 * is in, goes to standard output, to a new file, or in the draft's own place. What there is to say
 * about it goes to standard error. */
#include <string.h>

#include "../command.h"
#include "../config/settings.h"
#include "../input/convert.h"
#include "../input/load.h"
#include "../output/encode.h"
#include "../output/escape.h"
#include "../output/save.h"
#include "../output/stream.h"
#include "../output/terminal.h"
#include "../output/words.h"
#include "../today.h"

/* postvet_redact() or postvet_clean(). */
typedef postvet_status copy_fn(postvet_scanner *scanner, const char *text, size_t len,
    const postvet_scan_options *options, postvet_copy **out, postvet_error *err);

struct task {
    const char *name; /* of the command */
    copy_fn *make;
    const char *noun; /* what is replaced or left out */
    const char *done;
    const struct cli_options *options;
    const char *draft_name; /* for sentences */
};

static bool fits(const struct task *task, const char **words, size_t count)
{
    const struct cli_options *const o = task->options;
    if (count != 1)
        cli_complain("`postvet %s` takes one draft: a file, or - for standard input", task->name);
    else if (o->output && o->in_place)
        cli_complain("--in-place rewrites the draft itself, and goes without --output");
    else if (o->in_place && strcmp(words[0], "-") == 0)
        cli_complain("standard input cannot be rewritten; --in-place takes a file");
    else
        return cli_encoding_fits(o->encoding);
    return false;
}

/* A terminal is told what the bytes are; whatever else reads them gets them as they are. */
static void print_copy(struct cli_buf *bytes)
{
    struct cli_buf shown = { 0 };
    if (cli_terminal_look(CLI_COLOR_NEVER).interactive) {
        cli_buf_show_lines(&shown, bytes->data, bytes->len);
        cli_print(&shown);
    } else {
        cli_print(bytes);
    }
    cli_print_finish();
    cli_buf_release(&shown);
}

/* Writes the copy where it is to go. */
static bool write_copy(
    const struct task *task, const struct cli_draft *draft, const postvet_copy *copy)
{
    const char *const encoding = draft->converted_from;
    struct cli_buf bytes = { 0 };
    bool ok = true;
    cli_buf_add(&bytes, postvet_copy_text(copy), postvet_copy_len(copy));
    /* Without a byte order mark it was --encoding that said what the draft is in. */
    if (encoding && !cli_encode(&bytes, encoding, encoding != task->options->encoding)) {
        cli_complain("%s: cannot be written in %s again, so there is no copy; save the draft as "
                     "UTF-8 first",
            task->draft_name, encoding);
        ok = false;
    } else if (task->options->output) {
        ok = cli_save_new(task->options->output, &bytes,
            "give another name, or --in-place to rewrite the draft itself");
    } else if (task->options->in_place) {
        ok = cli_save_over(draft->path, &bytes);
    } else {
        print_copy(&bytes);
    }
    cli_buf_release(&bytes);
    return ok;
}

/* "draft.md: 3 identifiers replaced, in UTF-16LE as before" */
static void tell_changes(
    const struct task *task, const struct cli_draft *draft, const postvet_copy *copy)
{
    struct cli_buf text = { 0 };
    cli_buf_count(&text, postvet_copy_changes(copy), task->noun);
    cli_buf_printf(&text, " %s", task->done);
    if (draft->converted_from)
        cli_buf_printf(&text, "; the copy is in %s, as the draft is", draft->converted_from);
    cli_complain("%s: %s", task->draft_name, text.data);
    cli_buf_release(&text);
}

/* What a reader of the copy must not take for granted. */
static enum cli_exit tell_result(const struct task *task, const postvet_copy *copy)
{
    const postvet_result *const result = postvet_copy_result(copy);
    const size_t findings = postvet_result_count(result);
    if (findings)
        cli_complain("%s: the copy still holds %zu %s; `postvet check` shows %s", task->draft_name,
            findings, findings == 1 ? "finding" : "findings", findings == 1 ? "it" : "them");
    for (size_t i = 0; i < postvet_result_incomplete_count(result); i++)
        cli_complain("%s: was not fully checked: %s", task->draft_name,
            postvet_result_incomplete_at(result, i));
    return postvet_result_complete(result) ? CLI_EXIT_CLEAR : CLI_EXIT_INCOMPLETE;
}

/* A copy of the text of a document would be none of the document. */
static enum cli_exit refuse_document(const struct task *task)
{
    cli_complain("%s: is no text, so `postvet %s` cannot copy it; save it as text, Markdown or "
                 "HTML, and copy that",
        task->draft_name, task->name);
    return CLI_EXIT_INCOMPLETE;
}

static enum cli_exit copy_draft(
    const struct task *task, const struct cli_draft *draft, postvet_scanner *scanner)
{
    postvet_copy *copy = NULL;
    postvet_error error = { 0 };
    enum cli_exit status = CLI_EXIT_ERROR;
    postvet_scan_options wanted = POSTVET_SCAN_OPTIONS_INIT;
    wanted.voice = draft->voice;
    wanted.kind = draft->kind;
    wanted.file_name = draft->file_name;
    wanted.today = cli_today();
    cli_options_limit(task->options, &wanted);
    if (task->make(scanner, draft->text, draft->len, &wanted, &copy, &error) != POSTVET_OK) {
        cli_complain("%s: %s", task->draft_name, error.message);
        return CLI_EXIT_INCOMPLETE;
    }
    if (write_copy(task, draft, copy)) {
        tell_changes(task, draft, copy);
        status = tell_result(task, copy);
    }
    postvet_copy_free(copy);
    return status;
}

static enum cli_exit copy_input(
    struct task *task, const struct cli_settings *settings, const struct cli_input *input)
{
    struct cli_loader loader = { 0 };
    struct cli_draft draft;
    postvet_scanner *scanner = NULL;
    enum cli_exit status = CLI_EXIT_ERROR;
    if (postvet_scanner_new(settings->ruleset, &scanner, NULL) != POSTVET_OK)
        cli_out_of_memory(); /* the one way in which it fails */
    cli_load(&loader, input, &settings->options, &draft);
    task->draft_name = draft.file_name ? draft.file_name : "standard input";
    if (draft.document) {
        status = refuse_document(task);
    } else if (draft.status == CLI_READ_OK) {
        status = copy_draft(task, &draft, scanner);
    } else {
        cli_complain("%s: %s", task->draft_name, draft.problem);
        status = draft.status == CLI_READ_FAILED ? CLI_EXIT_ERROR : CLI_EXIT_INCOMPLETE;
    }
    cli_loader_release(&loader);
    postvet_scanner_free(scanner);
    return status;
}

static enum cli_exit run(struct task *task, const char **words, size_t count)
{
    const struct cli_options *const options = task->options;
    struct cli_input input = { 0 };
    struct cli_configs configs = { 0 };
    const struct cli_settings *settings = NULL;
    enum cli_exit status = CLI_EXIT_ERROR;
    if (fits(task, words, count) && cli_configs_open(&configs, options)) {
        cli_input_set(&input, words[0]);
        settings = cli_configs_for(
            &configs, input.kind == CLI_INPUT_STDIN ? options->stdin_filename : words[0]);
    }
    if (settings && settings->ruleset)
        status = copy_input(task, settings, &input);
    cli_input_release(&input);
    cli_configs_close(&configs);
    return status;
}

enum cli_exit cli_redact(const struct cli_options *options, const char **words, size_t count)
{
    struct task task = { .name = "redact",
        .make = postvet_redact,
        .noun = "identifier",
        .done = "replaced",
        .options = options };
    return run(&task, words, count);
}

enum cli_exit cli_clean(const struct cli_options *options, const char **words, size_t count)
{
    struct task task = { .name = "clean",
        .make = postvet_clean,
        .noun = "directive",
        .done = "left out",
        .options = options };
    return run(&task, words, count);
}
