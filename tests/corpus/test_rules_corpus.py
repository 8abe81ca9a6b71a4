#!/usr/bin/env python3
"""test_rules_corpus.py POSTVET: `postvet rules test --corpus` must count as score.py does, on the
corpus here and on labels of each form."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).parent
POSTVET = os.path.abspath(sys.argv.pop(1))

LABELS = [
    # met, and met by a finding of another category that the label allows
    {"text": "NHS number 943 476 5919.", "expect": [{"category": "nhs-number", "match": "943 476 5919"}]},
    {"text": "NHS number 943 476 5919.",
     "expect": [{"category": ["postcode", "nhs-number"], "match": "943 476 5919"}]},
    # without a place; a place that stands twice; a place that nothing overlaps
    {"text": "NHS number 943 476 5919.", "expect": [{"category": "nhs-number"}]},
    {"text": "NHS number 943 476 5919, yes, 943 476 5919.",
     "expect": [{"category": "nhs-number", "match": "943 476 5919", "count": 2}]},
    {"text": "NHS number 943 476 5919.", "expect": [{"category": "nhs-number", "match": "number"}]},
    {"text": "NHS number 943 476 5919.",
     "expect": [{"category": "nhs-number", "match": "943 476 5919", "count": 2}]},
    # a note alone; allowed and not; voice and kind
    {"text": "That was a bloody long shift.", "expect": [{"category": "abuse", "match": "bloody"}]},
    {"text": "NHS number 943 476 5919.", "expect": [], "may": ["nhs-number"]},
    {"text": "NHS number 943 476 5919.", "expect": [], "may": [{"category": ["slur", "nhs-number"]}]},
    {"text": "NHS number 943 476 5919.", "expect": []},
    {"text": "Nurse at Blackpool Victoria Hospital.", "expect": [{"category": "disclaimer"}],
     "kind_of_draft": "profile"},
    {"text": "Nurse at Blackpool Victoria Hospital.", "expect": [], "kind_of_draft": "profile",
     "voice": "corporate"},
    # a category that no pack has
    {"text": "\u00e9 \u2014 NHS number 943 476 5919.", "expect": [{"category": "accuracy"}]},
]


def run(*command):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise AssertionError("%s: status %d" % (command[0], done.returncode))
    return done.stdout.splitlines()


def by_score(path):
    lines = run(sys.executable, HERE / "score.py", "--cmd", POSTVET + " check --format json", path)
    rows = {}
    for line in lines[1:lines.index("")]:
        words = line.split()
        if len(words) == 11:
            name, expected, found, note, recall, fp, stray, precision = words[:8]
            rows[name] = (expected, found, note, recall, fp, stray, precision)
    kept = [line.split()[3] for line in lines if line.startswith("clean left clean")]
    return rows, kept[0].split("/")


def by_postvet(path):
    lines = run(POSTVET, "rules", "test", "--corpus", path)
    rows = {words[0]: tuple(words[1:]) for words in map(str.split, lines[1:lines.index("")])}
    words = lines[-1].split()
    return rows, [words[-3], words[-1]]


class RulesCorpus(unittest.TestCase):
    def compare(self, path):
        wanted, got = by_score(path), by_postvet(path)
        self.assertGreater(len(wanted[0]), 2)
        self.assertEqual(got, wanted)

    def test_corpus(self):
        self.compare(HERE / "posts.jsonl")

    def test_labels(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "labels.jsonl")
            with open(path, "w", encoding="utf-8") as file:
                for number, case in enumerate(LABELS):
                    case = dict(case, id="case-%d" % number, clean=not case["expect"])
                    file.write(json.dumps(case) + "\n\n")
            self.compare(path)


if __name__ == "__main__":
    unittest.main()
