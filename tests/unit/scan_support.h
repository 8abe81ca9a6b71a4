/* scan_support.h: what the tests of the public interface share: drafts from files, and a result as
 * text, so that two results are the same where their texts are. */
#ifndef SCAN_SUPPORT_H
#define SCAN_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <postvet/postvet.h>

#include "base/buf.h"

/* Everything of a result that a caller can see, a line a finding; to be freed. */
static inline char *describe_result(const postvet_result *result)
{
    struct pv_buf out = { 0 };
    char line[512];
    for (size_t i = 0; i < postvet_result_count(result); i++) {
        const postvet_finding *const f = postvet_result_at(result, i);
        snprintf(line, sizeof(line), "%s %zu(%zu:%zu)-%zu(%zu:%zu) %s %s '%s'", f->rule,
            f->start.byte, f->start.line, f->start.column, f->end.byte, f->end.line, f->end.column,
            postvet_severity_name(f->severity), postvet_confidence_name(f->confidence), f->excerpt);
        assert_true(pv_buf_append_str(&out, line));
        for (size_t k = 0; k < f->reason_count; k++) {
            assert_true(pv_buf_append_str(&out, k ? "; " : ": "));
            assert_true(pv_buf_append_str(&out, f->reasons[k]));
        }
        assert_true(pv_buf_append_byte(&out, '\n'));
    }
    for (size_t i = 0; i < postvet_result_suppressed_count(result); i++) {
        const postvet_suppression *const s = postvet_result_suppressed_at(result, i);
        snprintf(line, sizeof(line), "(%s %zu: %s, %s:%zu)\n", s->finding->rule,
            s->finding->start.byte, s->reason, s->file, s->start.line);
        assert_true(pv_buf_append_str(&out, line));
    }
    for (size_t i = 0; i < postvet_result_notice_count(result); i++) {
        const postvet_notice *const n = postvet_result_notice_at(result, i);
        snprintf(line, sizeof(line), "%s %s:%zu %s\n", n->kind, n->file, n->start.line, n->message);
        assert_true(pv_buf_append_str(&out, line));
    }
    for (size_t i = 0; i < postvet_result_incomplete_count(result); i++) {
        assert_true(pv_buf_append_str(&out, "incomplete: "));
        assert_true(pv_buf_append_str(&out, postvet_result_incomplete_at(result, i)));
        assert_true(pv_buf_append_byte(&out, '\n'));
    }
    assert_true(pv_buf_append_byte(&out, '\0'));
    return out.data;
}

/* Scans and describes; to be freed. */
static inline char *describe_scan(
    postvet_scanner *scanner, const char *text, size_t len, const postvet_scan_options *options)
{
    postvet_result *result = NULL;
    postvet_error err;
    assert_int_equal(postvet_scan(scanner, text, len, options, &result, &err), POSTVET_OK);
    char *const described = describe_result(result);
    postvet_result_free(result);
    return described;
}

/* A whole file, with a NUL behind it; to be released. */
static inline struct pv_buf read_file(const char *path)
{
    struct pv_buf bytes = { 0 };
    size_t got = 1;
    FILE *const file = fopen(path, "rb");
    if (!file)
        print_error("cannot read %s\n", path);
    assert_non_null(file);
    while (got) {
        assert_true(pv_buf_reserve(&bytes, 4096));
        got = fread(bytes.data + bytes.len, 1, 4096, file);
        bytes.len += got;
    }
    assert_false(ferror(file));
    fclose(file);
    assert_true(pv_buf_append_byte(&bytes, '\0'));
    bytes.len--;
    return bytes;
}

#endif
