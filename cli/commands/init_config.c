/* init_config.c: the file of configuration that `postvet init` writes. It works as it stands, and
 * so does each of its lines without the # before it: a # and a blank begin words for people. */
#include "init.h"

#include "../output/stream.h"

#define CONFIG_NAME ".postvet.yml"

static const char template[] =
    "# What postvet does with the drafts in this directory and in those below it. This file works "
    "as\n"
    "# it stands; take the # from a line to use it. See what applies with:\n"
    "#\n"
    "#     postvet config show\n"
    "#\n"
    "# docs/configuration.md explains each key.\n"
    "\n"
    "# The least severity that makes a check fail: error, warning or note.\n"
    "fail-on: error\n"
    "\n"
    "# The Trust whose policy is quoted: a name that `postvet help check` lists, or a file that\n"
    "# `postvet init --profile` begins.\n"
    "#profile: blackpool\n"
    "\n"
    "# Another file that counts where this one is silent, such as your Trust's.\n"
    "#extends: ../trust/postvet.yml\n"
    "\n"
    "# Who speaks (personal or corporate), and what the drafts are (post, profile or reply).\n"
    "#voice: corporate\n"
    "#kind: post\n"
    "\n"
    "# Rules and whole packs of rules to turn off. `postvet rules list` names them.\n"
    "#disable: [accuracy, imagery-alt-text]\n"
    "\n"
    "# Rules that matter more or less to you: error, warning, note or off.\n"
    "#severity:\n"
    "#  - {rule: imagery-uniform, severity: note}\n"
    "\n"
    "# What may stand although rules find it. The phrase is all that was found, in any case. Each\n"
    "# needs a reason, which `--report-suppressed` shows.\n"
    "#allow:\n"
    "#  - phrase: the war against the weeds\n"
    "#    rules: [inflammatory]\n"
    "#    paths: [garden/**]\n"
    "#    reason: The name of our gardening club.\n"
    "\n"
    "# Drafts that are left out when a directory is checked.\n"
    "#exclude: [archive, '*.old.md']\n"
    "\n"
    "# Rules, packs, or all, that no file which extends this one may loosen, nor any draft "
    "suppress.\n"
    "#lock: [nhs-number, patient-identifier]\n";

enum cli_exit cli_init_config(void)
{
    const enum cli_exit status =
        cli_init_write(CONFIG_NAME, template, "`postvet config show` tells what it says");
    if (status == CLI_EXIT_CLEAR)
        cli_complain("wrote " CONFIG_NAME "; `postvet config show` tells what applies");
    return status;
}
