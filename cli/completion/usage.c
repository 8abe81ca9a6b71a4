/* usage.c: a usage line is made of words with a space between them. Brackets and dots, which tell
 * how often a word may stand, do not matter here. The first word in small letters is the command,
 * the next one its action; capitals stand for words of a kind, unless an option goes before. */
#include "usage.h"

#include <string.h>

static const struct placeholder {
    const char *name;
    enum cli_word_kind kind;
} placeholders[] = {
    { "FILE", CLI_WORD_FILE },
    { "DIR", CLI_WORD_FILE },
    { "LIST", CLI_WORD_FILE },
    { "RULE", CLI_WORD_RULE },
    { "COMMAND", CLI_WORD_COMMAND },
    { "PROFILE", CLI_WORD_PROFILE },
};

static bool is_small_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* The kinds of the names that a word of a usage line holds, with bars between them. */
static unsigned kinds_of(const char *word, size_t len)
{
    unsigned kinds = 0;
    for (size_t i = 0; i < len;) {
        size_t end = i;
        while (end < len && is_capital(word[end]))
            end++;
        for (size_t k = 0; k < sizeof placeholders / sizeof placeholders[0]; k++)
            if (strlen(placeholders[k].name) == end - i
                && memcmp(placeholders[k].name, word + i, end - i) == 0)
                kinds |= placeholders[k].kind;
        i = end + 1;
    }
    return kinds;
}

unsigned cli_value_kinds(const char *value_name)
{
    return value_name ? kinds_of(value_name, strlen(value_name)) : 0;
}

/* Reads a usage line: its actions with bars between them, and what stands behind. Returns its end.
 */
static const char *read_line(const char *line, struct cli_form *form)
{
    const char *word = line;
    size_t names = 0; /* words in small letters so far */
    bool is_value = false;
    *form = (struct cli_form){ .action = "" };
    while (*word && *word != '\n') {
        const size_t len = strcspn(word, " \n");
        if (!is_value) {
            form->kinds |= kinds_of(word, len);
            if (is_small_letter(*word) && ++names == 2) {
                form->action = word;
                form->action_len = len;
            }
        }
        is_value = *word == '-' && len > 1;
        word += len + (word[len] == ' ');
    }
    return word;
}

/* Cuts all actions but one out of a form; false, with the number less those, when it has fewer. */
static bool pick_action(struct cli_form *form, size_t *number)
{
    const char *action = form->action;
    const char *const end = action + form->action_len;
    for (;; ++action, --*number) {
        size_t len = 0;
        while (action + len < end && action[len] != '|')
            len++;
        if (*number == 0) {
            form->action = action;
            form->action_len = len;
            return true;
        }
        action += len;
        if (action == end) {
            --*number;
            return false;
        }
    }
}

bool cli_form_at(const char *usage, size_t number, struct cli_form *form)
{
    while (*usage) {
        usage = read_line(usage, form);
        if (pick_action(form, &number))
            return true;
        usage += *usage == '\n';
    }
    return false;
}
