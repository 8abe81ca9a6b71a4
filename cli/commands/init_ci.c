/* init_ci.c: the files that have GitHub or GitLab check drafts. They lean on action.yml and
 * ci/gitlab.yml of postvet's own tree, whose place only the reader knows. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "../memory.h"
#include "../options.h"
#include "../output/stream.h"
#include "init.h"

/* "@VERSION@" stands for the version of the program. */
static const char github_template[] =
    "# Checks drafts against your Trust's social media policy: on each pull request, and on the\n"
    "# main branch. What is found stands beside the lines of the pull request, without the words\n"
    "# that were found. docs/ci.md of postvet explains it.\n"
    "name: postvet\n"
    "\n"
    "on:\n"
    "  pull_request:\n"
    "  push:\n"
    "    branches: [main]\n"
    "\n"
    "permissions:\n"
    "  contents: read\n"
    "  # security-events: write # for upload-sarif below\n"
    "\n"
    "jobs:\n"
    "  drafts:\n"
    "    runs-on: ubuntu-24.04\n"
    "    steps:\n"
    "      - uses: actions/checkout@v4\n"
    "      # Change OUR-ORGANISATION to where your GitHub keeps postvet.\n"
    "      - uses: OUR-ORGANISATION/postvet@v@VERSION@\n"
    "        with:\n"
    "          # What to check: files and directories, a line each.\n"
    "          paths: .\n"
    "          # Your Trust: a name that `postvet help check` lists, or your own profile file.\n"
    "          # profile: blackpool\n"
    "          # Who speaks: personal (staff, the default) or corporate (the Trust itself).\n"
    "          # voice: corporate\n"
    "          # What fails the job: error (the default), warning or note.\n"
    "          # fail-on: warning\n"
    "          # More options of `postvet check`, a line each.\n"
    "          # options: |\n"
    "          #   --ignore-suppressions\n"
    "          # A package of postvet to install; without one it is built, which takes minutes.\n"
    "          # deb: https://packages.our-trust.example/postvet.deb\n"
    "          # Results for code scanning, under the repository's Security tab.\n"
    "          # sarif-file: postvet.sarif\n"
    "          # upload-sarif: true\n";

static const char gitlab_template[] =
    "# Checks drafts against your Trust's social media policy, in each pipeline. What is found\n"
    "# stands in the merge request, without the words that were found. docs/ci.md of postvet\n"
    "# explains it.\n"
    "include:\n"
    "  # Change our-group to where your GitLab keeps postvet.\n"
    "  - project: our-group/postvet\n"
    "    ref: v@VERSION@\n"
    "    file: ci/gitlab.yml\n"
    "\n"
    "postvet:\n"
    "  variables:\n"
    "    # What to check: files and directories, with spaces between them.\n"
    "    POSTVET_PATHS: .\n"
    "    # A package of postvet to install; without one it is built from the source, in minutes.\n"
    "    # POSTVET_DEB: https://packages.our-trust.example/postvet.deb\n"
    "    POSTVET_REPOSITORY: https://gitlab.our-trust.example/our-group/postvet.git\n"
    "    # Options of `postvet check`: your Trust, and what fails the job.\n"
    "    # POSTVET_OPTIONS: --profile=blackpool --fail-on=warning\n";

static const struct ci_file {
    enum cli_ci ci;
    const char *folders[2]; /* to be made, if they are not there */
    const char *path, *text, *to_fill_in;
} ci_files[] = {
    { CLI_CI_GITHUB, { ".github", ".github/workflows" }, ".github/workflows/postvet.yml",
        github_template, "OUR-ORGANISATION" },
    { CLI_CI_GITLAB, { NULL, NULL }, ".gitlab-ci.yml", gitlab_template, "our-group" },
};

/* False after a sentence on standard error. */
static bool make_folders(const struct ci_file *file)
{
    for (size_t i = 0; i < sizeof file->folders / sizeof file->folders[0]; i++) {
        const char *const folder = file->folders[i];
        if (folder && mkdir(folder, 0777) != 0 && errno != EEXIST) {
            cli_complain("%s: could not be made: %s", folder, strerror(errno));
            return false;
        }
    }
    return true;
}

static void add_filled(struct cli_buf *out, const char *text)
{
    static const char gap[] = "@VERSION@";
    for (const char *at = strstr(text, gap); at; at = strstr(text, gap)) {
        cli_buf_add(out, text, (size_t)(at - text));
        cli_buf_puts(out, postvet_version());
        text = at + strlen(gap);
    }
    cli_buf_puts(out, text);
}

enum cli_exit cli_init_ci(int ci)
{
    const struct ci_file *file = ci_files;
    while ((int)file->ci != ci)
        file++;
    if (!make_folders(file))
        return CLI_EXIT_ERROR;
    struct cli_buf text = { 0 };
    add_filled(&text, file->text);
    const enum cli_exit status = cli_init_write(file->path, text.data,
        "docs/ci.md shows what to add to it"); /* a pipeline of one's own may stand there */
    cli_buf_release(&text);
    if (status == CLI_EXIT_CLEAR)
        cli_complain(
            "wrote %s; change %s in it to where you keep postvet", file->path, file->to_fill_in);
    return status;
}
