/* The examples of the CommonMark specification: what the plain view holds is what a reader of the
 * reference HTML sees. Where we differ, we mean to, and the table below says why. */
#include "text_support.h"

#include "commonmark_examples.h"

/* Numbers of examples, as the specification counts them; 0 ends a row. */
static const struct {
    size_t numbers[10];
    const char *why;
} differences[] = {
    { { 28 }, "HTML decodes a number that is too great as U+FFFD" },
    { { 96 }, "three dashes in the first line open front matter" },
    { { 126, 127, 128, 139, 237 },
        "a fence that is never closed, which is common in a draft, hides nothing" },
    { { 150, 163, 491, 524, 536, 613, 614, 615, 623 },
        "angle brackets round a word that is no element of HTML are text: Dear <insert name>" },
    { { 182, 629 }, "text in a CDATA section is text" },
    { { 183, 184, 191 },
        "what is indented in or after HTML is HTML still: nobody indents code there" },
    { { 193, 195, 196, 197, 198, 208, 217, 541 },
        "a definition over several lines is text: nothing in it is lost" },
    { { 199, 200, 201 },
        "the label of a definition that is spoilt counts all the same: only its brackets go" },
    { { 206, 540 }, "labels are compared in ASCII, so this one is not found and stays text" },
    { { 209, 211, 212, 213 },
        "a definition counts wherever it stands, even in code, and with text behind it" },
    { { 265, 268, 271, 296, 297, 299 },
        "a number other than 1 at the start of a line may be somebody's, so it is text" },
    { { 353 }, "a no-break space after a bullet is a space" },
    { { 355, 381, 411, 415, 416, 417, 429 },
        "an asterisk between two letters masks one, see inline.c" },
    { { 473, 474, 521, 534, 535, 564 },
        "emphasis is looked for across brackets and links: what is left of it hides nothing" },
    { { 518, 519, 532, 533 }, "a link in a link is one, though no browser shows it" },
    { { 571 }, "a label counts though an unknown one follows: only its brackets go" },
    { { 606 }, "an escape in an address stays, as in its target" },
    { { 609 }, "a name with a colon is an element of a word processor: <o:p>" },
    { { 619, 620, 622, 624, 632 }, "a tag that is spoilt is a tag to browsers" },
};

static const char *why_different(size_t number)
{
    for (size_t i = 0; i < sizeof differences / sizeof *differences; i++)
        for (const size_t *n = differences[i].numbers; *n; n++)
            if (*n == number)
                return differences[i].why;
    return NULL;
}

/* Adds text with white space as one space, and none at either end. */
static void add_words(struct pv_buf *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (strchr(" \t\n", text[i]) == NULL)
            assert_true(pv_buf_append_byte(out, text[i]));
        else if (out->len > 0 && out->data[out->len - 1] != ' ')
            assert_true(pv_buf_append_byte(out, ' '));
    }
}

static void trim(struct pv_buf *out)
{
    while (out->len > 0 && out->data[out->len - 1] == ' ')
        out->len--;
}

/* The main part of the plain view, folded: dashes, quotation marks and digits are brought into
 * canonical form on both sides. */
static void read_main_part(struct pv_buf *out, const char *markdown)
{
    struct pv_text text = read_draft(markdown, POSTVET_MARKUP_MARKDOWN);
    struct pv_buf words = { 0 };
    for (size_t i = 0; i < text.block_count; i++) {
        if (text.blocks[i].side)
            continue;
        add_words(&words, text.plain.bytes + text.blocks[i].start,
            text.blocks[i].end - text.blocks[i].start);
        add_words(&words, " ", 1);
    }
    trim(&words);
    assert_true(pv_text_fold(words.len ? words.data : "", words.len, out));
    pv_buf_release(&words);
    pv_text_release(&text);
}

static void fold_words(struct pv_buf *out, const char *text)
{
    struct pv_buf folded = { 0 };
    assert_true(pv_text_fold(text, strlen(text), &folded));
    add_words(out, folded.data ? folded.data : "", folded.len);
    trim(out);
    pv_buf_release(&folded);
}

static void the_plain_view_is_what_is_seen(void **unused)
{
    (void)unused;
    struct pv_buf ours = { 0 }, reference = { 0 };
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        pv_buf_clear(&ours);
        pv_buf_clear(&reference);
        read_main_part(&ours, examples[i].markdown);
        fold_words(&reference, examples[i].text);
        const bool same = ours.len == reference.len
                          && (ours.len == 0 || memcmp(ours.data, reference.data, ours.len) == 0);
        if (same == (why_different(i + 1) == NULL))
            continue;
        wrong++;
        print_error("example %zu %s:\n%s  ours      \"%.*s\"\n  reference \"%.*s\"\n", i + 1,
            same ? "differs no more" : "differs", examples[i].markdown, (int)ours.len,
            ours.len ? ours.data : "", (int)reference.len, reference.len ? reference.data : "");
    }
    pv_buf_release(&ours);
    pv_buf_release(&reference);
    assert_int_equal(wrong, 0);
}

static void all_examples_are_there(void **unused)
{
    (void)unused;
    assert_int_equal(sizeof examples / sizeof *examples, 652);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_examples_are_there),
        cmocka_unit_test(the_plain_view_is_what_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
