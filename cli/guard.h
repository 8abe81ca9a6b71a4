/* guard.h: what the program gives up of its rights, so that a draft stays where it is even when
 * something goes wrong. Where the system has no such thing, all else is the same. */
#ifndef CLI_GUARD_H
#define CLI_GUARD_H

/* For the whole program: no core dump, no debugger of another process, no socket. The environment
 * variable POSTVET_UNGUARDED, for whoever looks for an error, leaves all of it out. */
void cli_guard(void);

/* From here on no file can be made, written, renamed or removed; what is open stays so. In one
 * directory, which may be NULL, and below, a file can still be made, renamed and removed. */
void cli_guard_files(const char *directory);

#endif
