"""The figures of bench.py as a table of ratios. The bars are those that the project has set itself."""
import os

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DOCUMENT = os.path.join(ROOT, "docs", "performance.md")
BEGIN = "<!-- Made by `./dev bench --write`. Do not edit up to the end mark. -->\n"
END = "<!-- end -->\n"
OTHERS = {"naive": "the naive loop", "vectorscan": "Vectorscan"}


def speed(figures):
    return figures["bytes"] / figures["median_s"] / 1e6


def number(value):
    """Three digits that count."""
    return "{:,.0f}".format(value) if abs(value) >= 100 else "%.3g" % value


def show_speed(figures):
    """MB/s: the median, and in brackets the slowest and the fastest round."""
    slow, fast = (figures["bytes"] / figures[k] / 1e6 for k in ("max_s", "min_s"))
    return "%s MB/s (%s-%s)" % (number(speed(figures)), number(slow), number(fast))


def show_time(figures):
    return "%s ms (%s-%s)" % tuple(number(1e3 * figures[k]) for k in ("median_s", "min_s", "max_s"))


def per_draft(figures):
    return figures["median_s"] / figures["drafts"]


class Rows:
    """Rows: what, postvet's figure, the other's, the ratio, the bar and whether it is met."""

    def __init__(self, figures):
        self.figures, self.rows = figures, []

    def add(self, what, own, other, ratio, bar=None, least=True):
        met = None if bar is None else ratio >= bar if least else ratio <= bar
        self.rows.append({"what": what, "postvet": own, "other": other, "ratio": ratio,
                          "bar": bar, "least": least, "met": met})

    def get(self, *names):
        """The figures of these names, or None when one of them is missing."""
        found = [self.figures.get(name) for name in names]
        return found if all(found) else None

    def throughput(self):
        bars = {"prose": (60, 3), "mixed": (60, 3), "posts": (60, 3), "draft": (30, None)}
        names = {"prose": "prose", "mixed": "mixed text", "posts": "labelled posts",
                 "draft": "one draft of 4 KB, warm"}
        for text, bar in bars.items():
            for other, least in zip(("naive", "vectorscan"), bar):
                pair = self.get(text + "-postvet", "%s-%s" % (text, other))
                if pair:
                    self.add("%s, times %s" % (names[text], OTHERS[other]),
                             show_speed(pair[0]), show_speed(pair[1]), speed(pair[0]) / speed(pair[1]), least)
        prose = self.get("prose-postvet")
        if prose:
            self.add("prose, MB/s", show_speed(prose[0]), "", speed(prose[0]), 250)

    def files(self):
        pair = self.get("files-postvet", "files-read")
        if pair:
            own, read = map(per_draft, pair)
            self.add("files of 4 KB, read and checked, against reading alone", "%s µs a file" % number(own * 1e6),
                     "%s µs a file" % number(read * 1e6), own / read, 2, least=False)
        pair = self.get("files-j2", "files-j1")
        if pair:
            self.add("`-j 2`, times `-j 1`", show_time(pair[0]), show_time(pair[1]),
                     pair[1]["median_s"] / pair[0]["median_s"], 1.7)

    def worst(self):
        for name in sorted((n for n in self.figures if n.startswith("worst-")),
                           key=lambda n: speed(self.figures[n])):
            own = self.figures[name]
            self.add("worst case %s, MB/s" % name[6:], show_speed(own), "%d KB" % (own["bytes"] / 1e3), speed(own), 3)

    def scaling(self):
        for what, more, base, bar in (("10 times the terms", "terms-10", "rules-1", 1.4),
                                      ("10 times the rules and patterns", "patterns-10", "rules-1", None)):
            pair = self.get(more, base)
            if pair:
                self.add(what + ": times the time", show_speed(pair[0]), show_speed(pair[1]),
                         speed(pair[1]) / speed(pair[0]), bar, least=False)
        pair = self.get("size-10", "size-1")
        if pair:
            self.add("a draft 10 times as long: times the time", show_time(pair[0]), show_time(pair[1]),
                     pair[0]["median_s"] / pair[1]["median_s"], 10.5, least=False)

    def cold(self):
        own = self.get("cold-postvet")
        for name, command, bar in (("cold-true", "/bin/true", 2.5), ("cold-grep", "grep -c", None)):
            other = self.get(name)
            if own and other:
                self.add("whole process on the draft, against `%s`" % command, show_time(own[0]), show_time(other[0]),
                         own[0]["median_s"] / other[0]["median_s"], bar, least=False)
        if own:
            self.add("its peak memory, MB", "%.3g MB" % (own[0]["peak_kb"] / 1e3), "", own[0]["peak_kb"] / 1e3, 6,
                     least=False)
        for other in ("naive", "vectorscan"):
            pair = self.get("prose-postvet", "prose-" + other)
            if pair:
                peaks = [f["peak_kb"] / 1e3 for f in pair]
                self.add("peak memory over prose, against " + OTHERS[other],
                         "%.3g MB" % peaks[0], "%.3g MB" % peaks[1], peaks[0] / peaks[1])

    def instructions(self):
        naive = self.get("instructions-prose-naive")
        for text in ("prose", "mixed"):
            own = self.get("instructions-%s-postvet" % text)
            if own:
                count = own[0]["ir_per_byte"]
                self.add("instructions a byte, %s" % text, number(count),
                         "naive: " + number(naive[0]["ir_per_byte"]) if naive and text == "prose" else "", count)
        own = self.get("instructions-cold")
        if own:
            self.add("instructions of the whole process, millions", number(own[0]["ir"] / 1e6), "", own[0]["ir"] / 1e6)


def rows(figures):
    made = Rows(figures)
    for part in (made.throughput, made.files, made.worst, made.scaling, made.cold, made.instructions):
        part()
    return made.rows


def line(row):
    bar = "" if row["bar"] is None else "%s %g" % ("≥" if row["least"] else "≤", row["bar"])
    met = {None: "", True: "yes", False: "no"}[row["met"]]
    return "| %s | %s | %s | %s | %s | %s |\n" % (
        row["what"], row["postvet"], row["other"], number(row["ratio"]), bar, met)


def markdown(data):
    """All of it: the machine, the rules, the table, what is missing."""
    figures = data["figures"]
    text = "%s; load %.1f.%s\n" % (data["machine"], data["load"],
                                  " **A quick run over a small slice.**" if data["quick"] else "")
    for engine in ("postvet", "naive", "vectorscan"):
        if "prose-" + engine in figures:
            text += "%s: %s.\n" % (OTHERS.get(engine, engine), figures["prose-" + engine]["about"])
    text += "\n| measure | postvet | compared with | figure | bar | met |\n|---|---|---|---:|---|---|\n"
    text += "".join(map(line, data["rows"]))
    if data["missing"]:
        text += "\nNot measured: %s.\n" % "; ".join(data["missing"])
    return text


def write(data):
    """Puts the table into docs/performance.md, between the marks."""
    with open(DOCUMENT, encoding="utf-8") as file:
        before, _, rest = file.read().partition(BEGIN)
    _, _, after = rest.partition(END)
    with open(DOCUMENT, "w", encoding="utf-8") as file:
        file.write(before + BEGIN + "\n" + markdown(data) + "\n" + END + after)
