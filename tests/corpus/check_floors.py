#!/usr/bin/env python3
"""Hold postvet to what it once reached on the labelled drafts.

    check_floors.py [--raise] PROGRAM

runs PROGRAM over posts.jsonl as score.py does and compares with floors.json: the recall of the
seven card categories together, and the share of clean drafts left clean. A draft on which the
program fails is never forgiven. --raise lifts the floors to what was reached now, rounded down;
nothing lowers them. Exit status: 0 held, 1 not.
"""
import argparse
import json
import math
import pathlib
import sys

import score

HERE = pathlib.Path(__file__).parent
FLOORS = HERE / "floors.json"
BATCH, TIMEOUT = 50, 300.0


def measure(cases, findings, failures):
    """The two shares, under the names they have in floors.json."""
    expected = found = clean = kept = 0
    for case in cases:
        verdict = score.judge(case, findings.get(case["id"], []), False)
        if case.get("clean"):
            clean += 1
            kept += not verdict["flagged"] and case["id"] not in failures
        for outcome in verdict["outcomes"]:
            if outcome["category"] in score.CARD:
                expected += 1
                found += outcome["found"]
    return {"card recall": found / expected, "clean left clean": kept / clean}


def held(reached, floors, failures):
    """Prints how each floor fared; whether all held."""
    for name, value in reached.items():
        low = value < floors[name]
        print("%-18s %.3f, floor %.3f%s" % (name, value, floors[name], "  BELOW" if low else ""))
    for ident, why in failures.items():
        print("failed on %s: %s" % (ident, why))
    return not failures and all(reached[name] >= floors[name] for name in floors)


def lift(reached, floors):
    raised = {name: max(floor, math.floor(reached[name] * 1000) / 1000)
              for name, floor in floors.items()}
    FLOORS.write_text(json.dumps(raised, indent=2) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", dest="lift", action="store_true",
                        help="lift the floors to what is reached now")
    parser.add_argument("program", metavar="PROGRAM")
    args = parser.parse_args()

    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    cases = score.load([HERE / "posts.jsonl"])
    command = [args.program, "check", "--format", "json"]
    findings, failures = score.collect(cases, command, BATCH, TIMEOUT)
    reached = measure(cases, findings, failures)
    good = held(reached, floors, failures)
    if good and args.lift:
        lift(reached, floors)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
