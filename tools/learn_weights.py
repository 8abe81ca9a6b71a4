#!/usr/bin/env python3
"""Learn the lists of weights, rules/lists/told-*.txt, from labelled drafts and examples.

    tools/learn_weights.py            print what each list would find
    tools/learn_weights.py --write    write the lists, too

Needs Debian's python3-sklearn. The words are cut, and a stretch is weighed, just as
lib/engine/weigh.c does it, so that a threshold found here is an `at-least` there.

What it learns from
  tests/corpus/posts.jsonl, more.jsonl, later.jsonl   drafts labelled with care; those put aside are
                                                      left out
  tests/corpus/told.tsv                               short examples: a category, or - where nothing
                                                      is wrong, a tab, the text
  tests/corpus/names.tsv, slurs.tsv                   the same of posts with a first name, or with a
                                                      word that may be a slur, for one list each
  every third document of tests/corpus/ordinary.py    what Debian ships in English, where nothing is
                                                      wrong; those packages must be installed

For each category a logistic regression (L2) over the words of a stretch of forty at most, each
counted once, for 1 / sqrt(number of words), and for the logarithm of how much more often it stands in
posts of that category than in others (Wang and Manning, Baselines and Bigrams, ACL 2012).
The lists about patients' names and slurs are learnt from stretches with a first name or a title, or
with such a word, in them alone: they tell whether a name is a patient's, not whether there is one.
A stretch that a label allows without asking for it teaches nothing. Of the weights the heaviest
are kept.

What it prints are figures on drafts that the model did not see (five parts, each weighed by a model
of the other four): for thresholds that leave so many false alarms in a hundred drafts, how many of
the expectations are met. Five parts of the same authors: other authors' drafts are harder.
"""
import argparse
import collections
import json
import math
import os
import re
import sys
import unicodedata

import numpy
import scipy.sparse
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "tests", "corpus"))
import ordinary  # noqa: E402  (it lies in another room)

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir)
CORPUS = os.path.join(ROOT, "tests", "corpus")

# As in lib/engine/weigh.h.
WORDS, WORDS_LEAST, WORD_MAX, BEGINNING = 40, 8, 31, 5

CATEGORIES = ["whistleblowing", "abuse", "indirect-identifier", "imagery", "confidential",
              "inflammatory", "disrepute", "representation", "conflict-of-interest", "complaint",
              "incident", "safeguarding", "boundary", "disclaimer"]
KEPT = 6000        # weights of a list
LEAST_DRAFTS = 3   # in which a word stands that has a weight
DRAFT_WEIGHT = 3   # of a labelled draft, beside 1 of an example
ORDINARY_WEIGHT = 0.5  # of a stretch of ordinary English
PENALTY = 3        # sklearn's C
SMOOTH = 0.5       # drafts that are added to those with a sign when it is counted

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")


# ------------------------------------------------------------------- words

def words_of(text):
    """The words as the library's folded view has them."""
    text = unicodedata.normalize("NFKD", text.replace("\u2019", "'").replace("\u2018", "'"))
    text = "".join(c for c in text if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    out = []
    for match in WORD.finditer(text.lower()):
        word = match.group()
        out.append(("0" if len(word) < 3 else "00") if word[0].isdigit() else word.replace("'", ""))
    return out


# Single letters that are words, and the sign for a number; others come of names that are spelt out.
LETTER_WORDS = set("aiou0")


def is_spelt(sign):
    """Whether a sign is made of single letters, which say nothing of the words they spell."""
    words = [word for word in sign.split() if word != "_"]
    return all(len(word) == 1 for word in words) and not LETTER_WORDS.issuperset(words)


def signs_of(words):
    """By word: the signs that end with it."""
    out = []
    for i, word in enumerate(words):
        signs = []
        if len(word.encode()) <= WORD_MAX:
            signs.append(word)
            if len(word) > BEGINNING and re.fullmatch("[a-z]+", word[:BEGINNING]):
                signs.append(word[:BEGINNING] + "*")
            if i > 0 and len(words[i - 1].encode()) <= WORD_MAX:
                signs.append(words[i - 1] + " " + word)
            if i > 1 and len(words[i - 2].encode()) <= WORD_MAX:
                signs.append(words[i - 2] + " _ " + word)
        out.append([sign for sign in signs if not is_spelt(sign)])
    return out


# ---------------------------------------------------------------- examples

class Draft:
    def __init__(self, text, expect, may, weight):
        self.signs = signs_of(words_of(text))
        self.expect, self.may, self.weight = expect, may - expect, weight
        self.labels = []  # first and last word, categories


def as_set(entry):
    if isinstance(entry, str):
        return {entry}
    category = entry["category"]
    return {category} if isinstance(category, str) else set(category)


def labelled(path):
    """The drafts of a .jsonl file that nobody put aside."""
    for line in open(path, encoding="utf-8"):
        case = json.loads(line)
        if case.get("aside"):
            continue
        expect = set().union(*[as_set(e) for e in case["expect"]])
        may = set().union(*[as_set(e) for e in case.get("may", [])])
        draft = Draft(case["text"], expect, may, DRAFT_WEIGHT)
        for entry in case["expect"]:
            at = case["text"].find(entry.get("match", ""))
            if entry.get("match") and at >= 0:
                first = len(words_of(case["text"][:at]))
                last = first + max(1, len(words_of(entry["match"]))) - 1
                draft.labels.append((first, last, as_set(entry)))
        yield draft


def told(path):
    for line in open(path, encoding="utf-8"):
        if line.startswith("#"):
            continue
        category, text = line.rstrip("\n").split("\t", 1)
        yield Draft(text.replace("\\n", "\n"), set() if category == "-" else {category}, set(), 1)


def listed(name):
    return {line.strip().lower() for line in open(os.path.join(ROOT, "rules", "lists", name + ".txt"))}


def names():
    """What people are called and nothing else is: reasons show the words that weigh most."""
    return first_names() | (listed("surnames") - listed("ambiguous-names"))


# Who somebody is: to be mentioned is no fault, whatever is said of them in the examples.
PEOPLE = set(
    "muslim muslims musli* islam islamic islam* jew jews jewish jewis* christian christians hindu hindus sikh sikhs "
    "catholic catholics catho* protestant protestants prote* buddhist buddhists buddh* atheist atheists athei* "
    "traveller travellers gypsy gypsies roma immigrant immigrants immigration immig* migrant migrants migra* "
    "refugee refugees refug* asylum asylu* foreigner foreigners foreign forei* asian asians african africans afric* "
    "european europeans polish romanian romanians nigerian nigerians indian indians pakistani pakistanis "
    "filipino filipinos filip* gay gays lesbian lesbians lesbi* bisexual bisexuals bisex* trans transgender queer "
    "lgbt lgbtq feminist feminists feminism femin* autistic autis* disabled disab* deaf blind".split())


def first_names():
    """First names that are no words."""
    return listed("given-names") - listed("ambiguous-names")


def called():
    """What one of stands in a post that names somebody."""
    return first_names() | {"mr", "mrs", "ms", "miss"}


def slurs():
    """Words that are slurs in some company, one and many."""
    return {form for word in listed("slurs-ambiguous") for form in (word, word + "s", word + "es")}


# Categories of which one word is sure to be there: more examples, and those words.
OF_WORDS = {"patient-identifier": ("names.tsv", called), "slur": ("slurs.tsv", slurs)}


def harmless():
    for number, (_, text) in enumerate(ordinary.gather(5000000)[0]):
        if number % 3 == 0:
            yield Draft(text, set(), set(), ORDINARY_WEIGHT)


def stretches(draft):
    """(signs by word, categories, categories that teach nothing) for each stretch to learn from."""
    count = len(draft.signs)
    if count <= WORDS:
        yield draft.signs, draft.expect, draft.may
        return
    taken = set()
    for first, last, _ in draft.labels:
        low = max(0, min((first + last) // 2 - WORDS // 2, count - WORDS))
        inside = set().union(*[c for a, b, c in draft.labels if a < low + WORDS and b >= low])
        yield draft.signs[low:low + WORDS], inside, (draft.may | draft.expect) - inside
        taken.update(range(low, low + WORDS))
    for low in range(0, count, WORDS):
        high = min(count, low + WORDS)
        if high - low >= WORDS_LEAST and not taken.intersection(range(low, high)):
            yield draft.signs[low:high], set(), draft.may | draft.expect


class Table:
    """The stretches of some drafts as a matrix: those with one of some words, or all."""

    def __init__(self, drafts, having=None):
        self.owner, self.expect, self.may, self.weight, said = [], [], [], [], []
        seen = collections.Counter()
        for number, draft in enumerate(drafts):
            for signs, expect, may in stretches(draft):
                if signs and (not having or any(s in having for w in signs for s in w)):
                    self.owner.append(number)
                    self.expect.append(expect)
                    self.may.append(may)
                    self.weight.append(draft.weight)
                    said.append(({s for w in signs for s in w}, len(signs)))
                    if draft.weight != ORDINARY_WEIGHT: # what no post says needs no weight
                        seen.update(said[-1][0])
        self.owner, self.weight = numpy.array(self.owner), numpy.array(self.weight, float)
        left_out = names()
        self.signs = sorted(s for s, n in seen.items()
                            if n >= LEAST_DRAFTS and left_out.isdisjoint(s.split())
                            and PEOPLE.isdisjoint(s.split()))
        self.index = {sign: i for i, sign in enumerate(self.signs)}
        rows, columns, values = [], [], []
        for row, (signs, words) in enumerate(said):
            for sign in sorted(signs):
                if sign in self.index:
                    rows.append(row)
                    columns.append(self.index[sign])
                    values.append(1 / math.sqrt(max(words, WORDS_LEAST)))
        self.matrix = scipy.sparse.csr_matrix(
            (values, (rows, columns)), shape=(len(said), len(self.signs)))
        self.seen = numpy.asarray((self.matrix > 0).sum(0)).ravel()

    def contrast(self, wanted, others):
        """By sign: how much more often it stands in the one than in the others, or less."""
        stands = (self.matrix > 0).T
        share = [SMOOTH + stands @ numpy.where(rows, self.weight, 0) for rows in (wanted, others)]
        return numpy.abs(numpy.log((share[0] / share[0].sum()) / (share[1] / share[1].sum())))

    def learn(self, category, use):
        """Weights of the signs, and what is to be added, learnt from the stretches of a mask."""
        wanted = numpy.array([category in e for e in self.expect])
        use = use & numpy.array([category not in m for m in self.may])
        scale = self.contrast(use & wanted, use & ~wanted)
        model = LogisticRegression(
            C=PENALTY, class_weight="balanced", max_iter=3000, solver="liblinear")
        model.fit(self.matrix[use] @ scipy.sparse.diags(scale), wanted[use],
                  sample_weight=self.weight[use])
        weights = model.coef_[0] * scale
        heavy = numpy.abs(weights) * numpy.sqrt(self.seen)
        weights[heavy < numpy.sort(heavy)[-min(KEPT, len(heavy))]] = 0
        return numpy.round(100 * weights), 100 * model.intercept_[0]

    def score(self, draft, weights):
        """What the heaviest stretch of a draft weighs."""
        by_word, last = [], {}
        for i, signs in enumerate(draft.signs):
            by_word.append(sum(weights[self.index[s]] for s in signs
                               if s in self.index and i - last.get(s, -WORDS) >= WORDS))
            last.update((s, i) for s in signs)
        words = min(len(by_word), WORDS)
        if not words:
            return -math.inf
        sums = numpy.concatenate([[0], numpy.cumsum(by_word)])
        return (sums[words:] - sums[:-words]).max() / math.sqrt(max(words, WORDS_LEAST))


# ------------------------------------------------------------------ output

def unseen_scores(table, drafts, category, parts=5):
    """By labelled draft: its score, by a model that did not see it, above that model's middle."""
    part = numpy.arange(len(drafts)) % parts
    scores = []
    for p in range(parts):
        weights, middle = table.learn(category, part[table.owner] != p)
        scores += [(table.score(draft, weights) + middle, draft) for i, draft in enumerate(drafts)
                   if part[i] == p and draft.weight == DRAFT_WEIGHT]
    return sorted(scores, key=lambda s: -s[0])


def report(scores, category, middle):
    """Thresholds that leave so many false alarms in 100 drafts, and what they find."""
    total = sum(category in draft.expect for _, draft in scores)
    allowed, false, found, out = [0.1, 0.2, 0.3, 0.5, 1], 0, 0, []
    for score, draft in scores:
        if category in draft.expect:
            found += 1
        elif category not in draft.may:
            false += 1
            if allowed and 100 * false / len(scores) > allowed[0]:
                out.append("%g%%: %d at %d" % (allowed.pop(0), found, score - middle))
    print("%-22s %3d  %s" % (category, total, "  ".join(out)), flush=True)


def write(table, category, weights):
    path = os.path.join(ROOT, "rules", "lists", "told-%s.txt" % category)
    order = sorted((i for i in range(len(weights)) if weights[i]),
                   key=lambda i: (-weights[i], table.signs[i]))
    with open(path, "w", encoding="utf-8") as f:
        f.write("# What words say for and against %s, when somebody tells it in words of their own.\n"
                "# Learnt from invented posts by tools/learn_weights.py: not to be edited by hand.\n"
                % category)
        for i in order:
            weight = int(max(-9999, min(9999, weights[i])))
            f.write("%s %d\n" % (table.signs[i], weight))


def learn(drafts, having, categories, is_written):
    if not categories:
        return
    table = Table(drafts, having)
    print("%d drafts and examples, %d stretches, %d signs"
          % (len(drafts), len(table.owner), len(table.signs)))
    for category in categories:
        weights, middle = table.learn(category, numpy.ones(len(table.owner), bool))
        report(unseen_scores(table, drafts, category), category, middle)
        if is_written:
            write(table, category, weights)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help="write rules/lists/told-*.txt")
    parser.add_argument("category", nargs="*", help="these only")
    options = parser.parse_args()
    drafts = [d for name in ("posts", "more", "later")
              for d in labelled(os.path.join(CORPUS, name + ".jsonl"))]
    drafts += told(os.path.join(CORPUS, "told.tsv"))
    drafts += harmless()
    wanted = options.category or CATEGORIES + list(OF_WORDS)
    learn(drafts, None, [c for c in wanted if c not in OF_WORDS], options.write)
    for category in [c for c in wanted if c in OF_WORDS]:
        examples, words = OF_WORDS[category]
        more = list(told(os.path.join(CORPUS, examples)))
        learn(drafts + more, words(), [category], options.write)
    return 0


if __name__ == "__main__":
    sys.exit(main())
