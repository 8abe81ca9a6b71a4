/* spy.c: the linker leads each call of the library to `pcre2_x` to `__wrap_pcre2_x` here, and
 * `__real_pcre2_x` is PCRE2's own (ld's --wrap). Which pattern a code is of is known from the call
 * that the scanner gets it by. The functions have no room for a context, so the state is static. */
#include "spy.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "engine/codes.h"
#include "engine/pattern.h"

struct known_code {
    const pcre2_code *code;
    uint32_t pattern;
};

static struct {
    const struct pv_image *image;
    struct spy_tally *tallies; /* by pattern, and one for all others */
    size_t *last_draft;        /* by pattern: the last draft that it ran in, from 1 */
    struct known_code *codes;  /* a hash by address; `mask` + 1 slots, at most a quarter full */
    size_t mask, known, draft;
    size_t offset_limit; /* the last one set: a program has one match context at a time */
    double clock_cost;
} spy;

double spy_clock(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* What the clock adds to what is measured with it: the least of many tries. */
static double clock_cost(void)
{
    double least = 1;
    for (int i = 0; i < 10000; i++) {
        const double start = spy_clock();
        const double cost = spy_clock() - start;
        least = cost < least ? cost : least;
    }
    return least;
}

double spy_overhead(void)
{
    size_t calls = 0;
    for (uint32_t i = 0; i <= spy.image->patterns.count; i++)
        calls += spy.tallies[i].calls;
    return 2 * spy.clock_cost * (double)calls;
}

bool spy_start(const struct pv_image *image)
{
    const size_t count = image->patterns.count + 1u;
    spy.image = image;
    spy.offset_limit = PCRE2_UNSET;
    spy.clock_cost = clock_cost();
    spy.mask = 1;
    while (spy.mask < 8 * count)
        spy.mask *= 2;
    spy.mask--;
    spy.tallies = calloc(count, sizeof(*spy.tallies));
    spy.last_draft = calloc(count, sizeof(*spy.last_draft));
    spy.codes = calloc(spy.mask + 1, sizeof(*spy.codes));
    return spy.tallies && spy.last_draft && spy.codes;
}

void spy_stop(void)
{
    free(spy.tallies);
    free(spy.last_draft);
    free(spy.codes);
}

void spy_reset(void)
{
    const size_t count = spy.image->patterns.count + 1u;
    memset(spy.tallies, 0, count * sizeof(*spy.tallies));
    memset(spy.last_draft, 0, count * sizeof(*spy.last_draft));
    spy.draft = 0;
}

void spy_next_draft(void)
{
    spy.draft++;
}

const struct spy_tally *spy_tally_at(uint32_t pattern)
{
    return &spy.tallies[pattern];
}

/* -------------------------------------------------------------------- codes */

/* The slot of a code, or a free one. */
static struct known_code *slot_of(const pcre2_code *code)
{
    size_t at = (size_t)((uintptr_t)code / 16 * 0x9E3779B1u) & spy.mask;
    while (spy.codes[at].code && spy.codes[at].code != code)
        at = (at + 1) & spy.mask;
    return &spy.codes[at];
}

static uint32_t pattern_of_code(const pcre2_code *code)
{
    const struct known_code *const slot = slot_of(code);
    return slot->code ? slot->pattern : spy.image->patterns.count;
}

/* -------------------------------------------------------------------- calls */

static void count_call(const pcre2_code *code, size_t start, size_t len, int result,
    pcre2_match_data *match, double seconds)
{
    const uint32_t pattern = pattern_of_code(code);
    struct spy_tally *const tally = &spy.tallies[pattern];
    size_t end = spy.offset_limit < len ? spy.offset_limit : len;
    if (result > 0)
        end = pcre2_get_ovector_pointer(match)[1];
    if (spy.last_draft[pattern] != spy.draft)
        tally->drafts++;
    spy.last_draft[pattern] = spy.draft;
    tally->calls++;
    tally->bytes += end > start ? end - start : 0;
    tally->matches += result > 0;
    tally->seconds += seconds > spy.clock_cost ? seconds - spy.clock_cost : 0;
}

/* Names that the linker asks for. NOLINTBEGIN(bugprone-reserved-identifier) */
const pcre2_code *__real_pv_codes_get(struct pv_codes *, uint32_t, bool, bool);
const pcre2_code *__wrap_pv_codes_get(struct pv_codes *, uint32_t, bool, bool);
int __real_pcre2_match_8(const pcre2_code *, PCRE2_SPTR, PCRE2_SIZE, PCRE2_SIZE, uint32_t,
    pcre2_match_data *, pcre2_match_context *);
int __wrap_pcre2_match_8(const pcre2_code *, PCRE2_SPTR, PCRE2_SIZE, PCRE2_SIZE, uint32_t,
    pcre2_match_data *, pcre2_match_context *);
int __real_pcre2_jit_match_8(const pcre2_code *, PCRE2_SPTR, PCRE2_SIZE, PCRE2_SIZE, uint32_t,
    pcre2_match_data *, pcre2_match_context *);
int __wrap_pcre2_jit_match_8(const pcre2_code *, PCRE2_SPTR, PCRE2_SIZE, PCRE2_SIZE, uint32_t,
    pcre2_match_data *, pcre2_match_context *);
int __real_pcre2_set_offset_limit_8(pcre2_match_context *, PCRE2_SIZE);
int __wrap_pcre2_set_offset_limit_8(pcre2_match_context *, PCRE2_SIZE);

const pcre2_code *__wrap_pv_codes_get(
    struct pv_codes *codes, uint32_t pattern, bool gated, bool often)
{
    const pcre2_code *const code = __real_pv_codes_get(codes, pattern, gated, often);
    struct known_code *const slot = code && spy.codes ? slot_of(code) : NULL;
    if (!slot || slot->code == code)
        return code;
    if (spy.known++ > spy.mask / 2) {
        spy.known--; /* too full to be quick: count it among the others */
        return code;
    }
    *slot = (struct known_code){ code, pattern };
    return code;
}

int __wrap_pcre2_match_8(const pcre2_code *code, PCRE2_SPTR text, PCRE2_SIZE len, PCRE2_SIZE start,
    uint32_t options, pcre2_match_data *match, pcre2_match_context *context)
{
    const double began = spy_clock();
    const int result = __real_pcre2_match_8(code, text, len, start, options, match, context);
    count_call(code, start, len, result, match, spy_clock() - began);
    return result;
}

int __wrap_pcre2_jit_match_8(const pcre2_code *code, PCRE2_SPTR text, PCRE2_SIZE len,
    PCRE2_SIZE start, uint32_t options, pcre2_match_data *match, pcre2_match_context *context)
{
    const double began = spy_clock();
    const int result = __real_pcre2_jit_match_8(code, text, len, start, options, match, context);
    count_call(code, start, len, result, match, spy_clock() - began);
    return result;
}

int __wrap_pcre2_set_offset_limit_8(pcre2_match_context *context, PCRE2_SIZE limit)
{
    spy.offset_limit = limit;
    return __real_pcre2_set_offset_limit_8(context, limit);
}
/* NOLINTEND(bugprone-reserved-identifier) */
