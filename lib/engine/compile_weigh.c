/* compile_weigh.c: lists of weights, and the table in which all their words are looked up. Each
 * list is a scale, whichever matchers weigh with it. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "engine/compiler.h"
#include "engine/terms.h"
#include "engine/weigh.h"
#include "text/text.h"

#define PV_WEIGHT_MOST 9999

/* One entry of one scale. */
struct pv_entry_weight {
    pv_ref text;
    uint32_t scale;
    int32_t weight;
};

struct pv_scale_builder {
    const struct pv_scope_of *s;
    char *const *field;
    uint32_t scale;
    bool is_told; /* one error for each list is enough */
};

static void pv_weight_error(struct pv_scale_builder *b, const char *entry, size_t len)
{
    if (!b->is_told)
        pv_compile_error(b->s, b->field, POSTVET_ERR_RULE,
            "\"%.*s\" in the list \"%s\" is no word, two words (\"fire alarm\", \"fire _ off\") or "
            "beginning of %u letters (\"ambul*\") with a weight from -%d to %d behind it.",
            (int)(len < 60 ? len : 60), entry, *b->field, PV_WEIGH_BEGINNING, PV_WEIGHT_MOST,
            PV_WEIGHT_MOST);
    b->is_told = true;
}

/* Reads the number behind the last space of an entry, and cuts it off. */
static bool pv_read_weight(const char *entry, size_t *len, int32_t *weight)
{
    size_t at = *len, end = *len;
    int32_t value = 0;
    while (at > 0 && entry[at - 1] >= '0' && entry[at - 1] <= '9' && end - at < 4)
        at--;
    for (size_t i = at; i < end; i++)
        value = value * 10 + (entry[i] - '0');
    const bool negative = at > 0 && entry[at - 1] == '-';
    const size_t sign = at - (negative ? 1 : 0);
    if (at == end || sign < 2 || entry[sign - 1] != ' ')
        return false;
    *weight = negative ? -value : value;
    *len = sign - 1;
    return true;
}

static bool pv_is_number(const char *word, size_t len)
{
    return (len == 1 || len == 2) && memcmp(word, "00", len) == 0;
}

static bool pv_is_letters(const char *word, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!pv_is_word_at(word, len, i) || (word[i] >= '0' && word[i] <= '9'))
            return false;
    return len > 0 && len <= PV_WEIGH_WORD_MAX;
}

static bool pv_is_sign_word(const char *word, size_t len)
{
    return pv_is_number(word, len) || pv_is_letters(word, len);
}

/* Whether a folded text can be looked up: see pv_signs_of() in weigh.c. */
static bool pv_is_sign(const char *text, size_t len)
{
    const char *const space = memchr(text, ' ', len);
    if (len == PV_WEIGH_BEGINNING + 1 && text[PV_WEIGH_BEGINNING] == '*')
        return strspn(text, "abcdefghijklmnopqrstuvwxyz") == PV_WEIGH_BEGINNING;
    if (!space)
        return pv_is_sign_word(text, len);
    const size_t first = (size_t)(space - text);
    size_t second = first + 1;
    if (len - second > 2 && memcmp(text + second, "_ ", 2) == 0)
        second += 2;
    return pv_is_sign_word(text, first) && pv_is_sign_word(text + second, len - second);
}

/* Words are looked up without their apostrophes. */
static void pv_drop_apostrophes(struct pv_buf *folded)
{
    size_t kept = 0;
    for (size_t i = 0; i < folded->len; i++)
        if (folded->data[i] != '\'')
            folded->data[kept++] = folded->data[i];
    folded->len = kept;
}

static void pv_add_weight(void *user, const char *entry, size_t len)
{
    struct pv_scale_builder *const b = user;
    struct pv_writer *const w = &b->s->c->writer;
    struct pv_buf folded = { 0 };
    size_t text_len = len;
    int32_t weight = 0;
    if (!pv_has_term_room(b->s, b->field))
        return;
    if (!pv_read_weight(entry, &text_len, &weight)) {
        pv_weight_error(b, entry, len);
        return;
    }
    const bool room = pv_text_fold(entry, text_len, &folded);
    w->nomem = w->nomem || !room;
    pv_drop_apostrophes(&folded);
    if (room && (!folded.len || !pv_is_sign(folded.data, folded.len)))
        pv_weight_error(b, entry, len);
    else if (room)
        *PV_WRITER_PUSH(w, &b->s->c->weights, struct pv_entry_weight) =
            (struct pv_entry_weight){ pv_writer_string_len(w, folded.data, folded.len), b->scale,
                weight };
    pv_buf_release(&folded);
}

/* The number of the scale that a list is; PV_NONE, with an error, where there is no such list. */
static uint32_t pv_compile_scale(const struct pv_scope_of *s, char *const *field)
{
    struct pv_compiler *const c = s->c;
    const void *origin = NULL;
    if (!pv_walk_list(s, *field, field, NULL, NULL, &origin))
        return PV_NONE;
    const size_t known = PV_BUF_COUNT(&c->scale_origins, const void *);
    for (size_t i = 0; i < known; i++)
        if (PV_BUF_ITEMS(&c->scale_origins, const void *)[i] == origin)
            return (uint32_t)i;
    struct pv_scale_builder builder = { .s = s, .field = field, .scale = (uint32_t)known };
    (void)pv_walk_list(s, *field, field, pv_add_weight, &builder, &origin); /* there is one */
    *PV_WRITER_PUSH(&c->writer, &c->scale_origins, const void *) = origin;
    return (uint32_t)known;
}

uint32_t pv_compile_weigh(const struct pv_scope_of *s, char *const *list, const char *bound)
{
    struct pv_compiler *const c = s->c;
    const uint32_t index = (uint32_t)PV_BUF_COUNT(&c->weighed, struct pv_image_weighed);
    const struct pv_image_weighed made = { .scale = pv_compile_scale(s, list),
        .bound = (int32_t)strtol(bound, NULL, 10) };
    *PV_WRITER_PUSH(&c->writer, &c->weighed, struct pv_image_weighed) = made;
    return index;
}

/* --------------------------------------------------------------- the table */

static int pv_compare_weights(const void *left, const void *right)
{
    const struct pv_entry_weight *const a = left, *const b = right;
    if (a->text != b->text)
        return a->text < b->text ? -1 : 1;
    if (a->scale != b->scale)
        return a->scale < b->scale ? -1 : 1;
    return a->weight < b->weight ? -1 : a->weight > b->weight;
}

/* Puts the weights of one text, which stand together from `at` on, into the image, and makes their
 * sign. Returns where the next text begins. */
static size_t pv_make_sign(
    struct pv_writer *w, const struct pv_buf *entries, size_t at, struct pv_buf *signs)
{
    const struct pv_entry_weight *const items = PV_BUF_ITEMS(entries, struct pv_entry_weight);
    struct pv_image_sign *const sign = PV_WRITER_PUSH(w, signs, struct pv_image_sign);
    struct pv_buf weights = { 0 };
    sign->text = items[at].text;
    for (; at < PV_BUF_COUNT(entries, struct pv_entry_weight) && items[at].text == sign->text; at++)
        *PV_WRITER_PUSH(w, &weights, struct pv_image_weight) =
            (struct pv_image_weight){ items[at].scale, items[at].weight };
    sign->weights = pv_writer_array(w, &weights, sizeof(struct pv_image_weight));
    pv_buf_release(&weights);
    return at;
}

_Static_assert(POSTVET_TERMS_MAX < PV_SIGN_NUMBER, "a slot has room for the number of each sign");

/* Makes the table that leads to the signs. */
static void pv_fill_slots(struct pv_writer *w, const struct pv_buf *signs, struct pv_buf *slots)
{
    const size_t count = PV_BUF_COUNT(signs, struct pv_image_sign);
    size_t slot_count = 8;
    while (slot_count < count * 2)
        slot_count *= 2;
    uint32_t *const table = pv_buf_push(slots, slot_count * sizeof(*table));
    w->nomem = w->nomem || !table;
    for (size_t n = 0; n < count && !w->nomem; n++) {
        const char *const text = w->image.data + PV_BUF_ITEMS(signs, struct pv_image_sign)[n].text;
        const uint32_t hash = pv_hash(text, strlen(text));
        size_t i = hash & (slot_count - 1);
        while (table[i])
            i = (i + 1) & (slot_count - 1);
        table[i] = (hash & ~PV_SIGN_NUMBER) | ((uint32_t)n + 1);
    }
}

void pv_build_weights(struct pv_compiler *c)
{
    struct pv_writer *const w = &c->writer;
    const size_t count = PV_BUF_COUNT(&c->weights, struct pv_entry_weight);
    struct pv_buf signs = { 0 }, slots = { 0 };
    if (count && !w->nomem)
        qsort(c->weights.data, count, sizeof(struct pv_entry_weight), pv_compare_weights);
    for (size_t at = 0; at < count && !w->nomem;)
        at = pv_make_sign(w, &c->weights, at, &signs);
    pv_fill_slots(w, &signs, &slots);
    c->header.signs = pv_writer_array(w, &signs, sizeof(struct pv_image_sign));
    c->header.sign_slots = pv_writer_array(w, &slots, sizeof(uint32_t));
    c->header.weighed = pv_writer_array(w, &c->weighed, sizeof(struct pv_image_weighed));
    c->header.scale_count = (uint32_t)PV_BUF_COUNT(&c->scale_origins, const void *);
    pv_buf_release(&signs);
    pv_buf_release(&slots);
}
