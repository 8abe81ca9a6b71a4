/* charset.h: text of an e-mail in UTF-8. Knows encodings of characters and of bytes. */
#ifndef PV_DOCUMENT_CHARSET_H
#define PV_DOCUMENT_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Adds `bytes` to `out` in UTF-8. `charset` is as MIME names it, "" for none said. Sets *lossy
 * where something could not be decoded, which becomes U+FFFD; all of it does in a charset that is
 * not known. False when out of memory. */
bool pv_charset_decode(
    const char *charset, const char *bytes, size_t len, struct pv_buf *out, bool *lossy);

/* RFC 2045: adds what the bytes stand for. False when out of memory. */
bool pv_base64_decode(const char *bytes, size_t len, struct pv_buf *out);
bool pv_quoted_decode(const char *bytes, size_t len, bool in_header, struct pv_buf *out);

#endif
