/* fuzz_document.c: any bytes are a document. The first byte may say how the rest becomes one: 'W'
 * and 'O' as the text of a Word document or OpenDocument text, in an archive made round it, since
 * few changes of an archive leave one; 'H' as the HTML of an e-mail. Each is read twice, and what
 * comes out must hold together. */
#include <string.h>

#include <postvet/document.h>

#include "fuzz.h"

struct bytes {
    uint8_t *data;
    size_t len;
};

static void add(struct bytes *out, const void *data, size_t len)
{
    uint8_t *const bigger = realloc(out->data, out->len + len + 1);
    FUZZ_ASSERT(bigger);
    if (len)
        memcpy(bigger + out->len, data, len);
    out->data = bigger;
    out->len += len;
}

static void add_text(struct bytes *out, const char *text)
{
    add(out, text, strlen(text));
}

static void add_number(struct bytes *out, uint32_t number, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        const uint8_t byte = (uint8_t)(i < sizeof number ? number >> 8 * i : 0);
        add(out, &byte, 1);
    }
}

/* ------------------------------------------------------------------ archives */

/* As ZIP and gzip have it. Source: RFC 1952, section 8. */
static uint32_t crc32_of(const uint8_t *data, size_t len)
{
    uint32_t crc = 0xFFFFFFFFu;
    for (size_t i = 0; i < len; i++) {
        crc ^= data[i];
        for (unsigned bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1u ? 0xEDB88320u : 0);
    }
    return ~crc;
}

struct entry {
    const char *name;
    const uint8_t *data;
    size_t len;
};

/* What the header of an entry and its place in the directory have in common. */
static void add_entry_fields(struct bytes *out, const struct entry *entry)
{
    add_number(out, 10, 2); /* version; then flags, stored, time and date */
    add_number(out, 0, 4);
    add_number(out, 0, 4);
    add_number(out, crc32_of(entry->data, entry->len), 4);
    add_number(out, (uint32_t)entry->len, 4);
    add_number(out, (uint32_t)entry->len, 4);
    add_number(out, (uint32_t)strlen(entry->name), 2);
    add_number(out, 0, 2);
}

static struct bytes make_archive(const struct entry *entries, size_t count)
{
    struct bytes out = { 0 }, directory = { 0 };
    for (size_t i = 0; i < count; i++) {
        const size_t at = out.len;
        add_text(&out, "PK\x03\x04");
        add_entry_fields(&out, &entries[i]);
        add_text(&out, entries[i].name);
        add(&out, entries[i].data, entries[i].len);
        add_text(&directory, "PK\x01\x02");
        add_number(&directory, 10, 2);
        add_entry_fields(&directory, &entries[i]);
        add_number(&directory, 0, 10); /* no remark, disk or attributes */
        add_number(&directory, (uint32_t)at, 4);
        add_text(&directory, entries[i].name);
    }
    const uint32_t directory_at = (uint32_t)out.len;
    add(&out, directory.data, directory.len);
    add_text(&out, "PK\x05\x06");
    add_number(&out, 0, 4);
    add_number(&out, (uint32_t)count, 2);
    add_number(&out, (uint32_t)count, 2);
    add_number(&out, (uint32_t)directory.len, 4);
    add_number(&out, directory_at, 4);
    add_number(&out, 0, 2);
    free(directory.data);
    return out;
}

static struct entry text_entry(const char *name, const char *text)
{
    return (struct entry){ name, (const uint8_t *)text, strlen(text) };
}

static struct bytes make_word(const uint8_t *data, size_t size)
{
    const struct entry entries[] = {
        text_entry("[Content_Types].xml",
            "<Types><Override PartName='/d.xml' ContentType='application/vnd.openxmlformats-"
            "officedocument.wordprocessingml.document.main+xml'/></Types>"),
        text_entry("_rels/d.xml.rels",
            "<R><R Id='rId1' Target='https://example.org/' TargetMode='External'/></R>"),
        { "d.xml", data, size },
    };
    return make_archive(entries, sizeof entries / sizeof *entries);
}

static struct bytes make_odf(const uint8_t *data, size_t size)
{
    const struct entry entries[] = {
        text_entry("mimetype", "application/vnd.oasis.opendocument.text"),
        text_entry("META-INF/manifest.xml", "<manifest/>"),
        { "content.xml", data, size },
    };
    return make_archive(entries, sizeof entries / sizeof *entries);
}

static struct bytes make_document(uint8_t how, const uint8_t *data, size_t size)
{
    struct bytes out = { 0 };
    if (how == 'W')
        return make_word(data, size);
    if (how == 'O')
        return make_odf(data, size);
    if (how == 'H')
        add_text(&out, "Content-Type: text/html\n\n");
    else
        add(&out, &how, 1);
    add(&out, data, size);
    return out;
}

/* ------------------------------------------------------------------ reading */

/* Every line of the text is a place, and its words are in it. */
static void check_places(const postvet_document *document)
{
    const char *const text = postvet_document_text(document);
    const size_t len = postvet_document_len(document);
    const size_t count = postvet_document_place_count(document);
    size_t line = 0;
    for (size_t i = 0; i < count; i++) {
        const postvet_place *const place = postvet_document_place_at(document, i);
        const char *const end = memchr(text + line, '\n', len - line);
        FUZZ_ASSERT(end && place->name && place->name[0]);
        FUZZ_ASSERT(line < place->start && place->start < place->end);
        FUZZ_ASSERT(place->end < (size_t)(end - text));
        FUZZ_ASSERT(postvet_document_place(document, place->start) == place);
        FUZZ_ASSERT(postvet_document_place(document, place->end - 1) == place);
        FUZZ_ASSERT(postvet_document_place(document, line) == place);
        line = (size_t)(end + 1 - text);
    }
    FUZZ_ASSERT(line == len && text[len] == '\0');
    FUZZ_ASSERT(!postvet_document_place_at(document, count));
}

static void check_reasons(const postvet_document *document)
{
    const size_t count = postvet_document_incomplete_count(document);
    for (size_t i = 0; i < count; i++)
        FUZZ_ASSERT(postvet_document_incomplete_at(document, i)[0]);
    FUZZ_ASSERT(!postvet_document_incomplete_at(document, count));
}

static void read_twice(const struct bytes *file)
{
    postvet_document *first = NULL, *again = NULL;
    postvet_error err = { 0 };
    const char *const bytes = (const char *)file->data;
    const postvet_status status = postvet_document_new(bytes, file->len, NULL, &first, &err);
    FUZZ_ASSERT(status == postvet_document_new(bytes, file->len, NULL, &again, NULL));
    FUZZ_ASSERT((status == POSTVET_OK) == (first != NULL));
    FUZZ_ASSERT(status == POSTVET_OK || (err.status == status && err.message[0]));
    if (first) {
        check_places(first);
        check_reasons(first);
        FUZZ_ASSERT(postvet_document_len(first) == postvet_document_len(again));
        FUZZ_ASSERT(memcmp(postvet_document_text(first), postvet_document_text(again),
                        postvet_document_len(first))
                    == 0);
    }
    postvet_document_free(first);
    postvet_document_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const struct bytes file = make_document(data[0], data + 1, size - 1);
    read_twice(&file);
    free(file.data);
    return 0;
}
