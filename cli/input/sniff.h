/* sniff.h: whether bytes are text at all. A file that only its program can read would otherwise be
 * searched for words that are not in it as such, and might come out clear. */
#ifndef CLI_INPUT_SNIFF_H
#define CLI_INPUT_SNIFF_H

#include <stddef.h>

/* What is wrong with the bytes of a draft whose encoding is not known, in words that follow "It":
 * "is a PDF file, …"; NULL when they may be text. Static. */
const char *cli_sniff(const char *bytes, size_t len);

#endif
