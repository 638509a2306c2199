"""A small CLIP vocabulary: every byte, the merges of a few words, the two special tokens last, as in CLIP's own."""

import json
from pathlib import Path

from transformers import CLIPTokenizer

WORDS = "a photo of woman man with red hair in the park close up full body standing sks".split()


def byte_characters():
    """The printable stand-ins that GPT-2 chose for the 256 bytes, in CLIP's order."""
    codes = [*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAC + 1), *range(0xAE, 0xFF + 1)]
    characters = [chr(code) for code in codes]
    stand_in = 256
    for byte in range(256):
        if byte not in codes:
            characters.append(chr(stand_in))
            stand_in += 1
    return characters


def merges_of(words):
    merges = []
    for word in words:
        pieces = [*word[:-1], word[-1] + "</w>"]
        while len(pieces) > 1:
            pair = (pieces[0], pieces[1])
            if pair not in merges:
                merges.append(pair)
            pieces[0:2] = ["".join(pair)]
    return merges


def save_vocabulary(folder):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    characters = byte_characters()
    merges = merges_of(WORDS)
    tokens = [*characters, *(c + "</w>" for c in characters)]
    for pair in merges:
        if "".join(pair) not in tokens:
            tokens.append("".join(pair))
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({t: i for i, t in enumerate(tokens)}, ensure_ascii=False), "utf-8")
    lines = ["#version: 0.2", *(" ".join(pair) for pair in merges)]
    (folder / "merges.txt").write_text("\n".join(lines) + "\n", "utf-8")
    return len(tokens)


def tokenizer(folder, length, pad_token="<|endoftext|>"):
    """Writes vocab.json and merges.txt into the folder and returns (tokenizer, size of the vocabulary)."""
    size = save_vocabulary(folder)
    made = CLIPTokenizer(
        str(Path(folder) / "vocab.json"), str(Path(folder) / "merges.txt"), pad_token=pad_token, model_max_length=length
    )
    return made, size
