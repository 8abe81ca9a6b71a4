/* destination.c: a file beside the one that is meant becomes descriptor 1; in the end it is written
 * through to the disk and takes the name in one step. A signal that ends the program, and whatever
 * else does, removes it first: it may hold words of a draft, and must not look like a report. There
 * is one standard output, so what is known of it is static. */
#include "destination.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../input/location.h"
#include "save.h"
#include "stream.h"

static struct {
    const char *name; /* as it was given; NULL: standard output as it was */
    char *path;       /* what `unfinished` becomes */
    char *directory;  /* where both are */
    mode_t mode;      /* which the file is to have */
} destination;

/* The file that is being written; NULL when there is none. */
static char *volatile unfinished;

static const int endings[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU, SIGXFSZ };

static bool complain(void)
{
    cli_complain("%s: could not be written: %s", destination.name, strerror(errno));
    return false;
}

void cli_destination_discard(void)
{
    char *const path = unfinished;
    if (path)
        unlink(path);
}

static void end(int signum)
{
    cli_destination_discard();
    signal(signum, SIG_DFL);
    raise(signum);
}

/* What somebody ignores, as nohup(1) does, stays ignored. */
static void catch_endings(void)
{
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct sigaction action;
        if (sigaction(endings[i], NULL, &action) != 0 || action.sa_handler != SIG_DFL)
            continue;
        action.sa_handler = end;
        (void)sigaction(endings[i], &action, NULL);
    }
}

/* Makes descriptor 1 what `fd` is, which is closed. */
static bool become(int fd)
{
    const bool ok = dup2(fd, STDOUT_FILENO) == STDOUT_FILENO;
    const int error = errno;
    close(fd);
    errno = error;
    return ok;
}

/* A new file in the directory of `destination.path`. */
static bool open_beside(void)
{
    const size_t len = cli_directory_len(destination.path);
    struct cli_buf name = { 0 };
    destination.directory = len ? cli_strndup(destination.path, len) : cli_strndup(".", 1);
    const int fd = cli_make_beside(destination.path, &name);
    if (fd < 0) {
        cli_buf_release(&name);
        return false;
    }
    unfinished = name.data;
    catch_endings();
    return become(fd);
}

bool cli_destination_open(const char *path)
{
    struct stat info;
    const bool is_there = stat(path, &info) == 0;
    destination.name = path;
    destination.mode = is_there ? info.st_mode & 07777 : cli_new_mode();
    if (is_there && !S_ISREG(info.st_mode)) {
        const int fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
        return (fd >= 0 && become(fd)) || complain();
    }
    destination.path = is_there ? realpath(path, NULL) : cli_strndup(path, strlen(path));
    if (destination.path && open_beside())
        return true;
    complain();
    cli_destination_discard();
    return false;
}

static void release(void)
{
    char *const path = unfinished;
    unfinished = NULL;
    free(path);
    free(destination.path);
    free(destination.directory);
    destination.path = destination.directory = NULL;
}

bool cli_destination_close(void)
{
    bool ok = true;
    if (unfinished)
        ok = fsync(STDOUT_FILENO) == 0 && fchmod(STDOUT_FILENO, destination.mode) == 0
             && rename(unfinished, destination.path) == 0;
    if (!ok) {
        complain();
        cli_destination_discard();
    }
    release();
    return ok;
}

const char *cli_destination_name(void)
{
    return destination.name ? destination.name : "standard output";
}

const char *cli_destination_directory(void)
{
    return destination.directory;
}
