#!/usr/bin/env python3
"""Makes assets/countries.txt: the countries of the sign-in screen, their calling codes, how their numbers are written,
and their names in the languages of i18n/.

    python3 -m venv /tmp/countries && /tmp/countries/bin/pip install phonenumbers==9.0.43 babel==2.18.0
    /tmp/countries/bin/python packaging/countries.py

The numbers come from libphonenumber (Apache-2.0), the names from the Unicode CLDR (Unicode licence).
"""

import random
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

import phonenumbers
from babel import Locale
from phonenumbers import PhoneMetadata, PhoneNumberFormat

ROOT = Path(__file__).resolve().parent.parent

# Letters that do not stand in their alphabet where their code points do.
ALPHABETS = {
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
}


def described(metadata):
    """What mobile numbers of a region look like, and those of fixed lines."""
    return [kind for kind in (metadata.mobile, metadata.fixed_line) if kind and kind.national_number_pattern]


def lengths(kind, metadata):
    """How many digits such a number has, longest first."""
    return sorted(kind.possible_length or metadata.general_desc.possible_length, reverse=True)


def sample(kind, metadata, prefix, tries=12):
    """A number that begins so, if there are any."""
    pattern = re.compile(kind.national_number_pattern)
    for length in lengths(kind, metadata):
        missing = length - len(prefix)
        if missing < 0:
            continue
        for attempt in range(tries):
            digits = prefix + "".join(random.choice("0123456789") for _ in range(missing))
            if pattern.fullmatch(digits):
                return digits
    return None


def grouping(code, digits):
    """How the digits after the calling code are parted: `XX XXX XX XX`."""
    number = phonenumbers.parse(f"+{code}{digits}")
    written = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    written = written.removeprefix(f"+{code}").strip()
    return re.sub(r"[^X ]+", " ", re.sub(r"\d", "X", written)).strip()


def patterns(region, code, metadata):
    """The usual way of writing mobile numbers, and the beginnings of those that are written otherwise."""
    example = next((kind.example_number for kind in described(metadata) if kind.example_number), None)
    if not example:
        return []
    usual = grouping(code, example)
    found = {}
    for n in range(1000):
        prefix = str(n).zfill(3)
        digits = metadata.mobile and metadata.mobile.national_number_pattern and sample(metadata.mobile, metadata, prefix)
        if digits:
            found[prefix] = grouping(code, digits)
    # A prefix stands for all longer ones that agree with it.
    by_way, covered = defaultdict(list), set()
    for depth in (1, 2, 3):
        beginnings = defaultdict(set)
        for prefix, pattern in found.items():
            beginnings[prefix[:depth]].add(pattern)
        for beginning, ways in sorted(beginnings.items()):
            if len(ways) == 1 and not any(beginning.startswith(other) for other in covered):
                covered.add(beginning)
                (way,) = ways
                if way != usual:
                    by_way[way].append(beginning)
    # Rare ways are not worth their place.
    ways = sorted(by_way.items(), key=lambda item: (-len(item[1]), item[0]))[:4]
    return [usual] + [f"{','.join(beginnings)}:{way}" for way, beginnings in ways]


def telling_prefixes(code, regions):
    """For a calling code that several regions share: the beginnings that belong to each but the first."""
    owners = {}
    all_metadata = {region: PhoneMetadata.metadata_for_region(region) for region in regions}
    for n in range(10000):
        prefix = str(n).zfill(4)
        mine = [
            region for region in regions
            if any(sample(kind, all_metadata[region], prefix, 8) for kind in described(all_metadata[region]))
        ]
        if mine:
            owners[prefix] = mine[0]
    told = defaultdict(list)
    covered = set()
    for depth in (1, 2, 3, 4):
        beginnings = defaultdict(set)
        for prefix, owner in owners.items():
            beginnings[prefix[:depth]].add(owner)
        for beginning, of in sorted(beginnings.items()):
            if len(of) == 1 and not any(beginning.startswith(other) for other in covered):
                covered.add(beginning)
                (owner,) = of
                if owner != regions[0]:
                    told[owner].append(beginning)
    return told


def folded(name):
    """Small letters without marks: what people type who search."""
    parts = unicodedata.normalize("NFD", name.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c) or ord(c) > 0x36F))


def order(language, name):
    alphabet = ALPHABETS.get(language)
    if alphabet:
        return [alphabet.find(c) + 1 if c in alphabet else 0 for c in name.casefold()]
    plain = folded(name)
    # The Arabic article does not count.
    return [ord(c) for c in (plain.removeprefix("ال") if language == "ar" else plain) if c.isalnum() or c == " "]


def main():
    random.seed(1)
    languages = sorted(folder.name for folder in (ROOT / "i18n").iterdir() if folder.is_dir())
    english = Locale("en").territories
    out = [
        "# Made by packaging/countries.py from libphonenumber " + phonenumbers.__version__
        + " (Apache-2.0) and the Unicode CLDR (Unicode licence); not to be edited by hand.",
        "# Country, calling code, what stands before numbers inside the country instead, beginnings of numbers that tell it",
        "# from others with its code, ways of writing.",
    ]
    countries = []
    for code, regions in sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items()):
        regions = [region for region in regions if region != "001"]
        if not regions:
            continue
        told = telling_prefixes(code, regions) if len(regions) > 1 else {}
        for region in regions:
            metadata = PhoneMetadata.metadata_for_region(region)
            beginnings = told.get(region, [])
            if region != regions[0] and not beginnings:
                # Has no numbers that are its own; people there choose the country that it shares them with.
                continue
            ways = patterns(region, code, metadata)
            out.append("\t".join([region, str(code), metadata.national_prefix or "", ",".join(beginnings), ";".join(ways)]))
            countries.append(region)
    for language in languages:
        territories = Locale.parse(language.replace("-", "_")).territories
        named = [(region, territories.get(region) or english[region]) for region in countries]
        out += ["", f"[{language}]"]
        for region, name in sorted(named, key=lambda item: (order(language, item[1]), item[1])):
            plain = folded(name)
            out.append(f"{region}\t{name}" + (f"\t{plain}" if plain != name.casefold() else ""))
    path = ROOT / "assets" / "countries.txt"
    path.write_text("\n".join(out) + "\n")
    print(f"{path}: {len(countries)} countries, {len(languages)} languages, {path.stat().st_size} bytes")


main()
