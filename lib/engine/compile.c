/* compile.c: packs and rules. Three rounds over the packs: give every cue and rule its index, so
 * that they may refer to one another in any order; compile cues; compile rules. Then come the
 * profiles (compile_profile.c), which name packs and rules, and what leans on what
 * (compile_links.c). Errors are told as they are met and
 * never stop the round. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/compiler.h"
#include "engine/terms.h"

void pv_compile_error(
    const struct pv_scope_of *s, const void *field, postvet_status status, const char *format, ...)
{
    const struct pv_place place = pv_pack_file_place(s->file, field);
    va_list args;
    va_start(args, format);
    (void)pv_report_verror(
        s->c->report, status, pv_pack_file_name(s->file), place.line, place.column, format, args);
    va_end(args);
}

/* ------------------------------------------------------------------- names */

struct pv_scope_of pv_scope_of_pack(struct pv_compiler *c, size_t index)
{
    const struct pv_pack_file *const file = c->input->packs[index];
    return (struct pv_scope_of){ c, index, file, pv_pack_file_model(file) };
}

/* The matcher of cue `id` of pack `index`, or PV_NONE. */
static uint32_t pv_cue_in(struct pv_compiler *c, size_t index, const char *id)
{
    const struct pv_cues *const cues = &pv_pack_file_model(c->input->packs[index])->cues;
    for (unsigned i = 0; i < cues->count; i++)
        if (strcmp(cues->items[i].id, id) == 0)
            return c->cue_base[index] + i;
    return PV_NONE;
}

size_t pv_pack_called(const struct pv_compiler *c, const char *id, size_t len)
{
    for (size_t i = 0; i < c->input->pack_count; i++) {
        const char *const known = pv_pack_file_model(c->input->packs[i])->id;
        if (strlen(known) == len && memcmp(known, id, len) == 0)
            return i;
    }
    return SIZE_MAX;
}

uint32_t pv_compile_cue(const struct pv_scope_of *s, char *const *field)
{
    const char *const slash = strchr(*field, '/');
    const size_t pack = slash ? pv_pack_called(s->c, *field, (size_t)(slash - *field)) : s->index;
    const uint32_t cue =
        pack == SIZE_MAX ? PV_NONE : pv_cue_in(s->c, pack, slash ? slash + 1 : *field);
    if (cue == PV_NONE)
        pv_compile_error(s, field, POSTVET_ERR_RULE, "No cue is called \"%s\".", *field);
    return cue;
}

uint32_t pv_rule_called(const struct pv_compiler *c, const char *id)
{
    for (size_t p = 0; p < c->input->pack_count; p++) {
        const struct pv_rules *const rules = &pv_pack_file_model(c->input->packs[p])->rules;
        for (unsigned i = 0; i < rules->count; i++)
            if (strcmp(rules->items[i].id, id) == 0)
                return c->rule_base[p] + i;
    }
    return PV_NONE;
}

static const struct pv_profile *pv_profile_with_key(
    const struct pv_compiler *c, const char *key, size_t len)
{
    for (size_t i = 0; i < c->input->profile_count; i++) {
        const struct pv_profile *const p = pv_profile_file_model(c->input->profiles[i]);
        if (p->key && strlen(p->key) == len && memcmp(p->key, key, len) == 0)
            return p;
    }
    return NULL;
}

static bool pv_profile_called(const struct pv_compiler *c, const char *id)
{
    for (size_t i = 0; i < c->input->profile_count; i++)
        if (strcmp(pv_profile_file_model(c->input->profiles[i])->id, id) == 0)
            return true;
    return false;
}

/* The general wording's words for {key}: whether there are any. */
static bool pv_wording_known(const struct pv_compiler *c, const char *key, size_t len)
{
    for (size_t i = 0; i < c->input->profile_count; i++) {
        const struct pv_profile *const p = pv_profile_file_model(c->input->profiles[i]);
        for (unsigned k = 0; !p->key && k < p->wording.count; k++)
            if (strlen(p->wording.items[k].key) == len
                && memcmp(p->wording.items[k].key, key, len) == 0)
                return true;
    }
    return false;
}

/* Tells ids that stand twice: cues, lists and fragments in their pack, packs and rules anywhere. */
static void pv_check_repeats(const struct pv_scope_of *s)
{
    const struct pv_pack *const pack = s->pack;
    for (unsigned i = 0; i < pack->cues.count; i++)
        if (pv_cue_in(s->c, s->index, pack->cues.items[i].id) != s->c->cue_base[s->index] + i)
            pv_compile_error(s, &pack->cues.items[i].id, POSTVET_ERR_RULE,
                "The cue \"%s\" stands twice in this pack.", pack->cues.items[i].id);
    for (unsigned i = 0; i < pack->rules.count; i++)
        if (pv_rule_called(s->c, pack->rules.items[i].id) != s->c->rule_base[s->index] + i)
            pv_compile_error(s, &pack->rules.items[i].id, POSTVET_ERR_RULE,
                "Another rule is called \"%s\" too.", pack->rules.items[i].id);
    for (unsigned i = 0; i < pack->lists.count; i++)
        for (unsigned k = 0; k < i; k++)
            if (strcmp(pack->lists.items[i].id, pack->lists.items[k].id) == 0)
                pv_compile_error(s, &pack->lists.items[i].id, POSTVET_ERR_RULE,
                    "The list \"%s\" stands twice in this pack.", pack->lists.items[i].id);
    for (unsigned i = 0; i < pack->fragments.count; i++)
        for (unsigned k = 0; k < i; k++)
            if (strcmp(pack->fragments.items[i].id, pack->fragments.items[k].id) == 0)
                pv_compile_error(s, &pack->fragments.items[i].id, POSTVET_ERR_RULE,
                    "The fragment \"%s\" stands twice in this pack.", pack->fragments.items[i].id);
    if (pv_pack_called(s->c, pack->id, strlen(pack->id)) != s->index)
        pv_compile_error(
            s, &pack->id, POSTVET_ERR_RULE, "Another pack is called \"%s\" too.", pack->id);
}

/* ------------------------------------------------------------------- rules */

uint32_t pv_severity_of(const char *word)
{
    if (!word)
        return 0;
    return strcmp(word, "error") == 0     ? (uint32_t)POSTVET_ERROR
           : strcmp(word, "warning") == 0 ? (uint32_t)POSTVET_WARNING
           : strcmp(word, "note") == 0    ? (uint32_t)POSTVET_NOTE
                                          : 0;
}

static uint32_t pv_confidence_of(const char *word)
{
    if (!word)
        return 0;
    return strcmp(word, "high") == 0     ? (uint32_t)POSTVET_HIGH
           : strcmp(word, "medium") == 0 ? (uint32_t)POSTVET_MEDIUM
                                         : (uint32_t)POSTVET_LOW;
}

static uint32_t pv_voice_of(const char *word)
{
    return word && strcmp(word, "corporate") == 0 ? POSTVET_CORPORATE : POSTVET_PERSONAL;
}

static uint32_t pv_kind_of(const char *word)
{
    return !word                          ? POSTVET_POST
           : strcmp(word, "profile") == 0 ? POSTVET_PROFILE
           : strcmp(word, "reply") == 0   ? POSTVET_REPLY
                                          : POSTVET_POST;
}

static uint32_t pv_markup_of(const char *word)
{
    return !word                        ? POSTVET_MARKUP_MARKDOWN
           : strcmp(word, "plain") == 0 ? POSTVET_MARKUP_PLAIN
           : strcmp(word, "html") == 0  ? POSTVET_MARKUP_HTML
                                        : POSTVET_MARKUP_MARKDOWN;
}

static void pv_set_window(const char *within, struct pv_image_near *record)
{
    if (strcmp(within, "sentence") == 0) {
        record->unit = PV_NEAR_SENTENCE;
    } else if (strcmp(within, "paragraph") == 0) {
        record->unit = PV_NEAR_PASSAGE;
    } else if (strcmp(within, "document") == 0) {
        record->unit = PV_NEAR_DOCUMENT;
    } else {
        record->unit = PV_NEAR_WORDS;
        record->words = (uint32_t)strtoul(within, NULL, 10);
    }
}

static uint32_t pv_side_of(const char *word)
{
    return !word                         ? PV_SIDE_EITHER
           : strcmp(word, "before") == 0 ? PV_SIDE_BEFORE
           : strcmp(word, "after") == 0  ? PV_SIDE_AFTER
                                         : PV_SIDE_EITHER;
}

/* `anywhere`: all of it may also overlap the finding, as it may where its side is anywhere. */
static struct pv_range pv_compile_nears(
    const struct pv_scope_of *s, const struct pv_nears *nears, bool anywhere)
{
    struct pv_writer *const w = &s->c->writer;
    struct pv_buf records = { 0 };
    for (unsigned i = 0; i < nears->count; i++) {
        const struct pv_near *const near = &nears->items[i];
        struct pv_image_near record = { .matcher = PV_NONE, .rule = PV_NONE };
        if (near->rule) {
            record.rule = pv_rule_called(s->c, near->rule);
            if (record.rule == PV_NONE)
                pv_compile_error(
                    s, &near->rule, POSTVET_ERR_RULE, "No rule is called \"%s\".", near->rule);
        } else {
            record.matcher =
                near->cue ? pv_compile_cue(s, &near->cue) : pv_compile_any(s, &near->any);
        }
        pv_set_window(near->within ? near->within : "sentence", &record);
        record.side = pv_side_of(near->side);
        record.anywhere = anywhere || (near->side && strcmp(near->side, "anywhere") == 0);
        *PV_WRITER_PUSH(w, &records, struct pv_image_near) = record;
    }
    const struct pv_range range = pv_writer_array(w, &records, sizeof(struct pv_image_near));
    pv_buf_release(&records);
    return range;
}

static struct pv_range pv_compile_adjusts(
    const struct pv_scope_of *s, const struct pv_adjusts *adjusts, bool anywhere)
{
    struct pv_writer *const w = &s->c->writer;
    struct pv_buf records = { 0 };
    for (unsigned i = 0; i < adjusts->count; i++) {
        const struct pv_adjust *const a = &adjusts->items[i];
        const struct pv_image_adjust record = {
            .near = pv_compile_nears(s, &a->near, anywhere),
            .unless_near = pv_compile_nears(s, &a->unless_near, anywhere),
            .where = pv_compile_wheres(s, &a->where),
            .words = a->up_to ? (uint32_t)strtoul(a->up_to, NULL, 10) : 0,
            .severity = pv_severity_of(a->severity),
            .confidence = pv_confidence_of(a->confidence),
            .because = pv_writer_string(w, a->because),
        };
        *PV_WRITER_PUSH(w, &records, struct pv_image_adjust) = record;
    }
    const struct pv_range range = pv_writer_array(w, &records, sizeof(struct pv_image_adjust));
    pv_buf_release(&records);
    return range;
}

static struct pv_range pv_compile_yields(
    const struct pv_scope_of *s, const struct pv_strings *names)
{
    struct pv_writer *const w = &s->c->writer;
    struct pv_buf records = { 0 };
    for (unsigned i = 0; i < names->count; i++) {
        const char *const name = names->items[i];
        const size_t pack = pv_pack_called(s->c, name, strlen(name));
        const uint32_t rule = pv_rule_called(s->c, name);
        const struct pv_image_yield record = { pack != SIZE_MAX,
            pack != SIZE_MAX ? (uint32_t)pack : rule };
        if (record.index == PV_NONE)
            pv_compile_error(
                s, &names->items[i], POSTVET_ERR_RULE, "No rule or pack is called \"%s\".", name);
        *PV_WRITER_PUSH(w, &records, struct pv_image_yield) = record;
    }
    const struct pv_range range = pv_writer_array(w, &records, sizeof(struct pv_image_yield));
    pv_buf_release(&records);
    return range;
}

static struct pv_range pv_compile_cites(const struct pv_scope_of *s, const struct pv_strings *cites)
{
    struct pv_writer *const w = &s->c->writer;
    struct pv_buf records = { 0 };
    for (unsigned i = 0; i < cites->count; i++) {
        const char *const cite = cites->items[i];
        const size_t key_len = strcspn(cite, " ");
        if (!pv_profile_with_key(s->c, cite, key_len))
            pv_compile_error(s, &cites->items[i], POSTVET_ERR_RULE,
                "No profile has the key \"%.*s\".", (int)(key_len < 20 ? key_len : 20), cite);
        const pv_ref key = pv_writer_string_len(w, cite, key_len);
        const pv_ref section = pv_writer_string(w, cite + key_len + strspn(cite + key_len, " "));
        struct pv_image_cite *const record = PV_WRITER_PUSH(w, &records, struct pv_image_cite);
        record->key = key;
        record->section = section;
    }
    const struct pv_range range = pv_writer_array(w, &records, sizeof(struct pv_image_cite));
    pv_buf_release(&records);
    return range;
}

/* Whether every [[ of a test has its ]]. */
static bool pv_marks_pair(const char *text)
{
    const char *at = text;
    const char *open;
    while ((open = strstr(at, "[["))) {
        const char *const close = strstr(open, "]]");
        if (!close || close == open + 2)
            return false;
        at = close + 2;
    }
    return strstr(at, "]]") == NULL;
}

static void pv_compile_test_list(const struct pv_scope_of *s, const struct pv_strings *texts,
    bool must_match, const struct pv_setting *setting, struct pv_buf *records)
{
    struct pv_writer *const w = &s->c->writer;
    for (unsigned i = 0; i < texts->count; i++) {
        if (must_match && !pv_marks_pair(texts->items[i]))
            pv_compile_error(s, &texts->items[i], POSTVET_ERR_RULE,
                "The marks [[ and ]] of this test do not pair.");
        const struct pv_image_test record = {
            .text = pv_writer_string(w, texts->items[i]),
            .must_match = must_match,
            .voice = pv_voice_of(setting->voice),
            .kind = pv_kind_of(setting->kind),
            .markup = pv_markup_of(setting->markup),
        };
        *PV_WRITER_PUSH(w, records, struct pv_image_test) = record;
    }
}

static struct pv_range pv_compile_tests(const struct pv_scope_of *s, const struct pv_rule *rule)
{
    struct pv_writer *const w = &s->c->writer;
    struct pv_buf records = { 0 };
    /* The first setting in which the rule applies at all. */
    const struct pv_setting usual = {
        .voice = rule->when.voice.count ? rule->when.voice.items[0] : NULL,
        .kind = rule->when.kind.count ? rule->when.kind.items[0] : NULL,
    };
    pv_compile_test_list(s, &rule->tests.match, true, &usual, &records);
    pv_compile_test_list(s, &rule->tests.no_match, false, &usual, &records);
    for (unsigned i = 0; i < rule->more_tests.count; i++) {
        const struct pv_setting *const setting = &rule->more_tests.items[i];
        pv_compile_test_list(s, &setting->match, true, setting, &records);
        pv_compile_test_list(s, &setting->no_match, false, setting, &records);
    }
    const struct pv_range range = pv_writer_array(w, &records, sizeof(struct pv_image_test));
    pv_buf_release(&records);
    return range;
}

/* Tells each {word} that the general wording does not fill. */
static void pv_check_wording(const struct pv_scope_of *s, char *const *field)
{
    for (const char *open = strchr(*field, '{'); open; open = strchr(open + 1, '{')) {
        const char *const close = strchr(open, '}');
        const size_t len = close ? (size_t)(close - open - 1) : 0;
        if (!close || !pv_wording_known(s->c, open + 1, len))
            pv_compile_error(s, field, POSTVET_ERR_RULE, "No profile has words for {%.*s}.",
                (int)(len < 40 ? len : 40), open + 1);
    }
}

static void pv_compile_when(
    const struct pv_scope_of *s, const struct pv_when *when, struct pv_image_rule *record)
{
    struct pv_writer *const w = &s->c->writer;
    struct pv_buf profiles = { 0 };
    for (unsigned i = 0; i < when->voice.count; i++)
        record->voices |= 1u << pv_voice_of(when->voice.items[i]);
    for (unsigned i = 0; i < when->kind.count; i++)
        record->kinds |= 1u << pv_kind_of(when->kind.items[i]);
    for (unsigned i = 0; i < when->profile.count; i++) {
        if (!pv_profile_called(s->c, when->profile.items[i]))
            pv_compile_error(s, &when->profile.items[i], POSTVET_ERR_RULE,
                "No profile is called \"%s\".", when->profile.items[i]);
        *PV_WRITER_PUSH(w, &profiles, pv_ref) = pv_writer_string(w, when->profile.items[i]);
    }
    if (!record->voices)
        record->voices = ~0u;
    if (!record->kinds)
        record->kinds = ~0u;
    record->profiles = pv_writer_array(w, &profiles, sizeof(pv_ref));
    pv_buf_release(&profiles);
}

static void pv_compile_together(
    const struct pv_scope_of *s, const struct pv_together *together, struct pv_image_rule *record)
{
    record->together = pv_compile_members(s, &together->cues);
    record->at_least = (uint32_t)strtoul(together->at_least, NULL, 10);
    pv_set_window(together->within ? together->within : "paragraph", &record->window);
    record->sentences = together->reach && strcmp(together->reach, "sentence") == 0;
    if (record->at_least > together->cues.count)
        pv_compile_error(s, &together->at_least, POSTVET_ERR_RULE,
            "No more than the %u cues of this rule can stand together.", together->cues.count);
    if (together->cues.count > PV_TOGETHER_MAX)
        pv_compile_error(s, &together->cues, POSTVET_ERR_LIMIT,
            "A rule can put together no more than %u cues.", PV_TOGETHER_MAX);
}

static void pv_compile_rule(const struct pv_scope_of *s, const struct pv_rule *rule)
{
    struct pv_compiler *const c = s->c;
    struct pv_writer *const w = &c->writer;
    struct pv_image_rule record = {
        .id = pv_writer_string(w, rule->id),
        .title = pv_writer_string(w, rule->title),
        .message = pv_writer_string(w, rule->message),
        .advice = pv_writer_string(w, rule->advice),
        .pack = (uint32_t)s->index,
        .severity = pv_severity_of(rule->severity),
        .confidence = pv_confidence_of(rule->confidence),
        .suppressible = rule->suppressible && strcmp(rule->suppressible, "never") == 0
                            ? POSTVET_SUPPRESS_NEVER
                            : POSTVET_SUPPRESS_WITH_REASON,
        .matcher = PV_NONE,
        .own_adjust_only = rule->pack_adjust && strcmp(rule->pack_adjust, "no") == 0,
    };
    if (rule->find) {
        record.matcher = (uint32_t)PV_BUF_COUNT(&c->matchers, struct pv_image_matcher);
        PV_WRITER_PUSH(w, &c->matchers, struct pv_image_matcher)->name = record.id;
        pv_compile_find(s, rule->find, record.matcher, &rule->skip, &rule->only);
    } else if (rule->missing) {
        record.have = pv_compile_members(s, &rule->missing->have);
        record.lack = pv_compile_members(s, &rule->missing->lack);
    } else if (rule->together) {
        pv_compile_together(s, rule->together, &record);
    }
    pv_check_wording(s, &rule->message);
    pv_check_wording(s, &rule->advice);
    pv_compile_when(s, &rule->when, &record);
    /* Such a finding may reach over whole sentences, and over what speaks for or against it. */
    const bool adds_up = rule->together || (rule->find && rule->find->weigh);
    record.near = pv_compile_nears(s, &rule->near, adds_up);
    record.unless_near = pv_compile_nears(s, &rule->unless_near, adds_up);
    record.adjust = pv_compile_adjusts(s, &rule->adjust, adds_up);
    record.yields = pv_compile_yields(s, &rule->yields);
    record.cites = pv_compile_cites(s, &rule->cites);
    record.tests = pv_compile_tests(s, rule);
    *PV_WRITER_PUSH(w, &c->rules, struct pv_image_rule) = record;
}

/* ------------------------------------------------------------------- rounds */

static void pv_compile_cues(const struct pv_scope_of *s)
{
    struct pv_compiler *const c = s->c;
    const struct pv_strings none = { 0 };
    for (unsigned i = 0; i < s->pack->cues.count; i++) {
        const struct pv_cue *const cue = &s->pack->cues.items[i];
        const uint32_t index = c->cue_base[s->index] + i;
        char name[256];
        snprintf(name, sizeof(name), "%s/%s", s->pack->id, cue->id);
        if (!c->writer.nomem) {
            struct pv_image_matcher *const m =
                PV_BUF_ITEMS(&c->matchers, struct pv_image_matcher) + index;
            m->name = pv_writer_string(&c->writer, name);
            m->title = pv_writer_string(&c->writer, cue->title);
        }
        pv_compile_find(s, &cue->find, index, &none, &none);
    }
}

/* Gives cues and rules their indices; false when out of memory. */
static bool pv_number(struct pv_compiler *c)
{
    const size_t count = c->input->pack_count;
    uint32_t cues = 0, rules = 0;
    c->cue_base = calloc(count + 1, sizeof(*c->cue_base));
    c->rule_base = calloc(count + 1, sizeof(*c->rule_base));
    if (!c->cue_base || !c->rule_base)
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct pv_pack *const pack = pv_pack_file_model(c->input->packs[i]);
        c->cue_base[i] = cues;
        c->rule_base[i] = rules;
        cues += pack->cues.count;
        rules += pack->rules.count;
    }
    return !cues || pv_buf_push(&c->matchers, cues * sizeof(struct pv_image_matcher));
}

static void pv_compile_packs(struct pv_compiler *c)
{
    for (size_t i = 0; i < c->input->pack_count; i++) {
        const struct pv_scope_of s = pv_scope_of_pack(c, i);
        pv_check_repeats(&s);
        pv_compile_cues(&s);
    }
    for (size_t i = 0; i < c->input->pack_count; i++) {
        const struct pv_scope_of s = pv_scope_of_pack(c, i);
        const struct pv_image_pack record = { pv_writer_string(&c->writer, s.pack->id),
            pv_writer_string(&c->writer, s.pack->title),
            pv_writer_string(&c->writer, s.pack->version),
            pv_writer_string(&c->writer, s.pack->description),
            pv_compile_nears(&s, &s.pack->unless_near, true),
            pv_compile_adjusts(&s, &s.pack->adjust, true) };
        *PV_WRITER_PUSH(&c->writer, &c->packs, struct pv_image_pack) = record;
        for (unsigned k = 0; k < s.pack->rules.count; k++)
            pv_compile_rule(&s, &s.pack->rules.items[k]);
    }
    for (size_t i = 0; i < c->input->profile_count; i++)
        pv_compile_profile(c, i);
}

static void pv_write_arrays(struct pv_compiler *c)
{
    struct pv_writer *const w = &c->writer;
    struct pv_image *const h = &c->header;
    h->packs = pv_writer_array(w, &c->packs, sizeof(struct pv_image_pack));
    h->rules = pv_writer_array(w, &c->rules, sizeof(struct pv_image_rule));
    h->matchers = pv_writer_array(w, &c->matchers, sizeof(struct pv_image_matcher));
    pv_gates_build(w, &c->gates, &c->patterns, h);
    h->members = pv_writer_array(w, &c->members, sizeof(uint32_t));
    h->patterns = pv_writer_array(w, &c->patterns, sizeof(struct pv_image_pattern));
    h->lists = pv_writer_array(w, &c->lists, sizeof(struct pv_image_list));
    h->profiles = pv_writer_array(w, &c->profiles, sizeof(struct pv_image_profile));
    pv_terms_build(w, &c->terms, h);
    pv_build_weights(c);
}

postvet_status pv_compile(
    const struct pv_compile_input *input, struct pv_report *report, struct pv_buf *image)
{
    struct pv_compiler c = {
        .input = input, .report = report, .gates = { .with_automata = input->automata }
    };
    const size_t errors = report->count;
    postvet_status status = POSTVET_ERR_NOMEM;

    pv_writer_init(&c.writer);
    if (pv_number(&c)) {
        pv_compile_packs(&c);
        if (report->count == errors && !c.writer.nomem)
            pv_check_circles(&c);
        if (report->count == errors && !c.writer.nomem)
            pv_flatten(&c);
        pv_write_arrays(&c);
        if (report->count != errors) {
            status = report->first ? report->first->status : POSTVET_ERR_RULE;
        } else if (pv_writer_finish(&c.writer, &c.header)) {
            *image = c.writer.image;
            c.writer.image = (struct pv_buf){ 0 };
            status = POSTVET_OK;
        }
    }
    if (status == POSTVET_ERR_NOMEM)
        (void)pv_report_nomem(report, NULL);
    struct pv_buf *const arrays[] = { &c.packs, &c.rules, &c.matchers, &c.members, &c.patterns,
        &c.terms, &c.lists, &c.profiles, &c.list_origins, &c.scale_origins, &c.weights,
        &c.weighed };
    for (size_t i = 0; i < sizeof(arrays) / sizeof(arrays[0]); i++)
        pv_buf_release(arrays[i]);
    pv_gate_builder_release(&c.gates);
    pv_arena_release(&c.texts);
    free(c.cue_base);
    free(c.rule_base);
    pv_writer_release(&c.writer);
    return status;
}
