#!/usr/bin/env python3
"""docs.py POSTVET BUILD_DIR: does what the pages of docs/ tell their readers to do.

Each page is worked through from top to bottom in a clean folder, in one shell. A fenced block with a
file name behind its language, such as ```yaml .postvet.yml, is written to that file. In a ```console
block a line behind "$ " is a command, which may go on behind a backslash, and what follows is what
it must print, on either stream. A line that is just "…" stands for any lines, also none; elsewhere
"…" stands for any text. Other blocks are looked at only for their being one of a known language.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

POSTVET, BUILD = (os.path.abspath(path) for path in sys.argv[1:3])
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PAGES = sys.argv[3:] or ["README.md", "docs/staff.md", "docs/communications.md", "docs/ci.md",
                         "docs/embedding.md"]
LANGUAGES = ["console", "c", "cmake", "yaml", "python", "json", "markdown", "text", "sh", ""]
MARK = "@@ done @@"

failures = 0
commands = 0


def fail(page, line, text):
    global failures
    failures += 1
    print(f"FAILED {page}:{line}: {text}")


def blocks(page):
    """(line, language, file name, text) of each fenced block."""
    with open(os.path.join(ROOT, page), encoding="utf-8") as file:
        text = file.read()
    for found in re.finditer(r"^```([a-z]*)[ ]?([^\n]*)\n(.*?)^```$", text, re.M | re.S):
        line = text.count("\n", 0, found.start()) + 2
        yield line, found[1], found[2], found[3]


def steps(text):
    """(line in the block, command, expected lines)."""
    found, lines = [], text.splitlines()
    for number, line in enumerate(lines):
        if found and not found[-1][2] and found[-1][1].endswith("\\"):
            found[-1] = (found[-1][0], found[-1][1] + "\n" + line, [])
        elif line.startswith("$ "):
            found.append((number, line[2:], []))
        elif found:
            found[-1][2].append(line)
    return found


def matches(expected, printed):
    """Whether lines are as expected, by a regular expression made of the expected ones."""
    pattern = ""
    for line in expected:
        if line.strip() == "…":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*".join(map(re.escape, line.split("…"))) + r"\n"
    return re.fullmatch(pattern, "".join(line + "\n" for line in printed)) is not None


class Shell:
    """One bash for a page, so that folders and variables last."""

    def __init__(self, folder, env):
        self.bash = subprocess.Popen(["bash", "--norc"], cwd=folder, env=env, text=True, encoding="utf-8",
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                     stderr=subprocess.STDOUT)
        self.status = 0

    def run(self, command):
        self.bash.stdin.write(f"(exit {self.status})\n{{ {command}\n}} </dev/null\n"
                              f"status=$?; echo; echo '{MARK}' $status\n")
        self.bash.stdin.flush()
        printed = []
        for line in self.bash.stdout:
            if line.startswith(MARK):
                self.status = int(line.split()[-1])
                break
            printed.append(line.rstrip("\n"))
        if printed and printed[-1] == "":  # the one before the mark
            printed.pop()
        return printed

    def close(self):
        self.bash.stdin.close()
        self.bash.wait()


def installed(folder):
    """The environment of somebody who has installed postvet, and a compiler as it was built with."""
    prefix, bin_ = os.path.join(folder, "usr"), os.path.join(folder, "bin")
    subprocess.run(["cmake", "--install", BUILD, "--prefix", prefix], check=True, stdout=subprocess.PIPE)
    os.mkdir(bin_)
    with open(f"{bin_}/cc", "w", encoding="utf-8") as file:
        compiler = shutil.which(os.environ.get("CC", "cc"))  # not this script
        file.write(f'#!/bin/sh\nexec {compiler} {os.environ.get("CFLAGS", "")} "$@"\n')
    os.chmod(f"{bin_}/cc", 0o755)
    (config,) = (root for root, _, files in os.walk(prefix) if "postvet.pc" in files)
    home = os.path.join(folder, "home")
    os.mkdir(home)
    return dict(os.environ, PATH=f"{bin_}:{prefix}/bin:{os.environ['PATH']}", PKG_CONFIG_PATH=config,
                LD_LIBRARY_PATH=os.path.dirname(config), CMAKE_PREFIX_PATH=prefix, HOME=home,
                CC=f"{bin_}/cc", XDG_CONFIG_HOME=home, XDG_CONFIG_DIRS=home, LC_ALL="C.UTF-8", TERM="dumb",
                SOURCE_DATE_EPOCH="1767225600", GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_SYSTEM="/dev/null",
                **{f"GIT_{who}_{what}": "tester@example.org"
                   for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")})


def work_through(page, env, folder):
    global commands
    shell = Shell(folder, env)
    for line, language, name, text in blocks(page):
        if language not in LANGUAGES:
            fail(page, line, f"no such language: {language}")
        elif name:
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        elif language == "console":
            for offset, command, expected in steps(text):
                commands += 1
                printed = shell.run(command)
                while expected and expected[-1] == "":  # a blank line before the next command
                    expected.pop()
                while printed and printed[-1] == "":
                    printed.pop()
                if not matches(expected, printed):
                    fail(page, line + offset, f"$ {command}\n" + "\n".join(printed)
                         + "\n    --- but the page says\n" + "\n".join(expected))
    shell.close()


def main():
    with tempfile.TemporaryDirectory() as folder:
        env = installed(folder)
        for number, page in enumerate(PAGES):
            here = os.path.join(folder, f"page{number}")
            os.mkdir(here)
            work_through(page, env, here)
    print(f"{commands} commands, {failures} failed")
    sys.exit(failures > 0 or commands == 0)


main()
