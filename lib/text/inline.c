/* inline.c: what is in a leaf. One pass cuts it into tokens; brackets and delimiters that may yet
 * turn out to be markup are kept on stacks, and resolved by changing their tokens; then the tokens
 * are written in order. After CommonMark's own algorithm, which is linear: a closing bracket pops
 * one opening one, and a search for the opener of an emphasis never looks twice below the place
 * where one of its kind was not found (`bottoms`).
 *
 * Differs from CommonMark where an unrendered post would be misread: an asterisk between two
 * letters masks one ("f*ck"), so it is no emphasis. "~x~" and "==x==" are markup, as chat programs
 * and note takers have them. */
#include "text/markdown.h"

#include <string.h>

#include "text/ascii.h"
#include "text/entities.h"
#include "text/utf8.h"

/* Longer runs of backticks are text. */
#define BACKTICKS_MAX 32

enum token_kind {
    TOKEN_TEXT,
    TOKEN_SKIP,
    TOKEN_BRACKET, /* an opening one that closes nothing yet: text */
    TOKEN_CODE,    /* inner: what is between the backticks */
    TOKEN_ENTITY,
    TOKEN_TAG,
    TOKEN_DELIMITERS, /* left and right of them are markup, the rest is text */
    TOKEN_IMAGE,      /* the opening bracket; its text is put aside */
    TOKEN_IMAGE_END,
    TOKEN_LINK_END
};

/* A struct pv_span that takes less room: there may be a token a byte. */
struct stretch {
    uint32_t start, end;
};

struct token {
    uint32_t start, end;
    uint32_t left, right;         /* of delimiters: how many of them were used */
    struct stretch target, title; /* of links and images */
    uint8_t kind;
};

struct delimiter {
    uint32_t token;
    uint32_t before, after; /* in the list of those that are open; 0 is none */
    uint32_t count;         /* that are left */
    char mark;
    bool opens, closes;
};

struct bracket {
    uint32_t token;
    uint32_t delimiters; /* how many there were before it */
    bool image;
    bool has_inner; /* another bracket opened in it */
};

struct inlines {
    const char *s;
    size_t from, to;
    struct pv_build *b;
    struct pv_text_work *work;
    struct pv_html *html;
    size_t ticks[BACKTICKS_MAX + 1]; /* where the last run of that length starts in the leaf */
    bool ticks_known;
    unsigned in_image;
};

/* -------------------------------------------------------------------- tokens */

static struct stretch stretch_of(struct pv_span span)
{
    return (struct stretch){ (uint32_t)span.start, (uint32_t)span.end };
}

static struct pv_span span_of(struct stretch stretch)
{
    return (struct pv_span){ stretch.start, stretch.end };
}

static struct token *token_at(const struct inlines *p, size_t index)
{
    return &PV_BUF_ITEMS(&p->work->items, struct token)[index];
}

static size_t token_count(const struct inlines *p)
{
    return PV_BUF_COUNT(&p->work->items, struct token);
}

/* Adds a token; text joins text before it. Returns it until the next one is added, or NULL. */
static struct token *add_token(struct inlines *p, size_t start, size_t end, enum token_kind kind)
{
    const size_t count = token_count(p);
    if (kind == TOKEN_TEXT && count > 0) {
        struct token *const last = token_at(p, count - 1);
        if (last->kind == TOKEN_TEXT && last->end == start) {
            last->end = (uint32_t)end;
            return last;
        }
    }
    struct token *const token = PV_BUF_PUSH(&p->work->items, struct token);
    if (!token) {
        p->b->failed = true;
        return NULL;
    }
    token->start = (uint32_t)start;
    token->end = (uint32_t)end;
    token->kind = (uint8_t)kind;
    return token;
}

/* ------------------------------------------------------- code, escapes, entities */

static size_t run_end(const struct inlines *p, size_t at)
{
    size_t end = at;
    while (end < p->to && p->s[end] == p->s[at])
        end++;
    return end;
}

static void find_ticks(struct inlines *p)
{
    memset(p->ticks, 0, sizeof p->ticks);
    p->ticks_known = true;
    for (size_t at = p->from; at < p->to; at++) {
        if (p->s[at] != '`')
            continue;
        const size_t end = run_end(p, at);
        if (end - at <= BACKTICKS_MAX)
            p->ticks[end - at] = at + 1;
        at = end - 1;
    }
}

/* Whether one space at either end of code belongs to its marks: CommonMark 6.1. */
static bool is_padded(const struct inlines *p, size_t from, size_t to)
{
    return to - from >= 2 && pv_is_space(p->s[from]) && pv_is_space(p->s[to - 1]);
}

static size_t read_code(struct inlines *p, size_t at)
{
    const size_t inner = run_end(p, at), len = inner - at;
    if (!p->ticks_known)
        find_ticks(p);
    if (len > BACKTICKS_MAX || p->ticks[len] <= at + 1) {
        add_token(p, at, inner, TOKEN_TEXT);
        return inner;
    }
    for (size_t i = inner; i < p->to; i++) {
        if (p->s[i] != '`')
            continue;
        const size_t end = run_end(p, i);
        if (end - i == len) {
            add_token(p, at, inner, TOKEN_SKIP);
            add_token(p, inner, i, TOKEN_CODE);
            add_token(p, i, end, TOKEN_SKIP);
            const size_t padding = is_padded(p, inner, i);
            pv_build_pair(p->b, (struct pv_span){ at, inner + padding },
                (struct pv_span){ i - padding, end }, false);
            return end;
        }
        i = end - 1;
    }
    add_token(p, at, inner, TOKEN_TEXT); /* not reached: the last run of its length is ahead */
    return inner;
}

static size_t read_escape(struct inlines *p, size_t at)
{
    const bool more = at + 1 < p->to;
    if (more && pv_is_punct(p->s[at + 1])) {
        add_token(p, at, at + 1, TOKEN_SKIP);
        add_token(p, at + 1, at + 2, TOKEN_TEXT);
        return at + 2;
    }
    const bool hard_break = more && p->s[at + 1] == '\n';
    add_token(p, at, at + 1, hard_break ? TOKEN_SKIP : TOKEN_TEXT);
    return at + 1;
}

static size_t read_entity(struct inlines *p, size_t at)
{
    char out[PV_ENTITY_MAX];
    size_t out_len = 0;
    const size_t len = pv_entity_decode(p->s + at, p->to - at, false, out, &out_len);
    add_token(p, at, at + (len ? len : 1), len ? TOKEN_ENTITY : TOKEN_TEXT);
    return at + (len ? len : 1);
}

/* Where the autolink "<scheme:…>" or "<name@host>" at `at` ends, or 0. */
static size_t autolink_end(const struct inlines *p, size_t at)
{
    size_t i = at + 1;
    bool known = false;
    while (i < p->to && p->s[i] != '>' && p->s[i] != '<' && !pv_is_space(p->s[i])) {
        known = known || (p->s[i] == '@' && i > at + 1) || (p->s[i] == ':' && i > at + 2);
        i++;
    }
    return known && i < p->to && p->s[i] == '>' && pv_is_alnum(p->s[at + 1]) ? i + 1 : 0;
}

static size_t read_angle(struct inlines *p, size_t at)
{
    const size_t link = autolink_end(p, at);
    if (link) {
        add_token(p, at, at + 1, TOKEN_SKIP);
        add_token(p, at + 1, link - 1, TOKEN_TEXT);
        add_token(p, link - 1, link, TOKEN_SKIP);
        return link;
    }
    const size_t tag = pv_html_tag_end(p->html, at, p->to);
    add_token(p, at, tag ? tag : at + 1, tag ? TOKEN_TAG : TOKEN_TEXT);
    return tag ? tag : at + 1;
}

/* ------------------------------------------------------------------ delimiters */

static bool is_letter_at(const struct inlines *p, size_t at)
{
    return pv_is_letter(p->s[at]) || pv_is_high(p->s[at]);
}

/* Dashes, quotation marks and the like of General Punctuation, signs of currency, and white space
 * and signs of Latin-1. */
static bool is_high_punct(const struct inlines *p, size_t lead)
{
    const char *const s = p->s + lead;
    return (p->to - lead >= 2 && s[0] == '\xC2')
           || (p->to - lead >= 3 && s[0] == '\xE2' && (s[1] == '\x80' || s[1] == '\x81'))
           || (p->to - lead >= 3 && s[0] == '\xE2' && s[1] == '\x82'
               && (unsigned char)s[2] >= 0xA0);
}

enum side { BLANK, PUNCT, WORD };

static enum side side_of(const struct inlines *p, size_t at)
{
    if (pv_is_space(p->s[at]))
        return BLANK;
    while (at > p->from && pv_utf8_continues(p->s[at]))
        at--;
    return pv_is_punct(p->s[at]) || is_high_punct(p, at) ? PUNCT : WORD;
}

/* Whether a run like the one at `at` stands before the letters that end there, and opens their
 * word:
 * "**un**kind" is half bold, "f**k" is masked. */
static bool is_opened_in_word(const struct inlines *p, size_t at, size_t count)
{
    size_t start = at;
    while (start > p->from && is_letter_at(p, start - 1))
        start--;
    for (size_t i = 1; i <= count; i++)
        if (start - p->from < i || p->s[start - i] != p->s[at])
            return false;
    return start - count == p->from
           || (side_of(p, start - count - 1) != WORD && p->s[start - count - 1] != p->s[at]);
}

/* A run of delimiters, and whether it may open or close: CommonMark 6.2. */
static size_t read_delimiters(struct inlines *p, size_t at)
{
    const char mark = p->s[at];
    const size_t end = run_end(p, at);
    const enum side before = at > p->from ? side_of(p, at - 1) : BLANK;
    const enum side after = end < p->to ? side_of(p, end) : BLANK;
    const bool left = after != BLANK && (after != PUNCT || before != WORD);
    const bool right = before != BLANK && (before != PUNCT || after != WORD);
    const bool masks = mark == '*' && before == WORD && after == WORD && is_letter_at(p, at - 1)
                       && is_letter_at(p, end) && !is_opened_in_word(p, at, end - at);
    const bool fits = mark == '~' ? end - at <= 2 : mark == '=' ? end - at == 2 : true;
    if (masks || !fits || !(left || right)) {
        add_token(p, at, end, TOKEN_TEXT);
        return end;
    }
    struct pv_buf *const all = &p->work->delimiters;
    add_token(p, at, end, TOKEN_DELIMITERS);
    struct delimiter *const d = PV_BUF_PUSH(all, struct delimiter);
    if (!d) {
        p->b->failed = true;
        return end;
    }
    d->token = (uint32_t)(token_count(p) - 1);
    d->count = (uint32_t)(end - at);
    d->mark = mark;
    d->opens = left && (mark != '_' || !right || before == PUNCT);
    d->closes = right && (mark != '_' || !left || after == PUNCT);
    return end;
}

static size_t mark_index(char mark)
{
    return mark == '*' ? 0 : mark == '_' ? 1 : mark == '~' ? 2 : 3;
}

/* Delimiters whose search has failed alike: same mark, opening too or not, same length modulo 3. */
static size_t bottom_index(const struct delimiter *d)
{
    return (mark_index(d->mark) * 2 + d->opens) * 3 + d->count % 3;
}

static bool pairs(const struct delimiter *opener, const struct delimiter *closer)
{
    if (!opener->opens || opener->mark != closer->mark)
        return false;
    if (closer->mark == '~' || closer->mark == '=')
        return opener->count == closer->count;
    const bool both = (opener->closes || closer->opens);
    return !both || (opener->count + closer->count) % 3 != 0
           || (opener->count % 3 == 0 && closer->count % 3 == 0);
}

static void unlink_delimiter(struct delimiter *all, uint32_t index)
{
    struct delimiter *const d = &all[index];
    all[d->before].after = d->after;
    all[d->after].before = d->before;
}

/* Uses up what two runs have in common. */
static void pair_up(
    const struct inlines *p, struct delimiter *all, uint32_t opener, uint32_t closer)
{
    struct delimiter *const o = &all[opener], *const c = &all[closer];
    const bool whole = c->mark == '~' || c->mark == '=';
    const uint32_t used = whole ? c->count : o->count >= 2 && c->count >= 2 ? 2 : 1;
    o->count -= used;
    c->count -= used;
    struct token *const left = token_at(p, o->token), *const right = token_at(p, c->token);
    left->right += used;
    right->left += used;
    const size_t open = left->end - left->right, close_end = right->start + right->left;
    pv_build_pair(p->b, (struct pv_span){ open, open + used },
        (struct pv_span){ close_end - used, close_end }, false);
    o->after = closer; /* what is between them stays text */
    c->before = opener;
    if (o->count == 0)
        unlink_delimiter(all, opener);
}

/* Entry 0 of the list is its head and tail. */
static void resolve_delimiters(struct inlines *p)
{
    struct delimiter *const all = PV_BUF_ITEMS(&p->work->delimiters, struct delimiter);
    const uint32_t count = (uint32_t)PV_BUF_COUNT(&p->work->delimiters, struct delimiter);
    uint32_t bottoms[24] = { 0 };
    for (uint32_t i = 0; i < count; i++) {
        all[i].before = i ? i - 1 : count - 1;
        all[i].after = i + 1 < count ? i + 1 : 0;
    }
    for (uint32_t closer = count ? all[0].after : 0; closer != 0;) {
        struct delimiter *const c = &all[closer];
        if (!c->closes) {
            closer = c->after;
            continue;
        }
        uint32_t *const bottom = &bottoms[bottom_index(c)];
        uint32_t opener = c->before;
        while (opener > *bottom && !pairs(&all[opener], c))
            opener = all[opener].before;
        if (opener > *bottom) {
            pair_up(p, all, opener, closer);
        } else {
            *bottom = c->before;
            if (!c->opens)
                unlink_delimiter(all, closer);
            closer = c->after;
            continue;
        }
        if (c->count == 0) {
            unlink_delimiter(all, closer);
            closer = c->after;
        }
    }
}

/* -------------------------------------------------------------------- brackets */

static size_t open_bracket(struct inlines *p, size_t at, bool image)
{
    struct pv_buf *const brackets = &p->work->brackets;
    const size_t count = PV_BUF_COUNT(brackets, struct bracket);
    if (count > 0)
        PV_BUF_ITEMS(brackets, struct bracket)[count - 1].has_inner = true;
    const size_t end = at + (image ? 2 : 1);
    add_token(p, at, end, TOKEN_BRACKET);
    struct bracket *const bracket = PV_BUF_PUSH(brackets, struct bracket);
    if (!bracket) {
        p->b->failed = true;
        return end;
    }
    bracket->token = (uint32_t)(token_count(p) - 1);
    bracket->delimiters = (uint32_t)PV_BUF_COUNT(&p->work->delimiters, struct delimiter);
    bracket->image = image;
    return end;
}

/* What follows the text of a link: "(target)", "[label]", or nothing when its text is a label. */
static bool read_link_tail(
    struct inlines *p, const struct bracket *open, size_t at, struct pv_link_parts *parts)
{
    const char *const s = p->s;
    *parts = (struct pv_link_parts){ .end = at + 1 };
    if (at + 1 < p->to && s[at + 1] == '(' && pv_link_parts_read(s, at + 2, p->to, parts)) {
        while (parts->end < p->to && pv_is_space(s[parts->end]))
            parts->end++;
        if (parts->end < p->to && s[parts->end] == ')') {
            parts->end++;
            return true;
        }
    }
    *parts = (struct pv_link_parts){ .end = at + 1 };
    if (p->work->labels.len == 0)
        return false;
    if (at + 1 < p->to && s[at + 1] == '[') {
        size_t end = at + 2;
        while (end < p->to && end - at < 1001 && s[end] != ']' && s[end] != '[')
            end += s[end] == '\\' ? 2 : 1;
        if (end < p->to && s[end] == ']'
            && pv_labels_have(&p->work->labels, s + at + 2, end - at - 2)) {
            parts->end = end + 1;
            return true;
        }
    }
    const size_t text = token_at(p, open->token)->end;
    if (open->has_inner || !pv_labels_have(&p->work->labels, s + text, at - text))
        return false;
    if (at + 2 < p->to && s[at + 1] == '[' && s[at + 2] == ']')
        parts->end = at + 3;
    return true;
}

/* "[^label]": a reference that is shown as a small number. All of it goes. */
static void drop_reference(struct inlines *p, const struct bracket *open, size_t end)
{
    token_at(p, open->token)->end = (uint32_t)end;
    token_at(p, open->token)->kind = TOKEN_SKIP;
    p->work->items.len = (open->token + 1) * sizeof(struct token);
    p->work->delimiters.len = open->delimiters * sizeof(struct delimiter);
}

static size_t close_bracket(struct inlines *p, size_t at)
{
    struct pv_buf *const brackets = &p->work->brackets;
    const size_t count = PV_BUF_COUNT(brackets, struct bracket);
    struct pv_link_parts parts;
    if (count == 0) {
        add_token(p, at, at + 1, TOKEN_TEXT);
        return at + 1;
    }
    const struct bracket open = PV_BUF_ITEMS(brackets, struct bracket)[count - 1];
    brackets->len -= sizeof open;
    const size_t text = token_at(p, open.token)->end;
    if (!read_link_tail(p, &open, at, &parts)) {
        add_token(p, at, at + 1, TOKEN_TEXT);
        return at + 1;
    }
    if (p->s[text] == '^' && !open.image && parts.target.start == parts.target.end) {
        drop_reference(p, &open, at + 1);
        return at + 1;
    }
    token_at(p, open.token)->kind = open.image ? TOKEN_IMAGE : TOKEN_SKIP;
    if (!open.image)
        pv_build_pair(
            p->b, (struct pv_span){ text - 1, text }, (struct pv_span){ at, parts.end }, false);
    struct token *const token =
        add_token(p, at, parts.end, open.image ? TOKEN_IMAGE_END : TOKEN_LINK_END);
    if (token) {
        token->target = stretch_of(parts.target);
        token->title = stretch_of(parts.title);
    }
    return parts.end;
}

/* --------------------------------------------------------------------- cutting */

static bool is_special(char c)
{
    switch (c) {
    case '\\':
    case '`':
    case '&':
    case '<':
    case '*':
    case '_':
    case '~':
    case '=':
    case '!':
    case '[':
    case ']':
        return true;
    default:
        return false;
    }
}

static size_t read_token(struct inlines *p, size_t at)
{
    switch (p->s[at]) {
    case '\\':
        return read_escape(p, at);
    case '`':
        return read_code(p, at);
    case '&':
        return read_entity(p, at);
    case '<':
        return read_angle(p, at);
    case '*':
    case '_':
    case '~':
    case '=':
        return read_delimiters(p, at);
    case '[':
        return open_bracket(p, at, false);
    case ']':
        return close_bracket(p, at);
    case '!':
        if (at + 1 < p->to && p->s[at + 1] == '[')
            return open_bracket(p, at, true);
        break;
    default:
        break;
    }
    size_t end = at + 1;
    while (end < p->to && !is_special(p->s[end]))
        end++;
    add_token(p, at, end, TOKEN_TEXT);
    return end;
}

/* --------------------------------------------------------------------- writing */

static void write_value(struct inlines *p, struct pv_span value, enum pv_scope scope)
{
    pv_html_value(p->html, value.start, value.end, scope);
    if (p->in_image) /* back to the text of the image that this is in */
        pv_build_side_begin(p->b, PV_SCOPE_ALT_TEXT);
}

/* Text; where something between two spaces was left out, the second goes too. */
static void write_plain(struct inlines *p, size_t from, size_t to)
{
    const struct pv_layer *const out = p->b->out;
    if (out->open && out->bytes.data[out->bytes.len - 1] == ' ')
        while (from < to && p->s[from] == ' ')
            from++;
    pv_build_text(p->b, from, to);
}

static void write_code(struct inlines *p, const struct token *t)
{
    size_t from = t->start, to = t->end;
    if (is_padded(p, from, to)) {
        from++;
        to--;
    }
    const enum pv_scope scope = p->b->scope;
    if (!p->in_image)
        p->b->scope = PV_SCOPE_CODE;
    pv_build_text(p->b, from, to);
    p->b->scope = scope;
}

static void write_entity(struct inlines *p, const struct token *t)
{
    char out[PV_ENTITY_MAX];
    size_t out_len = 0;
    pv_entity_decode(p->s + t->start, t->end - t->start, false, out, &out_len);
    pv_build_as(p->b, t->start, t->end, out, out_len);
}

static void write_token(struct inlines *p, const struct token *t)
{
    if (!p->in_image)
        p->b->scope = pv_html_scope(p->html);
    switch ((enum token_kind)t->kind) {
    case TOKEN_SKIP:
        break;
    case TOKEN_TEXT:
    case TOKEN_BRACKET:
        write_plain(p, t->start, t->end);
        break;
    case TOKEN_DELIMITERS:
        pv_build_text(p->b, t->start + t->left, t->end - t->right);
        break;
    case TOKEN_CODE:
        write_code(p, t);
        break;
    case TOKEN_ENTITY:
        write_entity(p, t);
        break;
    case TOKEN_TAG:
        if (!p->in_image)
            pv_html_tag(p->html, t->start, t->end);
        break;
    case TOKEN_IMAGE:
        p->in_image++;
        pv_build_side_begin(p->b, PV_SCOPE_ALT_TEXT);
        break;
    case TOKEN_IMAGE_END:
        if (--p->in_image == 0)
            pv_build_side_end(p->b);
        write_value(p, span_of(t->target), PV_SCOPE_URL);
        write_value(p, span_of(t->title), PV_SCOPE_LINK_TITLE);
        break;
    case TOKEN_LINK_END:
        write_value(p, span_of(t->target), PV_SCOPE_URL);
        write_value(p, span_of(t->title), PV_SCOPE_LINK_TITLE);
        break;
    }
}

static void write_text(struct inlines *p)
{
    pv_buf_clear(&p->work->items);
    pv_buf_clear(&p->work->delimiters);
    pv_buf_clear(&p->work->brackets);
    p->ticks_known = false;
    if (!PV_BUF_PUSH(&p->work->delimiters, struct delimiter)) /* the list's head */
        p->b->failed = true;
    for (size_t at = p->from; at < p->to && !p->b->failed;)
        at = read_token(p, at);
    if (p->b->failed)
        return;
    resolve_delimiters(p);
    for (size_t i = 0; i < token_count(p) && !p->b->failed; i++)
        write_token(p, token_at(p, i));
}

/* Enters the passage of a group, and leaves the one before. */
static void change_group(struct pv_build *b, uint32_t *group, uint32_t next)
{
    if (*group == next)
        return;
    if (*group)
        pv_build_release(b);
    if (next)
        pv_build_hold(b);
    *group = next;
}

void pv_inline_write(struct pv_build *b, struct pv_text_work *work)
{
    struct pv_html html;
    pv_html_start(&html, b, &work->tags, false);
    struct inlines p = { .s = b->in->bytes, .b = b, .work = work, .html = &html };
    uint32_t group = 0;
    for (size_t i = 0; i < PV_BUF_COUNT(&work->leaves, struct pv_leaf) && !b->failed; i++) {
        const struct pv_leaf leaf = PV_BUF_ITEMS(&work->leaves, const struct pv_leaf)[i];
        p.from = leaf.start;
        p.to = leaf.end;
        html.base = (enum pv_scope)leaf.scope;
        b->scope = pv_html_scope(&html);
        if (leaf.kind == PV_LEAF_SIDE) {
            pv_html_value(&html, p.from, p.to, (enum pv_scope)leaf.scope);
            continue;
        }
        change_group(b, &group, leaf.group);
        if (leaf.kind == PV_LEAF_TEXT)
            write_text(&p);
        else if (leaf.kind == PV_LEAF_HTML)
            pv_html_write(&html, p.from, p.to);
        else
            pv_build_text(b, p.from, p.to);
        pv_build_break(b);
    }
    change_group(b, &group, 0);
}
