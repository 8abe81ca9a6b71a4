#!/usr/bin/env python3
"""postvet over many drafts: the same report for any number of jobs, bounded memory, talk a line at
a time, and progress on a terminal.

    archive.py POSTVET
"""
import json
import os
import pty
import select
import subprocess
import sys
import tempfile
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
POSTVET = ""
RULES = ["--no-default-rules", "--rules", os.path.join(HERE, "packs", "garden.yaml")]
ENVIRONMENT = {"TERM": "xterm", "ASAN_OPTIONS": "quarantine_size_mb=1"}
JOBS = (1, 2, 3, 8, 0)
MEGABYTE = 1 << 20


def run(arguments, **settings):
    """What postvet printed on both streams, and its exit status."""
    done = subprocess.run([POSTVET, "check", *RULES, *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, env={**os.environ, **ENVIRONMENT}, check=False,
                          **settings)
    return done.stdout, done.stderr, done.returncode


def start(arguments, **settings):
    return subprocess.Popen([POSTVET, "check", *RULES, *arguments],
                            env={**os.environ, **ENVIRONMENT}, **settings)


def draft(number):
    """Drafts of all kinds and sizes: clear, with findings, not UTF-8, not text, empty."""
    kinds = [b"Nothing at all.", b"The gate code 1234 works.", b"In my view: \xff", b"%PDF-1.7",
             b"", b"Thanks to Mr Trowel. " * 40, b"A wheelbarrow.\n\n" * 300]
    return kinds[number * number % len(kinds)]


def write_archive(folder):
    for number in range(600):
        parent = os.path.join(folder, f"{number // 50:02}")
        os.makedirs(parent, exist_ok=True)
        with open(os.path.join(parent, f"{number:03}.md"), "wb") as file:
            file.write(draft(number))
    with open(os.path.join(folder, "00", "000.md"), "wb") as file:
        file.write(b"A long draft, which the others wait for.\n" * 50000)
    os.symlink("nowhere", os.path.join(folder, "03", "gone.md"))


def records(count, size=40):
    for number in range(count):
        text = f"Number {number}: " + "the gate code 1234 works. " * (size // 26)
        yield json.dumps({"id": number, "text": text}).encode() + b"\n"


class Jobs(unittest.TestCase):
    def assert_same(self, arguments, **settings):
        first = run(["-j", "1", *arguments], **settings)
        self.assertTrue(first[0])
        for jobs in JOBS[1:]:
            self.assertEqual(first, run(["-j", str(jobs), *arguments], **settings), jobs)
        return first

    def test_the_report_is_the_same(self):
        with tempfile.TemporaryDirectory() as folder:
            write_archive(folder)
            for form in ("text", "json", "ndjson"):
                _, complaints, status = self.assert_same(["--format", form, folder])
                self.assertEqual(2, status)  # a link leads nowhere
                self.assertIn(b"gone.md: could not be read", complaints)

    def test_so_it_is_for_records(self):
        lines, _, status = self.assert_same(["--ndjson-input"], input=b"".join(records(3000)))
        self.assertEqual(1, status)
        self.assertEqual(list(range(3000)), [json.loads(line)["id"] for line in lines.splitlines()])

    def test_a_reader_who_goes_away_ends_it(self):
        with tempfile.TemporaryDirectory() as folder:
            write_archive(folder)
            ours, theirs = os.pipe()
            with start(["-j", "4", folder], stdout=theirs, stderr=subprocess.DEVNULL) as process:
                os.close(theirs)
                os.read(ours, 10)
                os.close(ours)
                self.assertNotEqual(0, process.wait(timeout=60))


@unittest.skipIf(os.environ.get("WITHOUT_MEMORY"), "the thread sanitizer takes memory of its own")
class Memory(unittest.TestCase):
    def peak(self, arguments, lines):
        """The most memory that a run took, in bytes, and what it printed. The lines come from a
        file, which never makes anybody wait."""
        with tempfile.TemporaryFile() as records_file, tempfile.TemporaryFile() as out:
            records_file.writelines(lines)
            records_file.seek(0)
            process = start(arguments, stdin=records_file, stdout=out, stderr=subprocess.DEVNULL)
            _, _, usage = os.wait4(process.pid, 0)
            process.returncode = 0  # it has been waited for
            out.seek(0)
            return usage.ru_maxrss * 1024, out.read()

    def test_does_not_grow_with_the_number_of_records(self):
        line = json.dumps({"text": "x" * MEGABYTE}).encode() + b"\n"
        arguments = ["-j", "4", "--ndjson-input"]
        few, _ = self.peak(arguments, [line] * 4)
        many, printed = self.peak(arguments, [line] * 96)
        self.assertEqual(96, printed.count(b"\n"))
        self.assertLess(many - few, 48 * MEGABYTE)

    def test_a_line_over_the_limit_is_told_and_passed_over(self):
        def lines():
            yield b'{"id": 1, "text": "A."}\n{"id": 2, "text": "'
            for _ in range(200):
                yield b"x" * MEGABYTE
            yield b'"}\n{"id": 3, "text": "B."}\n'
        peak, printed = self.peak(["--ndjson-input"], lines())
        results = [json.loads(line) for line in printed.splitlines()]
        self.assertEqual([1, None, 3], [result["id"] for result in results])
        self.assertEqual(2, results[1]["error"]["line"])
        self.assertIn("longer than 65 MiB", results[1]["error"]["message"])
        self.assertEqual([True, False, True], [result["complete"] for result in results])
        self.assertLess(peak, 400 * MEGABYTE)


class Talk(unittest.TestCase):
    def answer(self, process):
        ready, _, _ = select.select([process.stdout], [], [], 60)
        self.assertTrue(ready, "no answer")
        return json.loads(process.stdout.readline())

    def test_a_line_is_answered_before_the_next_is_sent(self):
        with start(["--ndjson-input"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                   bufsize=0) as process:
            for number, line in enumerate(records(20)):
                process.stdin.write(line)
                self.assertEqual(number, self.answer(process)["id"])
            process.stdin.write(b"".join(records(7)))
            self.assertEqual(list(range(7)), [self.answer(process)["id"] for _ in range(7)])
            process.stdin.close()
            self.assertEqual(1, process.wait(timeout=60))

    def test_so_is_a_list_of_files(self):
        path = os.path.join(HERE, "drafts", "clear.txt")
        with start(["--format", "ndjson", "--files-from", "-"], stdin=subprocess.PIPE,
                   stdout=subprocess.PIPE, bufsize=0) as process:
            for _ in range(3):
                process.stdin.write(path.encode() + b"\n")
                self.assertEqual(path, self.answer(process)["path"])
            process.stdin.close()
            self.assertEqual(0, process.wait(timeout=60))


class Progress(unittest.TestCase):
    def watch(self, *arguments, **environment):
        """What a run of more than a second shows on a terminal as standard error."""
        ours, theirs = pty.openpty()
        env = {**os.environ, **ENVIRONMENT, **environment}
        with subprocess.Popen([POSTVET, "check", *RULES, "--ndjson-input", *arguments], env=env,
                              stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=theirs,
                              bufsize=0) as process:
            os.close(theirs)
            process.stdin.write(b"".join(records(2)))
            time.sleep(1.2)
            process.stdin.write(b"".join(records(1)))
            time.sleep(0.3)
            process.stdin.write(b"{\n")
            process.stdin.close()
        shown = b""
        try:
            while chunk := os.read(ours, 65536):
                shown += chunk
        except OSError:  # what Linux says when the other side has closed
            pass
        os.close(ours)
        return shown

    def test_a_long_run_tells_how_far_it_is(self):
        shown = self.watch()
        self.assertIn(b"\r\x1b[Kpostvet: 3 drafts, 0.0 MB: 3 Stop, 0 Look again\r\x1b[K", shown)

    def test_a_complaint_stands_on_a_line_of_its_own(self):
        self.assertIn(b"\x1b[Kpostvet: standard input:4:1: could not be read", self.watch())

    def test_not_when_quiet_nor_on_a_dumb_terminal(self):
        self.assertNotIn(b"drafts,", self.watch("--quiet"))
        self.assertNotIn(b"drafts,", self.watch(TERM="dumb"))


if __name__ == "__main__":
    POSTVET = os.path.abspath(sys.argv.pop(1))
    unittest.main()
