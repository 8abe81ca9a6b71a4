/* terms_build.c: the term table: terms sorted by key, and the indices of those that are also looked
 * for in disguise. */
#include <stdlib.h>
#include <string.h>

#include "engine/keys.h"
#include "engine/terms.h"
#include "text/disguise.h"

struct pv_keyed_term {
    uint32_t key, order;
    struct pv_image_term term;
};

static int pv_compare_keyed(const void *left, const void *right)
{
    const struct pv_keyed_term *const a = left, *const b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static uint32_t pv_key_of(const char *text, const struct pv_image_term *term)
{
    size_t len = 0;
    while (len < PV_KEY_MAX && term->lead + len < term->len
           && pv_is_word_at(text, term->len, term->lead + len))
        len++;
    return pv_key(text + term->lead, len);
}

/* Notes what stands behind the key in the term and in every text that has it: what comes before
 * something that a text may leave out. */
static void pv_note_more(const char *text, struct pv_image_term *term, uint32_t key)
{
    const size_t all = sizeof(term->more) / sizeof(*term->more) * PV_KEY_MAX;
    size_t at = term->lead;
    for (; key; key >>= 8)
        at++;
    for (size_t i = 0; i < all && at + i < term->len; i++) {
        const char c = text[at + i];
        if (c == '-' || c == '\'' || (c == ' ' && i > 0 && text[at + i - 1] == ' '))
            return;
        term->more[i / PV_KEY_MAX] |= (uint32_t)(unsigned char)pv_fold_ascii(c)
                                      << 8 * (i % PV_KEY_MAX);
        term->more_mask[i / PV_KEY_MAX] |= 0xFFu << 8 * (i % PV_KEY_MAX);
    }
}

/* Sorts in place and lists the keys. False when out of memory. */
static bool pv_sort_terms(const struct pv_writer *writer, struct pv_buf *terms, struct pv_buf *keys)
{
    const size_t count = PV_BUF_COUNT(terms, struct pv_image_term);
    struct pv_image_term *const items = PV_BUF_ITEMS(terms, struct pv_image_term);
    struct pv_buf keyed = { 0 };
    if (!count)
        return true;
    if (!pv_buf_push(&keyed, count * sizeof(struct pv_keyed_term))
        || !pv_buf_push(keys, count * sizeof(uint32_t))) {
        pv_buf_release(&keyed);
        return false;
    }
    struct pv_keyed_term *const k = PV_BUF_ITEMS(&keyed, struct pv_keyed_term);
    for (size_t i = 0; i < count; i++) {
        k[i].key = pv_key_of(writer->image.data + items[i].text, &items[i]);
        k[i].order = (uint32_t)i;
        k[i].term = items[i];
        pv_note_more(writer->image.data + items[i].text, &k[i].term, k[i].key);
    }
    qsort(k, count, sizeof(*k), pv_compare_keyed);
    for (size_t i = 0; i < count; i++) {
        items[i] = k[i].term;
        PV_BUF_ITEMS(keys, uint32_t)[i] = k[i].key;
    }
    pv_buf_release(&keyed);
    return true;
}

static int pv_compare_disguised(const void *left, const void *right)
{
    const struct pv_image_disguised *const a = left, *const b = right;
    if (a->letter != b->letter)
        return a->letter < b->letter ? -1 : 1;
    return a->term < b->term ? -1 : a->term > b->term;
}

/* Lists the terms that are also looked for in disguise. */
static void pv_list_disguised(
    struct pv_writer *writer, const struct pv_buf *terms, struct pv_buf *disguised)
{
    for (size_t i = 0; !writer->nomem && i < PV_BUF_COUNT(terms, struct pv_image_term); i++) {
        const struct pv_image_term *const term = &PV_BUF_ITEMS(terms, struct pv_image_term)[i];
        const char *const text = writer->image.data + term->text + term->lead;
        if ((term->flags & PV_TERM_DISGUISED) && text[0] >= 'a' && text[0] <= 'z')
            *PV_WRITER_PUSH(writer, disguised, struct pv_image_disguised) =
                (struct pv_image_disguised){ (uint32_t)i, (uint32_t)(text[0] - 'a'),
                    (unsigned char)text[1], pv_disguise_letters(text, term->len - term->lead) };
    }
    const size_t count = PV_BUF_COUNT(disguised, struct pv_image_disguised);
    if (count > 1 && !writer->nomem)
        qsort(disguised->data, count, sizeof(struct pv_image_disguised), pv_compare_disguised);
}

void pv_terms_build(struct pv_writer *writer, struct pv_buf *terms, struct pv_image *header)
{
    struct pv_buf keys = { 0 }, disguised = { 0 };
    if (writer->nomem || !pv_sort_terms(writer, terms, &keys))
        writer->nomem = true;
    pv_list_disguised(writer, terms, &disguised);
    header->terms = pv_writer_array(writer, terms, sizeof(struct pv_image_term));
    header->disguised = pv_writer_array(writer, &disguised, sizeof(struct pv_image_disguised));
    pv_keys_build(
        writer, PV_BUF_ITEMS(&keys, uint32_t), PV_BUF_COUNT(&keys, uint32_t), &header->term_keys);
    pv_buf_release(&keys);
    pv_buf_release(&disguised);
}
