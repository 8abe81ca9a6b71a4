/* xml.c: see xml.h. Of what XML forbids, escape.h leaves only U+FFFE and U+FFFF. */
#include "xml.h"

#include <string.h>

#include "escape.h"

static bool is_forbidden(const struct cli_char *c)
{
    return c->shown_len == 3
           && (memcmp(c->shown, "\xEF\xBF\xBE", 3) == 0
               || memcmp(c->shown, "\xEF\xBF\xBF", 3) == 0);
}

void cli_buf_xml(struct cli_buf *buf, const char *text)
{
    for (size_t left = strlen(text); left > 0;) {
        const struct cli_char c = cli_char_at(text, left);
        if (is_forbidden(&c))
            cli_buf_puts(buf, "\xEF\xBF\xBD");
        else if (c.shown_len == 1 && strchr("&<>\"'", c.shown[0]))
            cli_buf_printf(buf, "&#%d;", c.shown[0]);
        else
            cli_buf_add(buf, c.shown, c.shown_len);
        text += c.len;
        left -= c.len;
    }
}
