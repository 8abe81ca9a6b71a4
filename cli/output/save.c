/* save.c: the bytes go to a new file beside the one that is meant, and on to the disk; then it
 * takes its name, in one step. */
#include "save.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stream.h"

static void complain(const char *path)
{
    cli_complain("%s: could not be written: %s", path, strerror(errno));
}

static bool write_all(int fd, const struct cli_buf *bytes)
{
    size_t done = 0;
    while (done < bytes->len) {
        const ssize_t n = write(fd, bytes->data + done, bytes->len - done);
        if (n < 0 && errno != EINTR)
            return false;
        done += n > 0 ? (size_t)n : 0;
    }
    return fsync(fd) == 0;
}

/* Removes a file and leaves errno as it was. */
static void discard(const char *path)
{
    const int error = errno;
    unlink(path);
    errno = error;
}

int cli_make_beside(const char *path, struct cli_buf *name)
{
    const char *const slash = strrchr(path, '/');
    cli_buf_add(name, path, slash ? (size_t)(slash - path) + 1 : 0);
    cli_buf_puts(name, ".postvet-XXXXXX");
    return mkstemp(name->data);
}

mode_t cli_new_mode(void)
{
    const mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* Writes a file beside `path` and returns its name, to be freed; NULL with errno set. */
static char *write_beside(const char *path, mode_t mode, const struct cli_buf *bytes)
{
    struct cli_buf name = { 0 };
    const int fd = cli_make_beside(path, &name);
    if (fd >= 0) {
        const bool ok = write_all(fd, bytes) && fchmod(fd, mode) == 0;
        if (ok && close(fd) == 0)
            return name.data;
        if (!ok) {
            const int error = errno;
            close(fd);
            errno = error;
        }
        discard(name.data);
    }
    free(name.data);
    return NULL;
}

/* Gives a file its name unless something has it already. Where there are no hard links, the name is
 * taken first with an empty file. */
static bool name_new(const char *written, const char *path)
{
    if (link(written, path) == 0) {
        unlink(written);
        return true;
    }
    if (errno == EEXIST)
        return false;
    const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    close(fd);
    if (rename(written, path) == 0)
        return true;
    discard(path);
    return false;
}

bool cli_save_new(const char *path, const struct cli_buf *bytes, const char *advice)
{
    char *const written = write_beside(path, cli_new_mode(), bytes);
    const bool ok = written && name_new(written, path);
    if (written && !ok)
        discard(written);
    if (!ok && errno == EEXIST)
        cli_complain("%s: is there already, and is left as it is; %s", path, advice);
    else if (!ok)
        complain(path);
    free(written);
    return ok;
}

bool cli_save_over(const char *path, const struct cli_buf *bytes)
{
    struct stat status;
    char *const real = realpath(path, NULL);
    char *const written =
        real && stat(real, &status) == 0 ? write_beside(real, status.st_mode & 07777, bytes) : NULL;
    const bool ok = written && rename(written, real) == 0;
    if (!ok)
        complain(path);
    if (written && !ok)
        discard(written);
    free(written);
    free(real);
    return ok;
}
