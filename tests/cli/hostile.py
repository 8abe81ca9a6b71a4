#!/usr/bin/env python3
"""Files and rule packs that were made to do harm: each is checked within a time and in a memory, with
valid JSON, a sentence for each failure, and never a silent "clear".

    hostile.py POSTVET [SHRINK]

Each draft ends with an identifier: either postvet finds it, or it says why it could not look. With
SHRINK the drafts are so many times smaller, for builds that are slow; without, they have the sizes
that docs/reliability.md tells, and time and memory are held to.
"""
import json
import os
import re
import resource
import socket
import subprocess
import sys
import unittest

from folder import Folder

POSTVET = ""
SHRINK = 1
SECONDS = 20
MEMORY = 1 << 30
MIB = 1 << 20
PLANTED = b"\n\nNHS number 943 476 5919\n"
SAFE = re.compile(r"[^\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]*")


def limits():
    if SHRINK == 1:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def postvet(*arguments, **options):
    """Runs it; gives status, output and what it said. A signal, as the limits send, is a failure."""
    done = subprocess.run([POSTVET, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          preexec_fn=limits, timeout=600, check=False,
                          **{"stdin": subprocess.DEVNULL, **options})
    said = done.stderr.decode("utf-8")
    if done.returncode not in (0, 1, 2, 3):
        raise AssertionError(f"ended with {done.returncode}: {said[-500:]}")
    if not SAFE.fullmatch(said):
        raise AssertionError(f"control characters on standard error: {said!r}")
    return done.returncode, done.stdout, said


def times(unit, count):
    """`unit` so often, with the identifier behind."""
    return unit * max(1, count // SHRINK) + PLANTED


def document(test, path, *arguments):
    """The one document of a JSON report, checked for what holds of all."""
    status, out, said = postvet("--format=json", *arguments, "--", path)
    whole = json.loads(out.decode("utf-8"))
    test.assertEqual(1, len(whole["documents"]))
    (found,) = whole["documents"]
    test.assertEqual(found["complete"], not found["incomplete_reasons"])
    for reason in found["incomplete_reasons"]:
        test.assertRegex(reason, r"\A[A-Z'].*[^.]\.\Z")
        test.assertRegex(reason, SAFE)
    test.assertTrue(found["complete"] or found["verdict"] != "clear")
    return status, found, said


class Drafts(Folder):
    def check(self, name, content):
        status, found, _ = document(self, self.write(name, content))
        rules = [finding["rule"] for finding in found["findings"]]
        if found["complete"]:
            self.assertEqual(1, status)
            self.assertTrue([rule for rule in rules if rule.startswith("nhs-number")], rules)
        else:
            self.assertEqual(3, status)
        return found

    def check_all(self, drafts):
        for name, content in drafts.items():
            with self.subTest(name):
                self.check(name, content)

    def test_invalid_utf8(self):
        bad = {"overlong": b"\xc0\x80", "overlong-3": b"\xe0\x80\xaf", "overlong-4": b"\xf0\x80\x80\xaf",
               "surrogate": b"\xed\xa0\x80", "pair": b"\xed\xa0\xbd\xed\xb8\x80",
               "too-large": b"\xf4\x90\x80\x80", "five": b"\xf8\x88\x80\x80\x80", "six": b"\xfc\x84\x80\x80\x80\x80",
               "lone": b"\x80", "cut-2": b"\xc3 ", "cut-3": b"\xe2\x82 ", "cut-4": b"\xf0\x9f\x98 ",
               "fe": b"\xfe", "ff": b"\xff"}
        for name, piece in bad.items():
            with self.subTest(name):
                found = self.check(name + ".txt", b"Good morning. " + piece + PLANTED)
                self.assertFalse(found["complete"])
                self.assertEqual(["nhs-number-labelled"], [f["rule"] for f in found["findings"]])
                cut = self.write("end.txt", PLANTED + piece.strip())
                self.assertEqual(3, document(self, cut)[0])

    def test_other_encodings(self):
        text = "Caf\u00e9 \u2013 na\u00efve\n" + PLANTED.decode()
        for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "latin-1"):
            with self.subTest(name):
                self.check(name + ".txt", text.replace("\u2013", "-").encode(name))

    def test_zero_bytes(self):
        self.check_all({"zeros.txt": times(b"\0", MIB), "between.txt": b"a\0b" + PLANTED,
                        "in-it.txt": b"NHS number 943\x00 476 5919\n" + PLANTED})

    def test_one_character(self):
        size = 64 * MIB - len(PLANTED) * SHRINK
        self.check_all({"a.txt": times(b"a", size), "blank.txt": times(b" ", size),
                        "nine.txt": times(b"9", size)})

    def test_words(self):
        self.check_all({"unknown.txt": times(b"zq ", 21 * MIB), "known.txt": times(b"of ", 21 * MIB)})

    def test_too_large(self):
        path = self.write("large.txt", b"")
        os.truncate(path, 64 * MIB + 1)
        status, found, said = document(self, path)
        self.assertEqual(3, status)
        self.assertEqual(["It is larger than 64 MiB, the most that postvet checks."],
                         found["incomplete_reasons"])
        self.assertIn("large.txt: is larger than 64 MiB", said)

    def test_lines(self):
        self.check_all({"newlines.txt": times(b"\n", 10**6), "returns.txt": times(b"\r", 10**6),
                        "one-line.txt": times(b"Mary Smith of ward 7 said so, and rang. ", 10 * MIB // 40)})

    def test_characters(self):
        self.check_all({"marks.txt": b"e" + times("\u0301".encode(), 10**6),
                        "emoji.txt": times("\U0001f600".encode(), 200000),
                        "joined.txt": times("\U0001f468\u200d\U0001f469\u200d\U0001f467".encode(), 100000),
                        "bidi.txt": times("\u202ea\u202c".encode(), 100000),
                        "wide.txt": times("\uff19".encode(), 300000)})

    def test_nesting(self):
        self.check_all({
            "quotes.md": times(b"> ", 5 * MIB), "lists.md": times(b"- ", 4 * MIB),
            "numbers.md": times(b"1. ", 3 * MIB), "stars.md": times(b"*", 10 * MIB),
            "emphasis.md": times(b"_a*", 3 * MIB), "links.md": times(b"![a](", 2 * MIB),
            "ticks.md": times(b"`a`` ", 2 * MIB), "table.md": times(b"|a", 4 * MIB),
            "fences.md": times(b"```\n", 2 * MIB), "comments.md": times(b"<!--", 2 * MIB),
            "tags.html": times(b"<div>", 2 * MIB), "open.html": times(b"<a ", 3 * MIB),
            "entities.html": times(b"&amp", 2 * MIB)})

    def test_brackets(self):
        self.check_all({"brackets.md": times(b"[", 10 * MIB), "images.md": times(b"![", 5 * MIB)})

    def test_hard_for_rules(self):
        self.check_all({"disguises.txt": times(b"a@", 5 * MIB), "digits.txt": times(b"1 2-3.4 ", MIB),
                        "names.txt": times(b"Dr Smith ", MIB), "signs.txt": times(b"1%20", 5 * MIB),
                        "directives.md": times(b"<!-- postvet-disable x -- y -->\n", 100000)})

    def test_records(self):
        text = json.dumps({"text": "x" * (66 * MIB // SHRINK) + PLANTED.decode()}).encode()
        lines = b"\n".join([text, b"{" * (MIB // SHRINK), b"\xff", b"[]", b'{"text": 7}', b'{"text": "fine"}'])
        status, out, said = postvet("--ndjson-input", "--format=ndjson", stdin=self.open(lines))
        found = [json.loads(line) for line in out.decode().splitlines()]
        self.assertEqual(6, len(found))
        self.assertEqual("clear", found[-1]["verdict"])
        self.assertTrue(all(one["verdict"] != "clear" for one in found[:-1]))
        self.assertIn(status, (2, 3))
        self.assertEqual(5 if SHRINK == 1 else 4, len(said.splitlines()))

    def open(self, content):
        stream = open(self.write("input", content), "rb")
        self.addCleanup(stream.close)
        return stream


class Places(Folder):
    """What is no file, and names that are no names."""

    def refuse(self, path, sentence):
        status, out, said = postvet("--format=json", "--", path)
        self.assertEqual(2, status)
        self.assertIn(sentence, said)
        json.loads(out.decode("utf-8"))

    def test_named_pipe(self):
        path = os.path.join(self.folder, "pipe.txt")
        os.mkfifo(path)
        self.refuse(path, "is a named pipe, not a file")

    def test_socket(self):
        path = os.path.join(self.folder, "socket.txt")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path)
            self.refuse(path, "is a socket, not a file")

    def test_device(self):
        self.refuse("/dev/zero", "is a device, not a file")

    def test_links(self):
        loop, gone = (os.path.join(self.folder, name) for name in ("loop.txt", "gone.txt"))
        os.symlink("loop.txt", loop)
        os.symlink("nothing", gone)
        self.refuse(loop, "could not be read: Too many levels of symbolic links")
        self.refuse(gone, "could not be read: No such file or directory")

    def test_circle_of_directories(self):
        inner = os.path.join(self.folder, "inner")
        os.mkdir(inner)
        os.symlink("..", os.path.join(inner, "up"))
        self.write("inner/draft.txt", PLANTED)
        status, out, _ = postvet("--format=json", self.folder)
        self.assertEqual(1, status)
        self.assertEqual(1, len(json.loads(out)["documents"]))

    def test_deep_directory(self):
        path = self.folder
        for _ in range(200):
            path = os.path.join(path, "deeper")
        os.makedirs(path)
        self.write(os.path.join(path, "draft.txt"), PLANTED)
        self.assertEqual(1, postvet("--format=json", self.folder)[0])

    def test_names(self):
        names = [b"line\nbreak.txt", b"\x1b[2J\x1b]0;x\x07.txt", b"-rf.txt", b"--help.txt",
                 "\u202etxt.exe.txt".encode(), b"latin-\xe9.txt", b"a b'\"\\.txt", b"%s%n.txt"]
        for name in names:
            with self.subTest(name):
                os.chdir(self.folder)
                self.write(name, PLANTED)
                for form in ("text", "gcc", "github"):
                    status, out, _ = postvet("--color=never", f"--format={form}", "--", name)
                    self.assertEqual(1, status)
                    self.assertRegex(out.decode("utf-8"), SAFE)
                    if form == "gcc":
                        self.assertEqual(1, len(out.splitlines()))
                for form in ("json", "ndjson", "sarif", "gitlab"):
                    status, out, _ = postvet(f"--format={form}", "--", name)
                    self.assertEqual(1, status)
                    json.loads(out.decode("utf-8"))
                os.remove(name)


RULE = """\
  - id: {id}
    title: T
    severity: note
    confidence: low
    find: {find}
    message: m
    advice: a
    cites: [A 1]
    tests: {{match: [x], no-match: [y]}}
"""
HEAD = "pack: p\ntitle: P\nversion: 1.0.0\n"


def rules(*finds, head=HEAD):
    return head + "rules:\n" + "".join(RULE.format(id=f"r{i}", find=f) for i, f in enumerate(finds))


class Packs(Folder):
    def refuse(self, content, sentence):
        """A pack that is refused, with its place where it has one."""
        if isinstance(content, str):
            content = content.encode()
        path = self.write("p.yaml", content)
        draft = self.write("d.txt", PLANTED)
        status, out, said = postvet("--no-default-rules", "--rules", path, draft)
        self.assertEqual(2, status, said)
        self.assertEqual(b"", out)
        self.assertRegex(said, sentence)
        self.assertLess(len(said), MIB)

    def test_empty(self):
        self.refuse("", r"p\.yaml:1:1: The file is empty")
        self.refuse("---\n", r"p\.yaml:1:\d+: ")
        self.refuse("\n" * (MIB // SHRINK), r"p\.yaml:1:1: The file is empty")

    def test_huge(self):
        self.refuse("#" * (16 * MIB + 1), r"larger than 16777216 bytes")

    def test_encodings(self):
        good = rules("{pattern: caf\u00e9}")
        self.refuse(good.encode("utf-16"), r"in UTF-16; save it as UTF-8")
        self.refuse(good.encode("latin-1"), r"p\.yaml:\d+:\d+: This is not plain text in UTF-8")
        self.refuse(good.encode() + b"\0", r"p\.yaml:\d+:\d+: ")

    def test_aliases(self):
        bomb = "a: &a [x, x]\n" + "".join(
            f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(24))
        self.refuse(bomb, r"Anchors \(&name\) are not allowed")
        self.refuse("pack: &p [*p]\n", r"Aliases \(\*name\) are not allowed")

    def test_nesting(self):
        for opening in ("[", "{a: ", "- "):
            self.refuse("rules: " * (opening != "- ") + opening * (MIB // 8 // SHRINK),
                        r"nested too deeply|not well-formed")

    def test_circles(self):
        cues = "cues:\n  - {id: a, cues: [b]}\n  - {id: b, cues: [a]}\n"
        self.refuse(rules("{cue: a}", head=HEAD + cues), r"p\.yaml:\d+:\d+: ")
        inside = "fragments: {a: '{{b}}', b: '{{a}}'}\n"
        self.refuse(rules("{pattern: '{{a}}'}", head=HEAD + inside), r"p\.yaml:\d+:\d+: ")

    def test_patterns(self):
        for pattern in ("(", "a{99999}", "(?<n>a)(?<n", "[z-a]", r"\C", "(*LIMIT_MATCH=1)a", "(?R)*",
                        "(" * 2000 + ")" * 2000, "a" * 70000, r"(?<=a*)b"):
            with self.subTest(pattern[:20]):
                self.refuse(rules(f"{{pattern: '{pattern}'}}"), r"p\.yaml:\d+:\d+: .*[a-z]")

    def test_the_same_id_twice(self):
        twice = rules("{pattern: a}", "{pattern: b}").replace("id: r1", "id: r0")
        self.refuse(twice, r"p\.yaml:\d+:\d+: ")

    def test_many_errors(self):
        self.refuse(HEAD + "rules:\n" + "  - {x: 1}\n" * 20000,
                    r"p\.yaml:\d+:\d+: There are more errors than these 999\.\n\Z")

    def test_many_rules(self):
        """As many as fit, and each with a pattern that is hard to take apart."""
        hard = "{{pattern: '(?:a{i}|b|c)(?:d|e|f){{1,3}} (?:[gh] ?){{2,9}}(?:i|j{i})+ k{i}'}}"
        path = self.write("p.yaml", rules(*(hard.format(i=i) for i in range(20000 // SHRINK))).encode())
        draft = self.write("d.txt", b"ad g h i k1" + PLANTED)
        status, _, said = postvet("--no-default-rules", "--rules", path, draft)
        self.assertIn(status, (0, 1, 2), said)

    def test_patterns_that_never_end(self):
        if SHRINK > 1:
            self.skipTest("takes all the work that a draft may; test_limits makes it less")
        slow = rules(r"{pattern: '(?:\w?){12}\w{12}#'}", "{pattern: '(?:a|aa)+#'}",
                     "{pattern: '(?:a+)+#'}", "{pattern: 'a.*a.*a.*b(?!;)'}")
        path = self.write("p.yaml", slow.encode())
        draft = self.write("d.txt", b"aaaaaaaaaaaaaaaaaaaaaaa-# b; " * 40000)
        status, found, _ = document(self, draft, "--no-default-rules", "--rules", path)
        self.assertEqual(3, status)
        self.assertEqual([f"'r{i}' could not be checked to the end: a limit was reached."
                          for i in range(4)], found["incomplete_reasons"])


if __name__ == "__main__":
    POSTVET = os.path.abspath(sys.argv.pop(1))
    SHRINK = int(sys.argv.pop(1)) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 1
    unittest.main()
