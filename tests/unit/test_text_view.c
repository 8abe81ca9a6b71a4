/* The views through the public interface: stretches in order, with their scopes and places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <postvet/postvet.h>

static postvet_view *read_view(const char *draft, bool folded)
{
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    postvet_view *view = NULL;
    options.markup = POSTVET_MARKUP_MARKDOWN;
    assert_int_equal(
        postvet_view_new(draft, strlen(draft), &options, folded, &view, NULL), POSTVET_OK);
    return view;
}

static void assert_stretch(const postvet_view *view, size_t index, const char *scope,
    const char *text, size_t start, size_t end)
{
    const postvet_stretch *const s = postvet_view_at(view, index);
    assert_non_null(s);
    assert_string_equal(s->scope, scope);
    assert_string_equal(s->text, text);
    assert_int_equal(s->len, strlen(text));
    assert_int_equal(s->start.byte, start);
    assert_int_equal(s->end.byte, end);
}

static void stretches_tell_scope_and_place(void **unused)
{
    (void)unused;
    postvet_view *const view = read_view("# A&amp;B\n\nx `c` y\nz\n\n![\xC3\x89l](u)", false);
    assert_int_equal(postvet_view_count(view), 6);
    assert_stretch(view, 0, "heading", "A&B", 2, 9);
    assert_stretch(view, 1, "prose", "x ", 11, 13);
    assert_stretch(view, 2, "code", "c", 14, 15);
    assert_stretch(view, 3, "prose", " y\nz", 16, 20);
    assert_stretch(view, 4, "alt-text", "\xC3\x89l", 24, 27);
    assert_stretch(view, 5, "url", "u", 29, 30);
    assert_true(postvet_view_at(view, 1)->opens_block);
    assert_false(postvet_view_at(view, 2)->opens_block);
    assert_int_equal(postvet_view_at(view, 3)->end.line, 4);
    assert_int_equal(postvet_view_at(view, 3)->end.column, 2);
    assert_int_equal(postvet_view_at(view, 4)->end.column, 5);
    assert_null(postvet_view_at(view, 6));
    postvet_view_free(view);
}

static void the_folded_view_is_folded(void **unused)
{
    (void)unused;
    postvet_view *const view = read_view("C\xC3\x89 **\xD1\x81oo\xCC\x81n**", true);
    assert_int_equal(postvet_view_count(view), 1);
    assert_stretch(view, 0, "prose", "ce coon", 0, 15);
    postvet_view_free(view);
}

static void what_is_wrong_is_refused(void **unused)
{
    (void)unused;
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    postvet_view *view = NULL;
    postvet_error error;
    assert_int_equal(
        postvet_view_new("", POSTVET_TEXT_MAX + 1, NULL, false, &view, &error), POSTVET_ERR_LIMIT);
    options.version = 99;
    assert_int_equal(postvet_view_new("", 0, &options, false, &view, &error), POSTVET_ERR_ARGUMENT);
    assert_null(view);
    postvet_view_free(NULL);
}

static void nothing_has_no_stretches(void **unused)
{
    (void)unused;
    postvet_view *view = NULL;
    assert_int_equal(postvet_view_new(NULL, 0, NULL, true, &view, NULL), POSTVET_OK);
    assert_int_equal(postvet_view_count(view), 0);
    assert_null(postvet_view_at(view, 0));
    postvet_view_free(view);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stretches_tell_scope_and_place),
        cmocka_unit_test(the_folded_view_is_folded),
        cmocka_unit_test(what_is_wrong_is_refused),
        cmocka_unit_test(nothing_has_no_stretches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
