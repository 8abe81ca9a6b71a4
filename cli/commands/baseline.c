/* baseline.c: `postvet baseline create`, `update` and `audit`. Drafts are examined as `postvet
 * check` examines them, but instead of a report each gives a tally (check/tally.h), which goes into
 * the ledger of the baseline's entries. Nothing is written unless all drafts were fully checked:
 * what could not be seen cannot be accepted. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../baseline.h"
#include "../check/drafts.h"
#include "../check/pool.h"
#include "../check/tally.h"
#include "../command.h"
#include "../ledger.h"
#include "../output/save.h"
#include "../output/stream.h"
#include "../output/words.h"
#include "../suggest.h"
#include "../today.h"

enum action { CREATE, UPDATE, AUDIT, NO_ACTION };
static const char *const action_names[] = { "create", "update", "audit" };

struct task {
    enum action action;
    const struct cli_options *options;
    const char **words; /* drafts; those of the baseline itself when none are named */
    size_t word_count;
    struct cli_baseline baseline;
    struct cli_ledger ledger;
    struct cli_run run;
    size_t drafts;         /* with entries, once all is done */
    size_t not_accepted;   /* new findings that an update leaves as they are */
    size_t locked;         /* findings that can never be accepted */
    struct cli_list owned; /* paths, and the rules of those findings */
    size_t locked_from;    /* where the latter begin */
    enum cli_exit status;
};

/* ------------------------------------------------------------------- drafts */

/* Takes over what a draft's tally says. */
static void take_tally(struct task *task, const char *draft, const char *name, char *tally)
{
    struct cli_tally_line line;
    while (cli_tally_next(&tally, &line)) {
        struct cli_ledger_entry *const entry = cli_ledger_line(&task->ledger, line.line);
        if (strcmp(line.word, "incomplete") == 0) {
            cli_complain("%s: cannot be part of a baseline, since not all of it was checked: %s",
                draft, line.rest);
        } else if (strcmp(line.word, "locked") == 0) {
            cli_list_add(&task->owned, cli_strndup(line.rest, strlen(line.rest)));
            task->locked++;
        } else if (strcmp(line.word, "found") == 0) {
            const postvet_baseline_entry found = cli_tally_entry(&line);
            if (task->action == CREATE || task->options->accept_new)
                cli_ledger_accept(&task->ledger, name, &found);
            else
                task->not_accepted += found.count;
        } else if (entry) {
            entry->used += strcmp(line.word, "used") == 0;
            entry->is_stale = entry->is_stale || strcmp(line.word, "stale") == 0;
            entry->is_locked = entry->is_locked || strcmp(line.word, "never") == 0;
        }
    }
}

static void take_job(struct task *task, const struct cli_job *job)
{
    const struct cli_outcome *const outcome = &job->outcome;
    struct cli_buf name = { 0 };
    if (outcome->complaint.len)
        cli_complain("%s", outcome->complaint.data);
    if (outcome->status != CLI_EXIT_FINDINGS)
        task->status = cli_exit_graver(task->status, outcome->status);
    cli_baseline_name(&task->baseline, job->input.bytes.data, &name);
    cli_ledger_examined(&task->ledger, name.data, outcome->complete);
    take_tally(task, job->input.bytes.data, name.data, outcome->out.data);
    cli_buf_release(&name);
}

static void examine_all(struct task *task, struct cli_drafts *drafts)
{
    struct cli_pool *const pool = cli_pool_new(&task->run, (size_t)task->options->jobs);
    struct cli_job *job;
    for (;;) {
        struct cli_job *blank;
        while (!(blank = cli_pool_blank(pool)))
            take_job(task, cli_pool_next(pool, true));
        if (!cli_drafts_next(drafts, &blank->input))
            break;
        cli_pool_submit(pool);
        while ((job = cli_pool_next(pool, false)))
            take_job(task, job);
    }
    while ((job = cli_pool_next(pool, true)))
        take_job(task, job);
    if (!cli_drafts_finish(drafts) && !task->options->allow_empty)
        task->status = CLI_EXIT_ERROR;
    cli_pool_free(pool);
}

/* Where a draft of the baseline is, seen from here; to be freed. */
static char *path_from_here(const struct task *task, const char *name)
{
    const char *const path = task->baseline.path;
    const char *const slash = strrchr(path, '/');
    struct cli_buf out = { 0 };
    if (*name != '/')
        cli_buf_add(&out, path, slash ? (size_t)(slash - path) + 1 : 0);
    if (*name == '-' && !out.len)
        cli_buf_puts(&out, "./");
    cli_buf_puts(&out, name);
    return out.data;
}

/* Makes the baseline's own drafts the words; those that are not there any more are marked. */
static void name_own_drafts(struct task *task)
{
    const struct cli_ledger *const ledger = &task->ledger;
    const size_t from = task->owned.count;
    bool is_gone = false;
    for (size_t i = 0; i < ledger->count; i++) {
        struct cli_ledger_entry *const entry = &ledger->entries[i];
        if (i == 0 || strcmp(entry->told.path, ledger->entries[i - 1].told.path) != 0) {
            struct stat info;
            char *const path = path_from_here(task, entry->told.path);
            is_gone = stat(path, &info) != 0 && (errno == ENOENT || errno == ENOTDIR);
            if (is_gone)
                free(path);
            else
                cli_list_add(&task->owned, path);
        }
        entry->is_gone = is_gone;
    }
    task->words = cli_alloc(task->owned.count + 1, sizeof(*task->words));
    for (size_t i = from; i < task->owned.count; i++)
        task->words[task->word_count++] = task->owned.items[i];
}

/* --------------------------------------------------------------------- files */

/* What must not be accepted stays in every report, and people should know why. */
static void tell_locked(struct task *task)
{
    struct cli_buf text = { 0 };
    char **const rules = task->owned.items + task->locked_from;
    if (!task->locked)
        return;
    cli_list_sort(&task->owned, task->locked_from);
    cli_buf_count(&text, task->locked, "finding");
    cli_buf_puts(&text, " cannot be accepted, and every check will go on showing ");
    cli_buf_puts(&text, task->locked == 1 ? "it: no reason makes " : "them: no reason makes ");
    cli_buf_puts(&text, task->locked == 1 ? "it fit to publish (" : "them fit to publish (");
    for (size_t i = 0; i < task->locked; i++)
        if (i == 0 || strcmp(rules[i], rules[i - 1]) != 0)
            cli_buf_printf(&text, "%s%s", i ? ", " : "", rules[i]);
    cli_complain("%s: %s)", task->baseline.path, text.data);
    cli_buf_release(&text);
}

static bool write_file(const struct task *task)
{
    struct cli_buf bytes = { 0 };
    cli_ledger_write(&task->ledger, &task->baseline.text, &bytes);
    const bool ok = task->action == CREATE ? cli_save_new(task->baseline.path, &bytes,
                        "`postvet baseline update` brings it up to date")
                                           : cli_save_over(task->baseline.path, &bytes);
    cli_buf_release(&bytes);
    return ok;
}

static size_t sum_of_entries(const struct task *task, size_t *drafts)
{
    const struct cli_ledger *const ledger = &task->ledger;
    size_t sum = 0;
    *drafts = 0;
    for (size_t i = 0; i < ledger->count; i++) {
        sum += cli_ledger_left(&ledger->entries[i]);
        *drafts +=
            i == 0 || strcmp(ledger->entries[i].told.path, ledger->entries[i - 1].told.path) != 0;
    }
    return sum;
}

static bool create(const struct task *task)
{
    struct cli_buf text = { 0 };
    size_t drafts;
    const size_t sum = sum_of_entries(task, &drafts);
    if (!write_file(task))
        return false;
    if (sum) {
        cli_buf_count(&text, sum, "finding");
        cli_buf_puts(&text, " in ");
        cli_buf_count(&text, drafts, "draft");
        cli_buf_puts(&text, " accepted");
    } else {
        cli_buf_puts(&text, "there was nothing to accept");
    }
    cli_complain("%s: %s; `postvet check --baseline %s` shows what is new", task->baseline.path,
        text.data, task->baseline.path);
    cli_buf_release(&text);
    return true;
}

/* "2 entries dropped", and others. */
static void add_change(struct cli_buf *text, size_t count, const char *words)
{
    if (!count)
        return;
    cli_buf_printf(
        text, "%s%zu %s %s", text->len ? ", " : "", count, count == 1 ? "entry" : "entries", words);
}

static bool update(const struct task *task)
{
    const struct cli_ledger *const ledger = &task->ledger;
    struct cli_buf text = { 0 };
    size_t dropped = 0, lowered = 0, raised = 0, added = 0;
    for (size_t i = 0; i < ledger->count; i++) {
        const struct cli_ledger_entry *const entry = &ledger->entries[i];
        const size_t left = cli_ledger_left(entry);
        dropped += !entry->is_new && left == 0;
        lowered += !entry->is_new && left && left < entry->told.count;
        raised += entry->is_raised;
        added += entry->is_new && !entry->is_raised;
    }
    if (cli_ledger_has_changed(ledger) && !write_file(task))
        return false;
    add_change(&text, dropped - raised, "dropped");
    add_change(&text, lowered, "lowered");
    add_change(&text, raised, "raised");
    add_change(&text, added, "added");
    cli_complain("%s: %s", task->baseline.path, text.len ? text.data : "nothing is out of date");
    if (task->not_accepted) {
        cli_buf_clear(&text);
        cli_buf_count(&text, task->not_accepted, "finding");
        cli_complain("%s: %s %s not accepted; `postvet check --baseline %s` shows %s, and "
                     "--accept-new accepts %s",
            task->baseline.path, text.data, task->not_accepted == 1 ? "is new and" : "are new and",
            task->baseline.path, task->not_accepted == 1 ? "it" : "them",
            task->not_accepted == 1 ? "it" : "them");
    }
    cli_buf_release(&text);
    return true;
}

/* --------------------------------------------------------------------- audit */

/* What has become of an entry, or NULL when it is as it was. */
static const char *state_of(const struct task *task, const struct cli_ledger_entry *entry)
{
    if (entry->is_gone)
        return "the draft is not there any more";
    if (!postvet_ruleset_rule(task->run.layout.ruleset, entry->told.rule))
        return "there is no such rule; is a --rules missing?";
    if (entry->is_locked)
        return "cannot be accepted any more, and stays in every report";
    if (!entry->is_examined)
        return "not checked";
    if (entry->is_stale)
        return entry->used ? "there are fewer now" : "not found any more";
    return entry->used ? NULL : "not checked: the rule is not for such drafts";
}

static bool is_out_of_date(const struct cli_ledger_entry *entry)
{
    return cli_ledger_left(entry) != entry->told.count;
}

static void add_entry(
    const struct task *task, struct cli_buf *out, const struct cli_ledger_entry *entry)
{
    const postvet_rule_info *const rule =
        postvet_ruleset_rule(task->run.layout.ruleset, entry->told.rule);
    const char *const state = state_of(task, entry);
    struct cli_buf text = { 0 };
    cli_buf_printf(&text, "%s [%s], %s", rule ? rule->title : "Unknown rule", entry->told.rule,
        entry->told.severity == POSTVET_NOTE ? "note"
                                             : postvet_severity_name(entry->told.severity));
    cli_buf_puts(&text, entry->told.severity == POSTVET_NOTE ? ", " : " at most, ");
    cli_buf_count(&text, entry->told.count, "finding");
    if (*entry->told.reason)
        cli_buf_printf(&text, ": %s", entry->told.reason);
    cli_buf_printf(&text, " (line %zu)", entry->told.line);
    cli_buf_puts(out, "  ");
    cli_buf_wrap(out, &task->run.layout.terminal, 2, text.data);
    if (state) {
        cli_buf_puts(out, "    ");
        cli_buf_styled(out, &task->run.layout.terminal, CLI_YELLOW,
            is_out_of_date(entry) ? "Out of date: " : "Not known: ");
        cli_buf_printf(out, "%s\n", state);
    }
    cli_buf_release(&text);
}

static void audit(struct task *task)
{
    const struct cli_ledger *const ledger = &task->ledger;
    struct cli_buf out = { 0 };
    size_t out_of_date = 0, sum = 0, drafts = 0;
    for (size_t i = 0; i < ledger->count; i++) {
        const struct cli_ledger_entry *const entry = &ledger->entries[i];
        if (i == 0 || strcmp(entry->told.path, ledger->entries[i - 1].told.path) != 0) {
            drafts++;
            cli_buf_puts(&out, i ? "\n" : "");
            cli_buf_styled(&out, &task->run.layout.terminal, CLI_BOLD, entry->told.path);
            cli_buf_puts(&out, "\n");
        }
        sum += entry->told.count;
        out_of_date += is_out_of_date(entry);
        add_entry(task, &out, entry);
    }
    cli_buf_puts(&out, ledger->count ? "\n" : "");
    cli_buf_count(&out, sum, "finding");
    cli_buf_puts(&out, " in ");
    cli_buf_count(&out, drafts, "draft");
    cli_buf_printf(&out, " accepted; %zu %s out of date", out_of_date,
        out_of_date == 1 ? "entry is" : "entries are");
    cli_buf_puts(&out, out_of_date ? ": `postvet baseline update` puts that right.\n" : ".\n");
    cli_print(&out);
    cli_buf_release(&out);
    if (out_of_date)
        task->status = cli_exit_graver(task->status, CLI_EXIT_FINDINGS);
}

/* --------------------------------------------------------------------- start */

static enum action find_action(const char **words, size_t count)
{
    struct cli_suggestion suggestion = { .word = count ? words[0] : "" };
    if (!count) {
        cli_complain("`postvet baseline` does one of these: create, update, audit");
        return NO_ACTION;
    }
    for (enum action i = CREATE; i < NO_ACTION; i++) {
        if (strcmp(words[0], action_names[i]) == 0)
            return i;
        cli_suggest(&suggestion, action_names[i]);
    }
    if (suggestion.nearest)
        cli_complain("unknown action \"%s\" of `postvet baseline`; did you mean \"%s\"?", words[0],
            suggestion.nearest);
    else
        cli_complain("unknown action \"%s\" of `postvet baseline`; it does one of these: create, "
                     "update, audit",
            words[0]);
    return NO_ACTION;
}

static bool fits(const struct task *task)
{
    const struct cli_options *const o = task->options;
    struct stat info;
    bool has_stdin = false;
    for (size_t i = 0; i < task->word_count; i++)
        has_stdin = has_stdin || strcmp(task->words[i], "-") == 0;
    if (has_stdin)
        cli_complain("a baseline knows drafts by their paths, and standard input has none");
    else if (o->accept_new && task->action != UPDATE)
        cli_complain("--accept-new is an option of `postvet baseline update`");
    else if (task->action == CREATE && task->word_count == 0 && !o->files_from)
        cli_complain("no draft given; name the files and directories whose findings are accepted");
    else if (task->action == CREATE && lstat(task->baseline.path, &info) == 0)
        cli_complain("%s: is there already, and is left as it is; `postvet baseline update` brings "
                     "it up to date, and --baseline gives another name",
            task->baseline.path);
    else
        return true;
    return false;
}

static void finish(struct task *task)
{
    if (task->action == AUDIT) {
        audit(task);
    } else if (task->status != CLI_EXIT_CLEAR) {
        cli_complain("%s: nothing was written", task->baseline.path);
    } else {
        if (task->action == CREATE ? !create(task) : !update(task))
            task->status = CLI_EXIT_ERROR;
        tell_locked(task);
    }
}

static void run(struct task *task)
{
    const struct cli_options *const options = task->options;
    const bool is_own = task->action != CREATE && task->word_count == 0 && !options->files_from;
    struct cli_drafts drafts;
    if (task->baseline.list)
        cli_ledger_enter(&task->ledger, task->baseline.list);
    if (is_own)
        name_own_drafts(task);
    task->locked_from = task->owned.count;
    if (cli_drafts_open(&drafts, options, task->words, task->word_count)) {
        task->run = (struct cli_run){ .format = &cli_tally_format,
            .layout = { .options = options,
                .ruleset = drafts.ruleset,
                .terminal = cli_terminal_look(options->color) },
            .today = cli_today(),
            .baseline = &task->baseline,
            .fingerprints = true };
        examine_all(task, &drafts);
        finish(task);
    } else {
        task->status = CLI_EXIT_ERROR;
    }
    cli_drafts_close(&drafts);
    if (is_own)
        free(task->words);
}

enum cli_exit cli_baseline(const struct cli_options *options, const char **words, size_t count)
{
    struct task task = { .action = find_action(words, count), .options = options };
    if (task.action == NO_ACTION)
        return CLI_EXIT_ERROR;
    task.words = words + 1;
    task.word_count = count - 1;
    cli_baseline_begin(&task.baseline, options->baseline ? options->baseline : CLI_BASELINE_USUAL);
    if (fits(&task) && (task.action == CREATE || cli_baseline_read(&task.baseline)))
        run(&task);
    else
        task.status = CLI_EXIT_ERROR;
    cli_ledger_release(&task.ledger);
    cli_list_release(&task.owned);
    cli_baseline_close(&task.baseline);
    return task.status;
}
