/* html.c: one pass over the bytes. A tag is recognised only when it is whole, so a lone "<" in a
 * half-finished draft hides nothing. Searches that fail are remembered (`missing`), so that a row
 * of openings without an end is not searched again for each. */
#include "text/html.h"

#include <string.h>

#include "text/ascii.h"
#include "text/entities.h"

/* An open element that changes the scope, or in which lines count; or one in such an element of
 * the same name, so that the ends are told apart. */
struct pv_open_tag {
    unsigned char tag;   /* index in pv_tags */
    unsigned char scope; /* enum pv_scope of what is in it */
    bool hidden;         /* by itself or by one round it: nobody sees what is in it */
};

/* What a search looks for: indexes of `missing`. */
enum { COMMENT_END, INSTRUCTION_END, DOUBLE_QUOTE, SINGLE_QUOTE, RAW_END };

void pv_html_start(struct pv_html *h, struct pv_build *b, struct pv_buf *open, bool any_name)
{
    *h = (struct pv_html){ .b = b, .open = open, .any_name = any_name };
    pv_buf_clear(open);
}

static const struct pv_open_tag *innermost(const struct pv_html *h)
{
    const size_t count = PV_BUF_COUNT(h->open, struct pv_open_tag);
    return count ? &PV_BUF_ITEMS(h->open, const struct pv_open_tag)[count - 1] : NULL;
}

enum pv_scope pv_html_scope(const struct pv_html *h)
{
    const struct pv_open_tag *const open = innermost(h);
    return open ? (enum pv_scope)open->scope : h->base;
}

/* ----------------------------------------------------------------- searching */

/* Where `what` first stands in the stretch, or `to` when it does not. */
static size_t find(struct pv_html *h, int kind, size_t from, size_t to, const char *what)
{
    if (from >= h->missing[kind].from && to <= h->missing[kind].to)
        return to;
    const char *const s = h->b->in->bytes;
    const size_t len = strlen(what);
    for (size_t at = from; at + len <= to;) {
        const char *const hit = memchr(s + at, what[0], to - at);
        if (!hit)
            break;
        at = (size_t)(hit - s);
        if (at + len <= to && memcmp(hit, what, len) == 0)
            return at;
        at++;
    }
    h->missing[kind].from = from;
    h->missing[kind].to = to;
    return to;
}

static bool is_name_char(char c)
{
    return pv_is_alnum(c) || c == '-' || c == ':' || c == '_';
}

static size_t skip_space(const char *s, size_t at, size_t to)
{
    while (at < to && pv_is_space(s[at]))
        at++;
    return at;
}

/* One attribute of a tag. */
struct attribute {
    size_t name, name_end;
    size_t value, value_end; /* equal when there is none */
    size_t next;             /* where the tag goes on */
};

/* Reads the attribute at `at`, which is neither space, slash nor the tag's end. */
static struct attribute read_attribute(struct pv_html *h, size_t at, size_t to)
{
    const char *const s = h->b->in->bytes;
    struct attribute a = { .name = at };
    while (at < to && !pv_is_space(s[at]) && s[at] != '=' && s[at] != '>' && s[at] != '/'
           && s[at] != '<')
        at++;
    a.name_end = at;
    a.value = a.value_end = a.next = at;
    const size_t equals = skip_space(s, at, to);
    if (equals == to || s[equals] != '=')
        return a;
    at = skip_space(s, equals + 1, to);
    a.value = a.value_end = a.next = at;
    if (at < to && (s[at] == '"' || s[at] == '\'')) {
        const bool twofold = s[at] == '"';
        const size_t quote =
            find(h, twofold ? DOUBLE_QUOTE : SINGLE_QUOTE, at + 1, to, twofold ? "\"" : "'");
        if (quote < to) {
            a.value = at + 1;
            a.value_end = quote;
            a.next = quote + 1;
            return a;
        }
    }
    while (at < to && !pv_is_space(s[at]) && s[at] != '>' && s[at] != '<')
        at++;
    a.value_end = a.next = at;
    return a;
}

/* The next attribute from *at on; false at the tag's end, or where it is broken off. */
static bool next_attribute(struct pv_html *h, size_t *at, size_t to, struct attribute *a)
{
    const char *const s = h->b->in->bytes;
    while (*at < to && (pv_is_space(s[*at]) || s[*at] == '/'))
        ++*at;
    if (*at == to || s[*at] == '>' || s[*at] == '<')
        return false;
    *a = read_attribute(h, *at, to);
    if (a->next == *at) /* a stray "=" */
        a->next++;
    *at = a->next;
    return true;
}

/* "my-element" or "o:p", but not "https:" or "made-up:". */
static bool is_foreign_name(const char *name, size_t len)
{
    for (size_t i = 1; i + 1 < len && name[len - 1] != ':'; i++)
        if ((name[i] == '-' || name[i] == ':') && pv_is_letter(name[i + 1]))
            return true;
    return false;
}

static size_t element_end(struct pv_html *h, size_t at, size_t to)
{
    const char *const s = h->b->in->bytes;
    size_t name = at + 1;
    if (name < to && s[name] == '/')
        name++;
    size_t end = name;
    while (end < to && is_name_char(s[end]))
        end++;
    if (end == name || end == to || !pv_is_letter(s[name]))
        return 0;
    if (!pv_is_space(s[end]) && s[end] != '>' && s[end] != '/')
        return 0;
    if (!h->any_name && !pv_tag_find(s + name, end - name)
        && !is_foreign_name(s + name, end - name))
        return 0; /* "Dear <insert name>" */
    struct attribute a;
    while (next_attribute(h, &end, to, &a))
        ;
    return end < to && s[end] == '>' ? end + 1 : 0;
}

size_t pv_html_tag_end(struct pv_html *h, size_t at, size_t to)
{
    const char *const s = h->b->in->bytes;
    if (to - at < 3)
        return 0;
    if (to - at >= 4 && memcmp(s + at, "<!--", 4) == 0) {
        const size_t end = find(h, COMMENT_END, at + 2, to, "-->");
        return end < to ? end + 3 : 0;
    }
    if (s[at + 1] == '?' || (s[at + 1] == '!' && (pv_is_letter(s[at + 2]) || s[at + 2] == '['))) {
        const size_t end = find(h, INSTRUCTION_END, at + 2, to, ">");
        return end < to ? end + 1 : 0;
    }
    return element_end(h, at, to);
}

/* ------------------------------------------------------------------- writing */

/* The entity at `at`, decoded. Returns where it ends, or `at` when there is none. */
static size_t write_entity(struct pv_html *h, size_t at, size_t to, bool lenient)
{
    char out[PV_ENTITY_MAX];
    size_t out_len = 0;
    const size_t len = pv_entity_decode(h->b->in->bytes + at, to - at, lenient, out, &out_len);
    if (len > 0)
        pv_build_as(h->b, at, at + len, out, out_len);
    return at + len;
}

/* "%20" at `at`, decoded where it is ASCII that shows. Returns where it ends, or `at`. */
static size_t write_percent(struct pv_html *h, size_t at, size_t to)
{
    const char *const s = h->b->in->bytes;
    if (to - at < 3 || !pv_is_hex(s[at + 1]) || !pv_is_hex(s[at + 2]))
        return at;
    const int value = pv_hex_value(s[at + 1]) * 16 + pv_hex_value(s[at + 2]);
    if (value < ' ' || value > '~')
        return at;
    const char c = (char)value;
    pv_build_as(h->b, at, at + 3, &c, 1);
    return at + 3;
}

/* Text with its entities, and nothing else, decoded. */
static void write_decoded(struct pv_html *h, size_t from, size_t to, bool url)
{
    const char *const s = h->b->in->bytes;
    size_t plain = from;
    for (size_t at = from; at < to;) {
        size_t end = at;
        if (s[at] == '&' || (url && s[at] == '%')) {
            pv_build_text(h->b, plain, at);
            end = s[at] == '&' ? write_entity(h, at, to, false) : write_percent(h, at, to);
            plain = end;
        }
        at = end > at ? end : at + 1;
    }
    pv_build_text(h->b, plain, to);
}

/* Bytes of a scheme whose rest is an address or a number, not a URL to look up. */
static size_t address_scheme_len(const char *s, size_t len)
{
    static const char *const schemes[] = { "mailto:", "tel:", "sms:", "callto:" };
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        size_t n = 0;
        while (n < len && schemes[i][n] && pv_fold_ascii(s[n]) == schemes[i][n])
            n++;
        if (schemes[i][n] == '\0')
            return n;
    }
    return 0;
}

void pv_html_value(struct pv_html *h, size_t from, size_t to, enum pv_scope scope)
{
    const bool url = scope == PV_SCOPE_URL;
    if (from >= to)
        return;
    if (url && address_scheme_len(h->b->in->bytes + from, to - from) > 0)
        scope = PV_SCOPE_ATTRIBUTE;
    pv_build_side_begin(h->b, scope);
    write_decoded(h, from, to, url);
    pv_build_side_end(h->b);
}

/* A row of white space at `at`. Returns where it ends. */
static size_t write_space(struct pv_html *h, size_t at, size_t to)
{
    const char *const s = h->b->in->bytes;
    if (!h->preformatted) {
        const size_t end = skip_space(s, at, to);
        pv_build_gap(h->b, at, end, end == at + 1 && s[at] == '\n' ? '\n' : ' ');
        return end;
    }
    if (s[at] == '\n' || s[at] == '\r')
        pv_build_break(h->b);
    else
        pv_build_text(h->b, at, at + 1);
    return at + 1;
}

static bool is_text(char c)
{
    return c != '<' && c != '&' && !pv_is_space(c);
}

/* One piece of text, an entity, or a sign that is no tag. Returns where it ends. */
static size_t write_text(struct pv_html *h, size_t at, size_t to)
{
    const char *const s = h->b->in->bytes;
    h->b->scope = pv_html_scope(h);
    if (pv_is_space(s[at]))
        return write_space(h, at, to);
    if (s[at] == '&') {
        const size_t end = write_entity(h, at, to, true);
        if (end > at)
            return end;
    }
    size_t end = at + 1;
    while (end < to && is_text(s[end]))
        end++;
    /* a single space between two words goes with them */
    while (end + 1 < to && s[end] == ' ' && is_text(s[end + 1])) {
        end += 2;
        while (end < to && is_text(s[end]))
            end++;
    }
    pv_build_text(h->b, at, end);
    return end;
}

/* ---------------------------------------------------------------------- tags */

static bool is_named(const char *s, struct attribute a, const char *name)
{
    size_t n = 0;
    while (a.name + n < a.name_end && name[n] && pv_fold_ascii(s[a.name + n]) == name[n])
        n++;
    return a.name + n == a.name_end && name[n] == '\0';
}

static enum pv_scope attribute_scope(const char *s, struct attribute a)
{
    static const struct {
        const char *name;
        enum pv_scope scope;
    } known[] = {
        { "href", PV_SCOPE_URL },
        { "src", PV_SCOPE_URL },
        { "srcset", PV_SCOPE_URL },
        { "action", PV_SCOPE_URL },
        { "formaction", PV_SCOPE_URL },
        { "cite", PV_SCOPE_URL },
        { "poster", PV_SCOPE_URL },
        { "background", PV_SCOPE_URL },
        { "xlink:href", PV_SCOPE_URL },
        { "xmlns", PV_SCOPE_URL },
        { "alt", PV_SCOPE_ALT_TEXT },
        { "title", PV_SCOPE_LINK_TITLE },
        { "style", PV_SCOPE_CODE },
        { "d", PV_SCOPE_CODE },
        { "points", PV_SCOPE_CODE },
        { "viewbox", PV_SCOPE_CODE },
        { "transform", PV_SCOPE_CODE },
        { "integrity", PV_SCOPE_CODE },
        { "nonce", PV_SCOPE_CODE },
    };
    if (a.name_end - a.name > 2 && pv_fold_ascii(s[a.name]) == 'o'
        && pv_fold_ascii(s[a.name + 1]) == 'n')
        return PV_SCOPE_CODE; /* onclick … */
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (is_named(s, a, known[i].name))
            return known[i].scope;
    return PV_SCOPE_ATTRIBUTE;
}

static void write_attributes(struct pv_html *h, size_t from, size_t to)
{
    struct attribute a;
    while (next_attribute(h, &from, to, &a))
        pv_html_value(h, a.value, a.value_end, attribute_scope(h->b->in->bytes, a));
}

static bool keeps_lines(const struct pv_tag *tag)
{
    return tag->kind == PV_TAG_TABLE && tag->scope == PV_SCOPE_CODE;
}

static void leave_innermost(struct pv_html *h)
{
    const struct pv_tag *const tag = &pv_tags[innermost(h)->tag];
    h->counts[tag - pv_tags]--;
    h->open->len -= sizeof(struct pv_open_tag);
    if (keeps_lines(tag))
        h->preformatted--;
}

/* Ends inline elements that were left open: a block ends them. */
static void leave_inline(struct pv_html *h)
{
    for (const struct pv_open_tag *open = innermost(h);
         open && pv_tags[open->tag].kind == PV_TAG_INLINE; open = innermost(h))
        leave_innermost(h);
}

/* Whether the attributes from `at` on, or a style sheet, say that nobody sees the element. A whole
 * page that is hidden waits for a script to show it. */
static bool is_hidden(
    struct pv_html *h, const struct pv_tag *tag, struct pv_span name, size_t at, size_t to)
{
    const char *const s = h->b->in->bytes;
    bool hidden = pv_style_hides_name(&h->hiding, s, 0, name);
    if (strcmp(tag->name, "html") == 0 || strcmp(tag->name, "body") == 0)
        return false;
    struct attribute a;
    while (!hidden && next_attribute(h, &at, to, &a)) {
        const struct pv_span value = { a.value, a.value_end };
        if (is_named(s, a, "style"))
            hidden = pv_style_hides(s + a.value, a.value_end - a.value);
        else if (is_named(s, a, "class") || is_named(s, a, "id"))
            hidden = pv_style_hides_name(&h->hiding, s, is_named(s, a, "id") ? '#' : '.', value);
        else
            hidden = is_named(s, a, "hidden");
    }
    return hidden;
}

/* A block ends a hidden paragraph that was left open, which hides no more than itself. */
static void leave_paragraph(struct pv_html *h)
{
    const struct pv_open_tag *const open = innermost(h);
    if (open && strcmp(pv_tags[open->tag].name, "p") == 0)
        leave_innermost(h);
}

static void enter(struct pv_html *h, const struct pv_tag *tag, bool hidden)
{
    const struct pv_open_tag *const around = innermost(h);
    const bool inside = around && around->hidden;
    const bool twin = h->counts[tag - pv_tags] > 0;
    const unsigned scope = tag->scope == PV_SCOPE_PROSE ? pv_html_scope(h) : tag->scope;
    if (tag->kind == PV_TAG_TABLE)
        pv_build_hold(h->b);
    if ((tag->scope == PV_SCOPE_PROSE && !hidden && !twin) || tag->kind == PV_TAG_RAW)
        return;
    struct pv_open_tag *const open = PV_BUF_PUSH(h->open, struct pv_open_tag);
    if (!open) {
        h->b->failed = true;
        return;
    }
    open->tag = (unsigned char)(tag - pv_tags);
    open->hidden = hidden || inside;
    open->scope = (unsigned char)(open->hidden ? PV_SCOPE_COMMENT : scope);
    h->counts[open->tag]++;
    if (keeps_lines(tag))
        h->preformatted++;
}

static void leave(struct pv_html *h, const struct pv_tag *tag)
{
    if (tag->kind == PV_TAG_TABLE)
        pv_build_release(h->b);
    const size_t index = (size_t)(tag - pv_tags);
    if (h->counts[index] == 0)
        return;
    while (innermost(h)->tag != index)
        leave_innermost(h);
    leave_innermost(h);
}

static bool same_name(const char *s, struct pv_span a, struct pv_span b)
{
    size_t n = 0;
    while (a.start + n < a.end && b.start + n < b.end
           && pv_fold_ascii(s[a.start + n]) == pv_fold_ascii(s[b.start + n]))
        n++;
    return a.start + n == a.end && b.start + n == b.end;
}

/* An opening tag of an inline element waits for its closing one; of too many the first goes. */
static void await_partner(struct pv_html *h, struct pv_named_tag tag)
{
    if (h->unpaired_count == PV_UNPAIRED_MAX)
        memmove(h->unpaired, h->unpaired + 1, --h->unpaired_count * sizeof *h->unpaired);
    h->unpaired[h->unpaired_count++] = tag;
}

/* Whether an inline element shows nothing by itself. Those that HTML does not know are such. */
static bool is_container(const struct pv_tag *tag)
{
    static const char *const names[] = { "bdi", "data", "font", "label", "span", "time" };
    for (size_t i = 0; tag && i < sizeof names / sizeof *names; i++)
        if (strcmp(tag->name, names[i]) == 0)
            return true;
    return !tag;
}

/* Elements that were opened later and not closed are dropped. */
static void find_partner(struct pv_html *h, const struct pv_tag *tag, struct pv_named_tag closing)
{
    size_t i = h->unpaired_count;
    while (i > 0 && !same_name(h->b->in->bytes, h->unpaired[i - 1].name, closing.name))
        i--;
    if (i == 0)
        return;
    pv_build_pair(h->b, h->unpaired[i - 1].tag, closing.tag, is_container(tag));
    h->unpaired_count = i - 1;
}

static void write_element(struct pv_html *h, size_t from, size_t to)
{
    const char *const s = h->b->in->bytes;
    const bool closing = s[from + 1] == '/';
    const size_t name = from + 1 + closing;
    size_t end = name;
    while (end < to && is_name_char(s[end]))
        end++;
    const struct pv_tag *const tag = pv_tag_find(s + name, end - name);
    const int kind = tag ? tag->kind : PV_TAG_INLINE;
    if (kind == PV_TAG_BLOCK || kind == PV_TAG_TABLE) {
        leave_inline(h);
        leave_paragraph(h);
        pv_build_break(h->b);
    }
    const struct pv_named_tag named = { { from, to }, { name, end } };
    if (kind == PV_TAG_INLINE && closing)
        find_partner(h, tag, named);
    else if (kind == PV_TAG_INLINE && s[to - 2] != '/')
        await_partner(h, named);
    if (tag && closing)
        leave(h, tag);
    if (closing)
        return;
    write_attributes(h, end, to);
    h->b->scope = pv_html_scope(h);
    if (kind == PV_TAG_LINE)
        pv_build_gap(h->b, from, to, '\n');
    else if (kind == PV_TAG_GAP)
        pv_build_gap(h->b, from, to, ' ');
    if (tag && kind != PV_TAG_LINE && kind != PV_TAG_GAP && s[to - 2] != '/')
        enter(h, tag, is_hidden(h, tag, named.name, end, to));
}

void pv_html_tag(struct pv_html *h, size_t from, size_t to)
{
    const char *const s = h->b->in->bytes;
    if (s[from + 1] == '?') {
        pv_build_side_begin(h->b, PV_SCOPE_CODE);
        pv_build_text(h->b, from + 2, to - (s[to - 2] == '?' ? 2 : 1));
        pv_build_side_end(h->b);
    } else if (s[from + 1] != '!') {
        write_element(h, from, to);
    } else if (s[from + 2] == '-') {
        pv_build_side_begin(h->b, PV_SCOPE_COMMENT);
        write_decoded(h, from + 4, to - 3 > from + 4 ? to - 3 : from + 4, false);
        pv_build_side_end(h->b);
    } else if (s[from + 2] == '[') { /* <![CDATA[ text ]]> */
        size_t start = from + 3, end = to - 1;
        while (start < end && s[start++] != '[')
            ;
        while (end > start && s[end - 1] == ']')
            end--;
        pv_build_text(h->b, start, end);
    }
}

/* Puts the content of <script> or <style> aside. Returns where it ends. */
static size_t write_raw(struct pv_html *h, const struct pv_tag *tag, size_t from, size_t to)
{
    const char *const s = h->b->in->bytes;
    size_t end = from;
    for (;;) {
        end = find(h, RAW_END, end, to, "</");
        size_t n = 0;
        while (end + 2 + n < to && tag->name[n] && pv_fold_ascii(s[end + 2 + n]) == tag->name[n])
            n++;
        if (end == to || tag->name[n] == '\0')
            break;
        end++;
    }
    if (strcmp(tag->name, "style") == 0)
        pv_style_read(&h->hiding, s, from, end);
    pv_build_side_begin(h->b, PV_SCOPE_CODE);
    pv_build_text(h->b, from, end);
    pv_build_side_end(h->b);
    return end;
}

/* The element of the opening tag at `at` if its content is raw, or NULL. */
static const struct pv_tag *raw_tag(const struct pv_html *h, size_t at, size_t end)
{
    const char *const s = h->b->in->bytes;
    size_t name_end = at + 1;
    while (name_end < end && is_name_char(s[name_end]))
        name_end++;
    const struct pv_tag *const tag = pv_tag_find(s + at + 1, name_end - at - 1);
    return tag && tag->kind == PV_TAG_RAW && s[end - 2] != '/' ? tag : NULL;
}

void pv_html_write(struct pv_html *h, size_t from, size_t to)
{
    const char *const s = h->b->in->bytes;
    while (from < to && !h->b->failed) {
        const size_t end = s[from] == '<' ? pv_html_tag_end(h, from, to) : 0;
        if (end > 0) {
            pv_html_tag(h, from, end);
            const struct pv_tag *const raw = raw_tag(h, from, end);
            from = raw ? write_raw(h, raw, end, to) : end;
        } else if (to - from >= 4 && memcmp(s + from, "<!--", 4) == 0) {
            pv_build_side_begin(h->b, PV_SCOPE_COMMENT); /* never ended: all the rest is unseen */
            write_decoded(h, from + 4, to, false);
            pv_build_side_end(h->b);
            from = to;
        } else {
            from = write_text(h, from, to);
        }
    }
}
