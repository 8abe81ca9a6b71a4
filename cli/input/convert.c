/* convert.c: iconv(3) decodes; what it stops at is stepped over, a unit of the encoding at a time.
 */
#include "convert.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "../output/stream.h"

static const struct bom {
    const char *bytes;
    size_t len;
    const char *encoding; /* NULL: UTF-8 */
} boms[] = {
    { "\xEF\xBB\xBF", 3, NULL },
    { "\xFF\xFE\0\0", 4, "UTF-32LE" }, /* before UTF-16LE, which begins alike */
    { "\0\0\xFE\xFF", 4, "UTF-32BE" },
    { "\xFF\xFE", 2, "UTF-16LE" },
    { "\xFE\xFF", 2, "UTF-16BE" },
};

static const struct bom *find_bom(const struct cli_buf *text)
{
    for (size_t i = 0; i < sizeof boms / sizeof *boms; i++)
        if (text->len >= boms[i].len && memcmp(text->data, boms[i].bytes, boms[i].len) == 0)
            return &boms[i];
    return NULL;
}

bool cli_has_bom(const struct cli_buf *text)
{
    return find_bom(text) != NULL;
}

static bool is_utf8(const char *encoding)
{
    return strcasecmp(encoding, "UTF-8") == 0 || strcasecmp(encoding, "UTF8") == 0;
}

/* What iconv_open() returns for an encoding that it does not know. */
#define NO_DECODER ((iconv_t)(-1)) /* NOLINT(performance-no-int-to-ptr): POSIX has it so */

/* gcc takes what iconv_open() returns for memory, which the -1 of its failure is not. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"
#endif

bool cli_encoding_fits(const char *encoding)
{
    if (!encoding || is_utf8(encoding))
        return true;
    iconv_t decoder = iconv_open("UTF-8", encoding);
    if (decoder == NO_DECODER) {
        cli_complain("unknown encoding \"%s\"; `iconv -l` lists those of this computer", encoding);
        return false;
    }
    iconv_close(decoder);
    return true;
}

/* Bytes of the least that can be wrong. */
static size_t unit_len(const char *encoding)
{
    const bool utf = strncasecmp(encoding, "UTF", 3) == 0 || strncasecmp(encoding, "UCS", 3) == 0;
    return utf && strstr(encoding, "32") ? 4 : utf && strstr(encoding, "16") ? 2 : 1;
}

/* Decodes all of [in, in + left). */
static void decode(iconv_t decoder, char *in, size_t left, size_t unit, struct cli_buf *out)
{
    while (left > 0) {
        char *place = cli_buf_reserve(out, left + 16);
        const size_t room = out->capacity - out->len - 1;
        size_t rest = room;
        const size_t done = iconv(decoder, &in, &left, &place, &rest);
        const int error = done == (size_t)-1 ? errno : 0;
        out->len += room - rest;
        out->data[out->len] = '\0';
        if (error == EILSEQ || error == EINVAL) {
            const size_t skip = left < unit ? left : unit;
            cli_buf_add(out, "\xFF", 1);
            in += skip;
            left -= skip;
        }
    }
}

const char *cli_convert(struct cli_buf *text, const char *encoding)
{
    const struct bom *const bom = text->len ? find_bom(text) : NULL;
    const char *const from = bom ? bom->encoding : encoding && !is_utf8(encoding) ? encoding : NULL;
    iconv_t decoder = from ? iconv_open("UTF-8", from) : NO_DECODER;
    if (decoder == NO_DECODER) /* UTF-8: cli_encoding_fits() knows the others */
        return NULL;
    const size_t skip = bom ? bom->len : 0;
    struct cli_buf utf8 = { 0 };
    cli_buf_reserve(&utf8, 1);
    decode(decoder, text->data + skip, text->len - skip, unit_len(from), &utf8);
    iconv_close(decoder);
    cli_buf_release(text);
    *text = utf8;
    return from;
}
