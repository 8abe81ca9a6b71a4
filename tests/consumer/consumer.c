/* consumer.c: a program as a user of the installed library writes it: scans one draft and checks
 * the one finding. C11 and C++17 alike; run.sh compiles it as both. */
#include <stdio.h>
#include <string.h>

#include <postvet/postvet.h>

static int check(const postvet_result *result)
{
    const postvet_finding *const finding = postvet_result_at(result, 0);
    if (postvet_result_count(result) != 1 || postvet_result_verdict(result) != POSTVET_BLOCK
        || strcmp(finding->category, "nhs-number") != 0 || finding->start.byte != 17
        || finding->end.byte != 29) {
        fprintf(stderr, "consumer: %u findings, verdict %s\n",
            (unsigned)postvet_result_count(result),
            postvet_verdict_name(postvet_result_verdict(result)));
        return 1;
    }
    return 0;
}

int main(void)
{
    static const char draft[] = "My NHS number is 943 476 5919";
    const postvet_ruleset_options rules = POSTVET_RULESET_OPTIONS_INIT;
    const postvet_scan_options scan = POSTVET_SCAN_OPTIONS_INIT;
    postvet_ruleset *ruleset = NULL;
    postvet_scanner *scanner = NULL;
    postvet_result *result = NULL;
    postvet_error err;
    int status = 1;

    if (strcmp(postvet_version(), POSTVET_VERSION) != 0)
        fprintf(stderr, "consumer: the header is %s, the library %s\n", POSTVET_VERSION,
            postvet_version());
    else if (postvet_ruleset_new(&rules, &ruleset, &err) != POSTVET_OK
             || postvet_scanner_new(ruleset, &scanner, &err) != POSTVET_OK
             || postvet_scan(scanner, draft, sizeof draft - 1, &scan, &result, &err) != POSTVET_OK)
        fprintf(stderr, "consumer: %s\n", err.message);
    else
        status = check(result);
    postvet_result_free(result);
    postvet_scanner_free(scanner);
    postvet_ruleset_free(ruleset);
    return status;
}
