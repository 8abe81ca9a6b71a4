#!/usr/bin/env python3
"""Makes lib/text/entity_table.c: HTML's named character references.

    entities.py > ../../lib/text/entity_table.c

Input: html.entities.html5 of Python's standard library, which is the table of the HTML Living
Standard, section "Named character references".
"""
from html.entities import html5

HEAD = """\
/* entity_table.c: made by tools/unicode/entities.py. Do not edit.
 * Source: HTML Living Standard, "Named character references", by way of Python's html.entities. */
#include "text/entities.h"

/* clang-format off */

/* For each name: its length (plus 64 where it may go without a semicolon), its letters, the length
 * of the UTF-8 that it stands for, and that. */
const unsigned char pv_entity_bytes[] = {"""


def main():
    names = sorted({n.rstrip(";") for n in html5}, key=lambda n: n.encode())
    print(HEAD)
    offsets, at = [], 0
    for name in names:
        value = html5[name + ";"].encode()
        row = [len(name) + (64 if name in html5 else 0), *name.encode(), len(value), *value]
        offsets.append(at)
        at += len(row)
        line = "    "
        for i, byte in enumerate(row):
            cell = "'%c'," % byte if 0 < i <= len(name) else "%d," % byte
            if len(line) + len(cell) > 99:
                print(line.rstrip())
                line = "    "
            line += cell + " "
        print(line.rstrip())
    assert at < 65536
    print("};\n\nconst uint16_t pv_entity_offsets[] = {")
    line = "    "
    for offset in offsets:
        cell = "%d, " % offset
        if len(line) + len(cell) > 100:
            print(line.rstrip())
            line = "    "
        line += cell
    print(line.rstrip())
    print("};\n\nconst size_t pv_entity_count = "
          "sizeof pv_entity_offsets / sizeof *pv_entity_offsets;")


if __name__ == "__main__":
    main()
