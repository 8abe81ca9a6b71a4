/* chars.c: canonical form. Stretches of plain ASCII are carried over whole. Everything else goes
 * cluster by cluster, a letter with its marks: first the table below, then decimal and other
 * single digits, then NFKC. A cluster that does not change is carried over too; one that does
 * becomes a run of its own, so that its map is exact.
 *
 * NFKC of each cluster is NFKC of the whole: clusters end before starters, and those starters that
 * do compose with what precedes them (Hangul vowels and finals) are counted as marks. */
#include "text/chars.h"

#include <unictype.h>
#include <uninorm.h>

#include <stdlib.h>
#include <string.h>

#include "text/ascii.h"
#include "text/utf8.h"

/* What a range of characters reads as. */
struct reading {
    uint32_t first, last;
    char as; /* 0: it is not seen */
};

/* Ordered. Spaces, dashes, quotation marks, dots and strokes by their Unicode names and categories
 * (Zs, Pd, Pi, Pf); unseen ones by Default_Ignorable_Code_Point, UCD 15.0. */
static const struct reading readings[] = {
    { 0x0085, 0x0085, ' ' },
    { 0x00A0, 0x00A0, ' ' },
    { 0x00AB, 0x00AB, '"' },
    { 0x00AD, 0x00AD, 0 },
    { 0x00B4, 0x00B4, '\'' },
    { 0x00BB, 0x00BB, '"' },
    { 0x02B9, 0x02B9, '\'' },
    { 0x02BA, 0x02BA, '"' },
    { 0x02BB, 0x02BD, '\'' },
    { 0x02C8, 0x02C8, '\'' },
    { 0x02CA, 0x02CB, '\'' },
    { 0x02D7, 0x02D7, '-' },
    { 0x02EE, 0x02EE, '"' },
    { 0x034F, 0x034F, 0 },
    { 0x055A, 0x055A, '\'' },
    { 0x058A, 0x058A, '-' },
    { 0x05BE, 0x05BE, '-' },
    { 0x05F3, 0x05F3, '\'' },
    { 0x05F4, 0x05F4, '"' },
    { 0x060C, 0x060C, ',' },
    { 0x061C, 0x061C, 0 },
    { 0x066A, 0x066A, '%' },
    { 0x066B, 0x066B, '.' },
    { 0x066C, 0x066C, ',' },
    { 0x06D4, 0x06D4, '.' },
    { 0x115F, 0x1160, 0 },
    { 0x1400, 0x1400, '-' },
    { 0x1680, 0x1680, ' ' },
    { 0x17B4, 0x17B5, 0 },
    { 0x1806, 0x1806, '-' },
    { 0x180B, 0x180F, 0 },
    { 0x1FBD, 0x1FBF, '\'' },
    { 0x1FEF, 0x1FEF, '`' },
    { 0x1FFD, 0x1FFE, '\'' },
    { 0x2000, 0x200A, ' ' },
    { 0x200B, 0x200F, 0 },
    { 0x2010, 0x2015, '-' },
    { 0x2018, 0x201B, '\'' },
    { 0x201C, 0x201F, '"' },
    { 0x2024, 0x2024, '.' },
    { 0x2028, 0x2029, '\n' },
    { 0x202A, 0x202E, 0 },
    { 0x202F, 0x202F, ' ' },
    { 0x2032, 0x2032, '\'' },
    { 0x2033, 0x2033, '"' },
    { 0x2035, 0x2035, '\'' },
    { 0x2036, 0x2036, '"' },
    { 0x2039, 0x203A, '\'' },
    { 0x203F, 0x203F, '_' },
    { 0x2043, 0x2043, '-' },
    { 0x2044, 0x2044, '/' },
    { 0x204E, 0x204E, '*' },
    { 0x2054, 0x2054, '_' },
    { 0x205F, 0x205F, ' ' },
    { 0x2060, 0x206F, 0 },
    { 0x2212, 0x2212, '-' },
    { 0x2215, 0x2215, '/' },
    { 0x2217, 0x2217, '*' },
    { 0x2236, 0x2236, ':' },
    { 0x223C, 0x223C, '~' },
    { 0x2500, 0x2501, '-' },
    { 0x2571, 0x2571, '/' },
    { 0x275B, 0x275C, '\'' },
    { 0x275D, 0x275E, '"' },
    { 0x2731, 0x2733, '*' },
    { 0x273B, 0x273B, '*' },
    { 0x2795, 0x2795, '+' },
    { 0x2796, 0x2796, '-' },
    { 0x2800, 0x2800, ' ' },
    { 0x29F8, 0x29F8, '/' },
    { 0x2E17, 0x2E17, '-' },
    { 0x2E1A, 0x2E1A, '-' },
    { 0x2E3A, 0x2E3B, '-' },
    { 0x2E40, 0x2E40, '-' },
    { 0x2E5D, 0x2E5D, '-' },
    { 0x3000, 0x3000, ' ' },
    { 0x3001, 0x3001, ',' },
    { 0x3002, 0x3002, '.' },
    { 0x301C, 0x301C, '-' },
    { 0x301D, 0x301F, '"' },
    { 0x3030, 0x3030, '-' },
    { 0x30A0, 0x30A0, '-' },
    { 0x3164, 0x3164, ' ' },
    { 0xA789, 0xA789, ':' },
    { 0xA78C, 0xA78C, '\'' },
    { 0xFE00, 0xFE0F, 0 },
    { 0xFE31, 0xFE32, '-' },
    { 0xFE58, 0xFE58, '-' },
    { 0xFE63, 0xFE63, '-' },
    { 0xFEFF, 0xFEFF, 0 },
    { 0xFF02, 0xFF02, '"' },
    { 0xFF07, 0xFF07, '\'' },
    { 0xFF0D, 0xFF0D, '-' },
    { 0xFF61, 0xFF61, '.' },
    { 0xFFA0, 0xFFA0, ' ' },
    { 0xFFF0, 0xFFFB, 0 },
    { 0x10EAD, 0x10EAD, '-' },
    { 0x1BCA0, 0x1BCA3, 0 },
    { 0x1D173, 0x1D17A, 0 },
    { 0xE0000, 0xE0FFF, 0 },
};

static const struct reading *find_reading(uint32_t c)
{
    size_t low = 0, high = sizeof readings / sizeof *readings;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (c > readings[middle].last)
            low = middle + 1;
        else if (c < readings[middle].first)
            high = middle;
        else
            return &readings[middle];
    }
    return NULL;
}

/* A dot that is raised or round reads as a full stop only between letters and digits: elsewhere it
 * parts words ("Nurse · Mum"). */
static bool is_odd_dot(uint32_t c)
{
    return c == 0x00B7 || c == 0x0387 || c == 0x2022 || c == 0x2027 || c == 0x2219 || c == 0x22C5
           || c == 0x30FB || c == 0xFF65;
}

/* Letters that Unicode does not decompose but every reader knows: negative circled and squared,
 * and regional indicators. 0 for anything else. */
static char enclosed_letter(uint32_t c)
{
    if (c >= 0x1F150 && c <= 0x1F169)
        return (char)('A' + (c - 0x1F150));
    if (c >= 0x1F170 && c <= 0x1F189)
        return (char)('A' + (c - 0x1F170));
    if (c >= 0x1F1E6 && c <= 0x1F1FF)
        return (char)('A' + (c - 0x1F1E6));
    return 0;
}

/* Characters whose compatibility form says something else than they do: fractions ("6½" is not
 * 61/2) and the trade mark signs ("NHS™"). */
static bool keeps_its_form(uint32_t c)
{
    return (c >= 0xBC && c <= 0xBE) || (c >= 0x2150 && c <= 0x215F) || c == 0x2189 || c == 0x2120
           || c == 0x2122 || c == 0xA8 || c == 0xAF || c == 0xB8;
}

/* Marks that strike through, underline or enclose: never part of a letter. */
static bool is_overlay(uint32_t c)
{
    return c == 0x0305 || c == 0x0332 || c == 0x0333 || (c >= 0x0334 && c <= 0x0338) || c == 0x033F
           || c == 0x0488 || c == 0x0489 || (c >= 0x20D0 && c <= 0x20F0);
}

bool pv_is_mark(struct pv_unicode *unicode, uint32_t c)
{
    if (c < 0x0300)
        return false;
    if (c <= 0x036F)
        return true;
    if (c < 0x0483 || (c >= 0x2010 && c <= 0x20CF) || (c >= 0x1F000 && c <= 0x1FAFF))
        return false;
    if (c >= 0x1161 && c <= 0x11FF) /* Hangul vowels and finals: see above */
        return true;
    unicode->calls++;
    return uc_is_general_category(c, UC_CATEGORY_M);
}

/* Common characters that NFKC leaves alone when no mark follows. */
static bool is_settled(uint32_t c)
{
    return (c >= 0xC0 && c <= 0x131) || (c >= 0x141 && c <= 0x148) || (c >= 0x14A && c <= 0x17E)
           || (c >= 0x391 && c <= 0x3CE) || (c >= 0x400 && c <= 0x481) || (c >= 0x621 && c <= 0x64A)
           || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x1F300 && c <= 0x1FAFF) || c == 0xA3
           || c == 0x20AC;
}

/* -------------------------------------------------------------- one cluster */

struct cluster {
    uint32_t codes[PV_CLUSTER_MAX];
    size_t count;
    size_t end; /* where it ends in the view */
};

/* Reads the letter or sign at `from` and the marks that follow it. The marks that are not part of
 * any letter are left out. */
static void read_cluster(struct pv_unicode *unicode, const struct pv_view *in, size_t from,
    size_t to, struct cluster *cluster)
{
    cluster->count = 0;
    size_t at = from;
    while (at < to && cluster->count < PV_CLUSTER_MAX) {
        uint32_t c = 0;
        const size_t len = pv_utf8_decode(in->bytes + at, to - at, &c);
        if (len == 0 || (at > from && !pv_is_mark(unicode, c)))
            break;
        cluster->codes[cluster->count++] = c;
        at += len;
    }
    cluster->end = at;
}

static void drop_overlays(struct cluster *cluster)
{
    size_t kept = 1;
    for (size_t i = 1; i < cluster->count; i++)
        if (!is_overlay(cluster->codes[i]))
            cluster->codes[kept++] = cluster->codes[i];
    cluster->count = kept;
}

/* The value of a single digit of any kind, or -1. */
static int digit_of(struct pv_unicode *unicode, uint32_t c)
{
    if (c < 0x660 && c != 0xB2 && c != 0xB3 && c != 0xB9)
        return -1;
    if (c == 0x1F10B || c == 0x1F10C)
        return 0;
    if ((c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x1F130 && c <= 0x1FBEF))
        return -1;
    unicode->calls++;
    return uc_digit_value(c);
}

/* Appends the canonical form of a code point that NFKC made. */
static size_t encode_canonical(uint32_t c, char *out)
{
    const struct reading *const r = c < 0x80 ? NULL : find_reading(c);
    if (!r)
        return c >= '\t' && c <= '\r' ? (*out = ' ', (size_t)1) : pv_utf8_encode(c, out);
    *out = r->as;
    return r->as ? 1 : 0;
}

static void write_nfkc(
    struct pv_build *b, struct pv_unicode *unicode, size_t from, const struct cluster *cluster)
{
    uint32_t room[PV_CLUSTER_NFKC_MAX];
    size_t count = PV_CLUSTER_NFKC_MAX;
    unicode->calls++;
    uint32_t *const codes =
        u32_normalize(UNINORM_NFKC, cluster->codes, cluster->count, room, &count);
    if (!codes || codes != room) { /* the room is enough, so only memory can be short */
        free(codes);
        unicode->failed = true;
        return;
    }
    char text[PV_CLUSTER_NFKC_MAX * PV_UTF8_MAX];
    size_t len = 0;
    for (size_t i = 0; i < count; i++)
        len += encode_canonical(codes[i], text + len);
    const char *const bytes = b->in->bytes + from;
    /* cppcheck-suppress uninitvar ; its first `len` bytes are set */
    if (len == cluster->end - from && memcmp(text, bytes, len) == 0)
        pv_build_text(b, from, cluster->end);
    else
        pv_build_as(b, from, cluster->end, text, len);
}

static bool is_word_byte(const struct pv_view *in, size_t at)
{
    return at < in->len && (pv_is_alnum(in->bytes[at]) || pv_is_high(in->bytes[at]));
}

static void write_cluster(
    struct pv_build *b, struct pv_unicode *unicode, size_t from, struct cluster *cluster)
{
    const uint32_t first = cluster->codes[0];
    if (is_overlay(first))
        return;
    char as = enclosed_letter(first);
    const int digit = as ? -1 : digit_of(unicode, first);
    if (digit >= 0)
        as = (char)('0' + digit);
    else if (pv_is_digit((char)first) && first < 0x80)
        as = (char)first;
    else if ((is_odd_dot(first) || first == 0xA1) && from > 0 && is_word_byte(b->in, from - 1)
             && is_word_byte(b->in, cluster->end))
        as = first == 0xA1 ? '!' : '.'; /* inside a word an upside-down mark is an i, as ! is */
    if (as) {                           /* a digit or sign has no marks of its own */
        pv_build_as(b, from, cluster->end, &as, 1);
        return;
    }
    drop_overlays(cluster);
    if (keeps_its_form(first) || (cluster->count == 1 && is_settled(first))) {
        char text[PV_UTF8_MAX];
        const size_t len = pv_utf8_encode(first, text);
        if (len == cluster->end - from)
            pv_build_text(b, from, cluster->end);
        else
            pv_build_as(b, from, cluster->end, text, len);
        return;
    }
    write_nfkc(b, unicode, from, cluster);
}

/* ---------------------------------------------------------------- the stage */

/* Bytes of a flag at `from`: two regional indicators and no third. Such a pair is a flag, not two
 * letters. */
static size_t flag_len(const struct pv_view *in, size_t from, size_t to)
{
    size_t at = from, count = 0;
    uint32_t c = 0;
    while (count < 3 && at < to) {
        const size_t len = pv_utf8_decode(in->bytes + at, to - at, &c);
        if (len == 0 || c < 0x1F1E6 || c > 0x1F1FF)
            break;
        at += len;
        count++;
    }
    return count == 2 ? at - from : 0;
}

/* Where the plain stretch at `from` ends. An ASCII letter that a mark follows is not in it. */
static size_t canonical_end(
    struct pv_unicode *unicode, const struct pv_view *in, size_t from, size_t to)
{
    size_t at = from;
    while (at < to && pv_is_canonical(in->bytes[at]))
        at++;
    uint32_t c = 0;
    if (at < to && at > from && pv_is_high(in->bytes[at]) && !pv_is_space(in->bytes[at - 1])
        && pv_utf8_decode(in->bytes + at, to - at, &c) && pv_is_mark(unicode, c))
        at--;
    return at;
}

/* One character that is not plain. Returns where it ends. */
static size_t write_one(
    struct pv_build *b, struct pv_unicode *unicode, size_t from, size_t to, bool *in_flags)
{
    uint32_t c = 0;
    const size_t len = pv_utf8_decode(b->in->bytes + from, to - from, &c);
    if (len == 0) {
        pv_build_as(b, from, from + 1, "\xEF\xBF\xBD", 3);
        return from + 1;
    }
    const bool indicator = c >= 0x1F1E6 && c <= 0x1F1FF;
    const size_t flag = indicator && !*in_flags ? flag_len(b->in, from, to) : 0;
    *in_flags = indicator;
    if (flag) {
        pv_build_text(b, from, from + flag);
        return from + flag;
    }
    const struct reading *const reading = find_reading(c);
    if (reading || (len == 1 && pv_is_space((char)c))) {
        const char as = reading ? reading->as : ' ';
        if (as)
            pv_build_as(b, from, from + len, &as, 1);
        return from + len;
    }
    struct cluster cluster = { .codes = { 0 } };
    read_cluster(unicode, b->in, from, to, &cluster);
    write_cluster(b, unicode, from, &cluster);
    return cluster.end;
}

void pv_chars_write(struct pv_build *b, struct pv_unicode *unicode, size_t from, size_t to)
{
    bool in_flags = false;
    while (from < to && !b->failed && !unicode->failed) {
        const size_t end = canonical_end(unicode, b->in, from, to);
        if (end > from) {
            pv_build_text(b, from, end);
            from = end;
            in_flags = false;
        }
        if (from < to)
            from = write_one(b, unicode, from, to, &in_flags);
    }
}
