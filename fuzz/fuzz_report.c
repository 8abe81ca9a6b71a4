/* fuzz_report.c: any bytes are a draft, which is reported in every format, along with another that
 * has an identifier behind it. Byte 0 chooses options; byte 1 says how many bytes behind it are the
 * draft's name. Each report is read again as its readers read it: JSON by jansson, XML and HTML by
 * libxml2, lines by their form; it holds as many findings as there are, nothing that could drive a
 * terminal, and nothing of the identifier. */
#include <string.h>

#include <jansson.h>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

#include "output/escape.h"
#include "program.h"

/* Found by the pack; in none of the dictionaries. */
#define PLANTED "999 472 8164"
static const char planted[] = "\n\nplum " PLANTED "\n";

/* What one report is about, and what is in it. */
struct report {
    struct cli_options options;
    struct cli_run run;
    struct cli_report report;
    size_t findings, reasons; /* of both drafts; the program says how many */
    bool found_planted;
    char *text;
    size_t len;
};

static void set_up(void)
{
    static bool is_done;
    if (is_done)
        return;
    fuzz_program_begin();
    is_done = true;
}

/* -------------------------------------------------------------------- JSON */

static json_t *parse(const char *text, size_t len)
{
    json_error_t error;
    json_t *const json = json_loadb(text, len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    FUZZ_ASSERT(json);
    return json;
}

static size_t count_in(const json_t *document, const char *key)
{
    return json_array_size(json_object_get(document, key));
}

/* The first format that is tried says how much there is to tell; the others must tell as much. */
static void check_json(struct report *r)
{
    json_t *const json = parse(r->text, r->len);
    const json_t *const documents = json_object_get(json, "documents");
    FUZZ_ASSERT(json_array_size(documents) == 2);
    for (size_t i = 0; i < 2; i++) {
        const json_t *const document = json_array_get(documents, i);
        r->findings += count_in(document, "findings");
        r->reasons += count_in(document, "incomplete_reasons");
    }
    size_t counted = 0;
    const char *key;
    json_t *value;
    json_object_foreach(json_object_get(json_object_get(json, "summary"), "findings"), key, value)
        counted += (size_t)json_integer_value(value);
    FUZZ_ASSERT(counted == r->findings);
    json_decref(json);
}

static void check_ndjson(struct report *r)
{
    size_t findings = 0, reasons = 0, lines = 0;
    for (const char *at = r->text; *at; lines++) {
        const char *const end = strchr(at, '\n');
        FUZZ_ASSERT(end);
        json_t *const json = parse(at, (size_t)(end - at));
        findings += count_in(json, "findings");
        reasons += count_in(json, "incomplete_reasons");
        json_decref(json);
        at = end + 1;
    }
    FUZZ_ASSERT(lines == 2 && findings == r->findings && reasons == r->reasons);
}

static void check_gitlab(struct report *r)
{
    json_t *const json = parse(r->text, r->len);
    FUZZ_ASSERT(json_is_array(json) && json_array_size(json) == r->findings + r->reasons);
    json_decref(json);
}

static void check_sarif(struct report *r)
{
    json_t *const json = parse(r->text, r->len);
    const json_t *const only = json_array_get(json_object_get(json, "runs"), 0);
    const json_t *const results = json_object_get(only, "results");
    const json_t *const invocation = json_array_get(json_object_get(only, "invocations"), 0);
    size_t findings = 0;
    for (size_t i = 0; i < json_array_size(results); i++)
        findings += !json_object_get(json_array_get(results, i), "suppressions");
    FUZZ_ASSERT(strcmp(json_string_value(json_object_get(json, "version")), "2.1.0") == 0);
    FUZZ_ASSERT(findings == r->findings);
    FUZZ_ASSERT(count_in(invocation, "toolExecutionNotifications") == r->reasons);
    json_decref(json);
}

/* ------------------------------------------------------------- XML and HTML */

/* The node behind this one, as a reader comes to them; NULL at the end. */
static const xmlNode *next_node(const xmlNode *node)
{
    if (node->children && node->type == XML_ELEMENT_NODE)
        return node->children;
    while (node && !node->next)
        node = node->parent;
    return node ? node->next : NULL;
}

static bool is_among(const xmlChar *name, const char *const *names)
{
    while (*names && strcmp((const char *)name, *names) != 0)
        names++;
    return *names != NULL;
}

static size_t count_elements(const xmlDoc *document, const char *name)
{
    size_t count = 0;
    for (const xmlNode *node = xmlDocGetRootElement(document); node; node = next_node(node))
        count += node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
    return count;
}

static void check_junit(struct report *r)
{
    xmlDoc *const document = xmlReadMemory(r->text, (int)r->len, NULL, NULL,
        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    FUZZ_ASSERT(document);
    FUZZ_ASSERT(count_elements(document, "testsuite") == 2);
    FUZZ_ASSERT(count_elements(document, "error") == r->reasons);
    FUZZ_ASSERT(count_elements(document, "failure") + count_elements(document, "system-out")
                == r->findings);
    xmlFreeDoc(document);
}

/* A page is made of these, whatever is in the drafts. */
static void check_html(struct report *r)
{
    static const char *const elements[] = { "html", "head", "meta", "title", "style", "body",
        "header", "h1", "h2", "h3", "p", "main", "article", "div", "section", "span", "mark",
        "strong", "table", "thead", "tbody", "tfoot", "tr", "th", "td", "code", NULL };
    static const char *const attributes[] = { "lang", "charset", "name", "content", "http-equiv",
        "class", NULL };
    xmlDoc *const document = htmlReadMemory(r->text, (int)r->len, NULL, "UTF-8",
        HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
    FUZZ_ASSERT(document && count_elements(document, "article") == 2);
    for (const xmlNode *node = xmlDocGetRootElement(document); node; node = next_node(node)) {
        FUZZ_ASSERT(node->type == XML_ELEMENT_NODE || node->type == XML_TEXT_NODE
                    || node->type == XML_CDATA_SECTION_NODE);
        if (node->type != XML_ELEMENT_NODE)
            continue;
        FUZZ_ASSERT(is_among(node->name, elements));
        for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
            FUZZ_ASSERT(is_among(attribute->name, attributes));
    }
    FUZZ_ASSERT(count_elements(document, "h3") == r->findings);
    xmlFreeDoc(document);
}

/* ------------------------------------------------------------------- lines */

static size_t count_lines(const struct report *r, const char *prefix)
{
    size_t count = 0;
    for (const char *at = r->text; *at;) {
        const char *const end = strchr(at, '\n');
        FUZZ_ASSERT(end);
        count += strncmp(at, prefix, strlen(prefix)) == 0;
        at = end + 1;
    }
    return count;
}

static void check_gcc(struct report *r)
{
    FUZZ_ASSERT(count_lines(r, "") == r->findings + r->reasons);
}

static void check_github(struct report *r)
{
    FUZZ_ASSERT(count_lines(r, "::") == r->findings + r->reasons);
    FUZZ_ASSERT(count_lines(r, "") == r->findings + r->reasons + 1);
}

static void check_text(struct report *r)
{
    (void)count_lines(r, "");
}

/* What every report is: characters that are shown as they are, and the ends of lines. */
static void check_characters(const struct report *r)
{
    for (size_t at = 0; at < r->len;) {
        const struct cli_char c = cli_char_at(r->text + at, r->len - at);
        FUZZ_ASSERT(r->text[at] == '\n'
                    || (c.shown_len == c.len && memcmp(c.shown, r->text + at, c.len) == 0));
        at += c.len;
    }
}

/* ----------------------------------------------------------------- reports */

static const struct form {
    const struct cli_format *format;
    void (*check)(struct report *r);
} forms[] = {
    { &cli_json_format, check_json }, /* the first, see there */
    { &cli_ndjson_format, check_ndjson },
    { &cli_gitlab_format, check_gitlab },
    { &cli_sarif_format, check_sarif },
    { &cli_junit_format, check_junit },
    { &cli_html_format, check_html },
    { &cli_gcc_format, check_gcc },
    { &cli_github_format, check_github },
    { &cli_text_format, check_text },
};

/* Kept from report to report: to wipe its memory each time would take most of the time. */
static struct cli_examiner examiner;

/* Adds a draft, which is standard input under that name. */
static void add_draft(struct report *r, const void *text, size_t len)
{
    struct cli_settings settings = fuzz_program_settings(&r->options);
    struct cli_input input = { .kind = CLI_INPUT_STDIN, .settings = &settings };
    struct cli_outcome outcome = { 0 };
    fuzz_program_feed(text, len);
    cli_examine(&examiner, &input, &outcome);
    FUZZ_ASSERT((outcome.status == CLI_EXIT_INCOMPLETE) == !outcome.complete);
    r->found_planted = outcome.findings[POSTVET_ERROR] > 0;
    cli_report_add(&r->report, &outcome);
    cli_outcome_release(&outcome);
    cli_input_release(&input);
}

/* Both drafts, of which the second one is the first with the identifier. */
static void print(struct report *r, const struct cli_format *format, const char *text, size_t len)
{
    r->run = (struct cli_run){ .format = format,
        .layout = { .options = &r->options,
            .ruleset = fuzz_program_ruleset(),
            .terminal = { .width = 80 } },
        .today = 20250601u };
    r->report = (struct cli_report){ .format = format, .layout = &r->run.layout };
    examiner.run = &r->run;
    cli_report_begin(&r->report);
    add_draft(r, text, len - (sizeof planted - 1));
    add_draft(r, text, len);
    cli_report_end(&r->report);
    r->text = fuzz_program_take(&r->len);
}

static bool has(const char *text, size_t len, const char *word)
{
    for (size_t at = 0; at + strlen(word) <= len; at++)
        if (memcmp(text + at, word, strlen(word)) == 0)
            return true;
    return false;
}

static void check_all(struct report *r, const char *text, size_t len)
{
    const size_t digits_at = len - (sizeof planted - 1);
    const char *const name = r->options.stdin_filename;
    /* without its first digit, which the end of an escape may be: "\u0014" */
    const bool is_elsewhere = has(text, digits_at, "72 8164") || has(name, strlen(name), "72 8164");
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        print(r, forms[i].format, text, len);
        FUZZ_ASSERT(strlen(r->text) == r->len);
        forms[i].check(r);
        check_characters(r);
        if (r->found_planted && !is_elsewhere)
            FUZZ_ASSERT(!strstr(r->text, "472 8164"));
        free(r->text);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char name[64] = "";
    struct report r = { .options = { .fail_on = POSTVET_ERROR, .stdin_filename = name } };
    if (size < 2)
        return 0;
    set_up();
    const size_t name_len = data[1] % 32 < size - 2 ? data[1] % 32 : size - 2;
    memcpy(name, data + 2, name_len);
    if (!*name)
        memcpy(name, "draft.md", sizeof "draft.md");
    r.options.report_suppressed = data[0] & 1;
    r.options.ignore_suppressions = (data[0] & 2) != 0;
    r.options.voice = data[0] & 4 ? POSTVET_CORPORATE : POSTVET_PERSONAL;
    const size_t len = size - 2 - name_len + sizeof planted - 1;
    char *const text = malloc(len);
    FUZZ_ASSERT(text);
    memcpy(text, data + 2 + name_len, len - (sizeof planted - 1));
    memcpy(text + len - (sizeof planted - 1), planted, sizeof planted - 1);
    check_all(&r, text, len);
    free(text);
    return 0;
}
