/* test_error.c: what is told of an error is cut at characters and stands on one line. */
#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define AN_E "\xC3\xA9" /* e with an acute accent */
#define FILE_ROOM sizeof(((postvet_error *)NULL)->file)
#define MESSAGE_ROOM sizeof(((postvet_error *)NULL)->message)

/* `count` letters e with accents behind so many plain letters. */
static void fill(char *out, size_t plain, size_t count)
{
    memset(out, 'a', plain);
    for (size_t i = 0; i < count; i++)
        memcpy(out + plain + 2 * i, AN_E, 2);
    out[plain + 2 * count] = '\0';
}

static void everything_is_told(void **state)
{
    (void)state;
    postvet_error err;
    assert_int_equal(
        pv_error_set(&err, POSTVET_ERR_RULE, "a.yaml", 3, 7, "No %s.", "rule"), POSTVET_ERR_RULE);
    assert_int_equal(err.status, POSTVET_ERR_RULE);
    assert_string_equal(err.file, "a.yaml");
    assert_int_equal(err.line, 3);
    assert_int_equal(err.column, 7);
    assert_string_equal(err.message, "No rule.");
    assert_int_equal(pv_error_set(NULL, POSTVET_ERR_RULE, NULL, 0, 0, "No."), POSTVET_ERR_RULE);
}

static void a_long_name_is_cut_at_the_left(void **state)
{
    (void)state;
    char name[FILE_ROOM * 3];
    postvet_error err;
    for (size_t plain = 0; plain < 2; plain++) { /* one of them is cut inside a character */
        fill(name, plain, FILE_ROOM);
        pv_error_set(&err, POSTVET_ERR_FILE, name, 0, 0, "No.");
        const size_t len = strlen(err.file);
        assert_true(len < FILE_ROOM && len >= FILE_ROOM - 2);
        assert_memory_equal(err.file, "..." AN_E, 5);
        assert_string_equal(err.file + 3, name + strlen(name) - (len - 3));
    }
    memset(name, 'a', FILE_ROOM - 1);
    name[FILE_ROOM - 1] = '\0';
    pv_error_set(&err, POSTVET_ERR_FILE, name, 0, 0, "No.");
    assert_string_equal(err.file, name);
}

static void a_long_message_is_cut_at_the_right(void **state)
{
    (void)state;
    char message[MESSAGE_ROOM * 3];
    postvet_error err;
    for (size_t plain = 0; plain < 2; plain++) {
        fill(message, plain, MESSAGE_ROOM);
        pv_error_set(&err, POSTVET_ERR_FILE, NULL, 0, 0, "%s", message);
        const size_t len = strlen(err.message);
        assert_true(len < MESSAGE_ROOM && len >= MESSAGE_ROOM - 3);
        assert_int_equal((len - plain) % 2, 0);
        assert_memory_equal(err.message, message, len);
    }
}

static void a_message_is_one_line(void **state)
{
    (void)state;
    postvet_error err;
    pv_error_set(&err, POSTVET_ERR_RULE, NULL, 0, 0, "\"%s\" is no rule.", "a\nb\x1B[1m\x7F" AN_E);
    assert_string_equal(err.message, "\"a b [1m " AN_E "\" is no rule.");
    assert_string_equal(err.file, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_told),
        cmocka_unit_test(a_long_name_is_cut_at_the_left),
        cmocka_unit_test(a_long_message_is_cut_at_the_right),
        cmocka_unit_test(a_message_is_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
