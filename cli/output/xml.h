/* xml.h: text as it stands in XML and HTML, between tags and in quoted attributes. */
#ifndef CLI_OUTPUT_XML_H
#define CLI_OUTPUT_XML_H

#include "../memory.h"

/* Adds text, shown as escape.h shows it: so without characters that XML 1.0 forbids. */
void cli_buf_xml(struct cli_buf *buf, const char *text);

#endif
