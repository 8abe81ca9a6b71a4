/* sniff.h: what a file is: text, a document to be made text first, or neither. A file that only its
 * program can read would otherwise be searched for words that are not in it as such, and might come
 * out clear. */
#ifndef CLI_INPUT_SNIFF_H
#define CLI_INPUT_SNIFF_H

#include <stddef.h>

enum cli_sniffed {
    CLI_SNIFFED_TEXT,
    CLI_SNIFFED_DOCUMENT, /* for reader.h */
    CLI_SNIFFED_OTHER
};

/* Tells what a draft is whose encoding is not known, by its bytes, then by its name, which may be
 * NULL. Of one that is neither text nor document, *problem says what it is, in words that follow
 * "It": "is a PDF file, …"; static. */
enum cli_sniffed cli_sniff(
    const char *bytes, size_t len, const char *file_name, const char **problem);

#endif
