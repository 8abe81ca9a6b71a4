/* tree.c: libyaml's events into nodes, with a stack of the containers that are open. The stack is
 * as deep as nesting may be, so hostile input costs no more than its own length. Places come from
 * the index of each event's mark, by lines.h. */
#include "pack/tree.h"

#include <stdio.h>
#include <string.h>

#include <yaml.h>

#include "base/limit.h"
#include "pack/lines.h"

struct pv_open {
    struct pv_node *container, *last; /* last: the newest child, NULL when there is none */
};

struct pv_tree {
    const char *name, *text;
    struct pv_arena *arena;
    struct pv_report *report;
    struct pv_lines lines;
    struct pv_open open[POSTVET_PACK_DEPTH_MAX];
    size_t depth;
    size_t documents;
    const struct pv_node *root;
    postvet_status status; /* of the first error, POSTVET_OK so far */
    bool stopped;          /* an error after which no tree can be made */
};

static void pv_tree_refuse(
    struct pv_tree *tree, postvet_status status, struct pv_place place, const char *sentence)
{
    pv_report_error(tree->report, status, tree->name, place.line, place.column, "%s", sentence);
    if (tree->status == POSTVET_OK)
        tree->status = status;
}

static void pv_tree_stop(
    struct pv_tree *tree, postvet_status status, struct pv_place place, const char *sentence)
{
    pv_tree_refuse(tree, status, place, sentence);
    tree->stopped = true;
}

static void pv_tree_stop_nomem(struct pv_tree *tree)
{
    const struct pv_place nowhere = { 0 };
    pv_tree_stop(tree, POSTVET_ERR_NOMEM, nowhere, "There is not enough memory.");
}

/* The offset of the character that cannot be read; of a wrong trailing byte, that of the byte that
 * opens its character. */
static size_t pv_unreadable_offset(const char *text, size_t offset, const char *problem)
{
    if (strstr(problem, "trailing"))
        do
            offset--;
        while (((unsigned char)text[offset] & 0xC0) == 0x80);
    return offset;
}

/* What libyaml says of malformed text, at the very place. A byte that cannot be read has an offset
 * in bytes; everything else has a mark, and the mark of what it stands in. */
static void pv_tree_stop_syntax(struct pv_tree *tree, const yaml_parser_t *parser)
{
    const char *const problem = parser->problem ? parser->problem : "it cannot be read";
    char sentence[256];
    size_t index = parser->problem_mark.index;
    if (parser->error == YAML_MEMORY_ERROR) {
        pv_tree_stop_nomem(tree);
        return;
    }
    if (parser->error == YAML_READER_ERROR)
        index = pv_count_characters(
            tree->text, pv_unreadable_offset(tree->text, parser->problem_offset, problem));
    const struct pv_place place = pv_lines_place(&tree->lines, index);
    const struct pv_place since = pv_lines_place(&tree->lines, parser->context_mark.index);
    if (parser->error == YAML_READER_ERROR)
        snprintf(sentence, sizeof(sentence), "This is not plain text in UTF-8: %s.", problem);
    else if (parser->context && since.line != place.line)
        snprintf(sentence, sizeof(sentence),
            "This is not well-formed YAML: %s (%s that begins on line %zu).", problem,
            parser->context, since.line);
    else
        snprintf(sentence, sizeof(sentence), "This is not well-formed YAML: %s.", problem);
    pv_tree_stop(tree, POSTVET_ERR_SYNTAX, place, sentence);
}

/* A new node as the next child of the innermost open container, or as the root. */
static struct pv_node *pv_tree_add(
    struct pv_tree *tree, enum pv_node_type type, struct pv_place place)
{
    struct pv_node *const node = pv_arena_calloc(tree->arena, 1, sizeof(*node));
    if (!node) {
        pv_tree_stop_nomem(tree);
        return NULL;
    }
    node->type = type;
    node->place = place;
    node->text = "";
    if (tree->depth == 0) {
        tree->root = node;
        return node;
    }
    struct pv_open *const open = &tree->open[tree->depth - 1];
    if (open->last)
        open->last->next = node;
    else
        open->container->first = node;
    open->last = node;
    return node;
}

static void pv_tree_refuse_extras(struct pv_tree *tree, struct pv_place place,
    const yaml_char_t *anchor, const yaml_char_t *tag, const char *allowed_tag)
{
    if (anchor)
        pv_tree_refuse(tree, POSTVET_ERR_SCHEMA, place,
            "Anchors (&name) are not allowed; write the value out wherever it is needed.");
    if (tag && (!allowed_tag || strcmp((const char *)tag, allowed_tag) != 0))
        pv_tree_refuse(tree, POSTVET_ERR_SCHEMA, place,
            "Tags (!name) are not allowed; every value is plain text.");
}

static void pv_tree_add_scalar(
    struct pv_tree *tree, const yaml_event_t *event, struct pv_place place)
{
    const char *const text = (const char *)event->data.scalar.value;
    const size_t len = event->data.scalar.length;
    pv_tree_refuse_extras(
        tree, place, event->data.scalar.anchor, event->data.scalar.tag, YAML_STR_TAG);
    struct pv_node *const node = pv_tree_add(tree, PV_NODE_SCALAR, place);
    if (!node)
        return;
    node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    node->len = len;
    node->text = pv_arena_strndup(tree->arena, text, len);
    if (!node->text)
        pv_tree_stop_nomem(tree);
    else if (memchr(text, '\0', len)) /* the model's strings end at a NUL */
        pv_tree_refuse(tree, POSTVET_ERR_SCHEMA, place, "A text may not hold a NUL character.");
}

static void pv_tree_open(struct pv_tree *tree, enum pv_node_type type, struct pv_place place,
    const yaml_char_t *anchor, const yaml_char_t *tag)
{
    pv_tree_refuse_extras(tree, place, anchor, tag, NULL);
    if (tree->depth == pv_limit(tree->report->depth_max, POSTVET_PACK_DEPTH_MAX)) {
        pv_tree_stop(
            tree, POSTVET_ERR_LIMIT, place, "Mappings and lists are nested too deeply here.");
        return;
    }
    struct pv_node *const node = pv_tree_add(tree, type, place);
    if (node)
        tree->open[tree->depth++] = (struct pv_open){ .container = node, .last = NULL };
}

static void pv_tree_event(struct pv_tree *tree, const yaml_event_t *event)
{
    const struct pv_place place = pv_lines_place(&tree->lines, event->start_mark.index);
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (++tree->documents > 1)
            pv_tree_stop(tree, POSTVET_ERR_SCHEMA, place,
                "A second document begins here; a file holds just one.");
        break;
    case YAML_ALIAS_EVENT:
        pv_tree_refuse(tree, POSTVET_ERR_SCHEMA, place,
            "Aliases (*name) are not allowed; write the value out here.");
        pv_tree_add(tree, PV_NODE_REFUSED, place);
        break;
    case YAML_SCALAR_EVENT:
        pv_tree_add_scalar(tree, event, place);
        break;
    case YAML_SEQUENCE_START_EVENT:
        pv_tree_open(tree, PV_NODE_LIST, place, event->data.sequence_start.anchor,
            event->data.sequence_start.tag);
        break;
    case YAML_MAPPING_START_EVENT:
        pv_tree_open(tree, PV_NODE_MAPPING, place, event->data.mapping_start.anchor,
            event->data.mapping_start.tag);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        tree->depth--;
        break;
    default:
        break;
    }
}

static void pv_tree_read_events(struct pv_tree *tree, yaml_parser_t *parser)
{
    bool at_end = false;
    while (!at_end && !tree->stopped) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event)) {
            pv_tree_stop_syntax(tree, parser);
            return;
        }
        pv_tree_event(tree, &event);
        at_end = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
}

static bool pv_is_nothing(const struct pv_node *root)
{
    return !root || (root->type == PV_NODE_SCALAR && root->plain && root->len == 0);
}

postvet_status pv_tree_parse(const char *name, const char *what, const char *text, size_t len,
    struct pv_arena *arena, struct pv_report *report, const struct pv_node **root)
{
    struct pv_tree tree = { .name = name, .text = text, .arena = arena, .report = report };
    yaml_parser_t parser;

    *root = NULL;
    if (!yaml_parser_initialize(&parser)) {
        pv_tree_stop_nomem(&tree);
        return tree.status;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING); /* never guessed */
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
    if (pv_lines_init(&tree.lines, text, len))
        pv_tree_read_events(&tree, &parser);
    else
        pv_tree_stop_nomem(&tree);
    yaml_parser_delete(&parser);
    pv_lines_release(&tree.lines);

    if (!tree.stopped && pv_is_nothing(tree.root)) {
        tree.status = pv_report_error(
            report, POSTVET_ERR_SCHEMA, name, 1, 1, "The file is empty; %s was expected.", what);
        tree.stopped = true;
    }
    if (!tree.stopped)
        *root = tree.root;
    return tree.status;
}
