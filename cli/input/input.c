/* input.c: see input.h. */
#include "input.h"

#include <string.h>

void cli_input_set_file(struct cli_input *input, const char *path)
{
    cli_input_clear(input);
    input->kind = CLI_INPUT_FILE;
    cli_buf_puts(&input->bytes, path);
}

void cli_input_set(struct cli_input *input, const char *word)
{
    cli_input_set_file(input, word);
    if (strcmp(word, "-") == 0)
        input->kind = CLI_INPUT_STDIN;
}

void cli_input_clear(struct cli_input *input)
{
    cli_buf_recycle(&input->bytes);
    cli_buf_clear(&input->problem);
    cli_buf_clear(&input->path);
    input->settings = NULL;
    input->status = CLI_READ_OK;
    input->is_regular = false;
    input->line = 0;
}

void cli_input_release(struct cli_input *input)
{
    cli_buf_release(&input->bytes);
    cli_buf_release(&input->problem);
    cli_buf_release(&input->path);
}
