/* test_document.c: documents as pandoc and LibreOffice write them, line by line; e-mails whose
 * details programs write in several ways; and each of them with allocation 1, 2, 3 and so on
 * failing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <postvet/document.h>

#include "base/buf.h"
#include "fail_alloc.h"

/* Reads a file of the corpus; the caller releases it. */
static struct pv_buf read_file(const char *name)
{
    char path[512];
    struct pv_buf bytes = { 0 };
    assert_true(pv_buf_reserve(&bytes, 64 * 1024));
    snprintf(path, sizeof path, "%s/%s", POSTVET_DOCUMENTS, name);
    FILE *const in = fopen(path, "rb");
    assert_non_null(in);
    bytes.len = fread(bytes.data, 1, bytes.capacity, in);
    assert_true(bytes.len > 0 && bytes.len < bytes.capacity);
    fclose(in);
    return bytes;
}

static postvet_document *open_bytes(const char *bytes, size_t len)
{
    postvet_document *document = NULL;
    postvet_error err = { 0 };
    if (postvet_document_new(bytes, len, NULL, &document, &err) != POSTVET_OK)
        fail_msg("%s", err.message);
    return document;
}

/* "paragraph 1: <p>Words</p>" for each line. */
static void assert_lines(const postvet_document *document, const char *const *expected)
{
    const char *line = postvet_document_text(document);
    size_t count = 0;
    for (; expected[count]; count++) {
        const char *const end = strchr(line, '\n');
        const postvet_place *const place = postvet_document_place_at(document, count);
        struct pv_buf seen = { 0 };
        assert_non_null(place);
        assert_non_null(end);
        assert_true(pv_buf_append_str(&seen, place->name) && pv_buf_append_str(&seen, ": ")
                    && pv_buf_append(&seen, line, (size_t)(end - line))
                    && pv_buf_append_byte(&seen, '\0'));
        assert_string_equal(seen.data, expected[count]);
        pv_buf_release(&seen);
        line = end + 1;
    }
    assert_string_equal(line, "");
    assert_null(postvet_document_place_at(document, count));
}

static void assert_file(const char *name, const char *format, const char *const *expected)
{
    struct pv_buf bytes = read_file(name);
    postvet_document *const document = open_bytes(bytes.data, bytes.len);
    assert_string_equal(postvet_document_format(document), format);
    assert_int_equal(postvet_document_incomplete_count(document), 0);
    assert_lines(document, expected);
    postvet_document_free(document);
    pv_buf_release(&bytes);
}

static void assert_mail(const char *bytes, const char *const *expected)
{
    postvet_document *const document = open_bytes(bytes, strlen(bytes));
    assert_lines(document, expected);
    postvet_document_free(document);
}

/* -------------------------------------------------------------- real programs */

static void test_pandoc_word(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "paragraph 1: <h1>A week on the ward</h1>",
        "paragraph 2: <p>Jane Example</p>",
        "paragraph 3: <h1>Heading</h1>",
        "paragraph 4: <p>My NHS number is 943 476 5919, said A&E. See the page.</p>",
        "paragraph 4, link: <a href=\"https://example.org/x?nhs=1\"></a>",
        "paragraph 5: <blockquote>A quotation from 5 < 6 and tags.</blockquote>",
        "paragraph 6: <p>item one</p>",
        "paragraph 7: <p>item two</p>",
        "table 1, row 1, column 1: <table><td>Name</td>",
        "table 1, row 1, column 2: <td>Number</td>",
        "table 1, row 2, column 1: <td>John</td>",
        "table 1, row 2, column 2: <td>943 476</td>",
        "table 1, row 3, column 1: <td>Mary</td>",
        "table 1, row 3, column 2: <td>5919</td></table>",
        "paragraph 8, picture: <img alt=\"An alt text\">",
        "paragraph 8, picture: <img alt=\"img.png\">",
        "paragraph 9: <p>An alt text</p>",
        "footnote 1: <p>A footnote with 943 476 5919.</p>",
        "link: <a href=\"https://example.org/x?nhs=1\"></a>",
        "properties, title: <p>A week on the ward</p>",
        "properties, author: <p>Jane Example</p>",
        NULL,
    };
    assert_file("pandoc.docx", "docx", lines);
}

static void test_pandoc_odf(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "paragraph 1: <h1>A week on the ward</h1>",
        "paragraph 2: <p>Jane Example</p>",
        "paragraph 3: <h1>Heading</h1>",
        "paragraph 4: <p>My NHS number is 943 476 5919, said A&E. See the page.</p>",
        "paragraph 4, link: <a href=\"https://example.org/x?nhs=1\"></a>",
        "paragraph 5: <p>A quotation from 5 < 6 and tags.</p>",
        "paragraph 6: <p>item one</p>",
        "footnote 1: <p>A footnote with 943 476 5919.</p>",
        "paragraph 7: <p>item two</p>",
        "table 1, row 1, column 1: <table><td>Name</td>",
        "table 1, row 1, column 2: <td>Number</td>",
        "table 1, row 2, column 1: <td>John</td>",
        "table 1, row 2, column 2: <td>943 476</td>",
        "table 1, row 3, column 1: <td>Mary</td>",
        "table 1, row 3, column 2: <td>5919</td></table>",
        "paragraph 8: <p>An alt text</p>",
        "properties, title: <p>A week on the ward</p>",
        "properties, author: <p>Jane Example</p>",
        "properties, author: <p>Jane Example</p>",
        "footer: <p>1</p>",
        NULL,
    };
    assert_file("pandoc.odt", "odt", lines);
}

static void test_pandoc_changes(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "paragraph 1: <h1>Tracked</h1>",
        "paragraph 2: <p>The patient a man came in.</p>",
        "paragraph 2, with its deleted text: <!-- The patient Mr John Smith came in. -->",
        "paragraph 3: <p>Here commented.</p>",
        "comment 1: <!-- My NHS number is 943 476 5919. -->",
        NULL,
    };
    assert_file("pandoc-changes.docx", "docx", lines);
}

static void test_libreoffice_changes(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "deleted text 1: <!-- Mr John Smith -->",
        "paragraph 1: <h1>Tracked</h1>",
        "paragraph 2: <p>The patient a man came in.</p>",
        "paragraph 2, with its deleted text: <!-- The patient Mr John Smith came in. -->",
        "comment 1: <!-- My NHS number is 943 476 5919. -->",
        "paragraph 3: <p>Here commented.</p>",
        "properties, custom: <p>12.0000</p>",
        NULL,
    };
    assert_file("libreoffice-changes.odt", "odt", lines);
}

/* -------------------------------------------------------------------- e-mail */

static void test_mail_headers(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "subject: <p>naïve café = =?x? na</p>",
        "from: <p>Zoë Example &lt;z@example.org></p>",
        "to: <p>a@example.org, b@example.org</p>",
        "paragraph 1: <p>x</p>",
        NULL,
    };
    assert_mail("Received: from x\r\n"
                "SUBJECT : =?ISO-8859-1?Q?na=EFve?=\r\n =?utf-8*en?b?IGNhZsOp?= = =?x? na\r\n"
                "From: =?utf-8?q?Zo=C3=AB_Example?= <z@example.org>\r\n"
                "To: a@example.org,\r\n\tb@example.org\r\n"
                "\r\n"
                "x",
        lines);
}

static void test_mail_names(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "attachment 1, name: <p>a \"b\".txt</p>",
        "attachment 1, paragraph 1: <p>one</p>",
        "attachment 2, name: <p>naïve plan.txt</p>",
        "attachment 2, paragraph 1: <p>two words</p>",
        "attachment 3, name: <p>café.txt</p>",
        NULL,
    };
    assert_mail("Content-Type: multipart/mixed; boundary=\"a b\"\n\n--a b\n"
                "Content-Type: text/plain; name=\"a \\\"b\\\".txt\"\n\none\n--a b \t\n"
                "Content-Disposition: attachment; filename*0*=utf-8''na%C3%AF; filename*1*=ve%20;\n"
                " filename*2=\"plan.txt\"\nContent-Transfer-Encoding: quoted-printable\n\n"
                "two =   \n=77ords\n--a b\n"
                "Content-Type: text/plain; name=\"=?utf-8?Q?caf=C3=A9.txt?=\"\n\n\n--a b--\n",
        lines);
}

static void test_mail_text(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "paragraph 1: <p>one two</p>",
        "paragraph 2: <blockquote>quoted words</blockquote>",
        "paragraph 3: <p>answer</p>",
        NULL,
    };
    assert_mail(
        "MIME-Version: 1.0\n\none\r\ntwo\r\n  \r\n> quoted\r\n>> words\r\nanswer\r\n", lines);
}

/* ------------------------------------------------------------------ failures */

/* Reads a document with each allocation failing in turn. */
static void assert_survives(const char *bytes, size_t len, size_t at_least)
{
    size_t failing = 1;
    for (bool got_through = false; !got_through; failing++) {
        postvet_document *document = NULL;
        postvet_error err = { 0 };
        fail_alloc_start(failing, 1);
        const postvet_status status = postvet_document_new(bytes, len, NULL, &document, &err);
        got_through = fail_alloc_stop() < failing;
        assert_int_equal(status, got_through ? POSTVET_OK : POSTVET_ERR_NOMEM);
        assert_int_equal(document != NULL, got_through);
        assert_string_equal(err.message,
            got_through ? "" : "could not be read, because there is not enough memory");
        postvet_document_free(document);
    }
    assert_true(failing > at_least);
}

static void test_allocations(void **state)
{
    (void)state;
    static const char *const names[] = { "word.docx", "odf.odt", "mail.eml", "pandoc.docx",
        "libreoffice-changes.odt" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct pv_buf bytes = read_file(names[i]);
        assert_survives(bytes.data, bytes.len, 20);
        pv_buf_release(&bytes);
    }
}

static void test_arguments(void **state)
{
    (void)state;
    postvet_document *document = NULL;
    assert_int_equal(postvet_document_new(NULL, 0, NULL, &document, NULL), POSTVET_OK);
    assert_string_equal(postvet_document_text(document), "");
    assert_int_equal(postvet_document_len(document), 0);
    assert_null(postvet_document_place(document, 0));
    postvet_document_free(document);
    postvet_document_free(NULL);
    document = NULL;
    assert_int_equal(
        postvet_document_new("PK\x03\x04", 4, NULL, &document, NULL), POSTVET_ERR_SYNTAX);
    postvet_document_options options = POSTVET_DOCUMENT_OPTIONS_INIT;
    options.version++;
    assert_int_equal(postvet_document_new("", 0, &options, &document, NULL), POSTVET_ERR_ARGUMENT);
    assert_null(document);
}

/* Each limit, lowered until a document that people made goes over it. */
static void test_limits(void **state)
{
    const postvet_document_options none = POSTVET_DOCUMENT_OPTIONS_INIT;
    struct {
        const char *sentence;
        postvet_document_options options;
    } cases[] = {
        { "unpacks to more than 1 KiB, as its limit is here", none },
        { "holds more than 2 files, the most that postvet opens", none },
        { "nests its parts deeper than any draft does", none },
    };
    struct pv_buf word = read_file("pandoc.docx");
    postvet_document *document = NULL;
    postvet_error err;
    (void)state;
    cases[0].options.unpacked_max = 1024;
    cases[1].options.entries_max = 2;
    cases[2].options.depth_max = 2;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(
            postvet_document_new(word.data, word.len, &cases[i].options, &document, &err),
            POSTVET_ERR_LIMIT);
        assert_string_equal(err.message, cases[i].sentence);
        assert_null(document);
    }
    pv_buf_release(&word);
}

/* Of the parts of an e-mail those beyond the limit are left out, and missed. */
static void test_parts(void **state)
{
    static const char mail[] = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
                               "--b\n\nOne.\n--b\n\nTwo.\n--b--\n";
    postvet_document_options options = POSTVET_DOCUMENT_OPTIONS_INIT;
    postvet_document *document = NULL;
    (void)state;
    options.parts_max = 2;
    assert_int_equal(
        postvet_document_new(mail, sizeof mail - 1, &options, &document, NULL), POSTVET_OK);
    assert_int_equal(postvet_document_incomplete_count(document), 1);
    assert_non_null(strstr(postvet_document_text(document), "One."));
    assert_null(strstr(postvet_document_text(document), "Two."));
    postvet_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pandoc_word),
        cmocka_unit_test(test_pandoc_odf),
        cmocka_unit_test(test_pandoc_changes),
        cmocka_unit_test(test_libreoffice_changes),
        cmocka_unit_test(test_mail_headers),
        cmocka_unit_test(test_mail_names),
        cmocka_unit_test(test_mail_text),
        cmocka_unit_test(test_allocations),
        cmocka_unit_test(test_arguments),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
