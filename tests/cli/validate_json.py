#!/usr/bin/env python3
"""Validate what `postvet check --format json` prints against rules/schema/output.json.

    validate_json.py POSTVET

The drafts are those of tests/drafts, tests/cli/drafts and tests/corpus, with both the default
rules and the rules of these tests, beside what cannot be read. What the schema cannot say is
checked too: that offsets lie in the draft, in order, and that the sums are right.
"""
import collections
import json
import os
import subprocess
import sys
import tempfile

import jsonschema

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
GARDEN = ["--no-default-rules", "--rules", os.path.join(HERE, "packs", "garden.yaml")]
CORPUS = os.path.join(ROOT, "tests", "corpus", "posts.jsonl")


def run(postvet, arguments):
    """What postvet printed, parsed, and its exit status."""
    done = subprocess.run([postvet, "check", "--format", "json", *arguments],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    return json.loads(done.stdout.decode("utf-8")), done.returncode


def check_document(document):
    """What must hold of a document that was read."""
    with open(document["path"], "rb") as draft:
        text = draft.read()
    last = (0, 0, "")
    for finding in document["findings"]:
        start, end = finding["start"]["byte"], finding["end"]["byte"]
        assert 0 <= start <= end <= len(text), finding
        assert last <= (start, end, finding["rule"]), "findings are out of order"
        last = (start, end, finding["rule"])
        line = len(text[:start].replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))
        assert finding["start"]["line"] == line, finding
        assert (finding["excerpt"] == "") == (end == 0), finding


def check_summary(report):
    """The sums are those of the documents."""
    summary = report["summary"]
    documents = report["documents"]
    verdicts = collections.Counter(document["verdict"] for document in documents)
    severities = collections.Counter(
        finding["severity"] for document in documents for finding in document["findings"])
    assert summary["documents"] == len(documents), summary
    for verdict in ("block", "review", "clear"):
        assert summary[verdict] == verdicts[verdict], summary
    assert summary["incomplete"] == sum(not document["complete"] for document in documents)
    for severity, count in summary["findings"].items():
        assert count == severities[severity], summary


def expected_status(report, unreadable):
    if unreadable:
        return 2
    if report["summary"]["incomplete"]:
        return 3
    return 1 if report["summary"]["block"] else 0


def write_corpus(folder):
    with open(CORPUS, encoding="utf-8") as posts:
        for number, line in enumerate(posts):
            path = os.path.join(folder, f"{number:04}.md")
            with open(path, "w", encoding="utf-8", newline="") as draft:
                draft.write(json.loads(line)["text"])


def main(postvet):
    with open(os.path.join(ROOT, "rules", "schema", "output.json"), encoding="utf-8") as schema:
        validator = jsonschema.Draft7Validator(json.load(schema))
    validator.check_schema(validator.schema)
    with tempfile.TemporaryDirectory() as corpus:
        write_corpus(corpus)
        folders = [os.path.join(ROOT, "tests", "drafts"), os.path.join(HERE, "drafts")]
        missing = os.path.join(corpus, "missing.md")
        runs = [([corpus], False), (folders, False), ([missing, *folders], True),
                (["--profile", "blackpool", "--voice", "corporate", corpus], False),
                ([*GARDEN, *folders], False), ([*GARDEN, missing], True)]
        for arguments, unreadable in runs:
            report, status = run(postvet, arguments)
            validator.validate(report)
            check_summary(report)
            for document in report["documents"]:
                if document["path"] != missing:
                    check_document(document)
            assert status == expected_status(report, unreadable), (status, arguments)
    print(f"{len(runs)} reports are valid")


if __name__ == "__main__":
    main(sys.argv[1])
