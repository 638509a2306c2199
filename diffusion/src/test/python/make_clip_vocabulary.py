"""Makes the two files of src/main/resources/athanor/diffusion/tokenizer/clip:

merges.txt.gz   CLIP's 48894 merges, from bpe_simple_vocab_16e6.txt.gz of OpenAI's CLIP (MIT licence), which the PyPI
                package open_clip_torch contains
characters.txt  what the reference tokenizer sees in each character

Usage: python make_clip_vocabulary.py open_clip_torch-2.30.0-py3-none-any.whl OUTPUT_FOLDER
Made with Python 3.11 (Unicode 14.0), the package regex and transformers 4.57.6.
"""

import gzip
import io
import sys
import unicodedata
import zipfile
from pathlib import Path

import regex

wheel, output = sys.argv[1], Path(sys.argv[2])


def merges() -> bytes:
    with zipfile.ZipFile(wheel) as z:
        packed = z.read("open_clip/bpe_simple_vocab_16e6.txt.gz")
    lines = gzip.decompress(packed).decode().strip().split("\n")
    return ("\n".join(lines[1 : 49152 - 256 - 2 + 1]) + "\n").encode()


def kind(c: str) -> str:
    """d: dropped, s: space, l: letter, n: number, o: other, g: a gap between words.

    The pattern ignores case, and so the one mark that is the small form of a letter (U+0345) fits nowhere in it.
    """
    category = unicodedata.category(c)
    if c in " \t\n\r" or category in ("Zs", "Zl", "Zp"):
        return "s"
    if ord(c) in (0, 0xFFFD) or category.startswith("C"):
        return "d"
    for kind, pattern in (("l", r"[\p{L}]+"), ("n", r"[\p{N}]"), ("o", r"[^\s\p{L}\p{N}]+")):
        if regex.match(pattern, c, regex.IGNORECASE):
            return kind
    return "g"


def case(c: str) -> str:
    """c: cased, i: ignored, -: neither; what decides whether a capital sigma before or behind it is a final one."""
    if (c + "\u03a3").lower().endswith("\u03c2"):
        return "c"
    return "i" if ("A" + c + "\u03a3").lower().endswith("\u03c2") else "-"


def characters() -> str:
    out, last = io.StringIO(), None
    out.write("# first code point of a run: kind, case, combining class (made by make_clip_vocabulary.py)\n")
    out.write("# code point > its lower case\n")
    out.write("# code point = its canonical decomposition, ~ where the parts are not put together again\n")
    for code in range(0x110000):
        if 0xD800 <= code < 0xE000:
            sort = "d-0"
        else:
            sort = kind(chr(code))
            sort += case(chr(code)) + str(unicodedata.combining(chr(code))) if sort != "d" else "-0"
        if sort != last:
            out.write(f"{code:x} {sort}\n")
            last = sort
    for code in range(0x110000):
        if not 0xD800 <= code < 0xE000 and chr(code).lower() != chr(code):
            out.write(f"{code:x} > {' '.join(f'{ord(c):x}' for c in chr(code).lower())}\n")
    for code in range(0x110000):
        if 0xAC00 <= code < 0xD7A4 or not unicodedata.decomposition(chr(code)):
            continue  # Hangul syllables follow from arithmetic
        parts = unicodedata.decomposition(chr(code))
        if not parts.startswith("<"):
            sign = "=" if unicodedata.normalize("NFC", chr(code)) == chr(code) else "~"
            out.write(f"{code:x} {sign} {' '.join(f'{int(part, 16):x}' for part in parts.split())}\n")
    return out.getvalue()


with open(output / "merges.txt.gz", "wb") as f, gzip.GzipFile("", "wb", 9, f, mtime=0) as g:
    g.write(merges())
(output / "characters.txt").write_text(characters())
