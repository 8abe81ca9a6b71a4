/* sniff.c: the first bytes tell the formats that people keep drafts or pictures of drafts in. What
 * else is not text tells itself by its NUL bytes, or is no UTF-8, which the library sees. */
#include "sniff.h"

#include <string.h>

#define ADVICE ", which postvet does not read; save the draft as text, Markdown or HTML"

static const struct magic {
    const char *bytes;
    size_t len;
    const char *problem;
} magics[] = {
    { "%PDF-", 5, "is a PDF file" ADVICE },
    { "PK\x03\x04", 4, "is a Word, OpenDocument or ZIP file" ADVICE },
    { "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, "is an old Word or Office file" ADVICE },
    { "{\\rtf", 5, "is an RTF file" ADVICE },
    { "\x89PNG\r\n\x1A\n", 8, "is a picture, which postvet does not look at" },
    { "\xFF\xD8\xFF", 3, "is a picture, which postvet does not look at" },
    { "\x1F\x8B", 2, "is a compressed file; unpack it first" },
};

enum { SAMPLE = 4096 };

const char *cli_sniff(const char *bytes, size_t len)
{
    const size_t sample = len < SAMPLE ? len : SAMPLE;
    size_t nuls = 0;
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (len >= magics[i].len && memcmp(bytes, magics[i].bytes, magics[i].len) == 0)
            return magics[i].problem;
    if (!memchr(bytes, '\0', sample))
        return NULL;
    for (size_t i = 0; i < sample; i++)
        nuls += bytes[i] == '\0';
    if (nuls >= sample / 4)
        return "is not text, since much of it is NUL bytes; if it is UTF-16, say so by --encoding "
               "UTF-16LE or UTF-16BE";
    return NULL;
}
