/* weigh.c: the words are read once, with what each says in each list. One that says what a word
 * just before it has said says nothing more: else "a a a" would weigh whatever one likes. For a
 * matcher they go by in a window of forty; of windows that follow one another and weigh enough the
 * one that weighs most is found, and of it the sentences that bear the weight. */
#include "engine/weigh.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "engine/terms.h"

/* What it costs to look up a word, and to keep what it says, which takes memory; and how many words
 * a matcher looks at for a unit of work. */
#define PV_WORK_WORD 8u
#define PV_WORK_ROW 64u
#define PV_WORDS_A_UNIT 8u

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
    const uint32_t *const slots = pv_image_at(image, image->sign_slots.at);
    const uint32_t mask = image->sign_slots.count - 1, hash = pv_hash(text, len);
    for (uint32_t i = hash & mask; slots[i]; i = (i + 1) & mask) {
        if ((slots[i] ^ hash) & ~PV_SIGN_NUMBER)
            continue;
        const struct pv_image_sign *const sign = PV_IMAGE_ITEM(
            image, struct pv_image_sign, image->signs, (slots[i] & PV_SIGN_NUMBER) - 1);
        const char *const own = pv_image_string(image, sign->text);
        if (strlen(own) == len && memcmp(own, text, len) == 0) {
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

/* 1 where a matcher looks for what weighs so much at least, -1 for so little at most. */
static int pv_sense(const struct pv_image_weighed *w)
{
    return w->bound < 0 ? -1 : 1;
}

/* ------------------------------------------------------------------ reading */

void pv_weighing_release(struct pv_weighing *weighing)
{
    pv_buf_release(&weighing->words);
    pv_buf_release(&weighing->rows);
}

void pv_weighing_reset(struct pv_weighing *weighing)
{
    pv_buf_clear(&weighing->words);
    pv_buf_clear(&weighing->rows);
    weighing->is_read = false;
}

/* The signs of the words before that one window may hold with the next; a place for each. */
#define PV_RECENT_SIGNS ((PV_WEIGH_WORDS - 1) * PV_SIGNS_OF_WORD)
struct pv_recent {
    pv_ref texts[PV_RECENT_SIGNS]; /* which tell signs apart; 0: none */
    size_t next;                   /* the place of the next word's */
};

/* Leaves those signs of the next word that no word before it in a window has. */
static void pv_leave_new(struct pv_recent *recent, struct pv_signs *signs)
{
    const struct pv_signs all = *signs;
    signs->count = 0;
    for (unsigned i = 0; i < all.count; i++) {
        unsigned same = 0; /* counted to the end: that is a few vector operations */
        for (size_t k = 0; k < PV_RECENT_SIGNS; k++)
            same += recent->texts[k] == all.items[i]->text;
        if (!same)
            signs->items[signs->count++] = all.items[i];
    }
    for (unsigned i = 0; i < PV_SIGNS_OF_WORD; i++)
        recent->texts[recent->next + i] = i < all.count ? all.items[i]->text : 0;
    recent->next = (recent->next + PV_SIGNS_OF_WORD) % PV_RECENT_SIGNS;
}

/* Keeps what the signs of a word say in each list. False when out of memory. */
static bool pv_keep_row(struct pv_weighing *weighing, const struct pv_image *image,
    const struct pv_signs *signs, struct pv_weighed_word *word)
{
    const size_t row = image->scale_count * sizeof(int32_t);
    int32_t *const weights = pv_buf_push(&weighing->rows, row);
    for (unsigned i = 0; weights && i < signs->count; i++)
        for (uint32_t k = 0; k < signs->items[i]->weights.count; k++) {
            const struct pv_image_weight *const w =
                PV_IMAGE_ITEM(image, struct pv_image_weight, signs->items[i]->weights, k);
            weights[w->scale] += w->weight;
        }
    word->row = (uint32_t)(weighing->rows.len / row);
    return weights != NULL;
}

/* False when out of memory. */
static bool pv_keep_word(struct pv_weighing *weighing, const struct pv_image *image,
    const struct pv_words *words, struct pv_recent *recent, struct pv_work *work)
{
    struct pv_signs signs = pv_signs_of(image, words);
    pv_leave_new(recent, &signs);
    struct pv_weighed_word *const word = PV_BUF_PUSH(&weighing->words, struct pv_weighed_word);
    if (!word)
        return false;
    word->start = (uint32_t)words->word.start;
    word->end = (uint32_t)words->word.end;
    return !signs.count || !pv_work_spend(work, PV_WORK_ROW)
           || pv_keep_row(weighing, image, &signs, word);
}

/* Reads what a reader reads from top to bottom. */
static bool pv_read_words(struct pv_weighing *weighing, const struct pv_image *image,
    const struct pv_text *text, struct pv_work *work)
{
    struct pv_words words = { .text = text };
    struct pv_recent recent = { .next = 0 };
    weighing->is_read = true;
    if (!pv_enter_block(&words, 0))
        return true;
    while (pv_next_word(&words) && pv_work_spend(work, PV_WORK_WORD))
        if (!pv_keep_word(weighing, image, &words, &recent, work))
            return false;
    return true;
}

/* ----------------------------------------------------------------- windows */

/* A stretch of words, by their numbers: the last one is not in it. */
struct pv_stretch {
    size_t first, end;
    int64_t sum;
};

/* A matcher on its way through the words. */
struct pv_pass {
    struct pv_weighing *weighing;
    const struct pv_image *image;
    const struct pv_text *text;
    const struct pv_image_weighed *weighed;
    pv_weighed_fn *found;
    void *user;
    bool is_open;           /* there is a best one */
    struct pv_stretch best; /* of the windows that weigh enough, while they follow one another */
    size_t closed; /* behind the last word of the one found before: no other reaches into it */
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

static struct pv_weighed_word *pv_word_at(const struct pv_pass *pass, size_t at)
{
    return &PV_BUF_ITEMS(&pass->weighing->words, struct pv_weighed_word)[at];
}

/* What word number `at` says for the matcher. */
static int64_t pv_says(const struct pv_pass *pass, size_t at)
{
    const size_t row = pv_word_at(pass, at)->row;
    if (!row)
        return 0;
    const int32_t *const rows = PV_BUF_ITEMS(&pass->weighing->rows, int32_t);
    return (int64_t)pv_sense(pass->weighed)
           * rows[(row - 1) * pass->image->scale_count + pass->weighed->scale];
}

/* The sentence round a word, which is looked for when the first matcher asks. */
static struct pv_span pv_sentence_of(const struct pv_pass *pass, size_t at)
{
    struct pv_weighed_word *const word = pv_word_at(pass, at);
    const struct pv_weighed_word *const before = at ? pv_word_at(pass, at - 1) : NULL;
    struct pv_span sentence = { word->sentence_start, word->sentence_end };
    if (sentence.end)
        return sentence;
    const struct pv_span plain =
        pv_text_plain_span(pass->text, (struct pv_span){ word->start, word->end });
    if (before && plain.end <= before->sentence_end)
        sentence = (struct pv_span){ before->sentence_start, before->sentence_end };
    else
        sentence = pv_text_sentence(pass->text, plain);
    word->sentence_start = (uint32_t)sentence.start;
    word->sentence_end = (uint32_t)sentence.end;
    return sentence;
}

/* The sentences of a stretch, with what each weighs. */
struct pv_weighed_sentences {
    struct {
        struct pv_span plain;
        int64_t sum;
    } items[PV_WEIGH_WORDS];
    unsigned count;
    int64_t most;
};

static void pv_weigh_sentences(const struct pv_pass *pass, struct pv_weighed_sentences *out)
{
    for (size_t at = pass->best.first; at < pass->best.end; at++) {
        const struct pv_span sentence = pv_sentence_of(pass, at);
        if (!out->count || sentence.start >= out->items[out->count - 1].plain.end) {
            out->items[out->count].plain = sentence;
            out->items[out->count++].sum = 0;
        }
        int64_t *const sum = &out->items[out->count - 1].sum;
        *sum += pv_says(pass, at);
        if (*sum > out->most)
            out->most = *sum;
    }
}

/* From the first to the last of the sentences that weigh a quarter of the heaviest or more. */
static struct pv_span pv_bearing(const struct pv_weighed_sentences *sentences)
{
    struct pv_span span = { 0, 0 };
    for (unsigned i = 0; i < sentences->count; i++) {
        if (sentences->items[i].sum <= 0 || 4 * sentences->items[i].sum < sentences->most)
            continue;
        if (!span.end)
            span.start = sentences->items[i].plain.start;
        span.end = sentences->items[i].plain.end;
    }
    return span;
}

static bool pv_close(struct pv_pass *pass)
{
    struct pv_weighed_sentences sentences = { .count = 0 };
    if (!pass->is_open)
        return true;
    pass->is_open = false;
    pass->closed = pass->best.end;
    pv_weigh_sentences(pass, &sentences);
    const struct pv_span span = pv_bearing(&sentences);
    return span.start == span.end || pass->found(pass->user, span);
}

static bool pv_judge_window(struct pv_pass *pass, const struct pv_stretch *window, bool enough)
{
    if (pass->is_open && (!enough || window->end - pass->best.end >= PV_WEIGH_WORDS)
        && !pv_close(pass))
        return false;
    if (enough && window->first >= pass->closed
        && (!pass->is_open || window->sum > pass->best.sum)) {
        pass->is_open = true;
        pass->best = *window;
    }
    return true;
}

static bool pv_weigh_windows(struct pv_pass *pass)
{
    const size_t count = PV_BUF_COUNT(&pass->weighing->words, struct pv_weighed_word);
    const size_t words = count < PV_WEIGH_WORDS ? count : PV_WEIGH_WORDS;
    const int64_t bound = (int64_t)pv_sense(pass->weighed) * pass->weighed->bound
                          * pv_root(words > PV_WEIGH_WORDS_LEAST ? words : PV_WEIGH_WORDS_LEAST);
    struct pv_stretch window = { 0, 0, 0 };
    while (window.end < count) {
        if (window.end - window.first == PV_WEIGH_WORDS)
            window.sum -= pv_says(pass, window.first++);
        window.sum += pv_says(pass, window.end++);
        if (window.end >= words && !pv_judge_window(pass, &window, 100 * window.sum >= bound))
            return false;
    }
    return pv_close(pass);
}

bool pv_weigh(struct pv_weighing *weighing, const struct pv_image *image,
    const struct pv_text *text, uint32_t weighed, struct pv_work *work, pv_weighed_fn *found,
    void *user)
{
    struct pv_pass pass = { .weighing = weighing,
        .image = image,
        .text = text,
        .weighed = PV_IMAGE_ITEM(image, struct pv_image_weighed, image->weighed, weighed),
        .found = found,
        .user = user };
    if (!weighing->is_read && !pv_read_words(weighing, image, text, work))
        return false;
    const size_t count = PV_BUF_COUNT(&weighing->words, struct pv_weighed_word);
    if (count && pv_work_spend(work, 1 + count / PV_WORDS_A_UNIT))
        (void)pv_weigh_windows(&pass);
    return true;
}

/* ----------------------------------------------------------------- reasons */

#define PV_REASON_SIGNS 3u

struct pv_heavy {
    const struct pv_image_sign *sign;
    int32_t weight;
};

/* What a sign says on one scale. */
static int32_t pv_weight_on(
    const struct pv_image *image, const struct pv_image_sign *sign, uint32_t scale)
{
    int32_t sum = 0;
    for (uint32_t i = 0; i < sign->weights.count; i++) {
        const struct pv_image_weight *const w =
            PV_IMAGE_ITEM(image, struct pv_image_weight, sign->weights, i);
        sum += w->scale == scale ? w->weight : 0;
    }
    return sum;
}

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
