/* fuzz_pack.c: any bytes are a rule pack, good or bad. A bad one is refused with an error that has
 * words; a good one runs its own tests and scans a draft. */
#include <string.h>

#include <postvet/postvet.h>

#include "fuzz.h"

static void count_error(const postvet_error *error, void *user)
{
    FUZZ_ASSERT(error->status != POSTVET_OK);
    FUZZ_ASSERT(error->message[0] && !strpbrk(error->message, "\r\n"));
    ++*(size_t *)user;
}

static void use(const postvet_ruleset *ruleset)
{
    static const char draft[] = "My NHS number is 943 476 5919. A *word*, a wörd, a w0rd.\n\n- 1\n";
    postvet_scanner *scanner = NULL;
    postvet_result *result = NULL;
    postvet_error err;
    size_t run = 0, failed = 0;
    FUZZ_ASSERT(postvet_ruleset_test(ruleset, NULL, NULL, &run, &failed, &err) == POSTVET_OK);
    FUZZ_ASSERT(failed <= run);
    FUZZ_ASSERT(postvet_scanner_new(ruleset, &scanner, &err) == POSTVET_OK);
    FUZZ_ASSERT(postvet_scan(scanner, draft, sizeof draft - 1, NULL, &result, &err) == POSTVET_OK);
    postvet_result_free(result);
    postvet_scanner_free(scanner);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const postvet_source pack = { "fuzz.yaml", (const char *)data, size };
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    postvet_ruleset *ruleset = NULL;
    postvet_error err = { POSTVET_OK, 0, 0, "", "" };
    size_t errors = 0;

    options.without_default_packs = true;
    options.packs = &pack;
    options.pack_count = 1;
    options.on_error = count_error;
    options.user = &errors;
    const postvet_status status = postvet_ruleset_new(&options, &ruleset, &err);
    FUZZ_ASSERT((status == POSTVET_OK) == (errors == 0));
    FUZZ_ASSERT(status == POSTVET_OK || (err.status == status && err.message[0]));
    if (status == POSTVET_OK)
        use(ruleset);
    postvet_ruleset_free(ruleset);
    return 0;
}
