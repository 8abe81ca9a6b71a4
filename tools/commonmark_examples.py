#!/usr/bin/env python3
"""Makes tests/unit/commonmark_examples.h: the examples of the CommonMark specification, each with the
text that a reader of the reference HTML sees.

    tools/commonmark_examples.py SPEC.txt >tests/unit/commonmark_examples.h

SPEC.txt is spec.txt of CommonMark 0.31.2: https://spec.commonmark.org/0.31.2/spec.txt, also in the npm
package commonmark-spec. What is seen: text outside tags and comments, with white space as one space,
and a space where a block or a line ends. Raw HTML is read likewise, but for scripts and styles.
"""
import html.parser
import re
import sys

NOTICE = """\
/* clang-format off */
/* commonmark_examples.h: made by tools/commonmark_examples.py from spec.txt of CommonMark %s. Do
 * not edit.
 *
 * The examples are (c) 2014-2024 John MacFarlane, under the licence CC BY-SA 4.0:
 * https://creativecommons.org/licenses/by-sa/4.0/. They are test data, and part of no program. */"""

BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "pre", "blockquote", "hr", "br", "div",
          "table", "tr", "td", "th", "tbody", "thead", "img", "textarea", "input", "section", "article"}


class Reader(html.parser.HTMLParser):
    """Gathers the text that is seen."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.text = []
        self.unseen = 0

    def handle_starttag(self, tag, attrs):
        self.unseen += tag in ("script", "style")
        if tag in BLOCKS:
            self.text.append(" ")

    def handle_endtag(self, tag):
        self.unseen -= tag in ("script", "style")
        if tag in BLOCKS:
            self.text.append(" ")

    def handle_startendtag(self, tag, attrs):
        if tag in BLOCKS:
            self.text.append(" ")

    def handle_data(self, data):
        if not self.unseen:
            self.text.append(data)


def seen(page):
    reader = Reader()
    reader.feed(re.sub("<!---?>", "", page))  # whole comments, which html.parser takes for open ones
    reader.close()
    return re.sub(r"[ \t\r\n]+", " ", "".join(reader.text)).strip()


def quoted(text):
    """A C string; a hexadecimal escape ends the literal, so that what follows is no part of it."""
    out = ""
    for byte in text.encode():
        char = chr(byte)
        if char in '"\\':
            out += "\\" + char
        elif char == "\n":
            out += "\\n"
        elif 0x20 <= byte < 0x7F and char != "?":
            out += char
        else:
            out += f"\\{byte:03o}"
    return f'"{out}"'


def main():
    spec = open(sys.argv[1], encoding="utf-8").read()
    version = re.search(r"^version: '(.*)'$", spec, re.M).group(1)
    fence = "`" * 32
    print(NOTICE % version)
    print("static const struct {\n    const char *markdown, *text;\n} examples[] = {")
    for example in re.findall(rf"^{fence} example\n(.*?)^\.\n(.*?)^{fence}$", spec, re.M | re.S):
        markdown, page = (part.replace("→", "\t") for part in example)
        print(f"    {{ {quoted(markdown)},\n        {quoted(seen(page))} }},")
    print("};")


if __name__ == "__main__":
    main()
