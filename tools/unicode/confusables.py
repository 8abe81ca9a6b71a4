#!/usr/bin/env python3
"""Makes lib/text/confusables.c: what each letter that is not ASCII folds to.

    confusables.py confusables.txt > ../../lib/text/confusables.c

Input: confusables.txt of Unicode Security Mechanisms (UTS 39), any version from 15.0.0, from
https://www.unicode.org/Public/security/. Letters of Latin blocks that Unicode decomposes, and the
few below that it does not, are added, so that European names need no further look-up.

An entry is kept when its skeleton, lower-cased and without marks, is ASCII letters and digits, and
when its script is not one in which people write their names beside English ones: an Urdu name is
not a row of Latin look-alikes.
"""
import sys
import unicodedata

# Scripts whose letters are left alone.
LIVING = set("""ARABIC HEBREW SYRIAC THAANA NKO DEVANAGARI BENGALI GURMUKHI GUJARATI ORIYA TAMIL
TELUGU KANNADA MALAYALAM SINHALA THAI LAO TIBETAN MYANMAR GEORGIAN ETHIOPIC HANGUL CJK KATAKANA
HIRAGANA HALFWIDTH BOPOMOFO KHMER MONGOLIAN YI KANGXI IDEOGRAPHIC""".split())

# Letters that neither table takes to ASCII.
ADDED = {
    "\u00e6": "ae", "\u0153": "oe", "\u00f0": "d", "\u00fe": "th", "\u00df": "ss", "\u1e9e": "ss",
    "\u0138": "k", "\u014b": "n", "\u0142": "l", "\u00f8": "o", "\u0111": "d", "\u0127": "h",
    "\u0131": "i", "\u0237": "j", "\u0167": "t", "\u0261": "g", "\u0251": "a", "\u0259": "e",
    "\u03b1": "a", "\u03b5": "e", "\u03b7": "n", "\u03ba": "k", "\u03bc": "u", "\u03c4": "t",
    "\u03c5": "u", "\u03c7": "x", "\u03c9": "w", "\u03b2": "b", "\u0432": "b", "\u043a": "k",
    "\u043c": "m", "\u043d": "h", "\u0442": "t", "\u0491": "r",
    # turned upside down or over; the o and e of Ghanaian names
    "\u01dd": "e", "\u0250": "a", "\u0252": "a", "\u0254": "o", "\u0255": "c", "\u0258": "e",
    "\u025b": "e", "\u025f": "f", "\u0265": "h", "\u0279": "r", "\u027e": "r", "\u0281": "r",
    "\u0287": "t", "\u028e": "y", "\u029e": "k",
    "\ua730": "f", # the small capital that completes that alphabet
}
NOTICE = """\
/* confusables.c: made by tools/unicode/confusables.py from confusables.txt of Unicode Security
 * Mechanisms (UTS 39), version %s. Do not edit.
 *
 * Copyright (c) 1991-2022 Unicode, Inc. All rights reserved. Distributed under the Terms of Use in
 * https://www.unicode.org/copyright.html; Unicode and the Unicode Logo are registered trademarks
 * of Unicode, Inc. in the U.S. and other countries. */
#include "text/confusables.h"

/* clang-format off */
"""


def read_prototypes(path):
    """The version, and what each single character looks like."""
    version, found = "", {}
    with open(path, encoding="utf-8-sig") as lines:
        for line in lines:
            if line.startswith("# Version:"):
                version = line.split(":")[1].strip()
            fields = line.split("#")[0].split(";")
            if len(fields) >= 2:
                source = chr(int(fields[0].strip(), 16))
                found[source] = "".join(chr(int(x, 16)) for x in fields[1].split())
    return version, found


def bare(text):
    """Compatibility form, lower case, without marks."""
    text = unicodedata.normalize("NFKD", text).casefold()
    text = unicodedata.normalize("NFKD", text)
    return "".join(c for c in text if not unicodedata.category(c).startswith("M"))


def skeleton(char, prototypes):
    """ASCII letters and digits that the character looks like, or None."""
    for start in (bare(char), char):  # lower case first: U+0406 is an i before it is an l
        out = "".join(ADDED.get(c) or (c if c.isascii() else bare(prototypes.get(c, c)))
                      for c in start)
        out = "".join(ADDED.get(c, c) for c in out)
        if out.isascii() and out.isalnum():
            # the table takes m to rn; a reader does not
            return out.replace("rn", "m") if out == "rn" else out
    return None


def main():
    version, prototypes = read_prototypes(sys.argv[1])
    latin = [chr(c) for r in ((0xC0, 0x250), (0x250, 0x2B0), (0x1D00, 0x1D80), (0x1E00, 0x1F00))
             for c in range(*r)]
    table = {}
    for char in set(prototypes) | set(latin) | set(ADDED) | {a.upper() for a in ADDED
                                                           if len(a.upper()) == 1}:
        name = unicodedata.name(char, "")
        if char.isascii() or not name or name.split()[0].split("-")[0] in LIVING:
            continue
        if unicodedata.category(char)[0] not in "LN" or unicodedata.decimal(char, None) is not None:
            continue
        small = "LATIN LETTER SMALL CAPITAL "
        if name.startswith(small) and len(name) == len(small) + 1:
            table[ord(char)] = name[-1].lower()
            continue
        out = skeleton(char, prototypes)
        if out and len(out) <= 3:
            table[ord(char)] = out
    print(NOTICE % version)
    print("const struct pv_confusable pv_confusables[] = {")
    row = ""
    for code, out in sorted(table.items()):
        item = '{ 0x%X, "%s" },' % (code, out)
        if len(row) + len(item) > 95:
            print("    " + row.rstrip())
            row = ""
        row += item + " "
    print("    " + row.rstrip())
    print("};\n\nconst size_t pv_confusable_count = sizeof pv_confusables / sizeof *pv_confusables;")


if __name__ == "__main__":
    main()
