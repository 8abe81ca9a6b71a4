/* serialize_codes.c: each code is serialised by itself. Two rounds: the first finds how far all of
 * them are the same, the second writes the rest of each. */
#include "serialize_codes.h"

#include <string.h>

#include "engine/gate.h"
#include "engine/pattern.h"

struct pv_stream {
    uint8_t *bytes;
    size_t len;
};

static struct pv_image *pv_header(struct pv_buf *image)
{
    return PV_BUF_ITEMS(image, struct pv_image);
}

static struct pv_image_pattern *pv_pattern_at(struct pv_buf *image, uint32_t index)
{
    char *const at = image->data + pv_header(image)->patterns.at;
    return (struct pv_image_pattern *)(void *)at + index;
}

/* The stream of one pattern, to be freed by PCRE2; no bytes on failure. */
static struct pv_stream pv_serialize(struct pv_buf *image, uint32_t index)
{
    const struct pv_image_pattern *const pattern = pv_pattern_at(image, index);
    struct pv_stream stream = { NULL, 0 };
    int error;
    size_t offset;
    pcre2_code *const code = pv_pattern_compile(image->data + pattern->text, pattern->len,
        pv_has_windows(pattern) ? PV_PATTERN_GATED : 0, &error, &offset);
    const pcre2_code *view = code;
    if (code && pcre2_serialize_encode(&view, 1, &stream.bytes, &stream.len, NULL) != 1)
        stream.bytes = NULL;
    pcre2_code_free(code);
    return stream;
}

static bool pv_append_aligned(
    struct pv_buf *image, const uint8_t *bytes, size_t len, struct pv_range *range)
{
    range->at = (pv_ref)image->len;
    range->count = (uint32_t)len;
    if (!pv_buf_append(image, bytes, len))
        return false;
    while (image->len % sizeof(uint32_t))
        if (!pv_buf_append_byte(image, '\0'))
            return false;
    return true;
}

static size_t pv_common(const uint8_t *a, const uint8_t *b, size_t len)
{
    size_t common = 0;
    while (common < len && a[common] == b[common])
        common++;
    return common;
}

/* What the streams begin with. */
static bool pv_add_prefix(struct pv_buf *image, uint32_t count)
{
    const struct pv_stream first = pv_serialize(image, 0);
    size_t common = first.bytes ? first.len : 0;
    struct pv_range range = { 0, 0 };
    for (uint32_t i = 1; i < count && common; i++) {
        const struct pv_stream other = pv_serialize(image, i);
        common = other.bytes
                     ? pv_common(first.bytes, other.bytes, other.len < common ? other.len : common)
                     : 0;
        pcre2_serialize_free(other.bytes);
    }
    const bool done = common && pv_append_aligned(image, first.bytes, common, &range);
    pcre2_serialize_free(first.bytes);
    pv_header(image)->code_prefix = range;
    return done;
}

static bool pv_add_code(struct pv_buf *image, uint32_t index)
{
    const size_t prefix = pv_header(image)->code_prefix.count;
    const struct pv_stream stream = pv_serialize(image, index);
    struct pv_range range;
    const bool done =
        stream.bytes
        && pv_append_aligned(image, stream.bytes + prefix, stream.len - prefix, &range);
    pcre2_serialize_free(stream.bytes);
    if (done)
        pv_pattern_at(image, index)->code = range;
    return done;
}

bool pv_serialize_codes(struct pv_buf *image)
{
    const uint32_t count = pv_header(image)->patterns.count;
    bool done = !count || pv_add_prefix(image, count);
    for (uint32_t i = 0; i < count && done; i++)
        done = pv_add_code(image, i);
    pv_header(image)->size = (uint32_t)image->len;
    return done;
}
