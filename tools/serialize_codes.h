/* serialize_codes.h: the compiled patterns of an image, put into it as PCRE2 serialises them, so
 * that a program that has just started need not compile them. For the program that makes the
 * embedded image: the codes are good for the PCRE2 that made them alone. */
#ifndef PV_TOOLS_SERIALIZE_CODES_H
#define PV_TOOLS_SERIALIZE_CODES_H

#include <stdbool.h>

#include "base/buf.h"

/* False when out of memory, or when PCRE2 would not; the image is then not to be used. */
bool pv_serialize_codes(struct pv_buf *image);

#endif
