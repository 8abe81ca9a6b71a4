/* exit.h: how the program ends. The one place where its exit statuses stand. */
#ifndef CLI_EXIT_H
#define CLI_EXIT_H

enum cli_exit {
    CLI_EXIT_CLEAR = 0,     /* everything was checked and nothing reaches --fail-on */
    CLI_EXIT_FINDINGS = 1,  /* a finding, or a failed rule test, at or above --fail-on */
    CLI_EXIT_ERROR = 2,     /* usage, configuration, rules or a file that cannot be read */
    CLI_EXIT_INCOMPLETE = 3 /* some draft was not fully checked */
};

/* The graver of two, in the order ERROR, INCOMPLETE, FINDINGS, CLEAR. */
enum cli_exit cli_exit_graver(enum cli_exit a, enum cli_exit b);

#endif
