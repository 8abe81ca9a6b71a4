#!/usr/bin/env python3
"""coverage.py SUMMARY: prints what gcovr's summary says of each file, the least covered last, and the
totals; fails where they are below what docs/reliability.md promises.
"""
import json
import sys

LINES, BRANCHES = 95.0, 85.0

with open(sys.argv[1], encoding="utf-8") as file:
    summary = json.load(file)
print("lines  branches")
for entry in sorted(summary["files"], key=lambda entry: -(entry["line_percent"] or 0)):
    print(f"{entry['line_percent'] or 0:5.1f}  {entry['branch_percent'] or 0:8.1f}  {entry['filename']}"
          f"  ({entry['line_total'] - entry['line_covered']} lines,"
          f" {entry['branch_total'] - entry['branch_covered']} branches missed)")
lines, branches = summary["line_percent"], summary["branch_percent"]
print(f"{lines:5.1f}  {branches:8.1f}  all")
sys.exit(lines < LINES or branches < BRANCHES)
