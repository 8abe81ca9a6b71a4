/* text_support.h: what the tests of lib/text share: reading a draft and looking at its views. */
#ifndef TEXT_SUPPORT_H
#define TEXT_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "text/text.h"

static inline struct pv_text read_draft(const char *draft, postvet_markup markup)
{
    struct pv_text text = { 0 };
    assert_true(pv_text_read(&text, draft, strlen(draft), markup, NULL));
    return text;
}

static inline void assert_bytes(const char *bytes, size_t len, const char *expected)
{
    if (len != strlen(expected) || (len > 0 && memcmp(bytes, expected, len) != 0)) {
        print_error("\"%.*s\" is not \"%s\"\n", (int)len, len ? bytes : "", expected);
        fail();
    }
}

/* The blocks of one part, with " / " between them, are as expected. */
static inline void assert_blocks(const struct pv_text *text, bool side, const char *expected)
{
    char joined[2048];
    size_t len = 0;
    for (size_t i = 0; i < text->block_count; i++) {
        const struct pv_block *const block = &text->blocks[i];
        if (block->side != side)
            continue;
        const size_t size = block->end - block->start;
        assert_true(len + size + 3 < sizeof joined);
        if (len > 0) {
            memcpy(joined + len, " / ", 3);
            len += 3;
        }
        memcpy(joined + len, text->plain.bytes + block->start, size);
        len += size;
    }
    assert_bytes(joined, len, expected);
}

/* The place of `needle` in the plain view. */
static inline struct pv_span find_plain(const struct pv_text *text, const char *needle)
{
    const size_t len = strlen(needle);
    for (size_t i = 0; i + len <= text->plain.len; i++)
        if (memcmp(text->plain.bytes + i, needle, len) == 0)
            return (struct pv_span){ i, i + len };
    print_error("no \"%s\" in \"%.*s\"\n", needle, (int)text->plain.len, text->plain.bytes);
    fail();
    return (struct pv_span){ 0, 0 };
}

/* The source bytes behind `needle` of the plain view are as expected. */
static inline void assert_source(
    const struct pv_text *text, const char *needle, const char *expected)
{
    const struct pv_span source = pv_text_source_span(text, find_plain(text, needle));
    assert_bytes(text->source + source.start, source.end - source.start, expected);
}

#endif
