/* read.c: open, read, close; a file is never mapped, since it may be cut short while it is read. A
 * path is looked at before it is opened, since opening a device can have effects, and opening a
 * FIFO can wait for ever; what came out of a directory as a file was looked at there. It is looked
 * at again once open, for it may have changed. */
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

static enum cli_read_status too_large(size_t most, struct cli_buf *problem)
{
    if (most == POSTVET_TEXT_MAX)
        cli_buf_printf(problem, "is larger than %zu MiB, the most that postvet checks",
            POSTVET_TEXT_MAX / 1024 / 1024);
    else
        cli_buf_printf(problem, "is larger than %zu KiB, as --max-size has it", most / 1024);
    return CLI_READ_REFUSED;
}

/* What a path is that is no file. */
static const char *other_than_file(mode_t mode)
{
    if (S_ISDIR(mode))
        return "a directory";
    if (S_ISFIFO(mode))
        return "a named pipe";
    if (S_ISSOCK(mode))
        return "a socket";
    return "a device";
}

/* Reads up to the end. A file that has `size` bytes ends there, unless it holds more by now; 0 is
 * for what has no size. */
static enum cli_read_status read_all(
    int fd, size_t size, size_t most, struct cli_buf *text, struct cli_buf *problem)
{
    cli_buf_reserve(text, size ? size + 1 : CHUNK); /* one more, to see that there is no more */
    for (;;) {
        char *const place = cli_buf_reserve(text, 1);
        const ssize_t got = read(fd, place, text->capacity - text->len - 1);
        if (got < 0) {
            if (errno == EINTR)
                continue;
            return failed(problem, errno);
        }
        text->len += (size_t)got;
        text->data[text->len] = '\0';
        if (text->len > most)
            return too_large(most, problem);
        if (got == 0 || (size && text->len == size))
            return CLI_READ_OK;
    }
}

static enum cli_read_status not_a_file(struct cli_buf *problem, mode_t mode)
{
    cli_buf_printf(
        problem, "is %s, not a file; use - to check standard input", other_than_file(mode));
    return CLI_READ_FAILED;
}

/* Whether a file was written to between two looks at it: what was read may be half of one draft and
 * half of another. */
static bool has_changed(const struct stat *before, const struct stat *after)
{
    return before->st_size != after->st_size || before->st_mtim.tv_sec != after->st_mtim.tv_sec
           || before->st_mtim.tv_nsec != after->st_mtim.tv_nsec;
}

/* Reads an open file. */
static enum cli_read_status read_file(
    int fd, size_t most, struct cli_buf *text, struct cli_buf *problem)
{
    struct stat info, now;
    if (fstat(fd, &info) != 0)
        return failed(problem, errno);
    if (!S_ISREG(info.st_mode))
        return not_a_file(problem, info.st_mode);
    if (info.st_size > (off_t)most)
        return too_large(most, problem);
    const enum cli_read_status status = read_all(fd, (size_t)info.st_size, most, text, problem);
    if (status != CLI_READ_OK || (fstat(fd, &now) == 0 && !has_changed(&info, &now)))
        return status;
    cli_buf_puts(problem, "changed while it was read; check it again");
    return CLI_READ_REFUSED;
}

static enum cli_read_status read_path(
    const char *path, bool is_regular, size_t most, struct cli_buf *text, struct cli_buf *problem)
{
    struct stat info;
    if (!is_regular) {
        if (stat(path, &info) != 0)
            return failed(problem, errno);
        if (!S_ISREG(info.st_mode))
            return not_a_file(problem, info.st_mode);
    }
    const int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return failed(problem, errno);
    const enum cli_read_status status = read_file(fd, most, text, problem);
    close(fd);
    return status;
}

enum cli_read_status cli_read(
    const struct cli_input *input, size_t most, struct cli_buf *text, struct cli_buf *problem)
{
    cli_buf_clear(text);
    cli_buf_clear(problem);
    if (input->kind == CLI_INPUT_STDIN)
        return read_all(STDIN_FILENO, 0, most, text, problem);
    return read_path(input->bytes.data, input->is_regular, most, text, problem);
}
