#!/usr/bin/env python3
"""Nothing of a draft is left behind: not in freed memory, not in a core dump, not in a file, and not on
a network; and nothing in a draft, a path or a rule takes over the terminal.

    leaks.py POSTVET SPY

SPY is spy_free.c as a shared library.
"""
import itertools
import json
import os
import pty
import re
import resource
import shutil
import subprocess
import sys
import time
import unittest

from folder import Folder

HERE = os.path.dirname(os.path.abspath(__file__))
POSTVET = SPY = ""
NUMBER = "943 476 5919"
WORDS = "Mrs Applewhite-Thorne"
DRAFT = (f"# {WORDS} on ward 7\n\nHer *NHS number* is **943** 476 5919, caf\u00e9 &amp; {WORDS}.\n"
         f"Born 12/03/1956, lives at 14 Acacia Avenue; NHS number {NUMBER} again. s3v3n f*cking id1ots\n\n"
         f"<!-- postvet-disable-line nhs-number -- {WORDS} agreed, her number is {NUMBER} -->\n")
FORMATS = ["text", "html", "json", "ndjson", "gcc", "github", "gitlab", "junit", "sarif"]


class Memory(Folder):
    def spy(self, words, *arguments, stdin=b""):
        env = {**os.environ, "LD_PRELOAD": SPY, "SPY_WORDS": words}
        done = subprocess.run([POSTVET, *arguments], input=stdin, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, env=env, check=False)
        return done.returncode, done.stderr.decode()

    def check(self, *arguments, stdin=b"", words=(WORDS, NUMBER)):
        for word in words:
            status, said = self.spy(word, *arguments, stdin=stdin)
            self.assertIn(status, (0, 1, 3), f"{arguments}: {said}")

    def test_the_spy_sees(self):
        pack = os.path.join(HERE, "packs", "garden.yaml")
        status, said = self.spy("Bring a trowel", "--no-default-rules", "--rules", pack,
                                self.write("draft.md", DRAFT))  # nobody wipes what rules say
        self.assertEqual(99, status, said)

    def test_formats(self):
        for name in ("draft.md", "draft.html", "draft.txt"):
            path = self.write(name, DRAFT)
            for form in FORMATS if name == "draft.md" else ["text"]:
                self.check(f"--format={form}", path)
                self.check(f"--format={form}", "--show-matches", "--report-suppressed", path)

    def test_many_drafts(self):
        for i in range(40):
            self.write(f"{i}.md", DRAFT * (i + 1))
        self.check("-j4", self.folder)

    def test_encodings(self):
        for name in ("utf-16", "iso-8859-1"):
            self.check("--encoding=" + name, self.write("draft.txt", DRAFT.encode(name)))
        self.check(self.write("bad.txt", DRAFT.encode() + b"\xff"))
        self.check(self.write("zero.txt", DRAFT.encode() + b"\0\0\0\0"))

    def test_standard_input(self):
        self.check("-", stdin=DRAFT.encode() * 3000)

    def test_records(self):
        lines = json.dumps({"text": DRAFT}) + "\n" + json.dumps({"text": DRAFT, "kind": WORDS}) + "\n"
        for stdin in (lines, json.dumps({"text": DRAFT})[:-3]):
            for word in (WORDS, NUMBER):
                status, said = self.spy(word, "--ndjson-input", "--format=json", stdin=stdin.encode())
                self.assertIn(status, (0, 1, 2, 3), said)
                self.assertNotIn("spy_free", said)

    def test_copies_and_views(self):
        path = self.write("draft.md", DRAFT)
        for command in (["redact"], ["clean"], ["view"], ["view", "--folded"]):
            self.check(*command, path)
        for word in (WORDS, NUMBER):
            self.check("redact", "--output", os.path.join(self.folder, word), path, words=[word])


class Traces(Folder):
    """What the program asks of the system, as strace tells it."""

    def trace(self, what, *arguments):
        if not shutil.which("strace"):
            self.skipTest("strace is not installed")
        log = os.path.join(self.folder, "log")
        env = {**os.environ, "POSTVET_UNGUARDED": "1"}  # it is not the guard that keeps it from asking
        done = subprocess.run(["strace", "-f", "-qq", "-o", log, "-e", "trace=" + what, POSTVET, *arguments],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=env, check=False)
        if done.returncode not in (0, 1, 3):
            self.skipTest("strace may not look: " + done.stderr.decode()[-200:])
        with open(log, encoding="utf-8", errors="replace") as lines:
            return [line.split(maxsplit=1)[1] for line in lines if not re.search(r"\+\+\+|---", line)]

    def commands(self):
        draft = self.write("draft.md", DRAFT)
        for form in FORMATS:
            yield ["--format=" + form, draft]
        for command in (["redact"], ["clean"], ["view"]):
            yield [*command, draft]
        yield ["-j4", self.folder]
        yield ["rules", "list"]

    def test_no_network(self):
        for arguments in self.commands():
            self.assertEqual([], self.trace("%network,io_uring_setup", *arguments))

    def test_no_file_is_written(self):
        for arguments in self.commands():
            opened = self.trace("open,openat,creat,memfd_create,rename,renameat,renameat2,mkdir,mkdirat,"
                                "link,linkat,symlink,symlinkat,mknod,mknodat,unlink,unlinkat", *arguments)
            self.assertTrue(opened)
            for call in opened:
                self.assertRegex(call, r"\Aopen(at)?\(")
                self.assertNotRegex(call, r"O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE")


class Guard(Folder):
    def while_it_waits(self, **environment):
        """What the system knows of the program while that reads from a pipe."""
        env = {**os.environ, **environment}
        with subprocess.Popen([POSTVET, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (4096, 4096))) as run:
            waiting = f"/proc/{run.pid}/wchan"
            for _ in range(200):
                time.sleep(0.02)
                with open(waiting, encoding="ascii") as wchan:
                    if "pipe" in wchan.read():
                        break
            with open(f"/proc/{run.pid}/limits", encoding="ascii") as limits:
                core = re.search(r"Max core file size\s+(\d+)", limits.read()).group(1)
            with open(f"/proc/{run.pid}/status", encoding="ascii") as status:
                seccomp = re.search(r"^Seccomp:\s+(\d)", status.read(), re.M).group(1)
            run.communicate(DRAFT.encode())
            self.assertEqual(1, run.returncode)
        return core, seccomp

    @unittest.skipUnless(os.path.exists("/proc/self/limits"), "not on Linux")
    def test_gives_up_what_it_does_not_need(self):
        self.assertEqual(("4096", "0"), self.while_it_waits(POSTVET_UNGUARDED="1"))
        core, seccomp = self.while_it_waits()
        self.assertEqual("0", core)
        if os.uname().machine in ("x86_64", "aarch64"):
            self.assertEqual("2", seccomp)

    def test_is_the_same_without(self):
        path = self.write("draft.md", DRAFT)
        said = [subprocess.run([POSTVET, "--format=json", path], stdout=subprocess.PIPE, check=False,
                               env={**os.environ, **extra}).stdout for extra in ({}, {"POSTVET_UNGUARDED": "1"})]
        self.assertEqual(*said)


EVIL = "\x1b[2J\x1b]52;c;eA==\x07\x9b31m\u202ereversed\u2066isolated\u200f\x08\x7f\rover"
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
RULE = """\
pack: p
title: "Title %(evil)s"
version: 1.0.0
rules:
  - id: plum
    title: "Title %(evil)s"
    severity: error
    confidence: high
    find: {terms: [plum]}
    message: "Message %(evil)s"
    advice: "Advice %(evil)s"
    cites: ["A 1"]
    suppressible: with-reason
    tests: {match: ["a [[plum]]"], no-match: [pear]}
"""


class Screen(Folder):
    """Neither escapes nor marks that turn the direction of writing reach a screen as they are."""

    def on_terminal(self, *arguments):
        ours, theirs = pty.openpty()
        with subprocess.Popen([POSTVET, *arguments], stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
                              env={**os.environ, "NO_COLOR": "1", "TERM": "xterm"}) as run:
            os.close(theirs)
            printed = b""
            try:
                while chunk := os.read(ours, 65536):
                    printed += chunk
            except OSError:
                pass
            run.wait()
        os.close(ours)
        return printed.decode("utf-8").replace("\r\n", "\n")

    def test_drafts_paths_and_rules(self):
        # YAML has its own way of writing these; the pack holds the very characters
        escaped = "".join(c if c.isalnum() or c in "[;=" else f"\\u{ord(c):04x}" for c in EVIL)
        pack = self.write("p.yaml", RULE % {"evil": escaped})
        name = "plum " + EVIL.replace("/", "") + ".md"
        draft = self.write(name, f"A plum {EVIL} plum{EVIL}\n\n<!-- postvet-disable-next-line plum -- {EVIL} -->\n"
                                 f"plum\n\n<!-- postvet-disable {EVIL} -->\n")
        options = ["--no-default-rules", "--rules", pack]
        ways = [[*options, f"--format={form}", *shown, draft]
                for form, shown in itertools.product(FORMATS, ([], ["--show-matches", "--report-suppressed"]))]
        ways += [["rules", "list", *options], ["rules", "show", "plum", *options], ["explain", "plum", *options],
                 ["rules", "test", *options], [*options, os.path.join(self.folder, EVIL)],
                 ["redact", *options, draft], ["clean", *options, draft], ["view", draft],
                 ["--" + EVIL], ["rules", "show", EVIL], ["--profile", EVIL, draft], ["--rules", EVIL, draft]]
        for arguments in ways:
            with self.subTest(arguments[:4]):
                printed = self.on_terminal(*arguments)
                self.assertTrue(printed)
                self.assertIsNone(RAW.search(printed), repr(printed))


if __name__ == "__main__":
    POSTVET = os.path.abspath(sys.argv.pop(1))
    SPY = os.path.abspath(sys.argv.pop(1))
    unittest.main()
