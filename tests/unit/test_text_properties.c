/* Generated drafts: pieces of prose, markup, characters and broken bytes in any order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buf.h"
#include "text_properties.h"

static const char *const pieces[] = { "NHS number ", "943 476 5919", " Mr Jones said. ", "\n",
    "\n\n", "\r\n", "\r", "\t", "    ", "- ", "* ", "1. ", "12) ", "> ", "# ", "---\n", "+++\n",
    "```\n", "~~~\n", "**", "*", "_", "__", "~~", "==", "`", "``", "[", "]", "](", ")", "![",
    "(http://a.uk/b%20c.pdf)", " \"title\"", "[^1]", "[^1]: ", "[ref]: ", "[ref]", "<", ">", "<b>",
    "</b>", "<table>", "<td>", "</table>", "<br>", "<!-- ", " -->", "<script>", "</script>",
    "<a href=\"x\" title='", "<pre>", "</pre>", "<q>", "<code>", "<li", "&nbsp;", "&amp", "&#57;",
    "&#x200B;", "&ngE;", "&", "|", "|---|", "\\", "\\|", "\xC3\xA9", "e\xCC\x81", "\xCC\xB6",
    "\xE2\x80\x8B", "\xC2\xA0", "\xE2\x80\x93", "\xE2\x80\x99", "\xEF\xBC\x94",
    "7\xEF\xB8\x8F\xE2\x83\xA3", "\xF0\x9D\x97\xA1", "\xF0\x9F\x87\xAC", "\xF0\x9F\x87\xA7",
    "\xD1\x81\xD0\xBE\xD0\xBE", "\xE2\x91\xA8", "\xEF\xB7\xBA", "\xEF\xBB\xBF", "\xFF", "\xE2\x80",
    "\xC0\xAF", "\xC2\xB7", "\xE2\x80\xA2", "O7700 9OO 361", "l2/O3/85", "nine nine nine, ",
    "five double four, ", "www.a.uk/x.docx ", "a_b_1.pdf", "x@y.uk ", "{", "=", "===\n", "\f", "\0",
    "<!doctype html>", "\xE1\x84\x80\xE1\x85\xA1", "\xEF\xAC\x81", "\xC2\xBD", "\xE2\x80\xA6" };

/* A small generator of the same numbers everywhere: xorshift32. */
static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static void make_draft(struct pv_buf *draft, uint32_t *state)
{
    const size_t count = sizeof pieces / sizeof *pieces;
    pv_buf_clear(draft);
    for (size_t n = next_random(state) % 40; n > 0; n--) {
        const char *const piece = pieces[next_random(state) % count];
        assert_true(pv_buf_append(draft, piece, *piece ? strlen(piece) : 1));
    }
}

static void fail_with(const struct pv_buf *draft, int markup, const char *broken)
{
    print_error("markup %d: %s:\n", markup, broken);
    for (size_t i = 0; i < draft->len; i++) {
        const unsigned char c = (unsigned char)draft->data[i];
        print_error(c >= ' ' && c < 0x7F && c != '\\' ? "%c" : "\\x%02X", c);
    }
    print_error("\n");
    fail();
}

static void views_map_back(void **unused)
{
    (void)unused;
    struct pv_text text = { 0 };
    struct pv_buf draft = { 0 };
    uint32_t state = 20250601;
    for (int i = 0; i < 15000; i++) {
        make_draft(&draft, &state);
        for (int markup = POSTVET_MARKUP_PLAIN; markup <= POSTVET_MARKUP_HTML; markup++) {
            assert_true(pv_text_read(
                &text, draft.data ? draft.data : "", draft.len, (postvet_markup)markup, NULL));
            const char *const broken = broken_property(&text);
            if (broken)
                fail_with(&draft, markup, broken);
        }
    }
    pv_buf_release(&draft);
    pv_text_release(&text);
}

/* The plain view does not depend on how lines end, nor on a byte order mark. */
static void line_ends_do_not_matter(void **unused)
{
    (void)unused;
    struct pv_text text = { 0 };
    struct pv_buf draft = { 0 }, twin = { 0 }, plain = { 0 };
    uint32_t state = 7;
    for (int i = 0; i < 5000; i++) {
        make_draft(&draft, &state);
        pv_buf_clear(&twin);
        assert_true(pv_buf_append(&twin, "\xEF\xBB\xBF", 3));
        for (size_t j = 0; j < draft.len; j++) {
            if (draft.data[j] == '\r')
                draft.data[j] = '\n';
            if (draft.data[j] == '\n')
                assert_true(pv_buf_append_byte(&twin, '\r'));
            assert_true(pv_buf_append_byte(&twin, draft.data[j]));
        }
        const char *const source = draft.data ? draft.data : "";
        if (pv_utf8_bom(source, draft.len))
            continue;
        assert_true(pv_text_read(&text, source, draft.len, POSTVET_MARKUP_MARKDOWN, NULL));
        pv_buf_clear(&plain);
        for (size_t j = 0; j < text.block_count; j++)
            assert_true(pv_buf_append(&plain, text.plain.bytes + text.blocks[j].start,
                text.blocks[j].end - text.blocks[j].start));
        assert_true(pv_text_read(&text, twin.data, twin.len, POSTVET_MARKUP_MARKDOWN, NULL));
        size_t at = 0;
        for (size_t j = 0; j < text.block_count; j++) {
            for (size_t k = text.blocks[j].start; k < text.blocks[j].end; k++, at++) {
                const char a = text.plain.bytes[k];
                if (at >= plain.len
                    || (a == '\n' ? ' ' : a) != (plain.data[at] == '\n' ? ' ' : plain.data[at]))
                    fail_with(&draft, POSTVET_MARKUP_MARKDOWN, "CRLF changes the plain view");
            }
        }
        assert_int_equal(at, plain.len);
    }
    pv_buf_release(&draft);
    pv_buf_release(&twin);
    pv_buf_release(&plain);
    pv_text_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(views_map_back),
        cmocka_unit_test(line_ends_do_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
