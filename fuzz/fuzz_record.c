/* fuzz_record.c: any bytes are what `postvet check --ndjson-input` is handed, a draft a line. The
 * first byte limits how long a line may be. The lines that come out are those that went in. A
 * record that was read and is written anew is read again as the same; one that was not has a reason
 * that does not quote it. Each gives one line of NDJSON, which has its id. */
#include <string.h>

#include <unistd.h>

#include <jansson.h>

#include "input/lines.h"
#include "input/record.h"
#include "program.h"

static const struct cli_options options = { .format = CLI_FORMAT_NDJSON, .fail_on = POSTVET_ERROR };
static struct cli_examiner examiner;
static struct cli_run run;

static void set_up(void)
{
    if (run.format)
        return;
    fuzz_program_begin();
    run.format = &cli_ndjson_format;
    run.layout = (struct cli_layout){ .options = &options, .ruleset = fuzz_program_ruleset() };
    cli_examiner_open(&examiner, &run);
}

static json_t *parse(const char *text, size_t len)
{
    json_error_t error;
    return json_loadb(text, len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DECODE_ANY, &error);
}

static const char *const voices[] = { "personal", "corporate" };
static const char *const kinds[] = { "post", "profile", "reply" };
static const char *const markups[] = { "auto", "plain", "markdown", "html" };

/* Writes a draft as a record and reads it again. */
static void check_again(const struct cli_draft *draft)
{
    struct cli_buf line = { 0 }, problem = { 0 };
    struct cli_draft again = { 0 };
    json_t *const object =
        json_pack("{s:o,s:s,s:s,s:s}", "text", json_stringn(draft->text, draft->len), "voice",
            voices[draft->voice], "kind", kinds[draft->kind], "markup", markups[draft->markup]);
    FUZZ_ASSERT(object);
    if (draft->id)
        FUZZ_ASSERT(json_object_set(object, "id", draft->id) == 0);
    char *const text = json_dumps(object, JSON_COMPACT);
    FUZZ_ASSERT(text);
    cli_buf_puts(&line, text);
    json_t *const json = cli_record_read(&line, &again, &problem);
    FUZZ_ASSERT(json && again.status == CLI_READ_OK && problem.len == 0);
    FUZZ_ASSERT(again.len == draft->len && memcmp(again.text, draft->text, draft->len) == 0);
    FUZZ_ASSERT(again.voice == draft->voice && again.kind == draft->kind);
    FUZZ_ASSERT(again.markup == draft->markup && !again.id == !draft->id);
    FUZZ_ASSERT(!again.id || json_equal(again.id, draft->id));
    cli_wiped_free(text);
    json_decref(json);
    json_decref(object);
    cli_buf_release(&line);
    cli_buf_release(&problem);
}

/* Our own sentences are short and plain; a piece of the line need not be. */
static void check_sentence(const struct cli_buf *sentence)
{
    FUZZ_ASSERT(sentence->len > 0 && sentence->len < 128);
    for (size_t i = 0; i < sentence->len; i++)
        FUZZ_ASSERT(sentence->data[i] >= ' ' && sentence->data[i] <= '~');
}

/* Reads a record; whether that is possible. `id` is set to what it has, to be given back. */
static bool check_record(const struct cli_buf *line, json_t **id)
{
    struct cli_draft draft = { .voice = POSTVET_CORPORATE, .kind = POSTVET_REPLY };
    struct cli_buf problem = { 0 };
    json_t *const json = cli_record_read(line, &draft, &problem);
    const bool is_read = draft.status == CLI_READ_OK;
    if (is_read) {
        FUZZ_ASSERT(json && json_is_object(json) && problem.len == 0);
        check_again(&draft);
    } else {
        check_sentence(&problem);
    }
    *id = json_incref(draft.id);
    json_decref(json);
    cli_buf_release(&problem);
    return is_read;
}

/* What is reported of a line. */
static void check_report(struct cli_input *input, bool is_read, const json_t *id)
{
    struct cli_outcome outcome = { 0 };
    cli_examine(&examiner, input, &outcome);
    json_t *const told = parse(outcome.out.data, outcome.out.len);
    FUZZ_ASSERT(told && outcome.out.data[outcome.out.len - 1] == '\n');
    FUZZ_ASSERT(!memchr(outcome.out.data, '\n', outcome.out.len - 1));
    FUZZ_ASSERT(json_object_get(told, "id"));
    if (id)
        FUZZ_ASSERT(json_equal(json_object_get(told, "id"), id));
    FUZZ_ASSERT(!json_object_get(told, "error") == is_read);
    FUZZ_ASSERT((outcome.complaint.len == 0) == is_read);
    FUZZ_ASSERT(is_read || outcome.status == CLI_EXIT_INCOMPLETE);
    json_decref(told);
    cli_outcome_release(&outcome);
}

static void check_line(const struct cli_buf *line, size_t number)
{
    struct cli_settings settings = fuzz_program_settings(&options);
    struct cli_input input = { .kind = CLI_INPUT_RECORD, .line = number, .settings = &settings };
    json_t *id = NULL;
    const bool is_read = check_record(line, &id);
    if (line->len)
        cli_buf_add(&input.bytes, line->data, line->len);
    check_report(&input, is_read, id);
    json_decref(id);
    cli_input_release(&input);
}

/* Holds what is read next to what stands at `at`, which moves on. */
static bool check_next(
    struct cli_lines *lines, struct cli_buf *line, const char **at, const char *end)
{
    const enum cli_line got = cli_lines_next(lines, line);
    if (*at == end) {
        FUZZ_ASSERT(got == CLI_LINE_NONE);
        return false;
    }
    const char *const stop = memchr(*at, '\n', (size_t)(end - *at));
    const size_t len = (size_t)((stop ? stop : end) - *at);
    FUZZ_ASSERT(got == (len > lines->longest ? CLI_LINE_TOO_LONG : CLI_LINE));
    if (got == CLI_LINE) {
        FUZZ_ASSERT(line->len == len && (!len || memcmp(line->data, *at, len) == 0));
        check_line(line, lines->number);
    }
    *at = stop ? stop + 1 : end;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cli_lines lines;
    struct cli_buf line = { 0 };
    size_t count = 0;
    if (size == 0)
        return 0;
    set_up();
    const char *at = (const char *)data + 1, *const end = (const char *)data + size;
    fuzz_program_feed(at, size - 1);
    FUZZ_ASSERT(cli_lines_open(&lines, "-", '\n', 16 + 64 * (size_t)data[0]));
    while (check_next(&lines, &line, &at, end))
        FUZZ_ASSERT(lines.number == ++count && cli_lines_ready(&lines));
    cli_lines_close(&lines);
    cli_buf_release(&line);
    return 0;
}
