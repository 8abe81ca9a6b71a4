/* read.c: a path is looked at before it is opened, since opening a device can have effects, and
 * opening a FIFO can wait for ever. It is looked at again once open, for it may have changed. */
#include "read.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <postvet/postvet.h>

enum { CHUNK = 64 * 1024 };

static enum cli_read_status failed(struct cli_buf *problem, int error)
{
    cli_buf_printf(problem, "could not be read: %s", strerror(error));
    return CLI_READ_FAILED;
}

static enum cli_read_status too_large(struct cli_buf *problem)
{
    cli_buf_printf(problem, "is larger than %zu MiB, the most that postvet checks",
        POSTVET_TEXT_MAX / 1024 / 1024);
    return CLI_READ_TOO_LARGE;
}

/* What a path is that is no file, or NULL for a file. */
static const char *other_than_file(mode_t mode)
{
    if (S_ISREG(mode))
        return NULL;
    if (S_ISDIR(mode))
        return "a directory";
    if (S_ISFIFO(mode))
        return "a named pipe";
    if (S_ISSOCK(mode))
        return "a socket";
    return "a device";
}

static enum cli_read_status read_all(
    int fd, size_t expected, struct cli_buf *text, struct cli_buf *problem)
{
    cli_buf_reserve(text, expected + 1); /* one more, to meet the end of the file */
    for (;;) {
        char *const place = cli_buf_reserve(text, 1);
        const ssize_t got = read(fd, place, text->capacity - text->len - 1);
        if (got == 0)
            return CLI_READ_OK;
        if (got < 0) {
            if (errno == EINTR)
                continue;
            return failed(problem, errno);
        }
        text->len += (size_t)got;
        text->data[text->len] = '\0';
        if (text->len > POSTVET_TEXT_MAX)
            return too_large(problem);
    }
}

static enum cli_read_status read_path(
    const char *path, struct cli_buf *text, struct cli_buf *problem)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return failed(problem, errno);
    if (S_ISREG(info.st_mode)) {
        const int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        if (fd < 0 || fstat(fd, &info) != 0) {
            const int error = errno;
            if (fd >= 0)
                close(fd);
            return failed(problem, error);
        }
        if (S_ISREG(info.st_mode)) {
            const enum cli_read_status status =
                info.st_size > (off_t)POSTVET_TEXT_MAX
                    ? too_large(problem)
                    : read_all(fd, (size_t)info.st_size, text, problem);
            close(fd);
            return status;
        }
        close(fd);
    }
    cli_buf_printf(
        problem, "is %s, not a file; use - to check standard input", other_than_file(info.st_mode));
    return CLI_READ_FAILED;
}

enum cli_read_status cli_read(
    const struct cli_input *input, struct cli_buf *text, struct cli_buf *problem)
{
    cli_buf_clear(text);
    cli_buf_clear(problem);
    if (input->problem) {
        cli_buf_puts(problem, input->problem);
        return CLI_READ_FAILED;
    }
    if (input->is_stdin)
        return read_all(STDIN_FILENO, CHUNK, text, problem);
    return read_path(input->path, text, problem);
}
