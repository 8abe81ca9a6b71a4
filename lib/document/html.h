/* html.h: HTML as e-mails hold it, made lines. */
#ifndef PV_DOCUMENT_HTML_H
#define PV_DOCUMENT_HTML_H

#include "document/page.h"

/* Reads HTML in UTF-8; `prefix` stands before the names of its places. Fails on the page when it is
 * nested too deep. */
bool pv_html_read(struct postvet_document *page, const char *prefix, const char *bytes, size_t len);

/* The charset that HTML declares in its first bytes, or "". */
void pv_html_charset(const char *bytes, size_t len, char *charset, size_t size);

#endif
