/* directive.h: what an author says to postvet in the draft itself. Knows the grammar and where a
 * directive may stand; nothing of rules.
 *
 *     <!-- postvet-disable-next-line RULE[,RULE] -- reason -->
 *     <!-- postvet-disable-line      RULE[,RULE] -- reason -->
 *     <!-- postvet-disable           RULE[,RULE] -- reason -->
 *     <!-- postvet-enable           [RULE[,RULE]] -->
 *     <!-- postvet-disable-file      RULE[,RULE] -- reason -->
 *
 * Where there are no comments, a line by itself does, with or without # or // before it; the one
 * for its own line may stand at the line's end, behind # or //. */
#ifndef PV_REPORT_DIRECTIVE_H
#define PV_REPORT_DIRECTIVE_H

#include "text/text.h"

/* A draft has at most this many directives; what comes behind them suppresses nothing. */
#define PV_DIRECTIVES_MAX 1000u

enum pv_verb {
    PV_VERB_DISABLE_NEXT_LINE,
    PV_VERB_DISABLE_LINE,
    PV_VERB_DISABLE,
    PV_VERB_ENABLE,
    PV_VERB_DISABLE_FILE,
    PV_VERB_COUNT
};

/* "RULE[,RULE] -- reason" taken apart. Spans are of the text it stands in. */
struct pv_grounds {
    struct pv_span names;
    struct pv_span reason; /* both without blanks round them; empty when there is none */
};

/* All spans are of the source. */
struct pv_directive {
    struct pv_span whole; /* with the marks of its comment */
    struct pv_span cut;   /* what to leave out of a draft without it; empty: nothing */
    enum pv_verb verb;
    struct pv_grounds grounds;
    const char *fault; /* when it is malformed, as pv_grounds_read() says it; else NULL */
};

/* Whether the bytes hold the word that every directive begins with. */
bool pv_directive_likely(const char *source, size_t len);

/* Adds the directives of a draft to `out` (struct pv_directive), in their order. False when out of
 * memory. */
bool pv_directives_find(const struct pv_text *text, struct pv_buf *out);

/* A span without the blanks and ends of lines at its edges. */
struct pv_span pv_trim(const char *source, struct pv_span span);

/* Takes source[span] apart. Returns what is wrong with it, in static words that follow "This
 * directive", or NULL. */
const char *pv_grounds_read(const char *source, struct pv_span span, struct pv_grounds *out);

/* The next name of a list of names that were read by pv_grounds_read(), from *at on, which moves
 * behind it; empty at the end. */
struct pv_span pv_grounds_next(const char *source, struct pv_span names, size_t *at);

#endif
