#!/usr/bin/env python3
"""Make docs/policy.md from rules/matrix.yaml, the packs and the profiles, and check them.

    policy_matrix.py            print the document
    policy_matrix.py --write    write docs/policy.md
    policy_matrix.py --check    say where the document or the rules have drifted

What must hold: each clause has a rule or a reason why it can have none; each rule stands at a
clause; each section that a rule cites stands at a clause of its pack. Needs
python3-yaml."""
import argparse
import fnmatch
import glob
import os
import sys

import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DOCUMENT = os.path.join(ROOT, "docs", "policy.md")
TRUSTS = "BJHKA"
SEVERITIES = ("error", "warning", "note")

HEAD = """# What the policies ask, and who screens it

<!-- Made by tools/policy_matrix.py from rules/matrix.yaml and the packs. Do not edit it. -->

Five NHS Trusts' social media policies are what postvet screens for. This page says which clause of which policy each rule
stands for, and which clauses no rule can see. **A clear verdict says only that no rule found anything**: what is listed under
[Not screenable](#not-screenable) was not looked at.

An *error* must not be published as it is; a *warning* needs a person to look; a *note* is advice. Where a rule has two, its
surroundings decide.
"""


def read(path):
    """A YAML file with every scalar as text: section 6.10 is not 6.1."""
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, Loader=yaml.BaseLoader)


def load(folder):
    return [read(path) for path in sorted(glob.glob(os.path.join(ROOT, "rules", folder, "*.yaml")))]


def severities(rule):
    """The rule's own severity first, then those that its surroundings may give it."""
    found = [rule["severity"]] + [a["severity"] for a in rule.get("adjust", []) if "severity" in a]
    return sorted(set(found), key=lambda s: (s != found[0], SEVERITIES.index(s)))


def rules_of(clause, packs):
    """(pack, rule) that the clause names, in the order of the packs."""
    found = []
    for wanted in clause.get("rules", []):
        pack, _, pattern = wanted.partition("/")
        found += [(pack, rule) for rule in packs.get(pack, [])
                  if fnmatch.fnmatchcase(rule["id"], pattern or "*")]
    return found


# ------------------------------------------------------------------- checks

def check_clauses(matrix, packs):
    for clause in matrix["clauses"]:
        if ("because" in clause) == ("rules" in clause):
            yield "\"%s\" needs either rules or because" % clause["clause"]
        for wanted in clause.get("rules", []):
            if not rules_of({"rules": [wanted]}, packs):
                yield "\"%s\": there is no rule %s" % (clause["clause"], wanted)


def check_rules(matrix, packs):
    covered, sections = set(), {}
    for clause in matrix["clauses"]:
        for pack, rule in rules_of(clause, packs):
            covered.add(rule["id"])
            sections.setdefault(pack, set()).update(
                "%s %s" % (trust, section)
                for trust, all_ in clause["sections"].items() for section in all_)
    for pack, rules in packs.items():
        for rule in rules:
            if rule["id"] not in covered:
                yield "the rule %s stands at no clause" % rule["id"]
            for cite in rule["cites"]:
                if rule["id"] in covered and cite not in sections[pack]:
                    yield "the rule %s cites %s, which no clause of the pack %s has" % (
                        rule["id"], cite, pack)


# ------------------------------------------------------------- the document

def sections_at(clause, trust):
    return ", ".join(clause["sections"].get(trust, []))


def table_head(keys, last):
    trusts = {p["key"]: p for p in load("profiles") if "key" in p}
    yield "| Trust | policy |"
    yield "|---|---|"
    for key in TRUSTS:
        yield "| **%s** %s | %s |" % (key, trusts[key]["title"], trusts[key]["document"])
    yield ""
    yield "| clause | %s | %s |" % (" | ".join(TRUSTS), keys)
    yield "|---|%s" % ("---|" * (len(TRUSTS) + last))


def row(clause, *more):
    cells = [clause["clause"]] + [sections_at(clause, trust) for trust in TRUSTS] + list(more)
    return "| %s |" % " | ".join(cells)


def summary(clause, packs):
    """"slur, abuse" and "error, warning" of a clause."""
    found = rules_of(clause, packs)
    names = dict.fromkeys(wanted.partition("/")[0] for wanted in clause["rules"])
    present = {s for _, rule in found for s in severities(rule)}
    return (", ".join(names), ", ".join(s for s in SEVERITIES if s in present))


def document(matrix, packs):
    screened = [c for c in matrix["clauses"] if "rules" in c]
    yield HEAD
    yield "## The matrix"
    yield ""
    yield from table_head("packs | severity", 2)
    for clause in screened:
        yield row(clause, *summary(clause, packs))
    yield ""
    yield "## Not screenable"
    yield ""
    yield "| clause | %s | not screenable, because … |" % " | ".join(TRUSTS)
    yield "|---|%s" % ("---|" * (len(TRUSTS) + 1))
    for clause in matrix["clauses"]:
        if "because" in clause:
            yield row(clause, clause["because"])
    yield ""
    yield "## The rules of each clause"
    for clause in screened:
        yield ""
        yield "### " + clause["clause"]
        yield ""
        for _, rule in rules_of(clause, packs):
            yield "- `%s` %s (%s)" % (rule["id"], rule["title"], " or ".join(severities(rule)))


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--write", action="store_true", help="write docs/policy.md")
    mode.add_argument("--check", action="store_true", help="exit with 1 where something drifted")
    args = parser.parse_args()
    matrix = read(os.path.join(ROOT, "rules", "matrix.yaml"))
    packs = {pack["pack"]: pack.get("rules", []) for pack in load("packs")}
    wrong = list(check_clauses(matrix, packs)) + list(check_rules(matrix, packs))
    text = "\n".join(document(matrix, packs)) + "\n"
    if args.write:
        with open(DOCUMENT, "w", encoding="utf-8") as file:
            file.write(text)
    elif args.check:
        with open(DOCUMENT, encoding="utf-8") as file:
            if file.read() != text:
                wrong.append("docs/policy.md is out of date: run tools/policy_matrix.py --write")
    else:
        sys.stdout.write(text)
    for sentence in wrong:
        print("policy_matrix.py: " + sentence, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
