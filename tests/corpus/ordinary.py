#!/usr/bin/env python3
"""Count false alarms in ordinary English that Debian ships (Python 3 standard library only).

    ordinary.py build/release/postvet
    ordinary.py --show 5 build/release/postvet

Handbooks, manuals, manual pages, READMEs and fortunes that are installed on this machine are cut
into documents of 300 to 3,000 characters, taken in turn from each source until there are enough,
and screened as plain text. Nearly all that is found there is wrong, so the numbers say how quiet
the rules are on the writing of people who never thought of them. What is installed decides which
documents there are; the script names the packages that it misses. It reads no clock and draws no
lots: the same machine gives the same documents.

Exit status: 0 the goals hold, 1 they do not, 2 the program failed or there is too little text."""
import argparse
import collections
import glob
import gzip
import hashlib
import html.parser
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import textwrap

# A source: the Debian package that brings it, and where its texts lie.
SOURCES = [
    ("debian-handbook", "/usr/share/doc/debian-handbook/html/en-US/*.html"),
    ("debian-faq", "/usr/share/doc/debian/FAQ/*.en.html"),
    ("debian-reference-en", "/usr/share/debian-reference/*.en.html"),
    ("debian-policy", "/usr/share/doc/debian-policy/*.html"),
    ("developers-reference", "/usr/share/developers-reference/*.html"),
    ("debian-history", "/usr/share/doc/debian-history/**/*.en.*"),
    ("doc-debian", "/usr/share/doc/debian/*.txt*"),
    ("installation-guide-amd64", "/usr/share/doc/installation-guide-amd64/en/*.html"),
    ("anarchism", "/usr/share/doc/anarchism/html/*.html"),
    ("gnome-user-docs", "/usr/share/help/C/*-help/*.page"),
    ("git", "/usr/share/doc/git/RelNotes/*"),
    ("fortunes", "/usr/share/games/fortunes/*.u8"),
    ("READMEs", "/usr/share/doc/*/README*"),
    ("info", "/usr/share/info/*.gz"),
    ("manpages", "/usr/share/man/man[1578]/*.gz"),
]
HARD = {"nhs-number", "patient-identifier", "postcode", "date-of-birth", "personal-data", "slur",
        "abuse"}
GOALS = {"blocked": 0.005, "hard": 0.05, "all": 0.5}
COMMON = set("the of and to a in is it that for you be as on with this are not or can if".split())
SHORTEST, LONGEST, BATCH = 300, 3000, 200


# ------------------------------------------------------------------ reading

class Prose(html.parser.HTMLParser):
    """The paragraphs of an HTML or Mallard page, without code and navigation."""
    BLOCKS = {"p", "title", "li", "dt", "dd", "td", "th", "div", "section", "item", "note", "br",
              "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "tr", "ul", "ol", "dl"}
    SKIPPED = {"script", "style", "pre", "nav", "head", "info", "links", "screen"}

    def __init__(self):
        super().__init__()
        self.paragraphs, self.words, self.skipping = [], [], []

    def end_paragraph(self):
        text = " ".join("".join(self.words).split())
        if text:
            self.paragraphs.append(text)
        self.words = []

    def handle_starttag(self, tag, attributes):
        if tag in self.SKIPPED:
            self.skipping.append(tag)
        if tag in self.BLOCKS:
            self.end_paragraph()

    def handle_startendtag(self, tag, attributes):
        if tag in self.BLOCKS:
            self.end_paragraph()

    def handle_endtag(self, tag):
        if tag in self.skipping:
            del self.skipping[self.skipping.index(tag):]
        if tag in self.BLOCKS:
            self.end_paragraph()

    def handle_data(self, data):
        if not self.skipping:
            self.words.append(data)


def paragraphs_of_text(text):
    for part in re.split(r"\n[ \t]*\n|\n%\n|\x1f", text):
        part = textwrap.dedent(part.strip("\n")).strip()
        if part:
            yield part


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    return data


def render(path):
    """A manual page as a terminal shows it, without bold and hyphens."""
    environment = dict(os.environ, MANWIDTH="90", MAN_KEEP_FORMATTING="", LC_ALL="C.UTF-8")
    done = subprocess.run(["man", "-P", "cat", "--nh", "--nj", path], env=environment,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL)
    return re.sub(rb".\x08", b"", done.stdout)


def paragraphs(source, path):
    try:
        text = (render(path) if source == "manpages" else read(path)).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError):
        return []
    if re.search(r"\.(html|page)(\.gz)?$", path):
        page = Prose()
        page.feed(text)
        page.end_paragraph()
        return page.paragraphs
    return list(paragraphs_of_text(text))


# ------------------------------------------------------------------ cutting

def is_english(text):
    """Whether a paragraph is sentences, not code, tables or another language."""
    words = re.findall(r"[^\s]+", text.lower())
    letters = sum(c.isalpha() or c.isspace() for c in text)
    common = sum(word.strip(".,;:()") in COMMON for word in words)
    return letters >= 0.7 * len(text) and common >= 0.1 * len(words)


def cut(text, length):
    """A paragraph that is too long, at the ends of lines or sentences."""
    while len(text) > length:
        at = max(text.rfind(end, 0, length) for end in ("\n", ". ", " "))
        at = at if at > 0 else length
        yield text[:at + 1].strip()
        text = text[at + 1:]
    yield text


def documents_of(source, paths):
    """Posts made of a source's paragraphs, each as long as a hash of its first words says."""
    for path in paths:
        parts, wanted = [], 0
        for paragraph in paragraphs(source, path):
            if not is_english(paragraph):
                continue
            for part in cut(paragraph, LONGEST - 2):
                length = sum(len(p) + 2 for p in parts) + len(part)
                if parts and length > LONGEST:
                    yield "\n\n".join(parts) + "\n"
                    parts = []
                if not parts:
                    seed = hashlib.sha256(part.encode()).digest()
                    wanted = SHORTEST + int.from_bytes(seed[:4], "big") % (LONGEST - SHORTEST) // 2
                parts.append(part)
                if sum(len(p) + 2 for p in parts) >= wanted:
                    yield "\n\n".join(parts) + "\n"
                    parts = []


def gather(size):
    """(source, text) of at least `size` bytes, a document of each source in turn."""
    missing, streams = [], []
    for source, pattern in SOURCES:
        paths = sorted(p for p in glob.glob(pattern, recursive=True) if os.path.isfile(p))
        paths.sort(key=lambda p: hashlib.sha256(os.path.basename(p).encode()).digest())
        if paths:
            streams.append((source, documents_of(source, paths)))
        else:
            missing.append(source)
    if missing:
        print("ordinary.py: not installed: %s (apt-get install)" % " ".join(missing),
              file=sys.stderr)
    found, seen, total = [], set(), 0
    while streams and total < size:
        for stream in list(streams):
            source, documents = stream
            text = next(documents, None)
            if text is None:
                streams.remove(stream)
            elif len(text) >= SHORTEST and text not in seen:
                seen.add(text)
                found.append((source, text))
                total += len(text.encode())
    return found, total


# ---------------------------------------------------------------- screening

def screen(program, texts):
    """The program's report on each text, in order."""
    with tempfile.TemporaryDirectory(prefix="ordinary-") as folder:
        for start in range(0, len(texts), BATCH):
            paths = []
            for number, text in enumerate(texts[start:start + BATCH], start):
                paths.append(os.path.join(folder, "%06d.txt" % number))
                with open(paths[-1], "w", encoding="utf-8", newline="") as file:
                    file.write(text)
            done = subprocess.run([program, "check", "--format", "json", *paths],
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
            if done.returncode not in (0, 1):
                sys.exit("ordinary.py: %s ended with status %d" % (program, done.returncode))
            yield from json.loads(done.stdout)["documents"]
            for path in paths:
                os.unlink(path)


class Tally:
    """What was found in the documents of one source, or of all."""

    def __init__(self):
        self.documents = self.bytes = self.words = self.blocked = self.hard = self.all = 0

    def add(self, text, report):
        self.documents += 1
        self.bytes += len(text.encode())
        self.words += len(text.split())
        self.blocked += report["verdict"] == "block"
        loud = [f for f in report["findings"] if f["severity"] != "note"]
        self.all += len(loud)
        self.hard += sum(f["category"] in HARD for f in loud)

    def rates(self):
        return {"blocked": self.blocked / self.documents, "hard": 1000 * self.hard / self.words,
                "all": 1000 * self.all / self.words}

    def row(self, name):
        rates = self.rates()
        return "%-26s %9d %9.2f %9d %8.2f%% %9.3f %9.3f" % (
            name, self.documents, self.bytes / 1e6, self.words, 100 * rates["blocked"],
            rates["hard"], rates["all"])


def in_context(text, finding):
    """The words found, between marks, and some of those around them."""
    data = text.encode()
    start, end = finding["start"]["byte"], finding["end"]["byte"]
    parts = data[max(0, start - 60):start], data[start:end], data[end:end + 60]
    before, found, after = (" ".join(p.decode("utf-8", "ignore").split(" ")) for p in parts)
    return re.sub(r"\s+", " ", "%s[[%s]]%s" % (before, found, after)).strip()


def show_rules(found, most, samples):
    by_rule = collections.defaultdict(list)
    for source, text, finding in found:
        by_rule[finding["rule"], finding["severity"]].append((source, text, finding))
    ranked = sorted(by_rule.items(), key=lambda item: (-len(item[1]), item[0]))
    print("\nrules found most often")
    for (rule, severity), places in ranked[:most]:
        print("%6d  %-8s %s" % (len(places), severity, rule))
        for source, text, finding in itertools.islice(places, samples):
            print("          %s: %s" % (source, in_context(text, finding)))


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="postvet")
    parser.add_argument("--megabytes", type=float, default=5.0, help="how much text (5)")
    parser.add_argument("--rules", type=int, default=20, help="how many rules to list (20)")
    parser.add_argument("--show", type=int, default=0, metavar="N",
                        help="show N places of each rule listed")
    args = parser.parse_args()
    documents, size = gather(args.megabytes * 1e6)
    if not documents or size < args.megabytes * 1e6:
        print("ordinary.py: only %.1f MB of text on this machine" % (size / 1e6), file=sys.stderr)
        return 2
    total, tallies, found = Tally(), collections.defaultdict(Tally), []
    for (source, text), report in zip(documents, screen(args.program, [t for _, t in documents])):
        for tally in (total, tallies[source]):
            tally.add(text, report)
        found += [(source, text, f) for f in report["findings"] if f["severity"] != "note"]
    print("%-26s %9s %9s %9s %9s %9s %9s" % (
        "source", "documents", "MB", "words", "blocked", "hard", "all"))
    for source, _ in SOURCES:
        if source in tallies:
            print(tallies[source].row(source))
    print(total.row("TOTAL"))
    print("%-56s %8.2f%% %9.3f %9.3f" % (
        "goal, at most", 100 * GOALS["blocked"], GOALS["hard"], GOALS["all"]))
    print("hard: warnings and errors per 1,000 words about identifiers, personal data, slurs and "
          "abuse; all: about anything")
    show_rules(found, args.rules, args.show)
    rates = total.rates()
    return 0 if all(rates[name] <= goal for name, goal in GOALS.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
