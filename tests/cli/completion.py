#!/usr/bin/env python3
"""completion.py POSTVET: types into real shells, presses Tab, and looks at what became of the line.

In bash and zsh `postvet` is a function that prints its arguments, so that Enter shows the line as
the shell understood it; in bash Alt-* puts all that could be meant into the line. fish tells what
it would offer. A shell that is not installed is passed over, and said to be.
"""
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

POSTVET = os.path.abspath(sys.argv[1])
PROFILES = ["ashford-st-peters", "blackpool", "buckinghamshire", "hillingdon", "james-paget"]
FORMATS = ["text", "html", "json", "ndjson", "gcc", "github", "gitlab", "junit", "sarif"]
FILES = ["draft one.md", "draft-two.md", "own.yaml"]

# A line, and what a Tab behind it must make of the arguments: one choice is left.
ONE_CHOICE = [
    ("postvet expl", ["explain"]),
    ("postvet explain nhs-number-lab", ["explain", "nhs-number-labelled"]),
    ("postvet rules show nhs-number-lab", ["rules", "show", "nhs-number-labelled"]),
    ("postvet rules li", ["rules", "li"]),  # list or lint
    ("postvet rules lis", ["rules", "list"]),
    ("postvet rules test own", ["rules", "test", "own.yaml"]),
    ("postvet draft-", ["draft-two.md"]),
    ("postvet draft\\ o", ["draft one.md"]),
    ("postvet check --no-def", ["check", "--no-default-rules"]),
    ("postvet --no-def", ["--no-default-rules"]),
    ("postvet redact --in", ["redact", "--in-place"]),
    ("postvet redact --fail", ["redact", "--fail"]),  # no option of redact
    ("postvet --format sar", ["--format", "sarif"]),
    ("postvet --format json explain nhs-number-lab",
     ["--format", "json", "explain", "nhs-number-labelled"]),
    ("postvet -j 4 expl", ["-j", "4", "explain"]),
    ("postvet --profile hil", ["--profile", "hillingdon"]),
    ("postvet --profile own", ["--profile", "own.yaml"]),
    ("postvet init --profile own", ["init", "--profile", "own.yaml"]),
    ("postvet redact -o own", ["redact", "-o", "own.yaml"]),
    ("postvet help expl", ["help", "explain"]),
    ("postvet init --ci gitl", ["init", "--ci", "gitlab"]),
    ("postvet completion fi", ["completion", "fish"]),
    ("postvet -- expl", ["--", "expl"]),  # behind -- there are only drafts
    ("postvet -- own", ["--", "own.yaml"]),
]
# A line, and all that may stand at its end.
ALL_CHOICES = [
    ("postvet --format ", FORMATS),
    ("postvet --profile ", PROFILES + FILES),
    ("postvet --fail-on ", ["error", "warning", "note"]),
    ("postvet rules ", ["list", "show", "test", "lint"]),
    ("postvet completion ", ["bash", "zsh", "fish"]),
    ("postvet version ", []),
    ("postvet init ", []),
]

failures = 0


def check(shell, line, wanted, got):
    global failures
    if got != wanted:
        failures += 1
        print(f"FAILED {shell}: {line!r}\n    wanted {wanted}\n    got    {got}")


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def commands():
    block = re.search(r"Commands:\n(.*?)\n\n", output(POSTVET, "--help"), re.S).group(1)
    return re.findall(r"^  ([a-z]+) ", block, re.M) + ["help", "version"]


def options(command):
    return re.findall(r"^  (?:-., )?(--[a-z-]+)", output(POSTVET, "help", command), re.M)


def rules():
    return re.findall(r"^  \w+ +(\S+)", output(POSTVET, "rules", "list"), re.M)


class Shell:
    """A shell that a person types into."""

    def __init__(self, argv, setup):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="dumb", PS1="$ ", HOME=os.getcwd(), COLUMNS="10000")
            os.execvp(argv[0], argv)
        self.answers = 0
        self.type("postvet() { printf '\\n@''@'; printf '<%s>' \"$@\"; printf '@''@\\n'; }\n")
        self.type(setup + "\npostvet ready\n")
        self.answer()

    def type(self, keys):
        os.write(self.terminal, keys.encode())

    def answer(self):
        """What the function printed."""
        seen = b""
        until = time.monotonic() + 20
        while time.monotonic() < until:
            found = re.search(rb"@@(<.*>)@@", seen)
            if found:
                return re.findall("<([^>]*)>", found.group(1).decode())
            if select.select([self.terminal], [], [], 1)[0]:
                seen += os.read(self.terminal, 65536)
        sys.exit(f"FAILED: no answer within 20 seconds, but {seen!r}")

    def complete(self, line, key="\t"):
        self.type(line + key + "\n")
        return self.answer()


def try_bash(script):
    # Ctrl-U clears what a Tab may leave; no bell, no question whether to list
    bash = Shell(["bash", "--norc", "--noprofile", "-i"],
                 f"bind 'set bell-style none'; bind 'set completion-query-items 0'; . '{script}'")
    for line, wanted in ONE_CHOICE:
        check("bash", line, wanted, bash.complete(line))
    check("bash", "--format=sar", ["--format=sarif"], bash.complete("postvet --format=sar"))
    every = ALL_CHOICES + [
        ("postvet ", commands() + FILES),
        ("postvet help ", commands()),
        ("postvet explain ", rules()),
        ("postvet explain nhs-number-", [r for r in rules() if r.startswith("nhs-number-")]),
        ("postvet --format=", FORMATS),
    ] + [(f"postvet {command} --", options(command)) for command in commands()]
    for line, wanted in every:
        before = [word for word in line.split()[1:] if not word.endswith(("--", "="))]
        if not line.endswith((" ", "=")):
            before = before[:1]
        got = bash.complete(line, "\033*")
        if line.endswith("="):
            got = [word.removeprefix("--format=") for word in got]
        check("bash", line, sorted(before + wanted), sorted(got))


def try_zsh(script):
    folder = os.path.dirname(script)
    os.link(script, os.path.join(folder, "_postvet"))
    zsh = Shell(["zsh", "-f", "-i"],
                f"setopt no_beep no_auto_list no_auto_menu; fpath=('{folder}' $fpath); "
                "autoload -Uz compinit; compinit -u -D")
    for line, wanted in ONE_CHOICE:
        check("zsh", line, wanted, zsh.complete(line))


def try_fish(script):
    def offered(line):
        quoted = line.replace("'", "\\'")
        lines = output("fish", "--no-config", "-c", f"source {script}; complete -C'{quoted}'")
        return sorted(entry.split("\t")[0] for entry in lines.splitlines())

    every = ALL_CHOICES + [
        ("postvet ", commands() + FILES),
        ("postvet explain ", rules()),
        ("postvet rules show nhs-number-lab", ["nhs-number-labelled"]),
        ("postvet --format json explain nhs-number-lab", ["nhs-number-labelled"]),
        ("postvet redact -o own", ["own.yaml"]),
        ("postvet redact --fail", []),
        ("postvet -- own", ["own.yaml"]),
    ] + [(f"postvet {command} --", options(command)) for command in commands()]
    for line, wanted in every:
        check("fish", line, sorted(wanted), [w for w in offered(line) if w != "scripts/"])


def main():
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        for name in FILES:
            open(name, "w").close()
        scripts = tempfile.mkdtemp()
        for shell, attempt in [("bash", try_bash), ("zsh", try_zsh), ("fish", try_fish)]:
            script = os.path.join(scripts, shell)
            with open(script, "w") as file:
                file.write(output(POSTVET, "completion", shell))
            if not shutil.which(shell):
                print(f"{shell} is not installed; its completions were not tried")
                continue
            subprocess.run([shell, "-n", script], check=True)
            attempt(script)
        shutil.rmtree(scripts)
        os.chdir("/")
    print("completions:", f"{failures} failed" if failures else "all as they should be")
    sys.exit(failures > 0)


main()
