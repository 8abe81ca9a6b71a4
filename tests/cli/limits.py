#!/usr/bin/env python3
"""Each limit that an option lowers: just met, it changes nothing; one less, and what is left out is told,
with the exit status of a draft that was not checked, or the rules are refused at their place.

    limits.py POSTVET
"""
import json
import os
import subprocess
import sys
import unittest

from folder import Folder

POSTVET = ""
CORPUS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../fuzz/corpus/document")
PACK = """\
pack: fruit
title: Fruit
version: 1.0.0
cues:
  - {id: basket, title: T, terms: [fig, date, quince]}
rules:
  - id: plum
    title: T
    severity: note
    confidence: low
    find: {pattern: '(p|pl|pu|u|m|l)+\\1!|(?:plum)!'}
    message: m
    advice: a
    cites: [A 1]
    tests: {match: [plum!], no-match: [pear]}
"""


def record(text):
    return json.dumps({"text": text}).encode() + b"\n"


class Limits(Folder):
    def run_with(self, *arguments, stdin=b""):
        done = subprocess.run([POSTVET, "--no-config", *arguments], input=stdin, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return done.returncode, (done.stdout + done.stderr).decode("utf-8")

    def check(self, option, enough, status, sentence, *arguments, stdin=b""):
        rules = ["--no-default-rules", "--rules", self.write("p.yaml", PACK.encode())]
        fine = self.run_with(f"{option}={enough}", *rules, *arguments, stdin=stdin)
        self.assertEqual(0, fine[0], fine[1])
        got, said = self.run_with(f"{option}={enough - 1}", *rules, *arguments, stdin=stdin)
        self.assertEqual(status, got, said)
        self.assertIn(sentence, " ".join(said.split()))

    def test_size(self):
        path = self.write("a.txt", b"plum " * 250)
        self.check("--max-size", 2, 3, "is larger than 1 KiB, as --max-size has it", path)
        self.check("--max-size", 2, 3, "is larger than 1 KiB", "-", stdin=b"plum " * 250)
        self.check("--max-size", 2, 3, "The draft is longer than 1024 bytes.", "--ndjson-input",
                   stdin=record("plum " * 250))
        self.assertEqual(2, self.run_with("redact", "--max-size=0", path)[0])
        self.assertEqual(2, self.run_with("view", "--max-size=1", path)[0])

    def test_record(self):
        self.check("--max-record", 2, 3, "it is longer than 1 KiB, the most that a line may have",
                   "--ndjson-input", stdin=record("plum " * 250))

    def test_nesting(self):
        path = self.write("a.md", b"> - > plum\n")
        self.check("--max-nesting", 3, 3,
                   "Its markup is nested more than 2 deep; what is deeper was read as words.", path)

    def check_pattern(self, option, times, sentence):
        """On words that the pattern backtracks over."""
        path = self.write("a.txt", b"plum" * times + b" !\n")
        rules = ["--no-default-rules", "--rules", self.write("p.yaml", PACK.encode())]
        got, said = self.run_with(option, *rules, path)
        self.assertEqual(3, got, said)
        self.assertIn(sentence, " ".join(said.split()))

    def test_document(self):
        path = os.path.join(CORPUS, "pandoc.docx")
        if "needs libpostvet-document" in self.run_with("view", path)[1]:
            self.skipTest("built without libpostvet-document")
        self.check("--max-unpacked", 65536, 0, "", path)
        for option, sentence in (("--max-unpacked=1", "It unpacks to more than 1 KiB"),
                                 ("--max-nesting=2", "It nests its parts deeper than any draft does")):
            got, said = self.run_with(option, path)
            self.assertEqual(3, got, said)
            self.assertIn(sentence, " ".join(said.split()))

    def test_steps(self):
        given_up = "'plum' could not be checked to the end: a limit was reached."
        self.check_pattern("--max-steps=3", 2, given_up)
        self.check_pattern("--max-heap=1", 2000, given_up)

    def test_work(self):
        rules = ["--no-default-rules", "--rules", self.write("p.yaml", PACK.encode())]
        got, said = self.run_with("--max-work=1", *rules, self.write("a.txt", b"plum! " * 20000))
        self.assertEqual(3, got)
        self.assertIn("Checking it takes more work than a draft may", " ".join(said.split()))

    def test_findings(self):
        self.check("--max-findings", 2, 3, "There is more than 1 finding; the rest was left out.",
                   self.write("a.txt", b"plum! plum!"))

    def test_pack(self):
        path = self.write("a.txt", b"plum!")
        place = f"{self.folder}/p.yaml"
        long = self.write("long.yaml", PACK.replace("fruit", "long").replace("plum", "pear").encode()
                          + b"#" * 1000 + b"\n")
        self.check("--max-pack", 2, 2, "long.yaml: The file is larger than 1024 bytes.", "--rules", long, path)
        self.check("--max-pack-depth", 5, 2,
                   f"{place}:15:20: Mappings and lists are nested too deeply here.", path)
        self.check("--max-terms", 3, 2, f"{place}:5:47: With this one the packs have more than 2 terms.",
                   path)
        self.check("--max-pattern", 29, 2,
                   f"{place}:11:21: With its fragments the pattern is longer than 28 bytes.", path)


if __name__ == "__main__":
    POSTVET = sys.argv.pop(1)
    unittest.main()
