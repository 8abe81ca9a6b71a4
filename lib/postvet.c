/* postvet.c: the public functions. Each checks its arguments, calls the room that does the work,
 * and sees that what was begun is either handed over or freed. */
#include <postvet/postvet.h>

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/limit.h"
#include "config/apply.h"
#include "copy.h"
#include "engine/embedded.h"
#include "engine/lint.h"
#include "engine/load.h"
#include "engine/ruleset.h"
#include "engine/scanner.h"
#include "engine/selftest.h"
#include "report/allow.h"
#include "report/baseline.h"
#include "report/result.h"
#include "report/view.h"
#include "scan.h"
#include "text/position.h"

/* ------------------------------------------------------------------- names */

const char *postvet_version(void)
{
    return POSTVET_VERSION;
}

const char *postvet_severity_name(postvet_severity severity)
{
    return severity == POSTVET_ERROR     ? "error"
           : severity == POSTVET_WARNING ? "warning"
           : severity == POSTVET_NOTE    ? "note"
                                         : NULL;
}

const char *postvet_confidence_name(postvet_confidence confidence)
{
    return confidence == POSTVET_HIGH     ? "high"
           : confidence == POSTVET_MEDIUM ? "medium"
           : confidence == POSTVET_LOW    ? "low"
                                          : NULL;
}

const char *postvet_verdict_name(postvet_verdict verdict)
{
    return verdict == POSTVET_CLEAR        ? "clear"
           : verdict == POSTVET_INCOMPLETE ? "incomplete"
           : verdict == POSTVET_REVIEW     ? "review"
           : verdict == POSTVET_BLOCK      ? "block"
                                           : NULL;
}

/* ---------------------------------------------------------------- rulesets */

static const struct pv_image *pv_embedded(void)
{
    return (const struct pv_image *)(const void *)pv_embedded_image;
}

/* Whether the options ask for nothing that the embedded image does not hold already. */
static bool pv_is_default(const postvet_ruleset_options *o)
{
    return !o->without_default_packs && !o->pack_file_count && !o->pack_count && !o->profile_file
           && pv_has_embedded_image();
}

static postvet_status pv_check_ruleset_options(const postvet_ruleset_options *o, postvet_error *err)
{
    if (o->version != POSTVET_RULESET_OPTIONS_VERSION)
        return pv_error_set(err, POSTVET_ERR_ARGUMENT, NULL, 0, 0,
            "The ruleset options have a version that this library does not know.");
    if (o->profile && o->profile_file)
        return pv_error_set(err, POSTVET_ERR_ARGUMENT, NULL, 0, 0,
            "Only one of profile and profile_file can be given.");
    return POSTVET_OK;
}

/* The id of the profile in force: that of a profile file is known once it has been compiled, as
 * the last profile of the image. */
static const char *pv_profile_in_force(
    const postvet_ruleset_options *o, const struct pv_image *image)
{
    if (!o->profile_file)
        return o->profile;
    const struct pv_image_profile *const last =
        PV_IMAGE_ITEM(image, struct pv_image_profile, image->profiles, image->profiles.count - 1);
    return pv_image_string(image, last->id);
}

postvet_status postvet_ruleset_new(
    const postvet_ruleset_options *options, postvet_ruleset **out, postvet_error *err)
{
    const postvet_ruleset_options defaults = POSTVET_RULESET_OPTIONS_INIT;
    const postvet_ruleset_options *const o = options ? options : &defaults;
    struct pv_report report = { .fn = o->on_error, .user = o->user, .first = err };
    postvet_status status = pv_check_ruleset_options(o, err);
    if (status != POSTVET_OK)
        return status;

    postvet_ruleset *const ruleset = calloc(1, sizeof(*ruleset));
    if (!ruleset)
        return pv_report_nomem(&report, NULL);
    if (pv_is_default(o)) {
        ruleset->image = pv_embedded();
    } else {
        status = pv_load(o, &report, &ruleset->owned);
        ruleset->image = (const struct pv_image *)(const void *)ruleset->owned.data;
    }
    if (status == POSTVET_OK)
        status = pv_ruleset_word(ruleset, pv_profile_in_force(o, ruleset->image), &report);
    if (status == POSTVET_OK && o->config)
        status = pv_config_apply(o->config, o, pv_embedded(), ruleset, &report);
    if (status == POSTVET_OK)
        ruleset->codes = pv_codes_new(ruleset->image);
    if (status == POSTVET_OK && !ruleset->codes)
        status = pv_report_nomem(&report, NULL);
    if (status != POSTVET_OK) {
        postvet_ruleset_free(ruleset);
        return status;
    }
    *out = ruleset;
    return POSTVET_OK;
}

void postvet_ruleset_free(postvet_ruleset *ruleset)
{
    if (!ruleset)
        return;
    pv_codes_free(ruleset->codes);
    pv_arena_release(&ruleset->arena);
    pv_buf_release(&ruleset->owned);
    free(ruleset);
}

size_t postvet_ruleset_pack_count(const postvet_ruleset *ruleset)
{
    return ruleset->image->packs.count;
}

const postvet_pack_info *postvet_ruleset_pack_at(const postvet_ruleset *ruleset, size_t index)
{
    return index < ruleset->image->packs.count ? &ruleset->packs[index] : NULL;
}

size_t postvet_ruleset_rule_count(const postvet_ruleset *ruleset)
{
    return ruleset->image->rules.count;
}

const postvet_rule_info *postvet_ruleset_rule_at(const postvet_ruleset *ruleset, size_t index)
{
    return index < ruleset->image->rules.count ? &ruleset->rules[index] : NULL;
}

const postvet_rule_info *postvet_ruleset_rule(const postvet_ruleset *ruleset, const char *id)
{
    for (size_t i = 0; i < ruleset->image->rules.count; i++)
        if (strcmp(ruleset->rules[i].id, id) == 0)
            return &ruleset->rules[i];
    return NULL;
}

const char *postvet_ruleset_profile(const postvet_ruleset *ruleset)
{
    return ruleset->profile ? pv_image_string(ruleset->image, ruleset->profile->id) : "";
}

/* Trust number `index` of the embedded image; the general wording is none. */
static const struct pv_image_profile *pv_trust_at(size_t index)
{
    const struct pv_image *const image = pv_embedded();
    for (uint32_t i = 0; pv_has_embedded_image() && i < image->profiles.count; i++) {
        const struct pv_image_profile *const p =
            PV_IMAGE_ITEM(image, struct pv_image_profile, image->profiles, i);
        if (p->key && index-- == 0)
            return p;
    }
    return NULL;
}

size_t postvet_profile_count(void)
{
    size_t count = 0;
    while (pv_trust_at(count))
        count++;
    return count;
}

const char *postvet_profile_name(size_t index)
{
    const struct pv_image_profile *const trust = pv_trust_at(index);
    return trust ? pv_image_string(pv_embedded(), trust->id) : NULL;
}

const char *postvet_profile_title(size_t index)
{
    const struct pv_image_profile *const trust = pv_trust_at(index);
    return trust ? pv_image_string(pv_embedded(), trust->title) : NULL;
}

postvet_status postvet_ruleset_test(const postvet_ruleset *ruleset, postvet_test_fn *on_failure,
    void *user, size_t *run, size_t *failed, postvet_error *err)
{
    size_t ran = 0, wrong = 0;
    if (!pv_selftest(ruleset, on_failure, user, &ran, &wrong))
        return pv_error_nomem(err, NULL);
    if (run)
        *run = ran;
    if (failed)
        *failed = wrong;
    return POSTVET_OK;
}

postvet_status postvet_ruleset_lint(const postvet_ruleset *ruleset, postvet_lint_fn *on_warning,
    void *user, size_t *count, postvet_error *err)
{
    size_t warnings = 0;
    if (!pv_lint(ruleset, on_warning, user, &warnings))
        return pv_error_nomem(err, NULL);
    if (count)
        *count = warnings;
    return POSTVET_OK;
}

/* ------------------------------------------------------------ suppressions */

postvet_status postvet_allowlist_new(const postvet_ruleset *ruleset, const postvet_source *source,
    postvet_error_fn *on_error, void *user, postvet_allowlist **out, postvet_error *err)
{
    struct pv_report report = { .fn = on_error, .user = user, .first = err };
    const struct pv_rule_names names = pv_rule_names_of(ruleset);
    postvet_allowlist *const list = calloc(1, sizeof(*list));
    const postvet_status status =
        list ? pv_allowlist_read(list, source, &names, &report) : pv_report_nomem(&report, NULL);
    if (status != POSTVET_OK) {
        postvet_allowlist_free(list);
        return status;
    }
    *out = list;
    return POSTVET_OK;
}

void postvet_allowlist_free(postvet_allowlist *list)
{
    if (!list)
        return;
    pv_buf_release(&list->entries);
    pv_arena_release(&list->arena);
    free(list);
}

/* --------------------------------------------------------------- baselines */

postvet_status postvet_baseline_new(const postvet_source *source, postvet_error_fn *on_error,
    void *user, postvet_baseline **out, postvet_error *err)
{
    struct pv_report report = { .fn = on_error, .user = user, .first = err };
    postvet_baseline *const baseline = calloc(1, sizeof(*baseline));
    const postvet_status status =
        baseline ? pv_baseline_read(baseline, source, &report) : pv_report_nomem(&report, NULL);
    if (status != POSTVET_OK) {
        postvet_baseline_free(baseline);
        return status;
    }
    *out = baseline;
    return POSTVET_OK;
}

void postvet_baseline_free(postvet_baseline *baseline)
{
    if (!baseline)
        return;
    pv_buf_release(&baseline->entries);
    pv_arena_release(&baseline->arena);
    free(baseline);
}

size_t postvet_baseline_count(const postvet_baseline *baseline)
{
    return PV_BUF_COUNT(&baseline->entries, struct pv_baseline_entry);
}

const postvet_baseline_entry *postvet_baseline_at(const postvet_baseline *baseline, size_t index)
{
    return index < postvet_baseline_count(baseline)
               ? &PV_BUF_ITEMS(&baseline->entries, const struct pv_baseline_entry)[index].told
               : NULL;
}

postvet_status postvet_baseline_line(
    const postvet_baseline_entry *entry, char *buf, size_t size, size_t *len, postvet_error *err)
{
    struct pv_buf line = { 0 };
    if (!pv_baseline_write(entry, &line)) {
        pv_buf_release(&line);
        return pv_error_nomem(err, NULL);
    }
    if (len)
        *len = line.len;
    if (size) {
        const size_t fits = line.len < size ? line.len : size - 1;
        memcpy(buf, line.data, fits);
        buf[fits] = '\0';
    }
    pv_buf_release(&line);
    return POSTVET_OK;
}

/* ----------------------------------------------------------- configuration */

postvet_status postvet_config_file_new(const postvet_source *source, const char *directory,
    postvet_error_fn *on_error, void *user, postvet_config_file **out, postvet_error *err)
{
    struct pv_report report = { .fn = on_error, .user = user, .first = err };
    postvet_config_file *const file = calloc(1, sizeof(*file));
    const postvet_status status = file ? pv_config_file_read(file, source, directory, &report)
                                       : pv_report_nomem(&report, NULL);
    if (status != POSTVET_OK) {
        postvet_config_file_free(file);
        return status;
    }
    *out = file;
    return POSTVET_OK;
}

void postvet_config_file_free(postvet_config_file *file)
{
    if (!file)
        return;
    pv_config_file_release(file);
    free(file);
}

const postvet_setting *postvet_config_file_extends(const postvet_config_file *file)
{
    return file->extends.value ? &file->extends : NULL;
}

static postvet_status pv_make_config(
    const postvet_config_options *options, struct pv_report *report, struct postvet_config *config)
{
    const size_t count = postvet_profile_count();
    const char **const names = calloc(count + 1, sizeof(*names));
    if (!names)
        return pv_report_nomem(report, NULL);
    for (size_t i = 0; i < count; i++)
        names[i] = postvet_profile_name(i);
    const struct pv_profile_names profiles = { names, count };
    const postvet_status status = pv_config_make(config, options, &profiles, report);
    free(names);
    return status;
}

postvet_status postvet_config_new(
    const postvet_config_options *options, postvet_config **out, postvet_error *err)
{
    const postvet_config_options defaults = POSTVET_CONFIG_OPTIONS_INIT;
    const postvet_config_options *const o = options ? options : &defaults;
    struct pv_report report = { .fn = o->on_error, .user = o->user, .first = err };
    if (o->version != POSTVET_CONFIG_OPTIONS_VERSION)
        return pv_error_set(err, POSTVET_ERR_ARGUMENT, NULL, 0, 0,
            "The configuration options have a version that this library does not know.");
    postvet_config *const config = calloc(1, sizeof(*config));
    const postvet_status status =
        config ? pv_make_config(o, &report, config) : pv_report_nomem(&report, NULL);
    if (status != POSTVET_OK) {
        postvet_config_free(config);
        return status;
    }
    *out = config;
    return POSTVET_OK;
}

void postvet_config_free(postvet_config *config)
{
    if (!config)
        return;
    pv_config_release(config);
    free(config);
}

void postvet_config_ruleset_options(const postvet_config *config, postvet_ruleset_options *options)
{
    options->config = config;
    if (config->profile) {
        const bool is_file = pv_path_is_file(config->profile);
        options->profile = is_file ? NULL : config->profile;
        options->profile_file = is_file ? config->profile : NULL;
    }
    if (config->packs.len) {
        options->pack_files = PV_BUF_ITEMS(&config->packs, const char *const);
        options->pack_file_count = PV_BUF_COUNT(&config->packs, const char *);
    }
}

void postvet_config_scan_options(const postvet_config *config, postvet_scan_options *options)
{
    if (config->voice >= 0)
        options->voice = (postvet_voice)config->voice;
    if (config->kind >= 0)
        options->kind = (postvet_kind)config->kind;
}

postvet_severity postvet_config_fail_on(const postvet_config *config)
{
    return config->fail_on ? config->fail_on : POSTVET_ERROR;
}

const postvet_setting *postvet_config_excludes(const postvet_config *config, const char *path)
{
    const struct pv_exclusion *const items =
        PV_BUF_ITEMS(&config->exclusions, const struct pv_exclusion);
    for (size_t i = 0; i < PV_BUF_COUNT(&config->exclusions, struct pv_exclusion); i++)
        if (pv_path_pattern_matches(items[i].pattern, path))
            return &items[i].told;
    return NULL;
}

const postvet_setting *postvet_config_lock(const postvet_config *config)
{
    const size_t count = postvet_config_setting_count(config);
    const postvet_setting *const last =
        config->locks.len ? postvet_config_setting_at(config, count - 1) : NULL;
    return last ? last - (PV_BUF_COUNT(&config->locks, struct pv_lock) - 1) : NULL;
}

size_t postvet_config_setting_count(const postvet_config *config)
{
    return PV_BUF_COUNT(&config->settings, postvet_setting);
}

const postvet_setting *postvet_config_setting_at(const postvet_config *config, size_t index)
{
    return index < postvet_config_setting_count(config)
               ? &PV_BUF_ITEMS(&config->settings, const postvet_setting)[index]
               : NULL;
}

/* ---------------------------------------------------------------- scanning */

postvet_status postvet_scanner_new(
    const postvet_ruleset *ruleset, postvet_scanner **out, postvet_error *err)
{
    postvet_scanner *const scanner = malloc(sizeof(*scanner));
    if (!scanner)
        return pv_error_nomem(err, NULL);
    if (!pv_scanner_init(scanner, ruleset)) {
        postvet_scanner_free(scanner);
        return pv_error_nomem(err, NULL);
    }
    *out = scanner;
    return POSTVET_OK;
}

void postvet_scanner_free(postvet_scanner *scanner)
{
    if (!scanner)
        return;
    pv_scanner_release(scanner);
    free(scanner);
}

static postvet_status pv_check_scan_options(
    const postvet_scan_options *o, size_t len, postvet_error *err)
{
    if (o->version != POSTVET_SCAN_OPTIONS_VERSION)
        return pv_error_set(err, POSTVET_ERR_ARGUMENT, NULL, 0, 0,
            "The scan options have a version that this library does not know.");
    if ((unsigned)o->voice > POSTVET_CORPORATE || (unsigned)o->kind > POSTVET_REPLY
        || (unsigned)o->markup > POSTVET_MARKUP_HTML)
        return pv_error_set(err, POSTVET_ERR_ARGUMENT, NULL, 0, 0,
            "A scan option has a value that this library does not know.");
    for (size_t i = 0; o->changed && i < o->changed_count; i++)
        if (o->changed[i].first <= (i ? o->changed[i - 1].last : 0)
            || o->changed[i].last < o->changed[i].first)
            return pv_error_set(err, POSTVET_ERR_ARGUMENT, NULL, 0, 0,
                "The lines that have changed are not in order.");
    const size_t text_max = pv_limit(o->text_max, POSTVET_TEXT_MAX);
    if (len > text_max)
        return pv_error_set(err, POSTVET_ERR_LIMIT, o->file_name, 0, 0,
            "The draft is longer than %zu bytes.", text_max);
    return POSTVET_OK;
}

postvet_status postvet_scan(postvet_scanner *scanner, const char *text, size_t len,
    const postvet_scan_options *options, postvet_result **out, postvet_error *err)
{
    const postvet_scan_options defaults = POSTVET_SCAN_OPTIONS_INIT;
    const postvet_scan_options *const o = options ? options : &defaults;
    const postvet_status status = pv_check_scan_options(o, len, err);
    if (status != POSTVET_OK)
        return status;
    postvet_result *const result = pv_scan(scanner, text, len, o);
    if (!result)
        return pv_error_nomem(err, o->file_name);
    *out = result;
    return POSTVET_OK;
}

/* ----------------------------------------------------------------- results */

void postvet_result_free(postvet_result *result)
{
    pv_result_free(result);
}

size_t postvet_result_count(const postvet_result *result)
{
    return PV_BUF_COUNT(&result->findings, postvet_finding);
}

const postvet_finding *postvet_result_at(const postvet_result *result, size_t index)
{
    return index < postvet_result_count(result)
               ? &PV_BUF_ITEMS(&result->findings, const postvet_finding)[index]
               : NULL;
}

postvet_verdict postvet_result_verdict(const postvet_result *result)
{
    postvet_severity worst = POSTVET_NOTE;
    for (size_t i = 0; i < postvet_result_count(result); i++)
        if (postvet_result_at(result, i)->severity > worst)
            worst = postvet_result_at(result, i)->severity;
    if (worst != POSTVET_NOTE)
        return worst == POSTVET_ERROR ? POSTVET_BLOCK : POSTVET_REVIEW;
    return postvet_result_complete(result) ? POSTVET_CLEAR : POSTVET_INCOMPLETE;
}

size_t postvet_result_elsewhere_count(const postvet_result *result)
{
    return result->elsewhere;
}

bool postvet_result_complete(const postvet_result *result)
{
    return result->incomplete.len == 0;
}

size_t postvet_result_incomplete_count(const postvet_result *result)
{
    return PV_BUF_COUNT(&result->incomplete, const char *);
}

const char *postvet_result_incomplete_at(const postvet_result *result, size_t index)
{
    return index < postvet_result_incomplete_count(result)
               ? PV_BUF_ITEMS(&result->incomplete, const char *)[index]
               : NULL;
}

size_t postvet_result_suppressed_count(const postvet_result *result)
{
    return PV_BUF_COUNT(&result->suppressed, struct pv_set_aside);
}

const postvet_suppression *postvet_result_suppressed_at(const postvet_result *result, size_t index)
{
    return index < postvet_result_suppressed_count(result)
               ? &PV_BUF_ITEMS(&result->suppressed, const struct pv_set_aside)[index].told
               : NULL;
}

size_t postvet_result_notice_count(const postvet_result *result)
{
    return PV_BUF_COUNT(&result->notices, postvet_notice);
}

const postvet_notice *postvet_result_notice_at(const postvet_result *result, size_t index)
{
    return index < postvet_result_notice_count(result)
               ? &PV_BUF_ITEMS(&result->notices, const postvet_notice)[index]
               : NULL;
}

/* ------------------------------------------------------------------ copies */

typedef bool pv_copy_fn(struct postvet_scanner *scanner, const char *text, size_t len,
    const postvet_scan_options *options, struct postvet_copy *copy);

static postvet_status pv_copy(pv_copy_fn *make, postvet_scanner *scanner, const char *text,
    size_t len, const postvet_scan_options *options, postvet_copy **out, postvet_error *err)
{
    const postvet_scan_options defaults = POSTVET_SCAN_OPTIONS_INIT;
    postvet_scan_options o = options ? *options : defaults;
    const postvet_status status = pv_check_scan_options(&o, len, err);
    if (status != POSTVET_OK)
        return status;
    o.no_suppressions = true;
    o.changed = NULL;
    postvet_copy *const copy = calloc(1, sizeof(*copy));
    if (!copy || !make(scanner, len ? text : "", len, &o, copy)) {
        postvet_copy_free(copy);
        return pv_error_nomem(err, o.file_name);
    }
    *out = copy;
    return POSTVET_OK;
}

postvet_status postvet_redact(postvet_scanner *scanner, const char *text, size_t len,
    const postvet_scan_options *options, postvet_copy **out, postvet_error *err)
{
    return pv_copy(pv_copy_redacted, scanner, text, len, options, out, err);
}

postvet_status postvet_clean(postvet_scanner *scanner, const char *text, size_t len,
    const postvet_scan_options *options, postvet_copy **out, postvet_error *err)
{
    return pv_copy(pv_copy_clean, scanner, text, len, options, out, err);
}

void postvet_copy_free(postvet_copy *copy)
{
    if (!copy)
        return;
    pv_buf_release(&copy->text);
    pv_result_free(copy->result);
    free(copy);
}

const char *postvet_copy_text(const postvet_copy *copy)
{
    return copy->text.data;
}

size_t postvet_copy_len(const postvet_copy *copy)
{
    return copy->text.len - 1;
}

size_t postvet_copy_changes(const postvet_copy *copy)
{
    return copy->changes;
}

const postvet_result *postvet_copy_result(const postvet_copy *copy)
{
    return copy->result;
}

/* ------------------------------------------------------------------- views */

postvet_status postvet_view_new(const char *text, size_t len, const postvet_scan_options *options,
    bool folded, postvet_view **out, postvet_error *err)
{
    const postvet_scan_options defaults = POSTVET_SCAN_OPTIONS_INIT;
    const postvet_scan_options *const o = options ? options : &defaults;
    const postvet_status status = pv_check_scan_options(o, len, err);
    if (status != POSTVET_OK)
        return status;

    struct pv_text read = { .nesting_max = o->nesting_max };
    postvet_view *const view = calloc(1, sizeof(*view));
    const bool ok = view && pv_text_read(&read, len ? text : "", len, o->markup, o->file_name)
                    && pv_view_fill(view, &read, folded);
    pv_text_release(&read);
    if (!ok) {
        postvet_view_free(view);
        return pv_error_nomem(err, o->file_name);
    }
    *out = view;
    return POSTVET_OK;
}

void postvet_view_free(postvet_view *view)
{
    if (!view)
        return;
    pv_buf_release(&view->stretches);
    pv_arena_release(&view->arena);
    free(view);
}

size_t postvet_view_count(const postvet_view *view)
{
    return PV_BUF_COUNT(&view->stretches, postvet_stretch);
}

const postvet_stretch *postvet_view_at(const postvet_view *view, size_t index)
{
    return index < postvet_view_count(view)
               ? &PV_BUF_ITEMS(&view->stretches, const postvet_stretch)[index]
               : NULL;
}

/* --------------------------------------------------------------- positions */

size_t postvet_utf16_column(const char *text, size_t len, size_t byte)
{
    return pv_utf16_column(text, len, byte);
}
