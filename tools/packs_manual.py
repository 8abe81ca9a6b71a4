#!/usr/bin/env python3
"""Makes docs/postvet-packs.5, the manual page of the files of rules, out of their JSON Schemas.

    tools/packs_manual.py          writes the page
    tools/packs_manual.py --check  exits with 1 if the page is not what this would write

docs/rules.md is the manual, with examples and reasons; the page is a list of the keys for those
who know the language. Each key's words are its description in rules/schema/, and a key without
one is an error, so that no key is left out. The example below is tested by tests/cli/manuals.py.
"""
import json
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PAGE = os.path.join(ROOT, "docs/postvet-packs.5")

HEAD = r'''.\" Made by tools/packs_manual.py from rules/schema/. Do not edit it.
.TH POSTVET-PACKS 5 "" "postvet" "File formats"
.SH NAME
postvet\-packs \- rule packs and profiles of postvet
.SH DESCRIPTION
A rule pack is a YAML file that says what
.BR postvet (1)
looks for in drafts, in what surroundings, and what it tells their authors. A profile is a YAML file that tells a Trust's names,
sites, words and sections. Both are read strictly: an unknown key, or a value that a key does not admit, is an error with its
line and column.
.PP
.B postvet \-\-rules
.I FILE
adds a pack to those that come with the program,
.B postvet rules test
.I FILE
runs the tests in it, and
.B postvet rules lint
.I FILE
tells what is weak.
.B postvet \-\-profile
.I FILE
takes a profile,
.B postvet init \-\-profile
writes a template.
.PP
This page names the keys. How the language works, with examples and reasons, is in
.IR docs/rules.md ;
profiles are explained in
.IR docs/profiles.md .
.SH EXAMPLE
'''

EXAMPLE = """pack: garden
title: The hospital garden
version: 1.0.0
cues:
  - {id: gate, terms: [gate, garden door]}
rules:
  - id: gate-code
    title: Code of the garden gate
    severity: error
    confidence: high
    find:
      pattern: '\\bcode \\d{4}\\b'
    near: [{cue: gate, within: 4 words}]
    message: This gives away the code of the garden gate.
    advice: Take the code out, and ask the porters for a new one.
    cites: [B 3.5]
    tests:
      match: ["The gate [[code 1234]] works."]
      no-match: ["The gate closes at 1234 hours."]
"""

FOOT = r'''.SH SEE ALSO
.BR postvet (1),
.BR pcre2pattern (3)
'''


def roff(text):
    """Text as roff has it: nothing in it is a command."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text.startswith((".", "'")) else text


class Schema:
    """One of the schemas, and the page's lines about it."""

    def __init__(self, name):
        with open(os.path.join(ROOT, "rules/schema", name), encoding="utf-8") as file:
            self.root = json.load(file)
        self.lines = []
        self.told = set()

    def target(self, node):
        """What a reference stands for, and the entries of a list."""
        while "$ref" in node or "items" in node:
            node = self.at(node["$ref"]) if "$ref" in node else node["items"]
        return node

    def at(self, path):
        node = self.root
        for part in path.removeprefix("#/").split("/"):
            node = node[part]
        return node

    def key(self, name, node, required, place):
        words = node.get("description") or self.at(node["$ref"]).get("description") \
            if "$ref" in node else node.get("description")
        if not words:
            sys.exit(f"{place}{name} has no description in its schema")
        target = self.target(node)
        is_list = "items" in node or ("$ref" in node and "items" in self.at(node["$ref"]))
        self.lines += [".TP", f".B {roff(name)}", roff(words)]
        facts = []
        if "enum" in target:
            kind = "Any of" if is_list else "One of"
            facts.append(f"{kind} {', '.join(target['enum'])}.")
        elif is_list:
            facts.append("A list.")
        if required:
            facts.append("Required.")
        if facts:
            self.lines.append(roff(" ".join(facts)))

    def mapping(self, title, node, place):
        """The keys of a mapping, and then the mappings among their values, each told once."""
        properties = node["properties"]
        shared = self.root.get("definitions", {}).get("find", {}).get("properties", {})
        has_find = place != "find: " and bool(shared) and set(shared) <= set(properties)
        self.lines += [f".S{'S' if place else 'H'} {roff(title)}"]
        if has_find:
            self.lines += ["It has the keys of find, and these."]
        inner = []
        for name, value in properties.items():
            if has_find and name in shared:
                continue
            self.key(name, value, name in node.get("required", []), place)
            target = self.target(value)
            if "properties" in target:
                inner.append((name, target))
        for name, target in inner:
            if id(target) not in self.told:
                self.told.add(id(target))
                self.mapping(f"{name}:", target, f"{name}: ")


def page():
    lines = [HEAD.rstrip("\n"), ".nf", *map(roff, EXAMPLE.splitlines()), ".fi"]
    for name, title in [("pack.json", "PACKS"), ("profile.json", "PROFILES")]:
        schema = Schema(name)
        schema.mapping(title, schema.root, "")
        lines += schema.lines
    return "\n".join(lines) + "\n" + FOOT


def main():
    text = page()
    if sys.argv[1:] == ["--check"]:
        with open(PAGE, encoding="utf-8") as file:
            if file.read() != text:
                sys.exit("docs/postvet-packs.5 is not in step; run tools/packs_manual.py")
        return
    with open(PAGE, "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    main()
