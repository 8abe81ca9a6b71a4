#!/usr/bin/env python3
"""docs/policy.md must be what the rules say, and policy_matrix.py must see each way to drift."""
import pathlib
import subprocess
import sys
import unittest

TOOLS = pathlib.Path(__file__).parent.parent / "tools"
sys.path.insert(0, str(TOOLS))
import policy_matrix  # noqa: E402


def rule(ident, *cites, **more):
    return dict({"id": ident, "title": ident, "severity": "warning", "cites": list(cites)}, **more)


def clause(**keys):
    return dict({"clause": "Shouting", "sections": {"B": ["3.2"], "K": ["6.10"]}}, **keys)


class PolicyMatrix(unittest.TestCase):
    def complaints(self, clauses, packs):
        matrix = {"clauses": clauses}
        return (list(policy_matrix.check_clauses(matrix, packs))
                + list(policy_matrix.check_rules(matrix, packs)))

    def test_document_is_up_to_date(self):
        done = subprocess.run([sys.executable, str(TOOLS / "policy_matrix.py"), "--check"],
                              stderr=subprocess.PIPE, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_nothing_to_say(self):
        packs = {"noise": [rule("noise-loud", "B 3.2"), rule("noise-long", "K 6.10")]}
        self.assertEqual(self.complaints([clause(rules=["noise"])], packs), [])

    def test_rule_without_clause(self):
        packs = {"noise": [rule("noise-loud", "B 3.2"), rule("whistle", "B 3.2")]}
        self.assertEqual(self.complaints([clause(rules=["noise/noise-*"])], packs),
                         ["the rule whistle stands at no clause"])

    def test_section_of_no_clause(self):
        packs = {"noise": [rule("noise-loud", "B 3.2", "K 6.1")]}
        self.assertEqual(self.complaints([clause(rules=["noise"])], packs),
                         ["the rule noise-loud cites K 6.1, which no clause of the pack noise has"])

    def test_clause_without_rule(self):
        packs = {"noise": [rule("noise-loud", "B 3.2")]}
        clauses = [clause(rules=["noise", "noise/noise-soft"])]
        self.assertEqual(self.complaints(clauses, packs),
                         ["\"Shouting\": there is no rule noise/noise-soft"])
        self.assertEqual(self.complaints([clause(rules=["silence"])], {}),
                         ["\"Shouting\": there is no rule silence"])

    def test_clause_without_rule_or_reason(self):
        self.assertEqual(self.complaints([clause()], {}),
                         ["\"Shouting\" needs either rules or because"])
        self.assertEqual(self.complaints([clause(because="it is heard, not read")], {}), [])

    def test_severities(self):
        moved = rule("noise-loud", adjust=[{"severity": "error"}, {"confidence": "low"},
                                           {"severity": "note"}])
        self.assertEqual(policy_matrix.severities(moved), ["warning", "error", "note"])


if __name__ == "__main__":
    unittest.main()
