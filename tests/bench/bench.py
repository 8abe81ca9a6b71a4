#!/usr/bin/env python3
"""Measure postvet side by side with what else one could use, and print a table of ratios.

    bench.py BUILD [--quick] [--write] [--only PART,...]

BUILD is a release build with the programs of tests/bench. The figures go to BUILD/bench/results.json
too, with --write also into docs/performance.md. --quick takes a small part of everything and about
a minute. Parts: throughput, files, worst, scaling, cold, instructions. What a measure needs and the
machine does not have is said, and the rest goes on."""
import argparse
import glob
import json
import os
import platform
import re
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True  # nothing but the build folder is written to
import report

HERE = os.path.dirname(os.path.abspath(__file__))
PARTS = ("throughput", "files", "worst", "scaling", "cold", "instructions")
ENGINES = ("postvet", "naive", "vectorscan")
TEXTS = ("prose", "draft", "mixed", "posts")

# Inputs that make matchers slow: many near misses, marks that open and never close, one long run.
WORST = {
    "addresses": "a@b.a@b.", "capitals": "AAAA AAAA ", "names": "Anna Bell Carl Dunn ",
    "cues": "my patient my patient ", "hashtags": "#a #a #a ", "handles": "@a @b.c @d ",
    "digits": "1234567890", "spaced-digits": "1 2 3 4 5 ", "numbers": "943 476 5918 ",
    "dates": "1/2/1990 ", "one-letter": "a", "one-word-lines": "ward\n", "no-ends": "and then ",
    "brackets": "[a](b ", "emphasis": "*a **b _c ", "tags": "<a <b x=' ", "entities": "&amp;&lt&#120;",
    "marks": "e\u0301\u200d", "spaces": "          \n", "quotations": "> > > a\n",
}


class Bench:
    """What is measured with, and what came out: self.results by name."""

    def __init__(self, build, quick):
        self.programs = os.path.join(build, "tests", "bench")
        self.postvet = os.path.join(build, "postvet")
        self.folder = os.path.join(build, "bench")
        self.corpus = os.path.join(self.folder, "corpus")
        self.quick = quick
        self.seconds = 0.6 if quick else 6
        self.results = {}
        self.missing = []

    def miss(self, what):
        print("bench: %s" % what, file=sys.stderr)
        self.missing.append(what)

    def keep(self, name, figures):
        """Remembers figures, and shows that something goes on."""
        self.results[name] = figures
        if figures.get("median_s") and figures.get("bytes"):
            shown = "%.3f MB/s" % (figures["bytes"] / figures["median_s"] / 1e6)
        else:
            shown = json.dumps(figures)
        print("bench: %-28s %s" % (name, shown), file=sys.stderr)
        return figures

    def run(self, command, timeout):
        """The standard output, or None after a word."""
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)
        except subprocess.TimeoutExpired:
            self.miss("more than %d s: %s" % (timeout, " ".join(command[-3:])))
            return None
        if done.returncode:
            said = (done.stderr.strip().splitlines() or ["failed"])[-1]
            self.miss("%s (%s)" % (said, " ".join(map(os.path.basename, command[-2:]))))
            return None
        return done.stdout

    def measure(self, name, engine, text, *options, seconds=None, timeout=900):
        """Runs tests/bench/measure.c; its figures or None."""
        command = [os.path.join(self.programs, "measure"), "--seconds", str(seconds or self.seconds),
                   "--databases", os.path.join(self.folder, "vectorscan"), *options, engine, text]
        out = self.run(command, timeout)
        return self.keep(name, json.loads(out)) if out else None

    def text(self, name):
        return os.path.join(self.corpus, name)

    def speed(self, name):
        """Bytes a second."""
        figures = self.results.get(name)
        return figures["bytes"] / figures["median_s"] if figures else None

    # ------------------------------------------------------------------ parts

    def prepare(self):
        """The corpus, and Vectorscan's databases, which take some minutes when the rules are new."""
        files = 1000 if self.quick else 20000
        subprocess.run([os.path.join(HERE, "corpus.py"), self.corpus, str(files)], check=True)
        builder = os.path.join(self.programs, "vectorscan_build")
        databases = os.path.join(self.folder, "vectorscan")
        os.makedirs(databases, exist_ok=True)
        self.with_vectorscan = os.path.exists(builder)
        if not self.with_vectorscan:
            self.miss("Vectorscan is not here (libvectorscan-dev)")
        elif self.quick:
            print("bench: --quick runs Vectorscan only if a run without it has compiled the rules", file=sys.stderr)
        else:
            print("bench: compiling the rules for Vectorscan, if they are new", file=sys.stderr)
            self.with_vectorscan = self.run([builder, databases], 3600) is not None

    def throughput(self):
        for text in TEXTS[:2] if self.quick else TEXTS:
            for engine in ENGINES:
                if engine != "vectorscan" or self.with_vectorscan:
                    self.measure("%s-%s" % (text, engine), engine, self.text(text + ".drafts"))

    def files(self):
        """Small files: through the library, against reading them; then the program with -j."""
        small = self.text("small")
        self.measure("files-read", "read", small)
        self.measure("files-postvet", "postvet", small)
        if not self.supports("-j"):
            self.miss("postvet check has no -j yet")
            return
        speed = self.speed("files-postvet") or 1e6
        folders = sorted(glob.glob(small + "/*"))
        count = max(1, min(len(folders), int(speed * self.seconds / 4 / 4096 / 100)))
        commands = [[self.postvet, "check", "-j", str(n), "--format", "json", "--exit-zero", *folders[:count]]
                    for n in (1, 2)]
        for name, figures in zip(("files-j1", "files-j2"), self.spawn(self.seconds, commands)):
            self.keep(name, dict(figures, files=count * 100))

    def supports(self, option):
        done = subprocess.run([self.postvet, "help", "check"], capture_output=True, text=True, check=False)
        return re.search(r"^ *%s\b" % option, done.stdout, re.M) is not None

    def worst(self):
        """Each as one draft, as long as the time allows and at most 200 KB."""
        folder = self.text("worst")
        os.makedirs(folder, exist_ok=True)
        for name, seed in WORST.items():
            first = self.measure_worst(name, seed, 4096, 0.01)
            if first:
                size = int(first["bytes"] / first["median_s"] * self.seconds / 8)
                if size > 2 * first["bytes"]:
                    self.measure_worst(name, seed, min(200_000, size), self.seconds / 2)

    def measure_worst(self, name, seed, size, seconds):
        path = os.path.join(self.text("worst"), name + ".md")
        with open(path, "w", encoding="utf-8") as file:
            file.write(seed * (size // len(seed.encode()) + 1))
        return self.measure("worst-" + name, "postvet", path, seconds=seconds, timeout=120)

    def scaling(self):
        for size in (1, 10):
            self.measure("size-%d" % size, "postvet", self.text("large-%d.md" % size))
        base = self.measure("rules-1", "postvet", self.text("mixed.drafts"))
        if not base:
            return
        if self.quick:
            self.miss("ten times the rules: only without --quick")
        elif self.make_packs(9 * int(re.search(r"(\d+) terms", base["about"]).group(1))):
            self.measure_packs("terms-10", self.text("terms/*.yaml"))
            self.measure_packs("patterns-10", self.text("patterns/*.yaml"))

    def make_packs(self, terms):
        try:
            subprocess.run([os.path.join(HERE, "packs.py"), self.corpus, str(terms)], check=True)
            return True
        except subprocess.CalledProcessError:
            self.miss("ten times the rules needs python3-yaml and wamerican-huge")
            return False

    def measure_packs(self, name, pattern):
        options = [word for path in sorted(glob.glob(pattern)) for word in ("--pack", path)]
        self.measure(name, "postvet", self.text("mixed.drafts"), *options)

    def spawn(self, seconds, commands):
        """Runs commands in turns; the figures of each."""
        words = [word for command in commands for word in command + ["::"]][:-1]
        out = self.run([os.path.join(self.programs, "spawn"), str(seconds), *words], 900)
        return [json.loads(line) for line in out.splitlines()] if out else []

    def cold(self):
        draft = self.text("draft.md")
        commands = {"cold-true": ["/bin/true"], "cold-grep": ["grep", "-c", "patient", draft],
                    "cold-postvet": [self.postvet, "check", draft]}
        for name, figures in zip(commands, self.spawn(self.seconds * 2, list(commands.values()))):
            self.keep(name, figures)

    def instructions(self):
        """By callgrind, which is some fifty times slower: the difference between two passes over a
        slice and four, so that neither starting nor compiling counts."""
        if not shutil.which("valgrind"):
            self.miss("valgrind is not here, so instructions are not counted")
            return
        pairs = [("prose", "postvet"), ("mixed", "postvet"), ("prose", "naive")]
        for text, engine in pairs[:1] if self.quick else pairs:
            speed = self.speed("%s-%s" % (text, engine)) or 1e5
            size = max(4096, min(400_000, int(speed * self.seconds / 100)))
            counts = [self.callgrind([os.path.join(self.programs, "measure"), "--once", str(size),
                                      "--passes", str(passes), engine, self.text(text + ".drafts")])
                      for passes in (2, 4)]
            if all(counts):
                self.keep("instructions-%s-%s" % (text, engine),
                          {"ir_per_byte": (counts[1][0] - counts[0][0]) / 2 / counts[0][1]})
        cold = self.callgrind([self.postvet, "check", "--exit-zero", "--format", "json", self.text("draft.md")])
        if cold:
            self.keep("instructions-cold", {"ir": cold[0]})

    def callgrind(self, command):
        """(instructions, bytes that `measure` says it saw or 0), or None."""
        try:
            done = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command],
                                  capture_output=True, text=True, timeout=900, check=False)
        except subprocess.TimeoutExpired:
            return None
        collected = re.search(r"Collected : (\d+)", done.stderr)
        seen = re.search(r'"bytes": (\d+)', done.stdout)
        return (int(collected.group(1)), int(seen.group(1)) if seen else 0) if collected else None


def machine():
    """What the figures were measured on, in a line."""
    model = ""
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            model = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "")
    return "%s, %d cores, %s" % (model or platform.machine(), os.cpu_count(), platform.system())


def main():
    options = argparse.ArgumentParser()
    options.add_argument("build")
    options.add_argument("--quick", action="store_true")
    options.add_argument("--write", action="store_true")
    options.add_argument("--only", default=",".join(PARTS))
    args = options.parse_args()
    bench = Bench(os.path.abspath(args.build), args.quick)
    bench.prepare()
    for part in PARTS:
        if part in args.only.split(","):
            getattr(bench, part)()
    data = {"machine": machine(), "load": os.getloadavg()[0], "quick": args.quick,
            "missing": bench.missing, "figures": bench.results}
    data["rows"] = report.rows(data["figures"])
    with open(os.path.join(bench.folder, "results.json"), "w", encoding="utf-8") as file:
        json.dump(data, file, indent=1)
    print(report.markdown(data))
    if args.write:
        report.write(data)


main()
