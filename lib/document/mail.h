/* mail.h: an e-mail (RFC 5322 and MIME), made lines: its subject and addresses, each form of its
 * text, and its attachments, those that can be read. */
#ifndef PV_DOCUMENT_MAIL_H
#define PV_DOCUMENT_MAIL_H

#include "document/page.h"

bool pv_mail_read(struct postvet_document *page, const char *bytes, size_t len);

#endif
