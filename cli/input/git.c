/* git.c: both of its streams are read as they come, so that neither fills up while we wait for the
 * other. */
#include "git.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS_MAX = 24, CHUNK = 64 * 1024 };

extern char **environ;

/* Reads once; false at the end. */
static bool drain(int fd, struct cli_buf *out)
{
    char *const place = cli_buf_reserve(out, CHUNK);
    const ssize_t got = read(fd, place, CHUNK);
    if (got > 0)
        out->len += (size_t)got;
    out->data[out->len] = '\0';
    return got > 0 || (got < 0 && errno == EINTR);
}

static void drain_both(int out_fd, int err_fd, struct cli_buf *out, struct cli_buf *err)
{
    struct pollfd fds[2] = { { .fd = out_fd, .events = POLLIN },
        { .fd = err_fd, .events = POLLIN } };
    while (fds[0].fd >= 0 || fds[1].fd >= 0) {
        if (poll(fds, 2, -1) < 0 && errno != EINTR)
            return;
        for (int i = 0; i < 2; i++)
            if (fds[i].fd >= 0 && fds[i].revents && !drain(fds[i].fd, i ? err : out))
                fds[i].fd = -1; /* which poll() passes over */
    }
}

static int start(char **words, int out_fd, int err_fd, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error)
        return error;
    error = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (!error)
        error = posix_spawn_file_actions_adddup2(&actions, out_fd, STDOUT_FILENO);
    if (!error)
        error = posix_spawn_file_actions_adddup2(&actions, err_fd, STDERR_FILENO);
    if (!error)
        error = posix_spawnp(pid, "git", &actions, NULL, words, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* The first line that git complains with. */
static void add_complaint(struct cli_buf *problem, const struct cli_buf *err)
{
    const char *text = err->len ? err->data : "";
    static const char *const heads[] = { "fatal: ", "error: " };
    for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++)
        if (strncmp(text, heads[i], strlen(heads[i])) == 0)
            text += strlen(heads[i]);
    if (*text)
        cli_buf_printf(problem, "says: %.*s", (int)strcspn(text, "\n"), text);
    else
        cli_buf_puts(problem, "failed");
}

static bool finish(pid_t pid, const struct cli_buf *err, struct cli_buf *problem)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return false;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    add_complaint(problem, err);
    return false;
}

bool cli_git(
    const char *directory, const char *const *words, struct cli_buf *out, struct cli_buf *problem)
{
    char *all[WORDS_MAX];
    size_t count = 0;
    /* No lock for our sake, no program that a repository names, and names that can be read. */
    const char *const before[] = { "git", "--no-pager", "--no-optional-locks", "-c",
        "core.fsmonitor=false", "-c", "core.quotePath=true", "-C", directory ? directory : "." };
    for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++)
        all[count++] = cli_strndup(before[i], strlen(before[i]));
    for (; *words && count + 1 < WORDS_MAX; words++)
        all[count++] = cli_strndup(*words, strlen(*words));
    all[count] = NULL;
    struct cli_buf err = { 0 };
    int out_pipe[2] = { -1, -1 }, err_pipe[2] = { -1, -1 };
    pid_t pid = -1;
    bool ok = false;
    int error = pipe(out_pipe) || pipe(err_pipe) ? errno : 0;
    for (int i = 0; !error && i < 2; i++) {
        fcntl(out_pipe[i], F_SETFD, FD_CLOEXEC);
        fcntl(err_pipe[i], F_SETFD, FD_CLOEXEC);
    }
    error = error ? error : start(all, out_pipe[1], err_pipe[1], &pid);
    close(out_pipe[1]);
    close(err_pipe[1]);
    if (error) {
        cli_buf_printf(problem, "could not be started: %s", strerror(error));
    } else {
        drain_both(out_pipe[0], err_pipe[0], out, &err);
        ok = finish(pid, &err, problem);
    }
    close(out_pipe[0]);
    close(err_pipe[0]);
    while (count)
        free(all[--count]);
    cli_buf_release(&err);
    return ok;
}
