/* init.c: templates for those who begin. A file that is there already is never touched. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "../command.h"
#include "../output/stream.h"
#include "init.h"

/* Loads as it stands, so that whoever fills it in can try each line. */
static const char profile_template[] =
    "# The profile of one NHS Trust. Change what stands here, and try it:\n"
    "#\n"
    "#     postvet --profile ./THIS-FILE.yaml draft.md\n"
    "#\n"
    "# Only the first two keys must be there; take out what you do not need. Put what is public\n"
    "# here and nothing else: it is what drafts may name. docs/profiles.md explains each key.\n"
    "\n"
    "profile: our-trust # a short name, of lower-case letters, digits and hyphens\n"
    "title: Our Hospitals NHS Foundation Trust # the full name\n"
    "ods: XXX # the Trust's code at the Organisation Data Service\n"
    "document: Social Media Policy, version 1 # the policy's reference\n"
    "\n"
    "# Needed only when rules of your own cite your policy: `cites: [X 4.2]`. The letters B, J, "
    "H,\n"
    "# K and A are taken.\n"
    "# key: X\n"
    "\n"
    "lists:\n"
    "  - id: names # what people call the Trust and its hospitals\n"
    "    entries:\n"
    "      - Our Hospitals NHS Foundation Trust\n"
    "      - Our Hospitals\n"
    "  - id: postcodes # of the Trust's own sites\n"
    "    entries: [ZZ99 3CZ]\n"
    "  - id: phones # switchboards and other public numbers\n"
    "    entries: [01632 960000]\n"
    "  - id: domains # websites and e-mail domains\n"
    "    entries: [our-trust.example]\n"
    "  - id: handles # accounts of the Trust\n"
    "    entries: [\"@OurTrust\"]\n"
    "\n"
    "# What messages call people and papers. What is left out is said in general words.\n"
    "wording:\n"
    "  - {key: trust, text: Our Hospitals}\n"
    "  - {key: communications, text: the Communications team}\n"
    "  - {key: speak-up, text: our Freedom to Speak Up Guardian}\n"
    "  - {key: patient-experience, text: PALS}\n"
    "  - {key: information-governance, text: the Information Governance team}\n"
    "  - {key: whistleblowing-policy, text: the Freedom to Speak Up policy}\n"
    "  - {key: complaints-policy, text: the Complaints policy}\n"
    "  - {key: social-media-policy, text: the Social Media policy}\n"
    "\n"
    "# Rules that matter more or less to your Trust: error, warning, note or off. `postvet rules\n"
    "# list` names them.\n"
    "# severity:\n"
    "#   - {rule: imagery-uniform, severity: warning}\n"
    "\n"
    "# The sections of the document above, each with the rules or whole packs of rules whose "
    "findings\n"
    "# quote it. Put your own numbers here, and move, split and take out what your policy orders\n"
    "# otherwise: docs/policy.md shows which rules stand for which clause.\n"
    "# sections:\n"
    "#   # patients, by name, number, address or details that add up\n"
    "#   - section: 4.1\n"
    "#     rules: [nhs-number, patient-identifier, date-of-birth, postcode, indirect-identifier]\n"
    "#   - {section: 4.2, rules: [personal-data]} # personal data of colleagues and others\n"
    "#   - {section: 4.3, rules: [imagery]} # photos and film\n"
    "#   - {section: 4.4, rules: [confidential, incident]} # what is not public\n"
    "#   - {section: 4.5, rules: [slur, abuse]} # discrimination, insults, threats, harassment\n"
    "#   - {section: 4.6, rules: [disrepute]} # criticism, defamation, disrepute\n"
    "#   - {section: 4.7, rules: [inflammatory]} # politics, religion, jokes, chain mail\n"
    "#   - {section: 4.8, rules: [disclaimer, representation]} # whose views, whose voice\n"
    "#   - {section: 4.9, rules: [conflict-of-interest]} # selling, sponsors, shares\n"
    "#   - {section: 4.10, rules: [accuracy]} # facts that can be checked\n"
    "#   - {section: 5.1, rules: [boundary]} # friend requests, private contact with patients\n"
    "#   - {section: 5.2, rules: [complaint]} # complaints are referred, not answered in public\n"
    "#   - {section: 5.3, rules: [whistleblowing]} # raising a concern\n"
    "#   - {section: 5.4, rules: [safeguarding]} # words that could lead somebody into harm\n";

/* False with errno set; what was begun is taken away again. */
static bool write_all(int fd, const char *path, const char *text, size_t len)
{
    while (len > 0) {
        const ssize_t written = write(fd, text, len);
        if (written < 0 && errno != EINTR) {
            const int error = errno;
            close(fd);
            unlink(path);
            errno = error;
            return false;
        }
        text += written > 0 ? written : 0;
        len -= written > 0 ? (size_t)written : 0;
    }
    return close(fd) == 0;
}

enum cli_exit cli_init_write(const char *path, const char *text, const char *advice)
{
    const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0 && errno == EEXIST) {
        cli_complain("%s is there already, and was left as it is; %s", path, advice);
        return CLI_EXIT_ERROR;
    }
    if (fd < 0 || !write_all(fd, path, text, strlen(text))) {
        cli_complain("%s: could not be written: %s", path, strerror(errno));
        return CLI_EXIT_ERROR;
    }
    return CLI_EXIT_CLEAR;
}

static enum cli_exit write_profile(const char *path)
{
    if (strcmp(path, "-") == 0) {
        struct cli_buf out = { 0 };
        cli_buf_puts(&out, profile_template);
        cli_print(&out);
        cli_buf_release(&out);
        return CLI_EXIT_CLEAR;
    }
    const enum cli_exit status = cli_init_write(path, profile_template, "name another file");
    if (status == CLI_EXIT_CLEAR) /* a slash tells --profile a file from a name */
        cli_complain("wrote %s; fill it in, and use it with --profile %s%s", path,
            strchr(path, '/') ? "" : "./", path);
    return status;
}

enum cli_exit cli_init(const struct cli_options *options, const char **words, size_t count)
{
    enum cli_exit status = CLI_EXIT_CLEAR;
    (void)words;
    if (count > 0) {
        cli_complain("`postvet init` writes .postvet.yml, `postvet init --profile [FILE]` a "
                     "profile, `postvet init --ci github|gitlab` a file for a code host");
        return CLI_EXIT_ERROR;
    }
    if (!options->new_profile && !options->new_ci)
        return cli_init_config();
    if (options->new_profile)
        status = write_profile(options->new_profile);
    if (status == CLI_EXIT_CLEAR && options->new_ci)
        status = cli_init_ci(options->new_ci);
    return status;
}
