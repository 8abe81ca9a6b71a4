/* buf.c: doubling growth. malloc and copy instead of realloc, so that the old bytes can be wiped.
 */
#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

#include "base/wipe.h"

bool pv_buf_grow(struct pv_buf *buf, size_t extra)
{
    if (extra > PV_BUF_MAX - buf->len)
        return false;
    size_t capacity = buf->capacity ? buf->capacity : 64;
    while (capacity < buf->len + extra)
        capacity *= 2;
    char *const data = malloc(capacity);
    if (!data)
        return false;
    if (buf->len)
        memcpy(data, buf->data, buf->len);
    pv_wipe(buf->data, buf->len);
    free(buf->data);
    buf->data = data;
    buf->capacity = capacity;
    return true;
}

bool pv_buf_append_str(struct pv_buf *buf, const char *text)
{
    return pv_buf_append(buf, text, strlen(text));
}

bool pv_buf_append_byte(struct pv_buf *buf, char byte)
{
    return pv_buf_append(buf, &byte, 1);
}

void pv_buf_clear(struct pv_buf *buf)
{
    pv_wipe(buf->data, buf->len);
    buf->len = 0;
}

void pv_buf_release(struct pv_buf *buf)
{
    pv_wipe(buf->data, buf->len);
    free(buf->data);
    *buf = (struct pv_buf){ 0 };
}
