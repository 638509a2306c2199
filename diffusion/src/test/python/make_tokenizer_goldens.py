"""Token ids of the reference on chosen and on 10,000 random texts, for ClipTokenizerTest.

Usage: python make_tokenizer_goldens.py ../../main/resources/athanor/diffusion/tokenizer/clip/merges.txt.gz ../resources/tokenizer
Made with Python 3.11, transformers 4.57.6 without ftfy. The random texts come from java.util.Random's generator, so
that the test can draw them again; the golden file keeps one hash for every 100 texts.
"""

import gzip
import hashlib
import json
import sys
import tempfile
from pathlib import Path

import transformers
from transformers import CLIPTokenizer

from tiny_tokenizer import byte_characters

merges_file, output = sys.argv[1], Path(sys.argv[2])

CHOSEN = [
    "a photo of a woman",
    "A Photo of a SKS Woman, (full body:1.3), masterpiece!!!",
    "",
    "   \t\n  ",
    "it's they're I've I'm he'll she'd don't 'S 'T 'RE o'clock '' ''' 's's",
    "'\u017f 'l\u017f \u017f",
    "1girl, 2boys, 1234567890, 3.14159, \u0661\u0662\u0663, \u00bd \u00b2 \u2167 \u3007",
    "emoji \U0001f642 \U0001f469\u200d\U0001f467\u200d\U0001f466 \U0001f1e9\U0001f1ea \u2764\ufe0f \U0001faf6 \U0001fae8",
    "\u4e00\u4e2a\u7ea2\u8272\u5934\u53d1\u7684\u5973\u4eba\u5728\u516c\u56ed\u91cc",
    "\u3042\u306e\u5973\u6027\u306f\u9752\u3044\u30b7\u30e3\u30c4 \ud55c\uad6d\uc5b4 \u0e44\u0e17\u0e22",
    "caf\u00e9 cafe\u0301 na\u00efve \u00c5ngstr\u00f6m A\u030angstro\u0308m \u0130stanbul I\u0307 \u01c4 \ufb01 \ufb05",
    "\u039f\u0394\u039f\u03a3 \u03a3 \u03a3\u03a3 \u03a3. \u0391.\u03a3 \u0391\u03a3.\u0391 \u0391\u03a3-\u0391 \u0391'\u03a3' \u0391\u00ad\u03a3",
    "a\u0000b\u0007c\u001fd\u007fe\u0085f\u00adg\u200bh\u200di\ufeffj\ufffdk\ue000l\ufffem",
    "a\u00a0b\u2003c\u2028d\u2029e\u3000f\u000bg\u000ch\u1680i\u180ej\u202fk\u205fl",
    "<|startoftext|>a<|endoftext|> b <|ENDOFTEXT|> <|endo<|endoftext|>ftext|> <|\u017ftartoftext|>",
    "hello! ! !! a!b",
    "supercalifragilisticexpialidocious pneumonoultramicroscopicsilicovolcanoconiosis",
    "x" * 200,
    "word " * 100,
    "C:\\path\\to\\file.txt http://example.com/?q=1&b=%20#x @user #tag $5.00 50% ^_^ ~`|{}[]",
    "\u0416\u0435\u043d\u0449\u0438\u043d\u0430 \u0432 \u043a\u0440\u0430\u0441\u043d\u043e\u043c \u0627\u0645\u0631\u0623\u0629 \u05d0\u05d9\u05e9\u05d4 \u0938\u094d\u0924\u094d\u0930\u0940 \u1f08\u1fbc \u1e9e \u00df",
    "\U00010570 \ua7c0 \u2c2f \ua7d0 \u1c80 \U0001e900 \u13a0 \uab70 \u10a0 \u1c90",
    "\U00020000 \U0002a6df \U0002b740 \U0002f800 \uf900 \u9fff \u9ffd \u3400 \U00030000",
    "\u0d4e \u1cf2 \U00016ac0 \U00011f50 \u1e030 \ua7f2 \U0001df00 \u0c5d",
    "\u0344 \u0958 \u2126 \u212b \u1100\u1161\u11a8 \u0041\u0328\u0301 \u0041\u0301\u0328",
]


class JavaRandom:
    def __init__(self, seed):
        self.seed = (seed ^ 0x5DEECE66D) & ((1 << 48) - 1)

    def bits(self, count):
        self.seed = (self.seed * 0x5DEECE66D + 0xB) & ((1 << 48) - 1)
        return self.seed >> (48 - count)

    def below(self, bound):
        return self.bits(31) % bound


WORDS = "a photo of woman man IT'S don't Caf\u00e9 sks, (full body:1.3) \u5973\u4eba \U0001f642 <|endoftext|> \u03a3\u039f\u03a3 1girl".split(" ")
RANGES = [
    (0x20, 0x7F), (0x20, 0x7F), (0x00, 0x250), (0x300, 0x600), (0x1F00, 0x2100), (0x2000, 0x2800), (0x3000, 0x3100),
    (0x4E00, 0xA000), (0xAC00, 0xD7A4), (0xA640, 0xAC00), (0xF900, 0x10000), (0x1F300, 0x1FB00), (0x600, 0x1F00),
    (0x0, 0xD800), (0x10000, 0x18000), (0x18000, 0x110000),
]


def random_text(random):
    text = ""
    for _ in range(random.below(30)):
        choice = random.below(5)
        if choice == 0:
            text += WORDS[random.below(len(WORDS))]
        elif choice == 1:
            text += " "
        else:
            low, high = RANGES[random.below(len(RANGES))]
            code = low + random.below(high - low)
            text += chr(code) if not 0xD800 <= code < 0xE000 else "'"
    return text


def tokenizer(pad):
    characters = byte_characters()
    merges = gzip.open(merges_file, "rt", encoding="utf-8").read().splitlines()
    tokens = [*characters, *(c + "</w>" for c in characters), *(m.replace(" ", "") for m in merges)]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "vocab.json").write_text(json.dumps({t: i for i, t in enumerate(tokens)}))
        Path(folder, "merges.txt").write_text("#version: 0.2\n" + "\n".join(merges) + "\n", "utf-8")
        return CLIPTokenizer(f"{folder}/vocab.json", f"{folder}/merges.txt", pad_token=pad, model_max_length=77)


def ids(made, text):
    return made(text, padding="max_length", max_length=77, truncation=True).input_ids


golden = {"transformers": transformers.__version__, "python": sys.version.split()[0], "seed": 1, "chosen": [], "hashes": {}}
made = {"end": tokenizer("<|endoftext|>"), "exclamation": tokenizer("!")}
for text in CHOSEN:
    golden["chosen"].append(
        {"text": text} | {k: t.convert_tokens_to_ids(t.tokenize(text)) for k, t in made.items()}
    )
for pad, t in made.items():
    random, hashes = JavaRandom(1), []
    for _ in range(100):
        digest = hashlib.sha256()
        for _ in range(100):
            digest.update((" ".join(map(str, ids(t, random_text(random)))) + "\n").encode())
        hashes.append(digest.hexdigest()[:16])
    golden["hashes"][pad] = hashes
(output / "clip.json").write_text(json.dumps(golden, ensure_ascii=True) + "\n")
