#!/usr/bin/env python3
"""Make rule packs that nobody would write, to see what more rules cost.

    packs.py FOLDER TERMS

Into FOLDER/terms goes one pack of so many terms: rare words of a dictionary and, three in ten,
phrases of two or three words. Into FOLDER/patterns go nine copies of each of the library's packs:
all its rules, cues and fragments, with each word that is not among the commonest replaced by a rare
one of the same length. FOLDER holds mixed.drafts, which tells the rare words from the common ones
(corpus.py). Needs python3-yaml
and wamerican-huge."""
import collections
import glob
import json
import os
import random
import re
import shutil
import sys

import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DICTIONARY = "/usr/share/dict/american-english-huge"
COPIES = 9
TESTS = {"match": ["any"], "no-match": ["none"]}
COMMON = 300
RARE = 3

# What a pattern is made of, as far as words are concerned: only the last is one.
PATTERN = re.compile(r"\{\{[^}]*\}\}|\\[pPxN]\{[^}]*\}|\\k<\w+>|\\.|\(\?P?<\w+>|\(\?[-a-z]+"
                     r"|\[(?:\\.|[^\]\\])*\]|(?P<word>[A-Za-z]{4,})", re.S)
TERM = re.compile(r"(?P<word>[A-Za-z]{4,})")


def count_words(path):
    with open(path, encoding="utf-8") as file:
        return collections.Counter(re.findall(r"[a-z]+", file.read().lower()))


def rare_words(counts):
    """Words of the dictionary that the corpus hardly has, by length."""
    by_length = collections.defaultdict(list)
    with open(DICTIONARY, encoding="utf-8") as file:
        for word in file.read().split():
            if re.fullmatch("[a-z]{4,20}", word) and counts[word] <= RARE:
                by_length[len(word)].append(word)
    for words in by_length.values():
        random.shuffle(words)
    return by_length


class Words:
    """Puts rare words in the place of those that are not common: always the same for the same."""

    def __init__(self, rare, common):
        self.rare, self.common, self.known = rare, common, {}

    def instead_of(self, match):
        word = match.group("word")
        pool = self.rare.get(len(word)) if word else None
        if not pool or word.lower() in self.common:
            return match.group(0)
        if word.lower() not in self.known:
            self.known[word.lower()] = pool[random.randrange(len(pool))]
        new = self.known[word.lower()]
        return new.upper() if word.isupper() else new.capitalize() if word[0].isupper() else new


def copied(value, key, names, words):
    """A node of a pack with its words replaced and the names of packs and rules led to the copy."""
    if isinstance(value, dict):
        return {k: copied(v, k, names, words) for k, v in value.items()
                if k not in ("tests", "more-tests")}
    if isinstance(value, list):
        return [copied(v, key, names, words) for v in value]
    if key in ("pattern", "patterns"):
        return names.fragments(PATTERN.sub(words.instead_of, value))
    if key == "terms":
        return TERM.sub(words.instead_of, value)
    if key in ("rule", "yields") or "/" in value and key in ("cue", "any", "have", "lack", "cues"):
        return names.reference(value)
    return value


class Names:
    """The names of one copy: packs and rules are told apart by a number at their end."""

    def __init__(self, number, packs, rules):
        self.end, self.own = "-%d" % number, packs | rules

    def reference(self, name):
        pack, slash, rest = name.partition("/")
        return pack + self.end + slash + rest if pack in self.own else name

    def fragments(self, pattern):
        return re.sub(r"\{\{([a-z0-9-]+)/", lambda m: "{{" + m.group(1) + self.end + "/", pattern)


def copy_of(pack, names, words):
    new = copied(pack, "", names, words)
    new["pack"] += names.end
    for rule in new.get("rules", []):
        rule["id"] += names.end
        rule["tests"] = TESTS
    return new


def write(folder, pack):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, pack["pack"] + ".yaml"), "w", encoding="utf-8") as file:
        json.dump(pack, file, ensure_ascii=False, indent=0)  # JSON is YAML, and quick to write


def write_patterns(folder, packs, rare, common):
    pack_names = {pack["pack"] for pack in packs}
    rule_names = {rule["id"] for pack in packs for rule in pack.get("rules", [])}
    shutil.copytree(os.path.join(ROOT, "rules", "lists"), os.path.join(folder, "lists"),
                    dirs_exist_ok=True)
    for number in range(1, COPIES + 1):
        words, names = Words(rare, common), Names(number, pack_names, rule_names)
        for pack in packs:
            write(folder, copy_of(pack, names, words))


def write_terms(folder, count, rare):
    words = [word for pool in rare.values() for word in pool]
    random.shuffle(words)
    phrases = {" ".join(random.sample(words, random.choice((2, 2, 3)))) for _ in range(count * 3 // 10)}
    rule = {"id": "bench-terms", "title": "A word", "severity": "note", "confidence": "low",
            "find": {"terms": sorted(phrases) + words[:count - len(phrases)]},
            "message": "A word.", "advice": "None.", "cites": ["A 5.15"], "tests": TESTS}
    write(folder, {"pack": "bench", "title": "Many words", "version": "1.0.0", "rules": [rule]})


def main():
    folder, terms = sys.argv[1], int(sys.argv[2])
    random.seed(7)
    counts = count_words(os.path.join(folder, "mixed.drafts"))
    rare = rare_words(counts)
    common = {word for word, _ in counts.most_common(COMMON)}
    packs = []
    for path in sorted(glob.glob(os.path.join(ROOT, "rules", "packs", "*.yaml"))):
        with open(path, encoding="utf-8") as file:
            packs.append(yaml.load(file, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)))
    write_terms(os.path.join(folder, "terms"), terms, rare)
    write_patterns(os.path.join(folder, "patterns"), packs, rare, common)


main()
