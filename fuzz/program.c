/* program.c: see program.h. */
#include "program.h"

#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "memory.h"
#include "output/stream.h"

#define RULE(id, find, severity, suppressible)                                                     \
    "  - id: " id "\n    title: '<b>\"T\" & ]]>,:%0A'\n    severity: " severity                    \
    "\n    confidence: low\n    find: {" find "}\n    message: 'It <i> & ::error::%25 \\u0041.'\n" \
    "    advice: '&lt; \"<q>\" <!-- //'\n    cites: [A 1]\n    suppressible: " suppressible        \
    "\n    tests: {match: [x], no-match: [y]}\n"

static const char pack[] = "pack: p\ntitle: P\nversion: 1.0.0\nrules:\n" RULE(
    "plum", "pattern: 'plums?'", "warning", "with-reason")
    RULE("pear", "pattern: 'pear|plums'", "note", "with-reason") RULE("number",
        "pattern: '(?<n>\\d{3}[ -]?\\d{3}[ -]?\\d{4})', where: [{group: n, check: nhs-number}]",
        "error", "never");

static void become(int descriptor)
{
    FILE *const file = tmpfile(); /* removed already: only this process has it */
    FUZZ_ASSERT(file && dup2(fileno(file), descriptor) == descriptor);
    fclose(file);
}

void fuzz_program_begin(void)
{
    become(STDIN_FILENO);
    become(STDOUT_FILENO);
    json_set_alloc_funcs(cli_wiped_alloc, cli_wiped_free);
}

postvet_ruleset *fuzz_program_ruleset(void)
{
    static postvet_ruleset *ruleset;
    const postvet_source source = { "p.yaml", pack, sizeof pack - 1 };
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    options.without_default_packs = true;
    options.packs = &source;
    options.pack_count = 1;
    if (!ruleset)
        FUZZ_ASSERT(postvet_ruleset_new(&options, &ruleset, NULL) == POSTVET_OK);
    return ruleset;
}

struct cli_settings fuzz_program_settings(const struct cli_options *options)
{
    return (struct cli_settings){ .ruleset = fuzz_program_ruleset(), .options = *options };
}

static void rewrite(int descriptor, const void *data, size_t len)
{
    FUZZ_ASSERT(ftruncate(descriptor, 0) == 0 && lseek(descriptor, 0, SEEK_SET) == 0);
    FUZZ_ASSERT(write(descriptor, data, len) == (ssize_t)len);
    FUZZ_ASSERT(lseek(descriptor, 0, SEEK_SET) == 0);
}

void fuzz_program_feed(const void *data, size_t len)
{
    rewrite(STDIN_FILENO, data, len);
}

char *fuzz_program_take(size_t *len)
{
    cli_print_finish();
    const off_t end = lseek(STDOUT_FILENO, 0, SEEK_END);
    FUZZ_ASSERT(end >= 0);
    char *const text = malloc((size_t)end + 1);
    FUZZ_ASSERT(text && pread(STDOUT_FILENO, text, (size_t)end, 0) == (ssize_t)end);
    text[end] = '\0';
    *len = (size_t)end;
    rewrite(STDOUT_FILENO, "", 0);
    return text;
}
