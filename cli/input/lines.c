/* lines.c: what is read stands in one buffer; the lines in it are handed out from front to back,
 * and what is left of the last one moves to the front before more is read. A line that outgrows
 * its limit is thrown away as it comes, up to its end. */
#include "lines.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024 };

bool cli_lines_open(struct cli_lines *lines, const char *path, char end, size_t longest)
{
    const bool is_stdin = strcmp(path, "-") == 0;
    const int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    *lines = (struct cli_lines){ .fd = fd, .end = end, .longest = longest };
    return fd >= 0;
}

void cli_lines_close(struct cli_lines *lines)
{
    if (lines->fd > STDIN_FILENO)
        close(lines->fd);
    cli_buf_release(&lines->buf);
}

/* Reads on, once. False, with errno set, when that fails. */
static bool fill(struct cli_lines *lines)
{
    struct cli_buf *const buf = &lines->buf;
    if (lines->at > 0) {
        memmove(buf->data, buf->data + lines->at, buf->len - lines->at);
        buf->len -= lines->at;
        lines->searched -= lines->at;
        lines->at = 0;
    }
    char *const place = cli_buf_reserve(buf, CHUNK);
    ssize_t got;
    do
        got = read(lines->fd, place, CHUNK);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return false;
    buf->len += (size_t)got;
    lines->has_ended = got == 0;
    return true;
}

/* The end of the next line in the buffer, or NULL. */
static const char *find_end(struct cli_lines *lines)
{
    const struct cli_buf *const buf = &lines->buf;
    if (lines->searched == buf->len)
        return NULL;
    const char *const end =
        memchr(buf->data + lines->searched, lines->end, buf->len - lines->searched);
    lines->searched = end ? (size_t)(end - buf->data) : buf->len;
    return end;
}

bool cli_lines_ready(struct cli_lines *lines)
{
    struct pollfd input = { .fd = lines->fd, .events = POLLIN };
    while (!find_end(lines)) {
        const bool is_full = lines->buf.len - lines->at > lines->longest;
        if (lines->has_ended || is_full || poll(&input, 1, 0) < 0)
            return true;
        if (input.revents == 0)
            return false;
        if (!fill(lines))
            return true; /* the next call meets the error again */
    }
    return true;
}

/* Takes the bytes up to `end`, and the end itself, out of the buffer. */
static enum cli_line take(struct cli_lines *lines, struct cli_buf *line, size_t end)
{
    const size_t start = lines->at, len = end - start;
    const bool skipped = lines->is_skipping || len > lines->longest;
    lines->at = end < lines->buf.len ? end + 1 : end;
    lines->searched = lines->at;
    lines->is_skipping = false;
    lines->number++;
    if (skipped)
        return CLI_LINE_TOO_LONG;
    cli_buf_add(line, lines->buf.data + start, len);
    return CLI_LINE;
}

enum cli_line cli_lines_next(struct cli_lines *lines, struct cli_buf *line)
{
    cli_buf_clear(line);
    for (;;) {
        const char *const end = find_end(lines);
        if (end)
            return take(lines, line, (size_t)(end - lines->buf.data));
        const size_t len = lines->buf.len - lines->at;
        if (lines->has_ended)
            return len || lines->is_skipping ? take(lines, line, lines->buf.len) : CLI_LINE_NONE;
        if (len > lines->longest) {
            lines->is_skipping = true;
            lines->at = lines->searched = lines->buf.len;
        }
        if (!fill(lines))
            return CLI_LINE_FAILED;
    }
}
