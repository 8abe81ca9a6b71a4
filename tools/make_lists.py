#!/usr/bin/env python3
"""Writes rules/lists/*.txt from a folder of collected facts.

    tools/make_lists.py SOURCE rules/lists

SOURCE holds the collected files that rules/SOURCES.md names; it is not part of this repository. The
lists are committed; this script documents how they were made and is not part of the build. What was
decided by hand (words that mean something else, what was left out, what was added) stands below.
"""
import csv
import pathlib
import re
import sys

OGL = "Open Government Licence v3.0; credits in rules/SOURCES.md."
OWN = "compiled for postvet; same licence as the project."

# Words of rare conditions that are ordinary words or names when the case is not looked at.
CONDITIONS_LEFT_OUT = {"ADEM", "MELAS", "PANDAS", "TRAPS", "plague"}

# Likewise of common ones, and work that hospitals talk about without meaning a person.
COMMON_LEFT_OUT = {
    "boil", "burns", "piles", "rash", "squint", "TIA", "D&C", "ventilation", "sterilisation",
    "vaccination", "organ donation"}

# Drugs that are surnames, given names or materials.
DRUGS_LEFT_OUT = {"rennie", "senna", "lithium", "yasmin"}

# Public bodies whose postcodes everybody may write.
PUBLIC_POSTCODES = """
SW1A 0AA House of Commons
SW1A 0PW House of Lords
SW1A 1AA Buckingham Palace
SW1A 2AA 10 Downing Street
SW1A 2AB 11 Downing Street
EH99 1SP Scottish Parliament
CF99 1SN Senedd
BT4 3XX Stormont
W1A 1AA BBC
EC1A 1BB the usual example of a postcode
SE1 8UG NHS England, London
LS2 7UE NHS England, Leeds
NE1 4PA Care Quality Commission
NW1 3JN General Medical Council
W1B 1PZ Nursing and Midwifery Council
SE11 4BU Health and Care Professions Council
SK9 5AF Information Commissioner's Office
WC1H 9JP British Medical Association
W1G 0RN Royal College of Nursing
SA99 1AA DVLA
CF14 3UZ Companies House
BX9 1AS HM Revenue and Customs
EC4M 8AD St Paul's Cathedral
SW1P 3PA Westminster Abbey
NW1 2DB British Library
WC1B 3DG British Museum
SW7 5BD Natural History Museum
SW7 2DD Science Museum
HA9 0WS Wembley Stadium
SW19 5AE All England Lawn Tennis Club
E16 1XL ExCeL London
B40 1NT National Exhibition Centre
"""

SLUR_GROUPS = ("race", "traveller", "religion", "disability", "sexual-orientation",
               "gender-identity", "sex", "age")

# Marked unambiguous in the source, but also a name, a place, a thing or a harmless phrase.
AMBIGUOUS_BY_HAND = {
    "abbo": "name", "abeed": "given name", "bog trotter": "walking clubs",
    "camel jockey": "the sport", "china virus": "news", "coolie": "history, surname",
    "go back to where you came from": "directions", "half-breed": "animals", "hymie": "given name",
    "kike": "Yoruba and Spanish given name", "moskal": "surname", "polack": "surname",
    "quashie": "surname", "spic": "spic and span", "white power": "cables",
    "wop": "doo-wop", "yellow peril": "boats, history", "benefit scrounger": "politics",
    "mental case": "mental case notes", "tard": "French", "wino": "Polish",
    "she-he": "pronouns", "troon": "town in Ayrshire", "orange bastard": "politics",
    "sheeny": "fabric", "taig": "given name", "get back in the kitchen": "chefs",
    "skank": "reggae", "lesbo": "Lesbos", "leso": "Italian", "ring raider": "toys",
    "slapper": "valves, bass players", "uphill gardener": "Uphill in Somerset",
    "crone": "surname, folk tales"}

# The source grades age insults lower than the rest: 2 counts as a slur here.
WORST_FROM = {"age": 2}

# Marked ambiguous, but with no harmless meaning in a post.
UNAMBIGUOUS_BY_HAND = {"nigger", "window licker"}

# Belongs to general abuse, or is too ordinary, clinical or obscure to match even beside a cue.
SLURS_LEFT_OUT = {
    "ape", "basket case", "bed blocker", "attention seeker", "div", "divvy", "deaf and dumb",
    "deaf-mute", "fat bastard", "frog eater", "goyim", "haji", "hermaphrodite", "ho", "hun",
    "illegals", "lardarse", "letterbox", "libtard", "macaca", "milf", "neo-nazi", "niggard",
    "peter puffer", "pisshead", "prod", "psychopath", "slope", "son of a bitch", "spade",
    "swastika", "trap", "twat", "gora", "tinkers", "benders", "spearchucker"}

# Forms that the source lacks: group, then unambiguous ones.
SLURS_ADDED = {
    "race": ["chinkies", "darkey", "kikes", "niggah", "nigguh", "niqqer", "polacks", "sand-monkey",
             "spear-chucker", "spics"],
    "traveller": ["thieving gypsies"],
    "religion": ["filthy jew", "goat-shagger", "mudslime", "muslim scum", "muzzrat", "muzzy scum",
                 "taigs"],
    "disability": ["mongtard", "spacka", "spacko", "spazmo", "spazza", "spazzer", "spazzy"],
    "sexual-orientation": ["batty-man", "bum-bandit", "bumder", "knob-jockey", "lezbo", "poofta",
                           "pooftah", "shit-stabber", "turd-burglar"],
    "gender-identity": ["chicks with dicks", "tranny-chaser"],
    "sex": ["cum-dumpster", "slutbag", "whorebag"]}

# Ambiguous ones that the source lacks.
SLURS_UNSURE_ADDED = ["biddy", "coffin dodger", "gypsies", "gypsy", "oriental", "savage", "spade"]

# Written apart these are harmless ("is she male?"), so only the closed form is listed.
CLOSED_ONLY = {"buddhahead", "dickgirl", "dothead", "ladyboy", "shemale",
               "towelhead", "wetback", "zipperhead"}


def write(folder, name, what, source, licence, entries):
    path = folder / f"{name}.txt"
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.write(f"# {what}\n# Source: {source}\n# Licence: {licence}\n")
        out.writelines(f"{entry}\n" for entry in entries)
    print(f"{path}: {len(entries)}")


def lines(path):
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def rows(path, delimiter):
    with open(path, encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter=delimiter))


def make_names(source, out):
    names = source / "names"
    write(out, "given-names", "Given names used in the United Kingdom, lower case.",
          "ONS, NRS and NISRA baby names 1904 to 2020, US SSA 1935 to 1995, open name lists, and own.",
          "CC0, OGL v3.0, MIT and public domain; credits in rules/SOURCES.md.",
          lines(names / "given.txt"))
    write(out, "surnames", "Surnames used in the United Kingdom, lower case.",
          "US Census 1990, open lists of British surnames, and own.",
          "public domain, Unlicense, MIT, CC0; credits in rules/SOURCES.md.",
          lines(names / "surnames.txt"))
    write(out, "ambiguous-names", "Given names and surnames that are ordinary English words.",
          "the two lists above against a small British word list (SCOWL).",
          "SCOWL's permissive notice; credits in rules/SOURCES.md.", lines(names / "ambiguous.txt"))
    write(out, "ambiguous-places", "Names of people that are places, nationalities or brands.",
          "post towns, and own.", "CC0; " + OWN, lines(names / "ambiguous_places.txt"))
    write(out, "eponyms", "Surnames inside the names of diseases, signs, tests and devices.",
          "Disease Ontology, July 2026, and own.", "CC0; " + OWN, lines(names / "eponyms.txt"))
    write(out, "titles", "What stands in front of a person's name.", "own.", OWN,
          lines(names / "titles.txt"))


def national(phone):
    """Digits of a public number as dialled in the country, or "" for what is none."""
    digits = re.sub(r"^440?", "0", re.sub("[^0-9]", "", phone.split("ext")[0]))
    return digits if re.fullmatch("0[1-9][0-9]{8,9}", digits) else ""


def make_places(source, out):
    write(out, "outward-codes",
          "The outward codes (the first half) of all live United Kingdom postcodes, with Crown"
          " dependencies, forces (BF1) and non-geographic (BX).",
          "ONS Postcode Directory, February 2025, with BF1, BX1 to BX5 and BX9 added.", OGL,
          lines(source / "postcode_outward.txt"))
    public = {line[:line.index(" ", line.index(" ") + 1)]
              for line in PUBLIC_POSTCODES.strip().splitlines()}
    sites = rows(source / "hospital_postcodes.csv", ",")
    hospitals = {row["postcode"] for row in sites}
    write(out, "hospital-phones", "Public telephone numbers of NHS hospital sites.",
          "NHS Choices hospital data, January 2018.", OGL,
          sorted({national(row["phone"]) for row in sites} - {""}))
    write(out, "hospital-postcodes",
          "Postcodes that anybody may write: NHS hospital sites, and well-known public bodies.",
          "NHS Choices hospital data, January 2018 (sites of the five Trusts of February 2016"
          " added); public bodies, own.", OGL, sorted(hospitals | public))


def make_medicine(source, out):
    rare = [row["term"] for row in rows(source / "conditions_rare.txt", "\t")]
    write(out, "conditions-rare",
          "Rare conditions: one of these with an age or a place may point at one person.",
          "Disease Ontology, 31 July 2026, and own.", "CC0; " + OWN,
          [term for term in rare if term not in CONDITIONS_LEFT_OUT])
    common = rows(source / "conditions_common.txt", "\t")
    write(out, "conditions-common", "Common conditions and procedures.", "own.", OWN,
          [row["term"] for row in common if row["term"] not in COMMON_LEFT_OUT])
    write(out, "conditions-sensitive",
          "Those of conditions-common that people most wish to keep to themselves.", "own.", OWN,
          [row["term"] for row in common
           if row["note"] == "sensitive" and row["term"] not in COMMON_LEFT_OUT])
    write(out, "drugs", "Medicines by generic name, and some British brands.",
          "own selection; names as in NHS prescribing data.", "names are facts; " + OWN,
          [row["name"] for row in rows(source / "drugs.txt", "\t")
           if row["name"] not in DRUGS_LEFT_OUT])


def forms_of(row):
    """The ways of writing a slur, less those that the pack language finds by itself: plurals in -s
    and -es, and a hyphen in a term, which stands for a hyphen, a space or nothing."""
    term = row["term"]
    forms = {}
    for form in [term] + [
            variant for variant in row["variants"].split(";") if variant and variant != "s-lut"]:
        closed = re.sub("[ -]", "", form)
        base = re.sub("[ -]", "", term)
        if closed in (base + "s", base + "es") or closed in CLOSED_ONLY and form != closed:
            forms.setdefault(base, base if base in CLOSED_ONLY else term)
            continue
        known = forms.get(closed)
        apart = known if known and known != closed else form
        forms[closed] = apart.replace(" ", "-") if known and closed in (known, form) else apart
    return list(forms.values())


def make_slurs(source, out):
    sure = {group: set() for group in SLUR_GROUPS}
    unsure = {group: set() for group in SLUR_GROUPS}
    for row in rows(source / "slur_candidates.csv", ","):
        term, group, severity = row["term"], row["group"], int(row["severity"])
        if severity < 2 or term in SLURS_LEFT_OUT or "never match alone" in row["note"]:
            continue
        ambiguous = row["ambiguous"] == "yes" and term not in UNAMBIGUOUS_BY_HAND
        lesser = severity < WORST_FROM.get(group, 3)
        target = unsure if lesser or ambiguous or term in AMBIGUOUS_BY_HAND else sure
        target[group].update(forms_of(row))
    unsure["gender-identity"].add("she-male")
    licence = "MIT, CC BY 4.0, WTFPL; credits in rules/SOURCES.md."
    origin = "surge-ai/profanity, dsojevic/profanity-list, cuss, LDNOOBW, profane-words, and own."
    for group in SLUR_GROUPS:
        sure[group].update(SLURS_ADDED.get(group, []))
        unsure[group] -= sure[group]
        write(out, f"slurs-{group}",
              "OFFENSIVE WORDS, kept so that they can be found. Slurs with no harmless meaning:"
              f" {group.replace('-', ' ')}.", origin, licence, sorted(sure[group]))
    write(out, "slurs-ambiguous",
          "OFFENSIVE WORDS, kept so that they can be found. Milder ones, and ones that are also"
          " everyday or clinical words or names: the words round them decide.",
          origin, licence, sorted(set().union(*unsure.values()) | set(SLURS_UNSURE_ADDED)))


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    make_names(source, out)
    make_places(source, out)
    make_medicine(source, out)
    make_slurs(source, out)


if __name__ == "__main__":
    main()
