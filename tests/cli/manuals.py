#!/usr/bin/env python3
"""manuals.py POSTVET: the manual pages and the program's own help say the same, and read well."""
import functools
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest

POSTVET = os.path.abspath(sys.argv.pop(1))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PAGES = [f"{ROOT}/docs/postvet.1", f"{ROOT}/docs/postvet-packs.5"]


@functools.cache
def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True,
                          env=dict(os.environ, COLUMNS="80")).stdout


def plain(roff):
    return re.sub(r"\\f[BIR]", "", roff).replace("\\-", "-").replace("\\&", "")


def section(name):
    with open(PAGES[0], encoding="utf-8") as file:
        return re.search(rf"\.SH {name}\n(.*?)(?=\.SH )", file.read(), re.S)[1]


def tags(name):
    """What stands at the left of a section's paragraphs: "-j, --jobs N|auto"."""
    lines = re.findall(r"\.TP\n\.([BIR]+) (.*)\n", section(name))
    # shlex takes away the quotes of roff's arguments, which .BR puts together without a space
    return [plain((" " if len(macro) == 1 else "").join(shlex.split(line.replace("\\", "\\\\"))))
            for macro, line in lines]


def commands():
    return re.findall(r"^  ([a-z]+) ", run(POSTVET, "--help"), re.M) + ["help", "version"]


def options(command):
    """What help calls the options of a command: "-j, --jobs N|auto"."""
    return re.findall(r"^  ((?:-., )?--[a-z-]+(?: \S+)?)(?:  |$)", run(POSTVET, "help", command), re.M)


class Manuals(unittest.TestCase):
    def test_options_both_ways(self):
        told, of_commands = tags("OPTIONS"), " ".join(tags("COMMANDS"))
        known = {option for command in commands() for option in options(command)}
        self.assertGreater(len(known), 20)
        self.assertEqual(len(told), len(set(told)))
        self.assertEqual(set(told) - known, set(), "the manual knows more")
        untold = {option for option in known - set(told) if option not in of_commands}
        self.assertEqual(untold, set(), "the manual says nothing of these")

    def test_synopsis_is_usage(self):
        usage = []
        for command in commands():
            lines = run(POSTVET, "help", command).split("\n\n", maxsplit=1)[0].splitlines()
            usage += [line.removeprefix("Usage:").strip() for line in lines]
        self.assertEqual([line for line in plain(section("SYNOPSIS")).splitlines()
                          if line.startswith("postvet")], usage)

    def test_commands(self):
        told = tags("COMMANDS")
        for command in commands():
            self.assertTrue([tag for tag in told if re.match(rf"{command}\b", tag)], command)
        for tag in told:
            self.assertIn(re.match("[a-z]+", tag)[0], commands())

    def test_help_fits_a_screen(self):
        lines = run(POSTVET, "--help").splitlines()
        self.assertLessEqual(len(lines), 23)  # and the prompt
        for command in commands():
            lines += run(POSTVET, "help", command).splitlines()
        self.assertLessEqual(max(map(len, lines)), 80)

    def test_packs_page_is_made_from_the_schemas(self):
        made = subprocess.run([f"{ROOT}/tools/packs_manual.py", "--check"], capture_output=True, text=True)
        self.assertEqual((made.returncode, made.stderr), (0, ""))

    def test_example_of_the_packs_page(self):
        with open(PAGES[1], encoding="utf-8") as file:
            example = re.search(r"\.nf\n(.*?)\.fi", file.read(), re.S)[1]
        with tempfile.TemporaryDirectory() as folder:
            pack = os.path.join(folder, "garden.yaml")
            with open(pack, "w", encoding="utf-8") as file:
                file.write(plain(example).replace("\\e", "\\"))
            self.assertEqual(run(POSTVET, "rules", "test", pack, "--no-default-rules"),
                             "2 passed, 0 failed\n")

    @unittest.skipUnless(shutil.which("mandoc"), "no mandoc here")
    def test_mandoc(self):
        lint = subprocess.run(["mandoc", "-Tlint", "-Wwarning", *PAGES], capture_output=True, text=True)
        wrong = [line for line in lint.stdout.splitlines() if "missing date" not in line]
        self.assertEqual(wrong, [])

    @unittest.skipUnless(shutil.which("groff"), "no groff here")
    def test_groff(self):
        for page in PAGES:
            told = subprocess.run(["groff", "-man", "-ww", "-Tutf8", "-K", "utf-8", page],
                                  capture_output=True, text=True).stderr
            self.assertEqual(told, "")


unittest.main()
