#!/usr/bin/env python3
"""Make the texts that `./dev bench` measures on, of Debian's documentation packages.

    corpus.py FOLDER FILES

FOLDER gets, with a NUL byte between drafts:
    prose.drafts   essays and quotations (anarchism, fortunes)
    mixed.drafts   the same among manuals full of commands, addresses and numbers
    posts.drafts   the labelled drafts of tests/corpus
    draft.drafts   one draft of 4 KB, many times over
and draft.md, that draft; large-1.md and large-10.md, one draft of prose and one ten times as long;
small/, FILES files of 4 KB. Pieces of documents are about 4 KB, end with a paragraph and are
shuffled, always in the same way, so that any first part of a text is like the whole. What is not
installed is left out; what is there already stays."""
import glob
import gzip
import json
import os
import random
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PIECE = 4096
LARGE = 40 * 1024
DRAFT_COPIES = 500

PROSE = ("/usr/share/doc/anarchism/markdown/*.gz", "/usr/share/games/fortunes/*.u8")
MANUALS = ("/usr/share/debian-reference/*.en.txt.gz", "/usr/share/doc/debian-policy/*.txt.gz",
           "/usr/share/doc/debian/**/*.txt*", "/usr/share/perl/5*/pod/*.pod")


def read(path):
    """A text file as UTF-8 without NUL bytes or runs of empty lines."""
    with (gzip.open(path) if path.endswith(".gz") else open(path, "rb")) as file:
        text = file.read().decode("utf-8", "replace").replace("\ufffd", "?")
    return re.sub(r"\n{3,}", "\n\n", text.replace("\r\n", "\n").replace("\0", "")).strip()


def pieces(patterns):
    """The documents that the globs find, in pieces."""
    found = []
    paths = sorted({os.path.realpath(p) for g in patterns for p in glob.glob(g, recursive=True)})
    for path in paths:
        piece = ""
        for paragraph in read(path).split("\n\n"):
            if piece and len(piece) + len(paragraph) > PIECE:
                found.append(piece)
                piece = ""
            piece += paragraph[:PIECE] + "\n\n"
        found.append(piece)
    return found


def labelled():
    """The texts of tests/corpus."""
    texts = []
    for path in sorted(glob.glob(os.path.join(ROOT, "tests", "corpus", "*.jsonl"))):
        with open(path, encoding="utf-8") as file:
            texts += [json.loads(line)["text"] for line in file if line.strip()]
    return texts


def draft_of_4_kb(posts):
    """The drafts of tests/drafts, then posts until 4 KB are full."""
    text = ""
    for path in sorted(glob.glob(os.path.join(ROOT, "tests", "drafts", "*.md"))):
        text += read(path) + "\n\n"
    for post in posts:
        if len((text + post).encode()) < PIECE:
            text += post + "\n\n"
    return text


def write(folder, name, text):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(text.encode())


def write_small(folder, texts, count):
    """`count` files of at most 4 KB, a hundred to a folder."""
    have = os.path.join(folder, "small")
    for i in range(count):
        inner = os.path.join(have, "%03d" % (i // 100))
        path = os.path.join(inner, "%05d.md" % i)
        if not os.path.exists(path):
            os.makedirs(inner, exist_ok=True)
            with open(path, "wb") as file:
                file.write(texts[i % len(texts)].encode()[:PIECE].decode("utf-8", "ignore").encode())


def main():
    folder, count = sys.argv[1], int(sys.argv[2])
    random.seed(20240607)
    os.makedirs(folder, exist_ok=True)
    prose = pieces(PROSE)
    if not prose:
        sys.exit("corpus.py: neither anarchism nor fortunes is installed")
    mixed = prose[:] + pieces(MANUALS)
    random.shuffle(prose)
    random.shuffle(mixed)
    posts = labelled()
    draft = draft_of_4_kb(posts)
    write(folder, "prose.drafts", "\0".join(prose))
    write(folder, "mixed.drafts", "\0".join(mixed))
    write(folder, "posts.drafts", "\0".join(posts))
    write(folder, "draft.drafts", "\0".join([draft] * DRAFT_COPIES))
    write(folder, "draft.md", draft)
    write(folder, "large-1.md", "".join(prose)[:LARGE])
    write(folder, "large-10.md", "".join(prose)[:10 * LARGE])
    write_small(folder, mixed, count)


main()
