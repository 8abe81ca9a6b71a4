/* spawn.c: what whole processes cost, as one line of JSON a command.
 *
 *     spawn SECONDS COMMAND [ARGUMENT]... [:: COMMAND [ARGUMENT]...]...
 *
 * The commands take turns, round after round, so that what else the machine does falls on all of
 * them. Their output goes nowhere. This is a program of its own because a small one must start
 * them: Linux counts the memory of the process that forks to the peak of its child. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define COMMANDS_MAX 16
#define ROUNDS_MAX 200
#define ROUNDS_MIN 3

extern char **environ;

struct command {
    char **argv;
    double wall[ROUNDS_MAX], cpu[ROUNDS_MAX];
    long peak_kb;
    int status;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

static void run(struct command *command, const posix_spawn_file_actions_t *actions, size_t round)
{
    struct rusage usage;
    pid_t child;
    int status = 0;
    const double start = now();
    if (posix_spawnp(&child, command->argv[0], actions, NULL, command->argv, environ) != 0
        || wait4(child, &status, 0, &usage) != child) {
        perror(command->argv[0]);
        exit(EXIT_FAILURE);
    }
    command->wall[round] = now() - start;
    command->cpu[round] = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    if (usage.ru_maxrss > command->peak_kb)
        command->peak_kb = usage.ru_maxrss;
    command->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print(struct command *command, size_t rounds)
{
    qsort(command->wall, rounds, sizeof(double), by_value);
    qsort(command->cpu, rounds, sizeof(double), by_value);
    printf("{\"rounds\": %zu, \"status\": %d, \"peak_kb\": %ld, \"median_s\": %.6f, "
           "\"min_s\": %.6f, \"max_s\": %.6f, \"cpu_s\": %.6f}\n",
        rounds, command->status, command->peak_kb, command->wall[rounds / 2], command->wall[0],
        command->wall[rounds - 1], command->cpu[rounds / 2]);
}

/* Splits the words at "::"; the number of commands. */
static size_t read_commands(char **words, struct command *commands)
{
    size_t count = 0;
    while (*words && count < COMMANDS_MAX) {
        commands[count++].argv = words++;
        while (*words && strcmp(*words, "::") != 0)
            words++;
        if (*words)
            *words++ = NULL;
    }
    return count;
}

int main(int argc, char **argv)
{
    static struct command commands[COMMANDS_MAX];
    posix_spawn_file_actions_t actions;
    if (argc < 3 || strcmp(argv[2], "::") == 0) {
        fputs("usage: spawn SECONDS COMMAND [ARGUMENT]... [:: COMMAND [ARGUMENT]...]...\n", stderr);
        return 2;
    }
    const size_t count = read_commands(argv + 2, commands);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    const double end = now() + strtod(argv[1], NULL);
    size_t rounds = 0;
    while (rounds < ROUNDS_MAX && (rounds < ROUNDS_MIN || now() < end)) {
        for (size_t i = 0; i < count; i++)
            run(&commands[i], &actions, rounds);
        rounds++;
    }
    for (size_t i = 0; i < count; i++)
        print(&commands[i], rounds);
    posix_spawn_file_actions_destroy(&actions);
    return EXIT_SUCCESS;
}
