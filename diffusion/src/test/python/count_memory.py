"""Counts what training needs of a card's memory, without a card: the table that the planner (module plan) reads.

    nice -n 15 python count_memory.py --work FOLDER --out ../../../../plan/src/main/resources/athanor/plan/memory.csv

For each family it makes a base of the published shapes without weights, lets `athanor emit` write the training program, runs a step
of it on PyTorch's device without memory at every size, and writes the bytes that stand at the worst moment: weights, LoRA, AdamW and
everything between. It takes what is already in the table as counted, so it can be ended and started again. Needs torch, diffusers,
transformers and safetensors of the versions in docs/performance.md; no weights are downloaded.
"""

import argparse
import csv
import json
import os
import shlex
import subprocess

import torch

import bench_reference
from bench_program import Program, Watch, with_fused_attention

COLUMNS = "phase family type recompute text targets rank width height rows parameters start weights bytes".split()
SHAPES = {"SD1": "sd15", "SD2": "sd21", "SDXL": "sdxl"}
TINY = "../../../../tiny-base/models/tiny"
SIZES = {
    "TINY": [(side, side) for side in [32, 48, 64, 80, 96, 128, 192, 256]],
    "SD1": [(320, 448), (512, 512), (512, 768), (768, 768), (768, 1152), (1024, 1024), (832, 1472), (1088, 1920)],
    "SD2": [(320, 448), (512, 512), (512, 768), (768, 768), (1024, 1024), (768, 1152), (896, 1344), (1088, 1920)],
    "SDXL": [(320, 448), (512, 512), (512, 768), (768, 768), (1024, 1024), (768, 1152), (832, 1472), (1088, 1920)],
}
USUAL = dict(type="bfloat16", recompute=0, text=0, targets="ATTENTION_AND_FEED_FORWARD", rank=16)


def of(family):
    return dict(USUAL, family=family, type="float32" if family == "TINY" else "bfloat16")


def programs():
    """What to count, the most needed first: a program's settings, and (width, height, rows) of its steps."""
    for family, sizes in SIZES.items():
        for recompute in [0, 1]:
            usual = dict(of(family), recompute=recompute)
            yield usual, [(*size, rows) for size in sizes for rows in [2, 4]] + [(*sizes[2], 1)]
            yield dict(usual, rank=128), [(*sizes[2], 2), (*sizes[4], 2)]
    for family, sizes in SIZES.items():
        for changed in [dict(text=1), dict(targets="WITH_CONVOLUTIONS"), dict(targets="ATTENTION")]:
            for recompute in [0, 1]:
                yield {**of(family), "recompute": recompute, **changed}, [(*sizes[2], 2)]
    yield dict(of("SD1"), type="float32", recompute=0), [(256, 256, 2), (512, 768, 2)]


class Options(argparse.Namespace):
    """What Program wants to know."""

    def __init__(self, base, program):
        super().__init__(base=base, program=program, device="meta", width=512, height=512, batch=2)


def nothing(_, shape):
    return torch.empty(shape, device="meta")


class Counting:
    """One emitted program, loaded."""

    def __init__(self, base, folder):
        self.watch = Watch()
        with self.watch:
            self.program = Program(Options(base, with_fused_attention(folder)), nothing)
            self.start, self.weights = self.watch.peak, self.watch.live
            self.program.step()  # some buffers come with the first step and stay

    def step(self, width, height, rows):
        self.program.rows = rows
        self.program.latent_shape = (self.program.latent_shape[0], height // self.program.factor, width // self.program.factor)
        with self.watch:
            self.watch.peak = self.watch.live
            self.program.step()
        return self.watch.peak


def encoding(folder, width, height):
    """Bytes of encoding one picture, before a training."""
    folder = with_fused_attention(folder, "autoencoder")
    with Watch() as watch:
        program = torch.jit.load(os.path.join(folder, "autoencoder.pt"))
        with open(os.path.join(folder, "autoencoder.json")) as file:
            for name, shape in json.load(file)["weights"].items():
                program.add_weight(nothing(name, shape))
        program.encode(torch.empty((1, 3, height, width), device="meta"))
    return watch.peak


def emitted(options, settings):
    if settings["family"] == "TINY":
        base = os.path.join(os.path.dirname(os.path.abspath(__file__)), TINY)
    else:
        base = os.path.join(options.work, settings["family"])
    if not os.path.exists(os.path.join(base, "model_index.json")):
        bench_reference.make(base, SHAPES[settings["family"]], hollow=True)
    folder = os.path.join(options.work, "-".join(str(settings[key]) for key in ["family", *USUAL]))
    if not os.path.exists(os.path.join(folder, "autoencoder.json")):
        command = [*shlex.split(options.athanor), "emit", base, folder, "meta", settings["type"], str(settings["rank"])]
        command += ["--targets", settings["targets"]]
        command += ["--recompute"] * settings["recompute"] + ["--train-text"] * settings["text"]
        subprocess.run(command, check=True)
    return base, folder


class Table:
    """The lines that are there, and a way to add one."""

    def __init__(self, path):
        self.path = path
        self.rows = []
        if os.path.exists(path):
            with open(path) as file:
                self.rows = list(csv.DictReader(file))
        else:
            with open(path, "w") as file:
                print(*COLUMNS, sep=",", file=file)

    def has(self, row):
        keys = COLUMNS[:10]
        return any(all(str(row[key]) == known[key] for key in keys) for known in self.rows)

    def add(self, row):
        self.rows.append({key: str(value) for key, value in row.items()})
        with open(self.path, "a") as file:
            print(*[row[key] for key in COLUMNS], sep=",", file=file)
        print(row, flush=True)


def count(options, table, settings, steps):
    missing = [step for step in steps if not table.has(as_row("STEP", settings, *step))]
    if not missing:
        return
    base, folder = emitted(options, settings)
    counting = Counting(base, folder)
    parameters = counting.program.flat.numel()
    for step in missing:
        known = dict(parameters=parameters, start=counting.start, weights=counting.weights, bytes=counting.step(*step))
        table.add(dict(as_row("STEP", settings, *step), **known))


def as_row(phase, settings, width, height, rows):
    return dict(settings, phase=phase, width=width, height=height, rows=rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", required=True, help="folder for the bases and programs")
    parser.add_argument("--out", required=True, help="the table; lines that are there are kept")
    parser.add_argument("--athanor", default="../../../../athanor", help="the launcher")
    options = parser.parse_args()
    torch.set_num_threads(1)
    table = Table(options.out)
    settings = of("SD1")
    for width, height in [(512, 512), (512, 768), (1024, 1024), (1088, 1920)]:
        row = as_row("ENCODE", settings, width, height, 1)
        if not table.has(row):
            table.add(dict(row, parameters=0, start=0, weights=0, bytes=encoding(emitted(options, settings)[1], width, height)))
    for settings, steps in programs():
        count(options, table, settings, steps)


if __name__ == "__main__":
    main()
