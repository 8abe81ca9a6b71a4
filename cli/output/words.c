/* words.c: see words.h. */
#include "words.h"

#include <string.h>

struct cli_severity_words cli_severity_words(postvet_severity severity)
{
    switch (severity) {
    case POSTVET_ERROR:
        return (struct cli_severity_words){ "Stop", CLI_RED };
    case POSTVET_WARNING:
        return (struct cli_severity_words){ "Look again", CLI_YELLOW };
    case POSTVET_NOTE:
        break;
    }
    return (struct cli_severity_words){ "Tip", CLI_BLUE };
}

const char *cli_verdict_word(postvet_verdict verdict)
{
    switch (verdict) {
    case POSTVET_BLOCK:
        return "Stop";
    case POSTVET_REVIEW:
        return "Look again";
    case POSTVET_INCOMPLETE:
        return "Not fully checked";
    case POSTVET_CLEAR:
        break;
    }
    return "Clear";
}

void cli_buf_count(struct cli_buf *buf, size_t count, const char *noun)
{
    cli_buf_printf(buf, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

void cli_buf_trust(struct cli_buf *buf, const char *trust)
{
    char before = '-';
    for (; *trust; before = *trust++) {
        char c = *trust == '-' ? ' ' : *trust;
        if (before == '-' && c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        cli_buf_add(buf, &c, 1);
    }
}

void cli_buf_citations(struct cli_buf *buf, const postvet_citation *citations, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const postvet_citation *const cited = &citations[i];
        const bool same_document = i > 0 && strcmp(citations[i - 1].trust, cited->trust) == 0
                                   && strcmp(citations[i - 1].document, cited->document) == 0;
        if (same_document) {
            cli_buf_puts(buf, ", ");
        } else {
            cli_buf_puts(buf, i > 0 ? "; " : "");
            cli_buf_trust(buf, cited->trust);
            cli_buf_printf(buf, " %s ", cited->document);
        }
        const bool numbered = cited->section[0] >= '0' && cited->section[0] <= '9';
        cli_buf_printf(buf, "%s%s", numbered ? "§" : "", cited->section);
    }
}
