"""Makes the fonts that OpenBook carries: Noto Serif CJK SC and Noto Sans CJK SC Bold, cut down.

    apt-get install fonts-noto-cjk unicode-data
    pip install fonttools
    python -m scripts.make_fonts

Kept are the characters of GB 2312, of the 通用规范汉字表 of 2013 (Unihan's kTGH lists all 8,105) and of
`SIGNS`; no layout features, no hints: what is typeset here needs neither, and they are half of the
size. One thing is changed: the digits of the serif get one width, so that columns of figures stand
flush. The fonts are under the SIL Open Font License 1.1 (OFL.txt), which lets subsets be handed on;
names and copyright stay in their name tables. `coverage.json` lists what both of them have.

The same packages give the same bytes. Not a dependency: fontTools is needed here alone.
"""

from __future__ import annotations

import bz2
import json
import unicodedata
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "src" / "openbook" / "writing" / "fonts"
NOTO = Path("/usr/share/fonts/opentype/noto")
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
FACES = {  # file here -> collection of the package, family in it
    "NotoSerifCJKsc-Regular.otf": ("NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC"),
    "NotoSansCJKsc-Bold.otf": ("NotoSansCJK-Bold.ttc", "Noto Sans CJK SC"),
}
SIGNS = (  # code points, first and last
    (0x0020, 0x007E), (0x00A0, 0x00FF), (0x2010, 0x2027), (0x2030, 0x203E), (0x2070, 0x2079),
    (0x2080, 0x2089), (0x20AC, 0x20AC), (0x2100, 0x217F), (0x2190, 0x22FF), (0x2460, 0x24FF),
    (0x2500, 0x2606), (0x2610, 0x2612), (0x2713, 0x2717), (0x3000, 0x303F), (0x3200, 0x33FF),
    (0xFE30, 0xFE4F), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6), (0xFFFD, 0xFFFD),
)  # fmt: skip
DIGIT_WIDTH = 556  # of 1000; as drawn, all but the 1 (471) are within 7 of it
DROPPED_TABLES = ("BASE", "DSIG", "GPOS", "GSUB", "VORG", "vhea", "vmtx")


def characters(unihan: Path) -> set[int]:
    """Code points to keep; the fonts lack some of `SIGNS`. Marks that combine are of no use here."""
    kept: set[int] = set()
    for first, last in SIGNS:
        kept.update(range(first, last + 1))
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            kept.update(map(ord, bytes((high, low)).decode("gb2312", "ignore")))
    with bz2.open(unihan, "rt", encoding="utf-8") as lines:
        kept.update(int(line[2 : line.index("\t")], 16) for line in lines if "\tkTGH\t" in line)
    return {code for code in kept if not unicodedata.category(chr(code)).startswith("M")}


def make(source: Path, family: str, kept: set[int], target: Path) -> set[int]:
    """Write one face; gives the code points it has."""
    from fontTools import subset, ttLib

    fonts: list[Any] = ttLib.TTCollection(source, lazy=True).fonts
    font = next(font for font in fonts if font["name"].getDebugName(1).startswith(family))
    font.recalcTimestamp = False
    options = subset.Options(
        layout_features=[], hinting=False, notdef_outline=True, name_IDs=["*"], name_languages=["*"]
    )
    options.drop_tables += DROPPED_TABLES
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=kept)
    subsetter.subset(font)
    if "Serif" in family:
        level_digits(font)
    font.save(target)
    return set(font.getBestCmap())


def level_digits(font: Any) -> None:
    """Give all digits the same advance, each in the middle of it."""
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.pens.transformPen import TransformPen

    glyphs = font.getGlyphSet()
    strings = font["CFF "].cff.topDictIndex[0].CharStrings
    for digit in "0123456789":
        name = font.getBestCmap()[ord(digit)]
        width, bearing = font["hmtx"][name]
        shift = (DIGIT_WIDTH - width) // 2
        private = strings[name].private
        pen = T2CharStringPen(DIGIT_WIDTH - private.nominalWidthX, glyphs)
        glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, shift, 0)))
        charstring = pen.getCharString(private, strings[name].globalSubrs)
        font["hmtx"][name] = (DIGIT_WIDTH, bearing + shift)
        strings[name] = charstring


def main() -> None:
    kept = characters(UNIHAN)
    found = [make(NOTO / source, family, kept, FOLDER / target) for target, (source, family) in FACES.items()]
    both = "".join(map(chr, sorted(set.intersection(*found))))
    text = json.dumps({"characters": both}, ensure_ascii=False) + "\n"
    (FOLDER / "coverage.json").write_text(text, encoding="utf-8")
    for target in FACES:
        print(f"{target}: {(FOLDER / target).stat().st_size:,} bytes")
    print(f"{len(both):,} characters; not in the fonts: {len(kept) - len(both):,}")


if __name__ == "__main__":
    main()
