/* document.c: a program as a user of both installed libraries writes it: makes text of an e-mail,
 * scans it, and names the place of the one finding. C11 and C++17 alike; run.sh compiles it as
 * both.
 */
#include <stdio.h>
#include <string.h>

#include <postvet/document.h>

static int check(const postvet_document *document, const postvet_result *result)
{
    const postvet_finding *const finding = postvet_result_at(result, 0);
    const postvet_place *const place =
        finding ? postvet_document_place(document, finding->start.byte) : NULL;
    if (postvet_result_count(result) == 1 && place && strcmp(place->name, "paragraph 2") == 0)
        return 0;
    fprintf(stderr, "consumer: %u findings, the first at %s\n",
        (unsigned)postvet_result_count(result), place ? place->name : "no place");
    return 1;
}

int main(void)
{
    static const char mail[] = "MIME-Version: 1.0\r\nSubject: A story\r\n\r\nDear all,\r\n\r\n"
                               "My NHS number is 943 476 5919\r\n";
    postvet_scan_options scan = POSTVET_SCAN_OPTIONS_INIT;
    postvet_ruleset *ruleset = NULL;
    postvet_scanner *scanner = NULL;
    postvet_document *document = NULL;
    postvet_result *result = NULL;
    postvet_error err;
    int status = 1;

    scan.markup = POSTVET_MARKUP_HTML;
    if (postvet_document_new(mail, sizeof mail - 1, NULL, &document, &err) != POSTVET_OK
        || postvet_ruleset_new(NULL, &ruleset, &err) != POSTVET_OK
        || postvet_scanner_new(ruleset, &scanner, &err) != POSTVET_OK
        || postvet_scan(scanner, postvet_document_text(document), postvet_document_len(document),
               &scan, &result, &err)
               != POSTVET_OK)
        fprintf(stderr, "consumer: %s\n", err.message);
    else
        status = check(document, result);
    postvet_result_free(result);
    postvet_document_free(document);
    postvet_scanner_free(scanner);
    postvet_ruleset_free(ruleset);
    return status;
}
