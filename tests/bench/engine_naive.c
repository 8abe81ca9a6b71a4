/* engine_naive.c: what a program does that knows PCRE2 and no more: every pattern of the rules, as
 * machine code, over every draft from end to end. It is let off all else that postvet does: markup,
 * folded words, terms, checks, surroundings, findings. */
#include <stdio.h>
#include <stdlib.h>

#include "engine.h"
#include "engine/pattern.h"
#include "rules.h"

#define JIT_STACK_MIN ((size_t)32 * 1024)
#define JIT_STACK_MAX ((size_t)1024 * 1024)

struct naive {
    pcre2_code **codes;
    uint32_t count;
    pcre2_match_data *match;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
};

static void close_naive(void *state)
{
    struct naive *const naive = state;
    for (uint32_t i = 0; naive->codes && i < naive->count; i++)
        pcre2_code_free(naive->codes[i]);
    free(naive->codes);
    pcre2_match_data_free(naive->match);
    pcre2_match_context_free(naive->context);
    pcre2_jit_stack_free(naive->stack);
    free(naive);
}

static void *open_naive(const struct engine_needs *needs, char *about, size_t about_size)
{
    const struct pv_image *const image = needs->ruleset->image;
    struct naive *const naive = calloc(1, sizeof(*naive));
    if (!naive)
        return NULL;
    naive->count = image->patterns.count;
    naive->codes = calloc(naive->count + 1u, sizeof(pcre2_code *));
    naive->match = pcre2_match_data_create(PV_PATTERN_GROUPS_MAX, NULL);
    naive->context = pv_pattern_context();
    naive->stack = pcre2_jit_stack_create(JIT_STACK_MIN, JIT_STACK_MAX, NULL);
    bool ok = naive->codes && naive->match && naive->context && naive->stack;
    for (uint32_t i = 0; ok && i < naive->count; i++) {
        const struct pv_image_pattern *const p = rules_pattern(image, i);
        int error;
        size_t offset;
        naive->codes[i] =
            pv_pattern_compile(pv_image_string(image, p->text), p->len, 0, &error, &offset);
        ok = naive->codes[i] && pcre2_jit_compile(naive->codes[i], PCRE2_JIT_COMPLETE) == 0;
    }
    if (!ok) {
        fputs("naive: a pattern does not compile\n", stderr);
        close_naive(naive);
        return NULL;
    }
    pcre2_jit_stack_assign(naive->context, NULL, naive->stack);
    snprintf(about, about_size, "%u patterns", naive->count);
    return naive;
}

static size_t scan_pattern(
    const struct naive *naive, const pcre2_code *code, const char *text, size_t len)
{
    const size_t *const span = pcre2_get_ovector_pointer(naive->match);
    size_t at = 0, found = 0;
    while (
        at <= len
        && pcre2_jit_match(code, (PCRE2_SPTR)text, len, at, 0, naive->match, naive->context) >= 0) {
        found++;
        at = span[1] > span[0] ? span[1] : span[1] + 1;
        while (at < len && ((unsigned char)text[at] & 0xC0) == 0x80)
            at++;
    }
    return found;
}

static size_t scan(void *state, const char *text, size_t len)
{
    const struct naive *const naive = state;
    size_t found = 0;
    for (uint32_t i = 0; i < naive->count; i++)
        found += scan_pattern(naive, naive->codes[i], text, len);
    return found;
}

const struct engine engine_naive = { "naive", open_naive, scan, close_naive };
