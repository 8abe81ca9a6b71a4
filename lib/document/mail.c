/* mail.c: an e-mail is a tree of parts. Those still to be read lie on a stack, the next on top, so
 * that nothing recurses however deep parts stand in one another. A part is a stretch of the bytes
 * of the e-mail, or of what was decoded out of one. What it is, its first bytes say before its type
 * and its name do. */
#include "document/mail.h"

#include <string.h>

#include "document/charset.h"
#include "document/header.h"
#include "document/html.h"
#include "document/office.h"
#include "text/ascii.h"

/* How often a field of the header is read: more than one is a mistake. */
enum { FIELDS_MAX = 20 };

/* A longer header is read so far. */
enum { HEADER_MAX = 256 * 1024 };

static const char gap_encrypted[] =
    "The text of the e-mail is encrypted, so it was not checked: save it as text.";
static const char gap_broken[] = "A part of the e-mail has no end or no parts, so that not all of "
                                 "it may have been checked: save its text as text.";
static const char gap_charset[] =
    "The e-mail has characters that could not be decoded: save its text as text.";
static const char gap_encoding[] =
    "A part of the e-mail is encoded in a way that postvet does not know: save its text as text.";
static const char gap_parts[] =
    "The e-mail has more than 1000 parts, or parts nested more than 16 deep, the most that "
    "postvet checks.";
static const char gap_attachment[] = "An attachment was not checked, since postvet does not read "
                                     "its kind: save what it says as text, and check that, too.";
static const char gap_document[] = "An attached document could not be read, so it was not checked: "
                                   "save it, and check it by itself.";

/* A part that is still to be read. */
struct item {
    struct pv_bytes bytes; /* with its header */
    const char *prefix;
    unsigned depth;
    bool is_message; /* an e-mail, with a subject and addresses */
    bool in_digest;  /* whose parts are e-mails unless they say what else */
    bool is_twin;    /* another form of the text that stands at the places from `twin` on */
    size_t twin;
};

struct mail {
    struct postvet_document *page;
    struct pv_buf items;   /* of struct item */
    struct pv_buf decoded; /* of struct pv_buf: what parts on the stack are stretches of */
    size_t attachments, messages;
};

/* A part while it is read. */
struct part {
    struct pv_bytes header, body;
    struct pv_bytes type_field; /* empty when it has none */
    char type[80];              /* "text/plain" */
    char charset[64];
    char encoding[24];
    struct pv_buf name; /* of its file */
    bool is_attachment;
};

static const char *name_place(struct mail *mail, const char *prefix, const char *name)
{
    return pv_page_name(mail->page, "%s%s%s", prefix, *prefix ? ", " : "", name);
}

static bool push(struct mail *mail, const struct item *item)
{
    return pv_buf_append(&mail->items, item, sizeof *item) || pv_page_nomem(mail->page);
}

/* ------------------------------------------------------------------- header */

/* Reads a parameter into `out`, cut where it is too long. */
static bool read_parameter(
    struct mail *mail, struct pv_bytes field, const char *name, char *out, size_t size)
{
    struct pv_buf value = { 0 };
    bool found = false;
    const bool ok = pv_header_parameter(field, name, &value, &found);
    const size_t len = value.len < size ? value.len : size - 1;
    if (ok && len > 0)
        memcpy(out, value.data, len);
    out[ok ? len : 0] = '\0';
    pv_buf_release(&value);
    return ok || pv_page_nomem(mail->page);
}

/* The name of the part's file, from either of the two fields that may hold it. */
static bool read_name(struct mail *mail, struct part *part)
{
    struct pv_bytes disposition = { 0 };
    struct pv_buf raw = { 0 };
    bool found = false, lossy = false, ok = true;
    char kind[16] = "";
    if (pv_header_field(part->header, "content-disposition", 0, &disposition)) {
        pv_header_word(disposition, kind, sizeof kind);
        ok = pv_header_parameter(disposition, "filename", &raw, &found);
    }
    if (ok && !found)
        ok = pv_header_parameter(part->type_field, "name", &raw, &found);
    ok = ok
         && pv_header_text(
             (struct pv_bytes){ raw.data ? raw.data : "", raw.len }, &part->name, &lossy)
         && pv_buf_append_byte(&part->name, '\0');
    part->is_attachment = found || strcmp(kind, "attachment") == 0;
    pv_buf_release(&raw);
    return ok || pv_page_nomem(mail->page);
}

static bool read_header(struct mail *mail, const struct item *item, struct part *part)
{
    struct pv_bytes encoding = { 0 };
    pv_header_split(item->bytes, &part->header, &part->body);
    if (part->header.len > HEADER_MAX) {
        part->header.len = HEADER_MAX;
        if (!pv_page_gap(mail->page, gap_broken))
            return false;
    }
    if (pv_header_field(part->header, "content-type", 0, &part->type_field))
        pv_header_word(part->type_field, part->type, sizeof part->type);
    if (!strchr(part->type, '/'))
        memcpy(part->type, item->in_digest ? "message/rfc822" : "text/plain\0\0\0\0", 15);
    if (pv_header_field(part->header, "content-transfer-encoding", 0, &encoding))
        pv_header_word(encoding, part->encoding, sizeof part->encoding);
    return read_parameter(mail, part->type_field, "charset", part->charset, sizeof part->charset)
           && read_name(mail, part);
}

/* Adds what a header says, as a line. */
static bool add_field(
    struct mail *mail, const struct item *item, const char *field, struct pv_bytes value)
{
    struct pv_buf text = { 0 };
    bool lossy = false;
    const bool ok = pv_header_text(value, &text, &lossy)
                        ? pv_page_line(mail->page, PV_LINE_PARAGRAPH,
                            name_place(mail, item->prefix, field), text.data, text.len)
                        : pv_page_nomem(mail->page);
    pv_buf_release(&text);
    return ok && (!lossy || pv_page_gap(mail->page, gap_charset));
}

/* What of the header is for people. */
static bool add_fields(struct mail *mail, const struct item *item, const struct part *part)
{
    static const char *const fields[] = { "subject", "from", "sender", "reply-to", "to", "cc",
        "bcc", "comments", "keywords" };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        struct pv_bytes value;
        for (size_t n = 0; n < FIELDS_MAX && pv_header_field(part->header, fields[i], n, &value);
             n++)
            if (!add_field(mail, item, fields[i], value))
                return false;
    }
    return true;
}

/* ---------------------------------------------------------------- multipart */

/* A line that parts a body. */
struct delimiter {
    size_t start, end; /* of the body; the line break before it belongs to it */
    bool is_last;
};

/* Finds the next line that begins with two dashes and the boundary, from the line at `at` on. */
static bool find_delimiter(
    struct pv_bytes body, const char *boundary, size_t at, struct delimiter *out)
{
    const size_t len = strlen(boundary);
    while (at < body.len) {
        const char *const newline = memchr(body.data + at, '\n', body.len - at);
        const size_t end = newline ? (size_t)(newline + 1 - body.data) : body.len;
        size_t rest = at + 2 + len;
        if (rest <= end && memcmp(body.data + at, "--", 2) == 0
            && memcmp(body.data + at + 2, boundary, len) == 0) {
            out->is_last = rest + 2 <= end && memcmp(body.data + rest, "--", 2) == 0;
            rest += out->is_last ? 2 : 0;
            while (rest < end && pv_is_space(body.data[rest]))
                rest++;
            out->start = at;
            out->start -= out->start > 0 && body.data[out->start - 1] == '\n';
            out->start -= out->start > 0 && body.data[out->start - 1] == '\r';
            out->end = end;
            if (rest == end)
                return true;
        }
        at = end;
    }
    return false;
}

/* Text before the first part and behind the last, which few programs show. */
static bool add_outside(struct mail *mail, const struct item *item, const char *text, size_t len)
{
    return pv_page_line(mail->page, PV_LINE_COMMENT,
        name_place(mail, item->prefix, "text outside its parts"), text, len);
}

static void reverse_items(struct mail *mail, size_t first)
{
    struct item *const items = PV_BUF_ITEMS(&mail->items, struct item);
    size_t last = PV_BUF_COUNT(&mail->items, struct item);
    while (first + 1 < last) {
        const struct item item = items[first];
        items[first++] = items[--last];
        items[last] = item;
    }
}

/* Puts the parts of a body on the stack. */
static bool push_parts(struct mail *mail, const struct item *item, const struct part *part)
{
    char boundary[128];
    struct delimiter delimiter = { 0 };
    const bool are_forms = strcmp(part->type, "multipart/alternative") == 0;
    const size_t first = PV_BUF_COUNT(&mail->items, struct item);
    struct item child = *item;
    child.is_message = false;
    child.in_digest = strcmp(part->type, "multipart/digest") == 0;
    child.depth++;
    if (!read_parameter(mail, part->type_field, "boundary", boundary, sizeof boundary))
        return false;
    if (!*boundary || !find_delimiter(part->body, boundary, 0, &delimiter))
        return pv_page_gap(mail->page, gap_broken)
               && add_outside(mail, item, part->body.data, part->body.len);
    if (!add_outside(mail, item, part->body.data, delimiter.start))
        return false;
    while (!delimiter.is_last) {
        const size_t start = delimiter.end;
        const bool has_end = find_delimiter(part->body, boundary, start, &delimiter);
        const size_t end = has_end ? delimiter.start : part->body.len;
        child.bytes = (struct pv_bytes){ part->body.data + start, end > start ? end - start : 0 };
        if (are_forms && !item->is_twin) {
            child.is_twin = PV_BUF_COUNT(&mail->items, struct item) > first;
            child.twin = pv_page_count(mail->page);
        }
        if (PV_BUF_COUNT(&mail->items, struct item) > mail->page->limits.parts_max)
            return pv_page_gap(mail->page, gap_parts);
        if (!push(mail, &child) || (!has_end && !pv_page_gap(mail->page, gap_broken)))
            return false;
        if (!has_end)
            delimiter = (struct delimiter){ part->body.len, part->body.len, true };
    }
    reverse_items(mail, first);
    return add_outside(mail, item, part->body.data + delimiter.end, part->body.len - delimiter.end);
}

/* -------------------------------------------------------------------- parts */

/* Reads paragraphs of plain text, which blank lines end; lines that begin with ">" are quoted. */
static bool read_plain(struct mail *mail, const char *prefix, const struct pv_buf *text)
{
    struct pv_story story;
    bool was_quoted = false;
    pv_story_init(&story, mail->page, prefix);
    pv_story_words(&story, PV_WORDS_TEXT);
    for (size_t at = 0, end; at < text->len && !mail->page->failed; at = end) {
        const char *const newline = memchr(text->data + at, '\n', text->len - at);
        end = newline ? (size_t)(newline + 1 - text->data) : text->len;
        const bool is_quoted = text->data[at] == '>';
        while (at < end && (text->data[at] == '>' || (is_quoted && text->data[at] == ' ')))
            at++;
        size_t words = at;
        while (words < end && pv_is_space(text->data[words]))
            words++;
        if (words == end || is_quoted != was_quoted)
            pv_story_flush(&story);
        if (words < end)
            pv_story_text(&story, text->data + at, end - at);
        if (is_quoted)
            pv_story_kind(&story, PV_LINE_QUOTATION);
        was_quoted = is_quoted;
    }
    pv_story_flush(&story);
    pv_story_release(&story);
    return !mail->page->failed;
}

static bool holds(const struct pv_buf *text, const char *word)
{
    const size_t len = strlen(word);
    for (size_t at = 0; at + len <= text->len; at++) {
        const char *const hit = memchr(text->data + at, word[0], text->len - at - len + 1);
        if (!hit)
            return false;
        at = (size_t)(hit - text->data);
        if (memcmp(hit, word, len) == 0)
            return true;
    }
    return false;
}

static void drop_nuls(struct pv_buf *text)
{
    size_t kept = 0;
    for (size_t i = 0; i < text->len; i++)
        if (text->data[i] != '\0')
            text->data[kept++] = text->data[i];
    text->len = kept;
}

/* Reads text that is to be decoded first. */
static bool read_text(struct mail *mail, const struct item *item, struct part *part,
    const char *prefix, struct pv_bytes bytes, bool is_html)
{
    struct postvet_document *const page = mail->page;
    struct pv_buf text = { 0 };
    bool lossy = false;
    if (is_html && !*part->charset)
        pv_html_charset(bytes.data, bytes.len, part->charset, sizeof part->charset);
    bool ok = pv_charset_decode(part->charset, bytes.data, bytes.len, &text, &lossy)
              || pv_page_nomem(page);
    if (lossy)
        ok = ok && pv_page_gap(page, gap_charset);
    if (is_html)
        drop_nuls(&text); /* as browsers do */
    if (ok && holds(&text, "-----BEGIN PGP MESSAGE-----"))
        ok = pv_page_gap(page, gap_encrypted);
    if (ok && item->is_twin && !part->is_attachment) {
        pv_page_begin_twin(page, item->twin);
        prefix = is_html ? name_place(mail, prefix, "HTML form") : prefix;
    }
    if (ok && prefix)
        ok = is_html ? pv_html_read(page, prefix, text.data ? text.data : "", text.len)
                     : read_plain(mail, prefix, &text);
    pv_page_end_twin(page);
    pv_buf_release(&text);
    return ok || pv_page_recover(page, gap_document);
}

/* Reads an e-mail in the e-mail: as a part of its own, which keeps what it was decoded into. */
static bool push_message(
    struct mail *mail, const struct item *item, struct pv_bytes bytes, struct pv_buf *decoded)
{
    const struct item message = { .bytes = bytes,
        .depth = item->depth + 1,
        .is_message = true,
        .prefix = pv_page_name(mail->page, "attached e-mail %zu", ++mail->messages) };
    if (decoded->data) {
        if (!pv_buf_append(&mail->decoded, decoded, sizeof *decoded))
            return pv_page_nomem(mail->page);
        *decoded = (struct pv_buf){ 0 };
    }
    return message.prefix && push(mail, &message);
}

static bool begins_with(struct pv_bytes bytes, const char *start)
{
    const size_t len = strlen(start);
    return bytes.len >= len && memcmp(bytes.data, start, len) == 0;
}

static bool has_ending(const struct part *part, const char *const *endings)
{
    for (; *endings; endings++)
        if (pv_name_ends(part->name.data, *endings))
            return true;
    return false;
}

enum kind {
    KIND_TEXT,
    KIND_HTML,
    KIND_OFFICE,
    KIND_MESSAGE,
    KIND_WORDLESS,
    KIND_ENCRYPTED,
    KIND_UNREAD
};

static enum kind kind_of(const struct part *part, struct pv_bytes bytes)
{
    static const char *const html[] = { ".html", ".htm", ".xhtml", NULL };
    static const char *const text[] = { ".txt", ".md", ".markdown", ".csv", ".ics", NULL };
    static const char *const message[] = { ".eml", NULL };
    const char *const type = part->type;
    if (begins_with(bytes, "PK\x03\x04"))
        return KIND_OFFICE;
    if (begins_with(bytes, "%PDF-") || begins_with(bytes, "{\\rtf")
        || begins_with(bytes, "\xD0\xCF\x11\xE0") || strcmp(type, "text/rtf") == 0)
        return KIND_UNREAD;
    if (strstr(type, "pkcs7-mime") || strcmp(type, "application/pgp-encrypted") == 0)
        return KIND_ENCRYPTED;
    if (strstr(type, "signature") || strcmp(type, "application/pgp-keys") == 0)
        return KIND_WORDLESS;
    if (strcmp(type, "message/rfc822") == 0 || strcmp(type, "message/global") == 0)
        return KIND_MESSAGE;
    if (strcmp(type, "text/html") == 0 || strcmp(type, "application/xhtml+xml") == 0)
        return KIND_HTML;
    if (pv_name_starts(type, "text/") || pv_name_starts(type, "message/"))
        return has_ending(part, html) ? KIND_HTML : KIND_TEXT;
    if (pv_name_starts(type, "image/") || pv_name_starts(type, "audio/")
        || pv_name_starts(type, "video/"))
        return KIND_WORDLESS;
    if (has_ending(part, html))
        return KIND_HTML;
    if (has_ending(part, message))
        return KIND_MESSAGE;
    if (pv_part_is_wordless(part->name.data))
        return KIND_WORDLESS;
    return has_ending(part, text) ? KIND_TEXT : KIND_UNREAD;
}

/* Reads a part that has no parts; `decoded` is what `bytes` are a stretch of, or empty. */
static bool read_leaf(struct mail *mail, const struct item *item, struct part *part,
    struct pv_bytes bytes, struct pv_buf *decoded)
{
    struct postvet_document *const page = mail->page;
    const char *prefix = item->prefix;
    const enum kind kind = kind_of(part, bytes);
    if (part->is_attachment) {
        prefix = name_place(
            mail, item->prefix, pv_page_name(page, "attachment %zu", ++mail->attachments));
        if (!prefix
            || !pv_page_line(page, PV_LINE_PARAGRAPH, name_place(mail, prefix, "name"),
                part->name.data, strlen(part->name.data)))
            return false;
    }
    switch (kind) {
    case KIND_TEXT:
    case KIND_HTML:
        return read_text(mail, item, part, prefix, bytes, kind == KIND_HTML);
    case KIND_OFFICE:
        return pv_office_read(page, prefix, bytes.data, bytes.len)
               || pv_page_recover(page, gap_document);
    case KIND_MESSAGE:
        return push_message(mail, item, bytes, decoded);
    case KIND_WORDLESS:
        return true;
    case KIND_ENCRYPTED:
        return pv_page_gap(page, gap_encrypted);
    case KIND_UNREAD:
        return pv_page_gap(page, gap_attachment);
    }
    return true;
}

static bool decode_leaf(struct mail *mail, const struct item *item, struct part *part)
{
    static const char *const verbatim[] = { "", "7bit", "8bit", "binary" };
    struct pv_buf decoded = { 0 };
    struct pv_bytes bytes = part->body;
    bool ok = true, is_known = true, is_decoded = true;
    if (strcmp(part->encoding, "base64") == 0) {
        ok = pv_base64_decode(bytes.data, bytes.len, &decoded);
    } else if (strcmp(part->encoding, "quoted-printable") == 0) {
        ok = pv_quoted_decode(bytes.data, bytes.len, false, &decoded);
    } else {
        is_known = is_decoded = false;
        for (size_t i = 0; i < sizeof verbatim / sizeof *verbatim; i++)
            is_known |= strcmp(part->encoding, verbatim[i]) == 0;
    }
    if (is_decoded)
        bytes = (struct pv_bytes){ decoded.data ? decoded.data : "", decoded.len };
    if (!ok)
        pv_page_nomem(mail->page);
    else
        ok = (is_known || pv_page_gap(mail->page, gap_encoding))
             && pv_page_unpacked(mail->page, bytes.len)
             && read_leaf(mail, item, part, bytes, &decoded);
    pv_buf_release(&decoded);
    return ok;
}

static bool read_item(struct mail *mail, const struct item *item)
{
    struct part part = { 0 };
    bool ok = read_header(mail, item, &part);
    if (ok && item->is_message)
        ok = add_fields(mail, item, &part);
    if (ok && strcmp(part.type, "multipart/encrypted") == 0)
        ok = pv_page_gap(mail->page, gap_encrypted);
    else if (ok && pv_name_starts(part.type, "multipart/"))
        ok = push_parts(mail, item, &part);
    else if (ok)
        ok = decode_leaf(mail, item, &part);
    pv_buf_release(&part.name);
    return ok;
}

bool pv_mail_read(struct postvet_document *page, const char *bytes, size_t len)
{
    struct mail mail = { .page = page };
    const struct item root = { .bytes = { bytes, len }, .prefix = "", .is_message = true };
    bool ok = push(&mail, &root);
    page->format = "eml";
    while (ok && mail.items.len > 0) {
        mail.items.len -= sizeof(struct item);
        const struct item item =
            PV_BUF_ITEMS(&mail.items, struct item)[mail.items.len / sizeof(struct item)];
        if (++page->parts > page->limits.parts_max || item.depth > POSTVET_DOCUMENT_PARTS_DEPTH_MAX)
            ok = pv_page_gap(page, gap_parts);
        else
            ok = read_item(&mail, &item);
    }
    for (size_t i = 0; i < PV_BUF_COUNT(&mail.decoded, struct pv_buf); i++)
        pv_buf_release(&PV_BUF_ITEMS(&mail.decoded, struct pv_buf)[i]);
    pv_buf_release(&mail.decoded);
    pv_buf_release(&mail.items);
    return ok && !page->failed;
}
