/* ruleset.c: directories are spread out here; whatever is wrong inside a pack, the library says. */
#include "ruleset.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "config/find.h"
#include "memory.h"
#include "output/escape.h"
#include "output/stream.h"
#include "suggest.h"

static bool is_named_like_rules(const char *name)
{
    const char *const ending = strrchr(name, '.');
    return ending && ending != name
           && (strcasecmp(ending, ".yaml") == 0 || strcasecmp(ending, ".yml") == 0);
}

/* Adds the rule packs of a directory in sorted order. */
static bool add_directory(struct cli_list *files, const char *path)
{
    DIR *const directory = opendir(path);
    if (!directory) {
        cli_complain("%s: could not be read: %s", path, strerror(errno));
        return false;
    }
    const size_t before = files->count;
    errno = 0;
    for (const struct dirent *entry = readdir(directory); entry; entry = readdir(directory)) {
        if (entry->d_name[0] != '.' && is_named_like_rules(entry->d_name)) {
            struct cli_buf file = { 0 };
            cli_buf_printf(
                &file, "%s%s%s", path, path[strlen(path) - 1] == '/' ? "" : "/", entry->d_name);
            cli_list_add(files, file.data);
        }
        errno = 0;
    }
    const int error = errno;
    closedir(directory);
    cli_list_sort(files, before);
    if (error != 0)
        cli_complain("%s: could not be read: %s", path, strerror(error));
    else if (files->count == before)
        cli_complain("%s: no rule packs in this directory (.yaml .yml)", path);
    return error == 0 && files->count > before;
}

static bool add_rules(struct cli_list *files, const char *const *paths, size_t count)
{
    bool fine = true;
    for (size_t i = 0; i < count; i++) {
        struct stat info;
        if (stat(paths[i], &info) == 0 && S_ISDIR(info.st_mode))
            fine = add_directory(files, paths[i]) && fine;
        else /* a missing file is the library's to report */
            cli_list_add(files, cli_strndup(paths[i], strlen(paths[i])));
    }
    return fine;
}

/* A profile is named, or is a file: then its name has a slash or the ending of one. */
static bool is_profile_file(const char *profile)
{
    return strchr(profile, '/') || is_named_like_rules(profile);
}

bool cli_profile_is_known(const char *name)
{
    struct cli_suggestion suggestion = { .word = name };
    struct cli_buf known = { 0 };
    if (is_profile_file(name))
        return true;
    for (size_t i = 0; i < postvet_profile_count(); i++) {
        const char *const candidate = postvet_profile_name(i);
        if (strcmp(candidate, name) == 0) {
            cli_buf_release(&known);
            return true;
        }
        cli_suggest(&suggestion, candidate);
        cli_buf_printf(&known, "%s%s", known.len ? ", " : "", candidate);
    }
    if (suggestion.nearest)
        cli_complain("unknown profile \"%s\"; did you mean \"%s\"?", name, suggestion.nearest);
    else
        cli_complain(
            "unknown profile \"%s\"; the profiles are %s", name, known.len ? known.data : "none");
    cli_buf_release(&known);
    return false;
}

void cli_ruleset_error(const postvet_error *error, void *user)
{
    size_t *const count = user;
    struct cli_buf line = { 0 };
    cli_buf_show(&line, error->file[0] ? cli_path_shown(error->file) : "postvet");
    if (error->line) {
        cli_buf_printf(&line, ":%zu", error->line);
        if (error->column)
            cli_buf_printf(&line, ":%zu", error->column);
    }
    cli_buf_puts(&line, ": ");
    cli_buf_show(&line, error->message);
    cli_buf_puts(&line, "\n");
    fwrite(line.data, 1, line.len, stderr);
    cli_buf_release(&line);
    ++*count;
}

static postvet_ruleset *make(const postvet_ruleset_options *wanted)
{
    postvet_ruleset_options options = *wanted;
    postvet_ruleset *ruleset = NULL;
    postvet_error error = { 0 };
    size_t printed = 0;
    options.on_error = cli_ruleset_error;
    options.user = &printed;
    if (postvet_ruleset_new(&options, &ruleset, &error) == POSTVET_OK)
        return ruleset;
    if (printed == 0)
        cli_ruleset_error(&error, &printed);
    return NULL;
}

bool cli_ruleset_files(struct cli_list *files, const struct cli_options *options,
    const char *const *more, size_t more_count)
{
    const bool fine = add_rules(files, options->rules, options->rule_count);
    return add_rules(files, more, more_count) && fine;
}

/* Sets what the options say; false after a sentence. */
static bool set_options(postvet_ruleset_options *wanted, const struct cli_options *options,
    const struct cli_list *files)
{
    wanted->without_default_packs = options->no_default_rules;
    wanted->pack_files = (const char *const *)files->items;
    wanted->pack_file_count = files->count;
    cli_options_limit_rules(options, wanted);
    if (options->no_default_rules && files->count == 0)
        cli_complain("--no-default-rules leaves no rules; name some with --rules");
    return !options->no_default_rules || files->count > 0;
}

postvet_ruleset *cli_ruleset_make(
    const struct cli_options *options, const char *const *more, size_t more_count)
{
    struct cli_list files = { 0 };
    postvet_ruleset_options wanted = POSTVET_RULESET_OPTIONS_INIT;
    bool fine = cli_ruleset_files(&files, options, more, more_count);
    if (options->profile) {
        fine = cli_profile_is_known(options->profile) && fine;
        if (is_profile_file(options->profile))
            wanted.profile_file = options->profile;
        else
            wanted.profile = options->profile;
    }
    fine = fine && set_options(&wanted, options, &files);
    postvet_ruleset *const ruleset = fine ? make(&wanted) : NULL;
    cli_list_release(&files);
    return ruleset;
}

postvet_ruleset *cli_ruleset_make_for(
    const struct cli_options *options, const postvet_config *config)
{
    struct cli_list files = { 0 };
    postvet_ruleset_options wanted = POSTVET_RULESET_OPTIONS_INIT;
    postvet_config_ruleset_options(config, &wanted);
    bool fine = add_rules(&files, wanted.pack_files, wanted.pack_file_count);
    fine = add_rules(&files, options->rules, options->rule_count) && fine;
    fine = fine && set_options(&wanted, options, &files);
    postvet_ruleset *const ruleset = fine ? make(&wanted) : NULL;
    cli_list_release(&files);
    return ruleset;
}

/* Whether a name that is no rule's is that of a pack; then after a sentence on standard error. */
static bool is_pack(const postvet_ruleset *ruleset, const char *id)
{
    struct cli_buf rules = { 0 };
    for (size_t i = 0; i < postvet_ruleset_rule_count(ruleset); i++) {
        const postvet_rule_info *const rule = postvet_ruleset_rule_at(ruleset, i);
        if (strcmp(rule->pack, id) == 0)
            cli_buf_printf(&rules, "%s%s", rules.len ? ", " : "", rule->id);
    }
    if (rules.len)
        cli_complain("\"%s\" is a pack of rules; name one of them: %s", id, rules.data);
    const bool found = rules.len > 0;
    cli_buf_release(&rules);
    return found;
}

const postvet_rule_info *cli_ruleset_find(const postvet_ruleset *ruleset, const char *id)
{
    const postvet_rule_info *const rule = postvet_ruleset_rule(ruleset, id);
    if (rule)
        return rule;
    if (is_pack(ruleset, id))
        return NULL;
    struct cli_suggestion suggestion = { .word = id };
    for (size_t i = 0; i < postvet_ruleset_rule_count(ruleset); i++)
        cli_suggest(&suggestion, postvet_ruleset_rule_at(ruleset, i)->id);
    if (suggestion.nearest)
        cli_complain("unknown rule \"%s\"; did you mean \"%s\"?", id, suggestion.nearest);
    else
        cli_complain("unknown rule \"%s\"; `postvet rules list` lists them", id);
    return NULL;
}
