#!/usr/bin/env python3
"""Read what `postvet check` prints for other programs and for browsers as those do.

    validate_formats.py POSTVET

Each report is read back, and must say of each draft what the JSON says: gcc by its form; github by
the rules of workflow commands; gitlab by the fields that Code Quality requires; junit as XML, and
by junitparser where that is installed; sarif by the published schema (schemas/sarif-2.1.0.json, from the package
@microsoft/sarif-multitool of npm, MIT licence) and by what GitHub asks for beyond it; html by its
tags, of which none may ask for anything from outside. No report may
hold what was found in a draft: the corpus has NHS numbers and the like planted in it, and its
reports are searched for all of them.
"""
import html.parser
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree

import jsonschema
try:
    import junitparser
except ImportError:
    junitparser = None

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
CORPUS = os.path.join(ROOT, "tests", "corpus", "posts.jsonl")
PLANTED = {"nhs-number", "postcode", "date-of-birth", "personal-data", "patient-identifier"}
QUOTING = ["text", "html"]
PLACES_ONLY = ["gcc", "github", "gitlab", "junit", "sarif"]


def run(postvet, form, folder, *arguments):
    done = subprocess.run([postvet, "check", "--format", form, *arguments, "."], cwd=folder,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    assert done.returncode in (0, 1, 3), (done.returncode, done.stderr[-500:])
    return done.stdout.decode("utf-8")


def clean(path):
    return path[2:] if path.startswith("./") else path


def findings_of(report):
    """(path, finding) of all findings, in order."""
    return [(clean(document["path"]), finding)
            for document in report["documents"] for finding in document["findings"]]


def reasons_of(report):
    return [(clean(document["path"]), reason)
            for document in report["documents"] for reason in document["incomplete_reasons"]]


def check_gcc(output, report):
    line_form = re.compile(r"(.+?):(\d+):(\d+): (error|warning|note): (.+) \[([a-z0-9-]+)\]")
    seen = [line_form.fullmatch(line).groups() for line in output.splitlines()]
    found = [(path, str(f["start"]["line"]), str(f["start"]["column"]), f["severity"], f["message"],
              f["rule"]) for path, f in findings_of(report)]
    assert [line for line in seen if line[5] != "incomplete"] == found
    assert sum(line[5] == "incomplete" for line in seen) == len(reasons_of(report))


def unescape(value, extra=()):
    for code, char in [("%0D", "\r"), ("%0A", "\n"), *extra, ("%25", "%")]:
        value = value.replace(code, char)
    return value


def check_github(output, report):
    """As the runner reads commands: ::NAME KEY=VALUE,...::DATA"""
    *lines, last = output.splitlines()
    commands = {"error": "error", "warning": "warning", "note": "notice"}
    seen = []
    for line in lines:
        name, properties, data = re.fullmatch(r"::(\w+) (.*?)::(.*)", line).groups()
        values = dict(pair.split("=", 1) for pair in properties.split(","))
        values = {key: unescape(value, [("%3A", ":"), ("%2C", ",")])
                  for key, value in values.items()}
        seen.append((name, values, unescape(data)))
    found = [line for line in seen if line[1]["title"] != "Not fully checked"]
    assert len(found) == len(findings_of(report))
    assert len(seen) - len(found) == len(reasons_of(report))
    for (name, values, data), (path, finding) in zip(found, findings_of(report)):
        assert name == commands[finding["severity"]] and values["file"] == path, values
        assert values["line"] == str(finding["start"]["line"]), values
        assert values["title"] == finding["title"], values
        assert data == f"{finding['message']}\n{finding['advice']} [{finding['rule']}]", data
    assert last.startswith(f"postvet: {len(report['documents'])} draft"), last
    assert ("GitHub shows 10" in last) == (max(
        report["summary"]["findings"]["error"] + report["summary"]["incomplete"],
        report["summary"]["findings"]["warning"], report["summary"]["findings"]["note"]) > 10), last


def check_gitlab(output, report):
    issues = json.loads(output)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues), "a fingerprint twice"
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker"), issue
        assert not issue["location"]["path"].startswith(("./", "/")), issue
        lines = issue["location"]["lines"]
        assert 1 <= lines["begin"] <= lines["end"], issue
    seen = [(issue["location"]["path"], issue["check_name"], issue["location"]["lines"]["begin"])
            for issue in issues if issue["check_name"] != "incomplete"]
    assert seen == [(path, f["rule"], f["start"]["line"]) for path, f in findings_of(report)]
    assert len(issues) - len(seen) == len(reasons_of(report))


def check_junit(output, report):
    root = xml.etree.ElementTree.fromstring(output.encode("utf-8"))
    assert root.tag == "testsuites", root.tag
    assert [suite.get("name") for suite in root] == [clean(d["path"]) for d in report["documents"]]
    for suite, document in zip(root, report["documents"]):
        findings, reasons = document["findings"], document["incomplete_reasons"]
        counts = {"tests": max(1, len(findings) + len(reasons)), "errors": len(reasons),
                  "failures": sum(f["severity"] == "error" for f in findings), "skipped": 0}
        assert {key: int(suite.get(key)) for key in counts} == counts, suite.attrib
        assert len(suite.findall("testcase/failure")) == counts["failures"], suite.attrib
        assert [e.get("message") for e in suite.findall("testcase/error")] == reasons
        names = [case.get("name") for case in suite.findall("testcase")]
        assert len(names) == counts["tests"], names
        assert [name.split("[")[-1][:-1] for name in names[:len(findings)]] == [
            f["rule"] for f in findings], names
    for suite in junitparser.JUnitXml.fromstring(output.encode("utf-8")) if junitparser else []:
        declared = (suite.tests, suite.failures, suite.errors, suite.skipped)
        suite.update_statistics()
        assert declared == (suite.tests, suite.failures, suite.errors, suite.skipped), suite.name


def utf16_column(path, place):
    """What the column is when counted in UTF-16."""
    with open(path, "rb") as draft:
        before = draft.read()[:place["byte"]].decode("utf-8", "replace").removeprefix("\ufeff")
    line = re.split("\r\n|\r|\n", before)[-1]
    return len(line.encode("utf-16-le")) // 2 + 1


def keys_in(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_in(inner)


def check_sarif(output, report, folder, validator):
    log = json.loads(output)
    validator.validate(log)
    (only,) = log["runs"]
    rules = only["tool"]["driver"]["rules"]
    assert only["columnKind"] == "utf16CodeUnits"
    for rule in rules:
        for text in ("shortDescription", "fullDescription", "help"):
            assert rule[text]["text"], rule
        assert len(rule["fullDescription"]["text"]) <= 1024, rule
    assert len(only["results"]) == len(findings_of(report))
    for result, (path, finding) in zip(only["results"], findings_of(report)):
        place = result["locations"][0]["physicalLocation"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding["rule"], result
        assert result["level"] == finding["severity"], result
        assert urllib.parse.unquote(place["artifactLocation"]["uri"]) == path, result
        file = os.path.join(folder, path)
        assert place["region"] == {
            "startLine": finding["start"]["line"],
            "startColumn": utf16_column(file, finding["start"]),
            "endLine": finding["end"]["line"],
            "endColumn": utf16_column(file, finding["end"])}, (result, finding)
    (invocation,) = only["invocations"]
    notes = invocation.get("toolExecutionNotifications", [])
    assert invocation["executionSuccessful"] == (report["summary"]["incomplete"] == 0)
    assert [(n["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], n["level"],
             n["message"]["text"]) for n in notes] == [
                 (urllib.parse.quote(path), "error", f"Not fully checked. {reason}")
                 for path, reason in reasons_of(report)]
    told = set(keys_in(only))
    assert not told & {"snippet", "contextRegion", "contents", "partialFingerprints"}, told


class Page(html.parser.HTMLParser):
    """A page whose tags match, and that asks for nothing from outside."""

    ATTRIBUTES = {"lang", "charset", "name", "content", "http-equiv", "class"}

    def __init__(self):
        super().__init__()
        self.open, self.lines, self.classes, self.rows = [], [], [], 0

    def handle_starttag(self, tag, attrs):
        assert tag not in ("script", "link", "img", "iframe", "object", "a"), tag
        assert {name for name, _ in attrs} <= self.ATTRIBUTES, attrs
        self.classes.append(dict(attrs).get("class"))
        self.rows += tag == "tr"
        if self.classes[-1] == "words":
            self.lines.append("")
        if tag != "meta":
            self.open.append((tag, self.classes[-1]))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag, (tag, self.getpos())

    def handle_data(self, data):
        assert self.open and self.open[-1][0] != "style" or "url(" not in data and "@import" not in data
        if ("div", "words") in self.open:
            self.lines[-1] += data


def check_html(output, report):
    page = Page()
    page.feed(output[len("<!DOCTYPE html>\n"):].rstrip("\n"))
    page.close()
    assert not page.open, page.open
    for severity, count in report["summary"]["findings"].items():
        assert page.classes.count(f"finding {severity}") == count, severity
    assert page.rows == len(report["documents"]) + 2
    return page.lines


def lines_of(text):
    lines = re.split("\r\n|\r|\n", text)
    return lines[:-1] if lines[-1] == "" else lines


def check_lines(postvet, folder, report):
    """The page has every line of every draft as it stands, when the words may be shown."""
    texts = []
    for document in report["documents"]:
        with open(os.path.join(folder, document["path"]), encoding="utf-8", newline="") as draft:
            texts.extend(lines_of(draft.read()))
    shown = check_html(run(postvet, "html", folder, "--show-matches"), report)
    plain = [number for number, text in enumerate(texts)
             if not re.search("[^ -~\u00a1-\u02ff]", text)]
    assert len(shown) == len(texts) and len(plain) > 300
    assert all(shown[number] == texts[number] for number in plain)


def write_corpus(folder):
    """Writes the drafts, and returns what is planted in each, by path."""
    planted = {}
    with open(CORPUS, encoding="utf-8") as posts:
        for number, line in enumerate(posts):
            post = json.loads(line)
            path = f"{number:04}.md"
            with open(os.path.join(folder, path), "w", encoding="utf-8", newline="") as draft:
                draft.write(post["text"])
            planted[path] = [expected["match"] for expected in post["expect"]
                             if "match" in expected and len(expected["match"]) >= 6
                             and PLANTED & set([expected["category"]]
                                               if isinstance(expected["category"], str)
                                               else expected["category"])]
    return planted


def is_found(text, match, document):
    """Whether findings cover the match wherever it stands."""
    at = text.find(match)
    while at >= 0:
        start, end = len(text[:at].encode()), len(text[:at + len(match)].encode())
        if not any(f["start"]["byte"] <= start and end <= f["end"]["byte"]
                   for f in document["findings"]):
            return False
        at = text.find(match, at + 1)
    return True


def check_masking(postvet, folder, planted):
    """Formats without words of the draft tell nothing, the others nothing that was found."""
    report = json.loads(run(postvet, "json", folder))
    everything = {match for matches in planted.values() for match in matches}
    assert len(everything) > 80, "the corpus has too little planted in it"
    for form in PLACES_ONLY:
        output = run(postvet, form, folder, "--show-matches")
        for match in everything:
            assert match not in output, (form, "tells a planted match")
    found = set()
    for document in report["documents"]:
        path = clean(document["path"])
        with open(os.path.join(folder, path), encoding="utf-8", newline="") as draft:
            text = draft.read()
        found.update(match for match in planted[path] if is_found(text, match, document))
    assert len(found) > 60, "the rules find too little of what is planted"
    for form in ["json", "ndjson", *QUOTING]:
        output = run(postvet, form, folder)
        for match in found:
            assert match not in output, (form, "tells a planted match")
    shown = run(postvet, "json", folder, "--show-matches")
    assert any(match in shown for match in found), "this search can find nothing"
    return len(found)


def check_suppressed(postvet, folder, planted, validator):
    """SARIF lists what a baseline and directives set aside where it is asked for. Neither it nor the
    baseline tells what was found."""
    suppressed = ["--baseline", ".accepted", "--report-suppressed"]
    subprocess.run([postvet, "baseline", "create", "--baseline", ".accepted", "."], cwd=folder,
                   check=True, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    report = json.loads(run(postvet, "json", folder, *suppressed))
    output = run(postvet, "sarif", folder, *suppressed)
    log = json.loads(output)
    validator.validate(log)
    results = log["runs"][0]["results"]
    kinds = [result["suppressions"][0]["kind"] for result in results if "suppressions" in result]
    assert len(kinds) == sum(document["suppressed"] for document in report["documents"]) > 100
    assert set(kinds) == {"external"} and len(results) - len(kinds) == len(findings_of(report))
    with open(os.path.join(folder, ".accepted"), encoding="utf-8") as accepted:
        baseline = accepted.read()
    for matches in planted.values():
        for match in matches:
            assert match not in baseline and match not in output, "tells a planted match"


def main(postvet):
    with open(os.path.join(HERE, "schemas", "sarif-2.1.0.json"), encoding="utf-8") as schema:
        validator = jsonschema.Draft202012Validator(json.load(schema))
    validator.check_schema(validator.schema)
    with tempfile.TemporaryDirectory() as corpus:
        planted = write_corpus(corpus)
        for folder in (corpus, os.path.join(ROOT, "tests", "drafts"), os.path.join(HERE, "drafts")):
            report = json.loads(run(postvet, "json", folder))
            check_html(run(postvet, "html", folder), report)
            check_gcc(run(postvet, "gcc", folder), report)
            check_github(run(postvet, "github", folder), report)
            check_gitlab(run(postvet, "gitlab", folder), report)
            check_junit(run(postvet, "junit", folder), report)
            check_sarif(run(postvet, "sarif", folder), report, folder, validator)
            if folder == corpus:
                check_lines(postvet, folder, report)
        found = check_masking(postvet, corpus, planted)
        check_suppressed(postvet, corpus, planted, validator)
    print(f"reports for other programs are valid, and hold none of {found} planted matches")


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))
