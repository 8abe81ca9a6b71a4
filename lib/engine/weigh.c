/* weigh.c: the words go by in a window of forty; each adds its weights to the sums of the lists
 * that have it, and takes them back as it leaves. Of windows that follow one another and weigh
 * enough the one that weighs most is found, and of it the sentences that bear the weight. */
#include "engine/weigh.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "engine/terms.h"

/* What it costs to look up a word. */
#define PV_WORK_WORD 8u

/* ------------------------------------------------------------------- words */

struct pv_word {
    size_t start, end; /* of the folded view */
    size_t len;
    char text[PV_WEIGH_WORD_MAX + 1]; /* what fits */
};

/* The words of a stretch of the folded view, block after block. A word is letters, with an
 * apostrophe between them or not, or digits: "0" for one or two, "00" for more. */
struct pv_words {
    const struct pv_text *text;
    size_t block, at, end;
    struct pv_word word, before[2]; /* the last one read, and those before it; length 0: none */
};

/* Goes to the first block, from `block` on, that a reader reads in its order. */
static bool pv_enter_block(struct pv_words *words, size_t block)
{
    const struct pv_text *const t = words->text;
    while (block < t->block_count && t->blocks[block].side)
        block++;
    words->block = block;
    if (block == t->block_count)
        return false;
    words->at = pv_text_folded_at(t, t->blocks[block].start);
    words->end = pv_text_folded_at(t, t->blocks[block].end);
    return true;
}

static bool pv_is_digit_at(const char *text, size_t at)
{
    return text[at] >= '0' && text[at] <= '9';
}

static bool pv_is_letter_at(const struct pv_words *words, size_t at)
{
    const char *const text = words->text->folded.bytes;
    return at < words->end && !pv_is_digit_at(text, at) && pv_is_word_at(text, words->end, at);
}

static void pv_read_number(struct pv_words *words)
{
    const char *const text = words->text->folded.bytes;
    struct pv_word *const word = &words->word;
    word->start = words->at;
    while (words->at < words->end && pv_is_digit_at(text, words->at))
        words->at++;
    word->end = words->at;
    word->len = word->end - word->start > 2 ? 2 : 1;
    memcpy(word->text, "00", word->len);
}

static void pv_read_word(struct pv_words *words)
{
    const char *const text = words->text->folded.bytes;
    struct pv_word *const word = &words->word;
    word->start = words->at;
    word->len = 0;
    for (;; words->at++) {
        if (pv_is_letter_at(words, words->at)) {
            if (word->len < sizeof(word->text))
                word->text[word->len++] = pv_fold_ascii(text[words->at]);
        } else if (words->at >= words->end || text[words->at] != '\''
                   || !pv_is_letter_at(words, words->at + 1)) {
            break;
        }
    }
    word->end = words->at;
}

static bool pv_next_word(struct pv_words *words)
{
    const char *const text = words->text->folded.bytes;
    for (;;) {
        while (words->at < words->end && !pv_is_word_at(text, words->end, words->at))
            words->at++;
        if (words->at < words->end)
            break;
        if (words->block >= words->text->block_count || !pv_enter_block(words, words->block + 1))
            return false;
    }
    words->before[1] = words->before[0];
    words->before[0] = words->word;
    if (pv_is_digit_at(text, words->at))
        pv_read_number(words);
    else
        pv_read_word(words);
    return true;
}

/* ------------------------------------------------------------------- signs */

/* The signs that end with a word: itself, its beginning, itself behind the word before ("fire
 * alarm") and behind the one before that ("fire _ off"). */
#define PV_SIGNS_OF_WORD 4u
struct pv_signs {
    const struct pv_image_sign *items[PV_SIGNS_OF_WORD];
    unsigned count;
};

static void pv_look_up(
    const struct pv_image *image, const char *text, size_t len, struct pv_signs *signs)
{
    const uint32_t mask = image->signs.count - 1, hash = pv_hash(text, len);
    for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
        const struct pv_image_sign *const sign =
            PV_IMAGE_ITEM(image, struct pv_image_sign, image->signs, i);
        if (!sign->text)
            return;
        const char *const own = pv_image_string(image, sign->text);
        if (sign->hash == hash && strlen(own) == len && memcmp(own, text, len) == 0) {
            signs->items[signs->count++] = sign;
            return;
        }
    }
}

static bool pv_has_beginning(const struct pv_word *word)
{
    for (size_t i = 0; i < PV_WEIGH_BEGINNING; i++)
        if (i >= word->len || word->text[i] < 'a' || word->text[i] > 'z')
            return false;
    return word->len > PV_WEIGH_BEGINNING;
}

/* Looks up two words with something between them. */
static void pv_look_up_pair(const struct pv_image *image, const struct pv_word *first,
    const char *between, const struct pv_word *second, struct pv_signs *signs)
{
    char text[2 * PV_WEIGH_WORD_MAX + sizeof(" _ ")];
    const size_t gap = strlen(between);
    if (!first->len || first->len > PV_WEIGH_WORD_MAX)
        return;
    memcpy(text, first->text, first->len);
    memcpy(text + first->len, between, gap);
    memcpy(text + first->len + gap, second->text, second->len);
    pv_look_up(image, text, first->len + gap + second->len, signs);
}

/* Those of the word read last. */
static struct pv_signs pv_signs_of(const struct pv_image *image, const struct pv_words *words)
{
    const struct pv_word *const word = &words->word;
    struct pv_signs signs = { { NULL }, 0 };
    if (word->len > PV_WEIGH_WORD_MAX)
        return signs;
    pv_look_up(image, word->text, word->len, &signs);
    if (pv_has_beginning(word)) {
        char text[PV_WEIGH_BEGINNING + 1];
        memcpy(text, word->text, PV_WEIGH_BEGINNING);
        text[PV_WEIGH_BEGINNING] = '*';
        pv_look_up(image, text, sizeof(text), &signs);
    }
    pv_look_up_pair(image, &words->before[0], " ", word, &signs);
    pv_look_up_pair(image, &words->before[1], " _ ", word, &signs);
    return signs;
}

/* What a sign says on one scale. */
static int32_t pv_weight_on(
    const struct pv_image *image, const struct pv_image_sign *sign, uint32_t scale)
{
    for (uint32_t i = 0; i < sign->weights.count; i++) {
        const struct pv_image_weight *const w =
            PV_IMAGE_ITEM(image, struct pv_image_weight, sign->weights, i);
        if (w->scale == scale)
            return w->weight;
    }
    return 0;
}

/* 1 where a matcher looks for what weighs so much at least, -1 for so little at most. */
static int pv_sense(const struct pv_image_weighed *w)
{
    return w->bound < 0 ? -1 : 1;
}

/* ----------------------------------------------------------------- windows */

struct pv_weighed_word {
    size_t start, end; /* of the folded view */
    struct pv_signs signs;
};

/* A window that is found ends at most forty words before the last one. */
#define PV_RING (2 * PV_WEIGH_WORDS)

/* The best of the windows that weigh enough, while they follow one another. */
struct pv_best {
    bool is_open;
    int64_t sum;
    size_t first, at; /* the numbers of its first word, and behind its last */
    size_t closed;    /* behind the last word of the one found before: no other reaches into it */
};

struct pv_pass {
    const struct pv_image *image;
    const struct pv_text *text;
    pv_weighed_fn *found;
    void *user;
    struct pv_weighed_word ring[PV_RING]; /* the last words, by their number */
    size_t count;                         /* of words so far */
    int64_t root;                         /* of as many words as a window has */
    struct pv_span sentence;              /* the last one looked for */
    int64_t *sums;                        /* by scale */
    struct pv_best *best;                 /* by weighed matcher */
};

/* A hundred times the square root of a number of words. */
static int64_t pv_root(size_t words)
{
    const size_t wanted = words * 10000;
    size_t root = 0;
    while ((root + 1) * (root + 1) <= wanted)
        root++;
    return (int64_t)root;
}

static void pv_add_signs(const struct pv_pass *pass, const struct pv_signs *signs, int sign)
{
    for (unsigned i = 0; i < signs->count; i++)
        for (uint32_t k = 0; k < signs->items[i]->weights.count; k++) {
            const struct pv_image_weight *const w =
                PV_IMAGE_ITEM(pass->image, struct pv_image_weight, signs->items[i]->weights, k);
            pass->sums[w->scale] += sign * (int64_t)w->weight;
        }
}

/* The sentences of a stretch, with what each weighs. */
struct pv_weighed_sentence {
    struct pv_span plain;
    int64_t sum;
};
struct pv_weighed_sentences {
    struct pv_weighed_sentence items[PV_WEIGH_WORDS];
    unsigned count;
    int64_t most;
};

/* The sentence round a word: looked for once, since windows of many matchers stand in it. */
static struct pv_span pv_sentence_of(struct pv_pass *pass, struct pv_span word)
{
    if (word.start < pass->sentence.start || word.end > pass->sentence.end)
        pass->sentence = pv_text_sentence(pass->text, word);
    return pass->sentence;
}

static void pv_weigh_sentences(struct pv_pass *pass, const struct pv_image_weighed *w,
    const struct pv_best *best, struct pv_weighed_sentences *out)
{
    for (size_t n = best->first; n < best->at; n++) {
        const struct pv_weighed_word *const word = &pass->ring[n % PV_RING];
        const struct pv_span at =
            pv_text_plain_span(pass->text, (struct pv_span){ word->start, word->end });
        struct pv_weighed_sentence *s = out->count ? &out->items[out->count - 1] : NULL;
        if (!s || at.start >= s->plain.end) {
            s = &out->items[out->count++];
            *s = (struct pv_weighed_sentence){ pv_sentence_of(pass, at), 0 };
        }
        for (unsigned i = 0; i < word->signs.count; i++)
            s->sum += pv_sense(w) * pv_weight_on(pass->image, word->signs.items[i], w->scale);
        if (s->sum > out->most)
            out->most = s->sum;
    }
}

/* From the first to the last of the sentences that weigh a quarter of the heaviest or more. */
static struct pv_span pv_bearing(const struct pv_weighed_sentences *sentences)
{
    struct pv_span span = { 0, 0 };
    for (unsigned i = 0; i < sentences->count; i++) {
        const struct pv_weighed_sentence *const s = &sentences->items[i];
        if (s->sum <= 0 || 4 * s->sum < sentences->most)
            continue;
        if (!span.end)
            span.start = s->plain.start;
        span.end = s->plain.end;
    }
    return span;
}

static bool pv_close(struct pv_pass *pass, uint32_t index)
{
    const struct pv_image_weighed *const w =
        PV_IMAGE_ITEM(pass->image, struct pv_image_weighed, pass->image->weighed, index);
    struct pv_best *const best = &pass->best[index];
    if (!best->is_open)
        return true;
    best->is_open = false;
    best->closed = best->at;
    struct pv_weighed_sentences sentences = { .count = 0 };
    pv_weigh_sentences(pass, w, best, &sentences);
    const struct pv_span span = pv_bearing(&sentences);
    return span.start == span.end || pass->found(pass->user, w->matcher, span);
}

/* Judges the window that ends with the last word. */
static bool pv_judge_window(struct pv_pass *pass)
{
    const size_t n = pass->count < PV_WEIGH_WORDS ? pass->count : PV_WEIGH_WORDS;
    const size_t first = pass->count - n;
    for (uint32_t i = 0; i < pass->image->weighed.count; i++) {
        const struct pv_image_weighed *const w =
            PV_IMAGE_ITEM(pass->image, struct pv_image_weighed, pass->image->weighed, i);
        struct pv_best *const best = &pass->best[i];
        const int64_t sum = pv_sense(w) * pass->sums[w->scale];
        const bool enough = 100 * sum >= pv_sense(w) * (int64_t)w->bound * pass->root;
        if (best->is_open && (!enough || pass->count - best->at >= PV_WEIGH_WORDS)
            && !pv_close(pass, i))
            return false;
        if (enough && first >= best->closed && (!best->is_open || sum > best->sum)) {
            best->is_open = true;
            best->sum = sum;
            best->first = first;
            best->at = pass->count;
        }
    }
    return true;
}

static bool pv_weigh_words(struct pv_pass *pass, struct pv_work *work)
{
    struct pv_words words = { .text = pass->text };
    if (!pv_enter_block(&words, 0))
        return true;
    while (pv_next_word(&words)) {
        struct pv_weighed_word *const slot = &pass->ring[pass->count % PV_RING];
        if (!pv_work_spend(work, PV_WORK_WORD))
            return false;
        if (pass->count >= PV_WEIGH_WORDS)
            pv_add_signs(pass, &pass->ring[(pass->count - PV_WEIGH_WORDS) % PV_RING].signs, -1);
        *slot = (struct pv_weighed_word){ words.word.start, words.word.end,
            pv_signs_of(pass->image, &words) };
        pv_add_signs(pass, &slot->signs, 1);
        pass->count++;
        if (pass->count >= PV_WEIGH_WORDS && !pv_judge_window(pass))
            return false;
    }
    if (pass->count && pass->count < PV_WEIGH_WORDS) {
        pass->root =
            pv_root(pass->count > PV_WEIGH_WORDS_LEAST ? pass->count : PV_WEIGH_WORDS_LEAST);
        if (!pv_judge_window(pass))
            return false;
    }
    for (uint32_t i = 0; i < pass->image->weighed.count; i++)
        if (!pv_close(pass, i))
            return false;
    return true;
}

bool pv_weigh(const struct pv_image *image, const struct pv_text *text, struct pv_work *work,
    pv_weighed_fn *found, void *user, bool *nomem)
{
    if (!image->weighed.count)
        return true;
    struct pv_pass pass = {
        .image = image, .text = text, .found = found, .user = user, .root = pv_root(PV_WEIGH_WORDS)
    };
    pass.sums = calloc(image->scale_count, sizeof(*pass.sums));
    pass.best = calloc(image->weighed.count, sizeof(*pass.best));
    const bool room = pass.sums && pass.best;
    const bool all = room && pv_weigh_words(&pass, work);
    *nomem = *nomem || !room;
    free(pass.sums);
    free(pass.best);
    return all;
}

/* ----------------------------------------------------------------- reasons */

#define PV_REASON_SIGNS 3u

struct pv_heavy {
    const struct pv_image_sign *sign;
    int32_t weight;
};

/* Puts a sign among the heaviest, which are in order, where it is one and not there yet. */
static void pv_keep_heavy(struct pv_heavy *heavy, struct pv_heavy next)
{
    for (unsigned i = 0; i < PV_REASON_SIGNS && next.weight > 0; i++) {
        if (heavy[i].sign == next.sign)
            return;
        if (next.weight <= heavy[i].weight)
            continue;
        const struct pv_heavy less = heavy[i];
        heavy[i] = next;
        next = less;
    }
}

const char *pv_weigh_reason(const struct pv_image *image, const struct pv_text *text,
    uint32_t matcher, struct pv_span plain, struct pv_arena *arena)
{
    const struct pv_image_matcher *const m =
        PV_IMAGE_ITEM(image, struct pv_image_matcher, image->matchers, matcher);
    const struct pv_image_weighed *const w =
        PV_IMAGE_ITEM(image, struct pv_image_weighed, image->weighed, m->first);
    const size_t end = pv_text_folded_at(text, plain.end);
    struct pv_heavy heavy[PV_REASON_SIGNS] = { { NULL, 0 } };
    struct pv_words words = { .text = text };
    if (!pv_enter_block(&words, pv_text_block_at(text, plain.start)))
        return "";
    words.at = pv_text_folded_at(text, plain.start);
    while (pv_next_word(&words) && words.word.end <= end) {
        const struct pv_signs signs = pv_signs_of(image, &words);
        for (unsigned i = 0; i < signs.count; i++)
            pv_keep_heavy(heavy, (struct pv_heavy){ signs.items[i],
                                     pv_sense(w) * pv_weight_on(image, signs.items[i], w->scale) });
    }
    const char *names[PV_REASON_SIGNS] = { NULL };
    for (unsigned i = 0; i < PV_REASON_SIGNS; i++)
        names[i] = heavy[i].sign ? pv_image_string(image, heavy[i].sign->text) : NULL;
    if (names[2])
        return pv_arena_printf(
            arena, "words such as '%s', '%s' and '%s'", names[0], names[1], names[2]);
    if (names[1])
        return pv_arena_printf(arena, "words such as '%s' and '%s'", names[0], names[1]);
    return pv_arena_printf(arena, "words such as '%s'", names[0] ? names[0] : "");
}
