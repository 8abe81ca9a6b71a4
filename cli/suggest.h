/* suggest.h: "did you mean …?". Knows distances between words, nothing of what the words are. */
#ifndef CLI_SUGGEST_H
#define CLI_SUGGEST_H

/* Looks at candidates one by one and keeps the nearest. {.word = the word mistyped} starts it. */
struct cli_suggestion {
    const char *word;
    const char *nearest; /* NULL while no candidate is near enough to be meant */
    unsigned distance;   /* of `nearest` */
};

void cli_suggest(struct cli_suggestion *suggestion, const char *candidate);

#endif
