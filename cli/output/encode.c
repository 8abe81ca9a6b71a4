/* encode.c: iconv(3) once more, the other way round. */
#include "encode.h"

#include <errno.h>
#include <iconv.h>

/* What iconv_open() returns for an encoding that it does not know. */
#define NO_ENCODER ((iconv_t)(-1)) /* NOLINT(performance-no-int-to-ptr): POSIX has it so */

/* gcc takes what iconv_open() returns for memory, which the -1 of its failure is not. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"
#endif

/* Adds all of [in, in + left), or with NULL what the encoding ends with. */
static bool encode(iconv_t encoder, char *in, size_t left, struct cli_buf *out)
{
    for (;;) {
        char *place = cli_buf_reserve(out, left + 64);
        const size_t room = out->capacity - out->len - 1;
        size_t rest = room;
        const size_t done = iconv(encoder, in ? &in : NULL, in ? &left : NULL, &place, &rest);
        out->len += room - rest;
        out->data[out->len] = '\0';
        if (done != (size_t)-1)
            return done == 0; /* else something became another character */
        if (errno != E2BIG)
            return false;
    }
}

bool cli_encode(struct cli_buf *text, const char *encoding, bool with_bom)
{
    static char bom[] = "\xEF\xBB\xBF";
    iconv_t encoder = iconv_open(encoding, "UTF-8");
    struct cli_buf out = { 0 };
    if (encoder == NO_ENCODER)
        return false;
    const bool ok = (!with_bom || encode(encoder, bom, sizeof bom - 1, &out))
                    && (!text->len || encode(encoder, text->data, text->len, &out))
                    && encode(encoder, NULL, 0, &out);
    iconv_close(encoder);
    if (ok) {
        cli_buf_release(text);
        *text = out;
    } else {
        cli_buf_release(&out);
    }
    return ok;
}
