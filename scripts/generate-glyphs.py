"""Draws the letters that pictures carry (legend, scale bar) and writes them to packages/core/src/report/generated/glyphs.ts.

Letters: DejaVu Sans (Bitstream Vera licence, free to embed), as shipped with matplotlib. Run: python scripts/generate-glyphs.py
(needs Pillow and matplotlib). Coverage is kept in 4 bits a pixel.
"""
import base64
from pathlib import Path

import matplotlib
from PIL import Image, ImageDraw, ImageFont

SIZE = 20
LATIN = [c for c in range(161, 256) if c != 0xAD]
GREEK = [c for c in [*range(0x391, 0x3AA), *range(0x3B1, 0x3CA)] if c != 0x3A2]
SIGNS = "⁰⁴⁵⁶⁷⁸⁹⁺⁻ⁿ₀₁₂₃₄₅₆₇₈₉₊₋ₙ–—−‘’“”„…•≤≥≈≠→←√∞‰†□◻ıŁłŒœĐđ"
LETTERS = "".join(chr(c) for c in [*range(32, 127), *LATIN, *GREEK]) + SIGNS

font = ImageFont.truetype(str(Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf"), SIZE)
ascent, descent = font.getmetrics()
height = ascent + descent

widths, nibbles = [], []
for letter in LETTERS:
    width = max(1, round(font.getlength(letter)))
    picture = Image.new("L", (width, height), 0)
    ImageDraw.Draw(picture).text((0, 0), letter, font=font, fill=255)
    widths.append(width)
    nibbles.extend((value + 8) // 17 for value in picture.tobytes())

packed = bytes((a << 4) | b for a, b in zip(nibbles[0::2], nibbles[1::2] + [0] * (len(nibbles) % 2)))
text = base64.b64encode(packed).decode()
target = Path(__file__).parent.parent / "packages/core/src/report/generated/glyphs.ts"
lines = [
    "// Made by scripts/generate-glyphs.py from DejaVu Sans (Bitstream Vera licence). Do not edit.",
    f"export const glyphHeight = {height};",
    "export const glyphLetters =",
    "  " + __import__("json").dumps(LETTERS, ensure_ascii=False) + ";",
    f"export const glyphWidths = {widths};",
    "/** Coverage 0 to 15, two pixels a byte, glyph after glyph, row by row; base64. */",
    f'export const glyphCoverage = "{text}";',
    "",
]
target.write_text("\n".join(lines), encoding="utf-8")
print(f"{len(LETTERS)} letters, {len(text)} characters")
