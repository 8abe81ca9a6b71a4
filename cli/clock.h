/* clock.h: time that passes. */
#ifndef CLI_CLOCK_H
#define CLI_CLOCK_H

/* Seconds since some moment in the past; never goes back. */
double cli_seconds(void);

#endif
