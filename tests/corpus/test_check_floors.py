#!/usr/bin/env python3
"""check_floors.py must tell a program that finds from one that is silent, noisy or broken. Each
test runs it on a program of a few lines in postvet's place."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).parent

# Says of each file named on the command line what `findings(text)` returns.
PROGRAM = """#!%s
import json, sys
sys.path.insert(0, %r)
import score
labels = {c["text"]: c for c in score.load([%r])}

def finding(category, start, end):
    return {"category": category, "severity": "error", "start": {"byte": start}, "end": {"byte": end}}

def expected(text):
    for e in labels[text]["expect"]:
        match = e.get("match", "")
        start = len(text[:text.find(match)].encode()) if match else 0
        yield finding(score.as_list(e["category"])[0], start, start + len(match.encode()))

def read(path):
    with open(path, encoding="utf-8", newline="") as f:
        return f.read()

def report(findings):
    paths = [a for a in sys.argv[1:] if a.endswith(".md")]
    json.dump({"documents": [{"path": p, "findings": findings(read(p))} for p in paths]}, sys.stdout)

"""


class CheckFloors(unittest.TestCase):
    def run_with(self, body):
        """check_floors.py's exit status and output with a program that ends in `body`."""
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder) / "program"
            head = PROGRAM % (sys.executable, str(HERE), str(HERE / "posts.jsonl"))
            program.write_text(head + body, encoding="utf-8")
            program.chmod(0o755)
            done = subprocess.run(
                [sys.executable, str(HERE / "check_floors.py"), str(program)],
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        return done.returncode, done.stdout

    def test_all_labels_found(self):
        status, output = self.run_with("report(lambda text: list(expected(text)))")
        self.assertEqual(status, 0, output)
        self.assertIn("card recall        1.000", output)

    def test_silence_misses_recall(self):
        status, output = self.run_with("report(lambda text: [])")
        self.assertEqual(status, 1, output)
        self.assertIn("card recall        0.000, floor 0.", output)

    def test_noise_spoils_clean_drafts(self):
        status, output = self.run_with(
            "report(lambda text: list(expected(text)) + [finding('slur', 0, 1)])")
        self.assertEqual(status, 1, output)
        self.assertIn("clean left clean   0.000, floor 0.", output)

    def test_one_failure_is_too_many(self):
        status, output = self.run_with(
            "report(lambda text: sys.exit(3) if labels[text]['id'] == 'd-001'"
            " else list(expected(text)))")
        self.assertEqual(status, 1, output)
        self.assertIn("failed on d-001", output)


if __name__ == "__main__":
    unittest.main()
