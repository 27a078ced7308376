#!/usr/bin/env python3
"""Writes Sources/Terminal/Canvas/UnicodeTables.swift.

    python3 -m pip install unicodedata2
    python3 .ci/unicode-tables.py > Sources/Terminal/Canvas/UnicodeTables.swift

unicodedata2 carries the newest Unicode Character Database, whatever Python's own is.
"""

import unicodedata2 as unicode

NARROW, WIDE, COMBINING, DROPPED, SPACE = range(5)

# Default_Ignorable_Code_Point, which the module does not carry: invisible wherever they stand.
IGNORABLE = [
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164),
    (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
]
# Skin tones: a terminal that does not join them draws a second picture.
MODIFIERS = (0x1F3FB, 0x1F3FF)
# Conjoining vowels and finals of Hangul are drawn over the syllable's first part.
JAMO = [(0x1160, 0x11FF), (0xD7B0, 0xD7FF)]


def within(scalar, ranges):
    return any(first <= scalar <= last for first, last in ranges)


def classify(scalar):
    character = chr(scalar)
    category = unicode.category(character)
    if category in ("Zs", "Zl", "Zp") or character in "\t\n\v\f\r\x85":
        return SPACE
    # Cc, Cf, Cs, Co, Cn: controls, formats, halves, private and unassigned. Me: keycaps and the
    # like, which no two terminals draw alike.
    if category[0] == "C" or category == "Me" or within(scalar, IGNORABLE + [MODIFIERS]):
        return DROPPED
    if category == "Mn" or within(scalar, JAMO):
        return COMBINING
    return WIDE if unicode.east_asian_width(character) in "WF" else NARROW


def main():
    starts, previous = [], None
    for scalar in range(0x110000):
        kind = classify(scalar)
        if kind != previous:
            starts.append(scalar << 3 | kind)
            previous = kind
    print(f"""/// What a scalar is to a terminal's grid, from Unicode {unicode.unidata_version}.
///
/// Made by `.ci/unicode-tables.py`, which says how to run it; never edited by hand.
enum UnicodeTables {{
  /// The first scalar of each run, shifted left by three, and in the low bits the `ScalarKind` of
  /// the whole run.
  static let runs: [UInt32] = [""")
    line = "   "
    for value in starts:
        word = f" {value},"
        if value >= 100_000:
            digits = f"{value:_}"
            word = f" {digits},"
        if len(line) + len(word) > 100:
            print(line)
            line = "   "
        line += word
    print(line)
    print("  ]\n}")


main()
