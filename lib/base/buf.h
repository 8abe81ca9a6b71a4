/* buf.h: a growable run of bytes, used as text and as an array of one plain type.
 * Growing wipes the old memory before it is given back: it may have held words of a draft. */
#ifndef PV_BASE_BUF_H
#define PV_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* {0} is an empty buffer. `data` moves when the buffer grows; it is aligned for any type. */
struct pv_buf {
    char *data;
    size_t len, capacity; /* bytes */
};

/* No buffer grows past this many bytes; pv_buf_reserve() then fails as if out of memory. A power of
 * two: 2^32, or 2^31 where addresses have 32 bits. */
#define PV_BUF_MAX (SIZE_MAX > UINT32_MAX ? (size_t)UINT32_MAX + 1 : (size_t)1 << 31)

/* Makes room where there is not enough; see pv_buf_reserve(). */
bool pv_buf_grow(struct pv_buf *buf, size_t extra);

/* Room for `extra` more bytes. False when out of memory; the buffer is then unchanged. This and
 * what follows is inline because the engine adds millions of small items. */
static inline bool pv_buf_reserve(struct pv_buf *buf, size_t extra)
{
    return extra <= buf->capacity - buf->len || pv_buf_grow(buf, extra);
}

static inline bool pv_buf_append(struct pv_buf *buf, const void *bytes, size_t len)
{
    if (!pv_buf_reserve(buf, len))
        return false;
    if (len)
        memcpy(buf->data + buf->len, bytes, len);
    buf->len += len;
    return true;
}

bool pv_buf_append_str(struct pv_buf *buf, const char *text);
bool pv_buf_append_byte(struct pv_buf *buf, char byte);

/* Adds `size` zeroed bytes and returns their place (until the buffer grows), or NULL. */
static inline void *pv_buf_push(struct pv_buf *buf, size_t size)
{
    if (!pv_buf_reserve(buf, size))
        return NULL;
    void *const item = buf->data + buf->len;
    memset(item, 0, size); /* NOLINT(clang-analyzer-core.NonNullParamChecker): room is memory */
    buf->len += size;
    return item;
}

/* Empties the buffer and keeps its memory, wiped, for use again. */
void pv_buf_clear(struct pv_buf *buf);

/* Wipes and frees. The buffer is then empty and may be used again. */
void pv_buf_release(struct pv_buf *buf);

/* The buffer as an array: its items and how many there are. */
#define PV_BUF_ITEMS(buf, type) ((type *)(void *)(buf)->data)
#define PV_BUF_COUNT(buf, type) ((buf)->len / sizeof(type))
#define PV_BUF_PUSH(buf, type) ((type *)pv_buf_push((buf), sizeof(type)))

#endif
