/* fuzz_text.c: any bytes are a draft. The first byte chooses the markup; the rest is read into
 * views whose properties are those of the unit test of generated drafts. */
#include "fuzz.h"
#include "text/disguise.h"
#include "text_properties.h"

/* Every suspicious word is tried as every one of these. */
static void try_disguises(const struct pv_text *text)
{
    static const char *const terms[] = { "retard", "dope", "silly billy", "don't", "aaa" };
    size_t from = 0, start = 0, end = 0;
    const char *const s = text->folded.bytes;
    for (int tried = 0; tried < 200; tried++) {
        if (!pv_disguise_next(s, text->folded.len, from, &start))
            return;
        FUZZ_ASSERT(start >= from && start < text->folded.len);
        for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
            if (pv_disguise_match(terms[i], strlen(terms[i]), s, text->folded.len, start, &end))
                FUZZ_ASSERT(end > start && end <= text->folded.len);
        from = start + 1;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct pv_text text; /* kept, so that nothing of a former draft may show */
    struct pv_buf folded = { 0 };
    if (size == 0)
        return 0;
    const char *const draft = (const char *)data + 1;
    FUZZ_ASSERT(pv_text_read(&text, draft, size - 1, (postvet_markup)(data[0] & 3u), NULL));
    const char *const broken = broken_property(&text);
    if (broken)
        fprintf(stderr, "%s\n", broken);
    FUZZ_ASSERT(!broken);
    try_disguises(&text);
    FUZZ_ASSERT(pv_text_fold(draft, size - 1, &folded));
    pv_buf_release(&folded);
    return 0;
}
