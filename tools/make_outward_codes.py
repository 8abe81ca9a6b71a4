#!/usr/bin/env python3
"""Writes lib/check/outward_codes.c from rules/lists/outward-codes.txt.

    tools/make_outward_codes.py rules/lists/outward-codes.txt > lib/check/outward_codes.c

The result is committed; run this again when the list changes. It is not part of the build.
"""
import re
import sys

PER_LINE = 10

HEAD = """\
/* outward_codes.c: see outward_codes.h. Made by tools/make_outward_codes.py from
 * rules/lists/outward-codes.txt; do not edit. Contains OS data (c) Crown copyright and database
 * right, Royal Mail data (c) Royal Mail copyright and database right, and National Statistics data
 * (c) Crown copyright and database right, under the Open Government Licence v3.0. */
#include "check/outward_codes.h"

#include <string.h>

// clang-format off
static const char outward_codes[][PV_OUTWARD_MAX + 1] = {
"""

TAIL = """\
};
// clang-format on

bool pv_outward_code_is_real(const char *code)
{
    size_t low = 0, high = sizeof(outward_codes) / sizeof(outward_codes[0]);
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = strcmp(code, outward_codes[middle]);
        if (order == 0)
            return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}
"""


def read_codes(path):
    with open(path, encoding="utf-8") as lines:
        codes = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    wrong = [code for code in codes if not re.fullmatch(r"[A-Z]{1,2}[0-9][0-9A-Z]?", code)]
    if wrong:
        sys.exit(f"{path}: not an outward code: {', '.join(wrong)}")
    return sorted(set(codes))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    codes = read_codes(sys.argv[1])
    rows = [codes[i:i + PER_LINE] for i in range(0, len(codes), PER_LINE)]
    body = "".join("    " + " ".join(f'"{code}",' for code in row) + "\n" for row in rows)
    sys.stdout.write(HEAD + body + TAIL)


if __name__ == "__main__":
    main()
