#!/usr/bin/env python3
"""Validate what `postvet check` prints as json and ndjson against rules/schema/output.json.

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


def run_lines(postvet, arguments, records=None):
    """The lines that postvet printed as ndjson, parsed, and its exit status."""
    done = subprocess.run([postvet, "check", *arguments],
                          input=records if records is not None else b"", stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    lines = done.stdout.decode("utf-8").split("\n")
    assert lines.pop() == "", "the last line does not end"
    return [json.loads(line) for line in lines], done.returncode


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


def without(document, *keys):
    return {key: value for key, value in document.items() if key not in keys}


def check_lines(postvet, validator, arguments, report, status):
    """ndjson says of each draft what json does."""
    lines, line_status = run_lines(postvet, ["--format", "ndjson", *arguments])
    for line in lines:
        validator.validate(line)
    assert [without(line, "schema_version") for line in lines] == report["documents"]
    assert line_status == status


def write_records():
    """The corpus as records, and what is wrong in as many ways as there are."""
    good = []
    with open(CORPUS, encoding="utf-8") as posts:
        for line in posts:
            post = json.loads(line)
            record = {"id": post["id"], "text": post["text"], "markup": "markdown", "unread": [1]}
            record["voice"] = post.get("voice", "personal")
            good.append(record)
    good.append({"id": 9007199254740993, "text": "An integer.\0NUL."})
    good.append({"text": ""})
    bad = [b"{", b"[]", b"1", b'"text"', b'{"text":1}', b"{}", b'{"text":"a","id":1.5}', b"\xff",
           b'{"text":"a","voice":"loud"}', b'{"text":"a","kind":1}', b'{"text":"a","text":"b"}',
           b'{"text":"\xff"}', b'{"text":"\\ud800"}', b'{"text":"a"}{}', b'{"text":"a","id":[]}',
           b'{"text":"a","markup":null}', b'{"id":' + b"9" * 30 + b',"text":"a"}', b"[" * 5000]
    return good, bad


def check_records(postvet, validator):
    good, bad = write_records()
    records = b"".join(json.dumps(record).encode() + b"\n" for record in good)
    records += b" \n\r\n" + b"\n".join(bad)
    lines, status = run_lines(postvet, ["--ndjson-input"], records)
    assert len(lines) == len(good) + len(bad)
    for line in lines:
        validator.validate(line)
    for record, line in zip(good, lines):
        assert line["id"] == record.get("id") and "error" not in line, line
    for number, line in enumerate(lines[len(good):], len(good) + 3):
        assert line["error"]["line"] == number and line["verdict"] == "incomplete", line
    assert status == 3, status
    assert run_lines(postvet, ["--ndjson-input"], b"") == ([], 0)


def check_baseline(postvet, validator, line_validator, corpus):
    """With a baseline of all drafts nothing stands but what can never be accepted."""
    baseline = os.path.join(corpus, "accepted")
    subprocess.run([postvet, "baseline", "create", "--baseline", baseline, corpus], check=True,
                   stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found, _ = run(postvet, [corpus])
    arguments = ["--baseline", baseline, "--report-suppressed", corpus]
    report, status = run(postvet, arguments)
    validator.validate(report)
    check_lines(postvet, line_validator, arguments, report, status)
    new = {finding["rule"] for document in report["documents"] for finding in document["findings"]}
    assert new and not any("notices" in document for document in report["documents"])
    before, after = (
        sum(len(document["findings"]) + document["suppressed"] for document in of["documents"])
        for of in (found, report))
    assert after >= before > 200, (before, after)
    for rule in new:
        shown = subprocess.run([postvet, "explain", rule], check=True, stdout=subprocess.PIPE)
        assert b"Never: no reason" in shown.stdout, rule


def main(postvet):
    with open(os.path.join(ROOT, "rules", "schema", "output.json"), encoding="utf-8") as schema:
        validator = jsonschema.Draft7Validator(json.load(schema))
    validator.check_schema(validator.schema)
    line_validator = jsonschema.Draft7Validator(
        {"$ref": "#/definitions/line", "definitions": validator.schema["definitions"]})
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
            check_lines(postvet, line_validator, arguments, report, status)
        check_baseline(postvet, validator, line_validator, corpus)
    check_records(postvet, line_validator)
    print(f"{len(runs)} reports are valid, as json and as ndjson")


if __name__ == "__main__":
    main(sys.argv[1])
