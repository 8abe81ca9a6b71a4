/* codes.c: threads that need the same pattern at once each make it, and the first to publish it
 * wins: no locks, and what is published never changes. JIT compiling changes a code, so machine
 * code is made of another one that nobody else has seen.
 *
 * The image may hold each pattern as PCRE2 serialises it, in two pieces: what all of them begin
 * with (PCRE2's own header and tables) stands there once. PCRE2 refuses what another version of it
 * or another kind of machine has written, and the pattern is then compiled from its text. */
#include "engine/codes.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/buf.h"
#include "engine/gate.h"

struct pv_code {
    _Atomic(pcre2_code *) plain;   /* for the interpreter */
    _Atomic(pcre2_code *) machine; /* with machine code */
};

struct pv_codes {
    const struct pv_image *image;
    struct pv_code *gated, *ungated; /* by pattern: see pv_pattern_compile() */
};

struct pv_codes *pv_codes_new(const struct pv_image *image)
{
    const size_t count = image->patterns.count + (size_t)1;
    struct pv_codes *const codes = calloc(1, sizeof(*codes));
    if (!codes)
        return NULL;
    codes->image = image;
    codes->gated = calloc(count, sizeof(*codes->gated));
    codes->ungated = calloc(count, sizeof(*codes->ungated));
    if (codes->gated && codes->ungated)
        return codes;
    pv_codes_free(codes);
    return NULL;
}

static void pv_free_codes(struct pv_code *codes, size_t count)
{
    for (size_t i = 0; codes && i < count; i++) {
        pcre2_code *const plain = atomic_load(&codes[i].plain);
        pcre2_code *const machine = atomic_load(&codes[i].machine);
        if (machine != plain) /* without machine code it is the same one */
            pcre2_code_free(machine);
        pcre2_code_free(plain);
    }
    free(codes);
}

void pv_codes_free(struct pv_codes *codes)
{
    if (!codes)
        return;
    pv_free_codes(codes->gated, codes->image->patterns.count);
    pv_free_codes(codes->ungated, codes->image->patterns.count);
    free(codes);
}

/* NULL when the image has no code that this PCRE2 takes. */
static pcre2_code *pv_decode(const struct pv_image *image, const struct pv_image_pattern *pattern)
{
    struct pv_buf stream = { 0 };
    pcre2_code *code = NULL;
    if (pattern->code.count
        && pv_buf_append(
            &stream, pv_image_at(image, image->code_prefix.at), image->code_prefix.count)
        && pv_buf_append(&stream, pv_image_at(image, pattern->code.at), pattern->code.count)
        && pcre2_serialize_decode(&code, 1, (const uint8_t *)stream.data, NULL) != 1)
        code = NULL;
    pv_buf_release(&stream);
    return code;
}

static pcre2_code *pv_make_code(const struct pv_image *image, uint32_t index, bool gated)
{
    const struct pv_image_pattern *const pattern =
        PV_IMAGE_ITEM(image, struct pv_image_pattern, image->patterns, index);
    int error;
    size_t offset;
    pcre2_code *const code = gated ? pv_decode(image, pattern) : NULL;
    const unsigned how = (gated && pv_has_windows(pattern) ? PV_PATTERN_GATED : 0)
                         | (pattern->is_foreign ? PV_PATTERN_COUNTED : 0);
    /* It compiled when the image was made: now only memory can be short. */
    return code ? code
                : pv_pattern_compile(
                    pv_image_string(image, pattern->text), pattern->len, how, &error, &offset);
}

/* What is in the slot afterwards: `code`, or what another thread was quicker to put there. */
static pcre2_code *pv_publish(_Atomic(pcre2_code *) *slot, pcre2_code *code)
{
    pcre2_code *known = NULL;
    if (atomic_compare_exchange_strong(slot, &known, code))
        return code;
    pcre2_code_free(code);
    return known;
}

const pcre2_code *pv_codes_get(struct pv_codes *codes, uint32_t pattern, bool gated, bool often)
{
    struct pv_code *const slot = &(gated ? codes->gated : codes->ungated)[pattern];
    pcre2_code *code = often ? atomic_load(&slot->machine) : NULL;
    if (code)
        return code;
    code = atomic_load(&slot->plain);
    if (!code) {
        code = pv_make_code(codes->image, pattern, gated);
        if (!code)
            return NULL;
        code = pv_publish(&slot->plain, code);
    }
    if (!often)
        return code;
    /* Not pcre2_code_copy(): copies share tables, and count their users without a lock. */
    pcre2_code *const machine = pv_make_code(codes->image, pattern, gated);
    if (!machine)
        return code;
    if (pcre2_jit_compile(machine, PCRE2_JIT_COMPLETE) == 0)
        return pv_publish(&slot->machine, machine);
    pcre2_code_free(machine); /* none on this machine: ask no more */
    pcre2_code *known = NULL;
    return atomic_compare_exchange_strong(&slot->machine, &known, code) ? code : known;
}
