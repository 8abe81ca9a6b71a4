/* guard.c: two limits of the process, a filter that refuses sockets (seccomp), and a set of rules
 * for files (Landlock). Each is a system call or two, and none may fail loudly: a kernel, a
 * container or an emulator that lacks them is no reason not to check a draft. */
#include "guard.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>

/* A sanitizer looks into its own process from another one. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)                            \
    || __has_feature(memory_sanitizer)
#define IS_SANITIZED 1
#endif
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED 0
#endif

#ifdef __linux__
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#if __has_include(<linux/landlock.h>)
#include <linux/landlock.h>
#endif
#endif

static bool is_wanted(void)
{
    return !IS_SANITIZED && !getenv("POSTVET_UNGUARDED");
}

/* ------------------------------------------------------------------ sockets */

#if defined(__linux__) && defined(__x86_64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__linux__) && defined(__aarch64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef THIS_ARCHITECTURE
#define FIELD(name) ((uint32_t)offsetof(struct seccomp_data, name))
#define REFUSED (SECCOMP_RET_ERRNO | (EACCES & SECCOMP_RET_DATA))

static void refuse_sockets(void)
{
    struct sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, FIELD(arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, THIS_ARCHITECTURE, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, FIELD(nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 2, 0),
        BPF_JUMP(
            BPF_JMP | BPF_JEQ | BPF_K, SYS_io_uring_setup, 1, 0), /* which makes sockets, too */
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, REFUSED),
    };
    const struct sock_fprog program = { sizeof steps / sizeof *steps, steps };
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        (void)prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}
#else
static void refuse_sockets(void)
{
}
#endif

/* -------------------------------------------------------------------- files */

#if defined(__linux__) && defined(LANDLOCK_ACCESS_FS_WRITE_FILE)                                   \
    && defined(SYS_landlock_create_ruleset)
/* Leaves a directory what it takes to give a file its name. */
static bool keep(int rules, const char *directory)
{
    struct landlock_path_beneath_attr kept = { .allowed_access = LANDLOCK_ACCESS_FS_MAKE_REG
                                                                 | LANDLOCK_ACCESS_FS_REMOVE_FILE,
        .parent_fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC) };
    if (kept.parent_fd < 0)
        return false;
    const long added = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &kept, 0);
    close(kept.parent_fd);
    return added == 0;
}

static void refuse_writing(const char *directory)
{
    const struct landlock_ruleset_attr handled = {
        .handled_access_fs = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR
                             | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR
                             | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG
                             | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO
                             | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM
    };
    const int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
    if (rules < 0)
        return;
    if ((!directory || keep(rules, directory)) && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        (void)syscall(SYS_landlock_restrict_self, rules, 0);
    close(rules);
}
#else
static void refuse_writing(const char *directory)
{
    (void)directory;
}
#endif

void cli_guard(void)
{
    const struct rlimit none = { 0, 0 };
    if (!is_wanted())
        return;
    (void)setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
    refuse_sockets();
}

void cli_guard_files(const char *directory)
{
    if (is_wanted())
        refuse_writing(directory);
}
