#!/usr/bin/env python3
"""What goes wrong around postvet: reading that fails or stops half way, writing that fails, a reader who
goes away, a hand on Ctrl-C. Nothing of it looks like a finished report.

    faults.py POSTVET SHIM

SHIM is shim_read.c as a shared library.
"""
import json
import os
import resource
import signal
import subprocess
import sys
import time
import unittest

from folder import Folder

POSTVET = SHIM = ""
DRAFT = "Her NHS number is 943 476 5919.\n" * 20
FORMATS = ["text", "html", "json", "ndjson", "gcc", "github", "gitlab", "junit", "sarif"]
ENDS = {"json": "}\n", "sarif": "}\n", "gitlab": "]\n", "html": "</html>\n", "junit": "</testsuites>\n"}


class Fault(Folder):
    def setUp(self):
        super().setUp()
        self.draft = self.write("draft.md", DRAFT)

    def run_it(self, *arguments, shim=None, **options):
        env = {**os.environ, "POSTVET_UNGUARDED": "1", "SHIM_FILE": self.draft}
        if shim:
            env.update(LD_PRELOAD=SHIM, SHIM=shim)
        done = subprocess.run([POSTVET, *arguments], stderr=subprocess.PIPE, env=env, check=False,
                              **{"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, **options})
        return done.returncode, (done.stdout or b"").decode(), done.stderr.decode()


class Reading(Fault):
    def test_a_little_at_a_time(self):
        for form in ("text", "json"):
            self.assertEqual(self.run_it("--format=" + form, self.draft),
                             self.run_it("--format=" + form, self.draft, shim="short"))
        with open(self.draft, "rb") as stdin:
            first = self.run_it("--format=json", "-", stdin=stdin)
        with open(self.draft, "rb") as stdin:
            self.assertEqual(first, self.run_it("--format=json", "-", stdin=stdin, shim="short"))
        line = self.write("lines", json.dumps({"text": DRAFT}) + "\n")
        with open(line, "rb") as stdin:
            first = self.run_it("--ndjson-input", stdin=stdin)
        with open(line, "rb") as stdin:
            self.assertEqual(first, self.run_it("--ndjson-input", stdin=stdin, shim="short"))

    def test_the_disk_fails(self):
        status, out, said = self.run_it("--format=json", self.draft, shim="eio")
        self.assertEqual(2, status)
        self.assertEqual(f"postvet: {self.draft}: could not be read: Input/output error\n", said)
        (document,) = json.loads(out)["documents"]
        self.assertEqual(["It could not be read: Input/output error."], document["incomplete_reasons"])
        self.assertEqual("incomplete", document["verdict"])

    def test_copies_of_what_cannot_be_read(self):
        for command in ("redact", "clean", "view"):
            status, out, said = self.run_it(command, self.draft, shim="eio")
            self.assertEqual((2, ""), (status, out))
            self.assertIn("could not be read: Input/output error", said)

    def test_a_file_that_changes(self):
        status, out, said = self.run_it("--format=json", self.draft, shim="grow")
        self.assertEqual(3, status)
        self.assertIn("draft.md: changed while it was read; check it again", said)
        self.assertEqual("incomplete", json.loads(out)["documents"][0]["verdict"])

    def test_a_file_that_is_gone(self):
        names = self.write("list", f"{self.draft}\n{self.folder}/gone.md\n")
        status, out, said = self.run_it("--format=json", "--files-from", names)
        self.assertEqual(2, status)
        self.assertIn("gone.md: could not be read: No such file or directory", said)
        self.assertEqual(["block", "incomplete"], [d["verdict"] for d in json.loads(out)["documents"]])


class Writing(Fault):
    def test_a_full_disk(self):
        ways = [["--format=" + form, self.draft] for form in FORMATS]
        ways += [[command, self.draft] for command in ("redact", "clean", "view")]
        ways += [["rules", "list"], ["explain", "nhs-number-labelled"], ["help"], ["version"]]
        for arguments in ways:
            with self.subTest(arguments), open("/dev/full", "wb") as full:
                status, _, said = self.run_it(*arguments, stdout=full)
                self.assertEqual(2, status)
                self.assertIn("cannot write to standard output: No space left on device", said)

    def test_a_reader_who_goes_away(self):
        for form in FORMATS:
            for ignored in (False, True):
                ours, theirs = os.pipe()
                os.close(ours)
                done = subprocess.run([POSTVET, "--format=" + form, self.draft], stdout=theirs,
                                      stderr=subprocess.PIPE, restore_signals=not ignored, check=False)
                os.close(theirs)
                self.assertEqual(2 if ignored else -signal.SIGPIPE, done.returncode, form)
                self.assertEqual(b"", b"".join(line for line in done.stderr.splitlines()
                                               if b"standard output" in line))

    def test_a_copy_that_cannot_be_written(self):
        before = os.listdir(self.folder)
        status, _, said = self.run_it("redact", "--output", os.path.join(self.folder, "no/such.md"), self.draft)
        self.assertEqual(2, status)
        self.assertIn("no/such.md: ", said)
        self.assertEqual(before, os.listdir(self.folder))

    def test_interrupted(self):
        """What was printed until then does not end as a report ends."""
        for form in FORMATS:
            for signum in (signal.SIGINT, signal.SIGTERM):
                with subprocess.Popen([POSTVET, "--ndjson-input", "--format=" + form], stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
                    run.stdin.write(json.dumps({"text": DRAFT}).encode() + b"\n")
                    run.stdin.flush()
                    time.sleep(0.3)
                    run.send_signal(signum)
                    out = run.communicate()[0].decode()
                self.assertEqual(-signum, run.returncode)
                if form in ENDS:
                    self.assertFalse(out.endswith(ENDS[form]) and form in ("html", "junit"), form)
                if form in ("json", "sarif", "gitlab"):
                    with self.assertRaises(json.JSONDecodeError):
                        json.loads(out)


class Destination(Fault):
    """What --output names is the whole report, or what it was, and nothing else is left."""

    def setUp(self):
        super().setUp()
        self.report = os.path.join(self.folder, "report")

    def check(self, *arguments, **options):
        return subprocess.run([POSTVET, "--output", self.report, *arguments], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, **options)

    def test_every_format(self):
        for form in FORMATS:
            status, printed, _ = self.run_it("--format=" + form, self.draft)
            done = self.check("--format=" + form, self.draft)
            self.assertEqual((status, b"", b""), (done.returncode, done.stdout, done.stderr), form)
            with open(self.report, "rb") as report:
                self.assertEqual(printed, report.read().decode(), form)
            self.assertEqual(["draft.md", "report"], sorted(os.listdir(self.folder)))

    def test_what_was_there(self):
        behind = self.write("behind", "old")
        os.chmod(behind, 0o640)
        os.symlink("behind", self.report)
        self.assertEqual(1, self.check(self.draft).returncode)
        self.assertTrue(os.path.islink(self.report))
        self.assertEqual(0o640, os.stat(behind).st_mode & 0o777)
        with open(behind, encoding="utf-8") as report:
            self.assertIn("Stop", report.read())
        self.assertEqual(["behind", "draft.md", "report"], sorted(os.listdir(self.folder)))

    def test_that_cannot_be_written(self):
        for path, why in (("no/such", "No such file"), (".", "Is a directory"),
                          ("draft.md", "is one of the drafts")):
            self.report = os.path.join(self.folder, path)
            done = self.check(self.draft)
            self.assertEqual((2, b""), (done.returncode, done.stdout))
            self.assertIn(why, done.stderr.decode())
            self.assertEqual(["draft.md"], os.listdir(self.folder))

    def test_full(self):
        self.report = "/dev/full"
        for form in FORMATS:
            done = self.check("--format=" + form, self.draft)
            self.assertEqual((2, b"postvet: cannot write to /dev/full: No space left on device\n"),
                             (done.returncode, done.stderr), form)

    def test_half_written(self):
        """The disk is full after some bytes: with an error of write(), and with a signal."""
        self.write("report", "old")
        for form in FORMATS:
            for ignored in (True, False):
                def limit(ignored=ignored):
                    signal.signal(signal.SIGXFSZ, signal.SIG_IGN if ignored else signal.SIG_DFL)
                    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
                done = self.check("--format=" + form, self.draft, preexec_fn=limit, restore_signals=False)
                self.assertEqual(2 if ignored else -signal.SIGXFSZ, done.returncode, form)
                self.assertEqual(["draft.md", "report"], sorted(os.listdir(self.folder)))
                with open(self.report, encoding="utf-8") as report:
                    self.assertEqual("old", report.read())

    def test_interrupted(self):
        for signum in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
            with subprocess.Popen([POSTVET, "--ndjson-input", "--format=json", "--output", self.report],
                                  stdin=subprocess.PIPE, stderr=subprocess.PIPE) as run:
                run.stdin.write(json.dumps({"text": DRAFT}).encode() + b"\n")
                run.stdin.flush()
                while len(os.listdir(self.folder)) < 2:
                    time.sleep(0.01)
                time.sleep(0.3)
                run.send_signal(signum)
                run.communicate()
            self.assertEqual(-signum, run.returncode)
            self.assertEqual(["draft.md"], os.listdir(self.folder))


if __name__ == "__main__":
    POSTVET = os.path.abspath(sys.argv.pop(1))
    SHIM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
