"""Holds `athanor reference` against the goldens of many bases and prints a table.

    python compare.py --bases FOLDER --command "../../../../athanor reference" [--only NAME ...]
    python compare.py --single-files FOLDER --command "..."     FOLDER/NAME.safetensors against FOLDER/NAME

Every base is a folder made by make_reference_bases.py, make_odd_bases.py or make_file_bases.py, with the IN and OUT of
make_goldens.py. A base without OUT must be refused with one line.
"""

import argparse
import shlex
import subprocess
import tempfile
from pathlib import Path

import torch
from safetensors.torch import load_file

from make_goldens import distance

BOUNDS = {"text": 1e-5, "vae": 1e-5, "unet": 1e-5, "sampler": 1e-4, "train": 1e-4, "lora": 1e-3}


def worst_by_group(found, truth):
    worst = {}
    for name, tensor in truth.items():
        group = name.split(".")[0]
        if group not in BOUNDS:
            worst["tokens"] = max(worst.get("tokens", 0), float(not torch.equal(found[name], tensor)))
        elif found[name].shape != tensor.shape:
            worst[group] = float("inf")
        else:
            worst[group] = max(worst.get(group, 0.0), distance(found[name], tensor))
    return worst


def compare(name, base, folder, command):
    golden = folder / "OUT.safetensors"
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "OUT.safetensors"
        inputs = folder / "IN.safetensors"
        if not inputs.exists():
            from safetensors.torch import save_file

            inputs = Path(scratch) / "IN.safetensors"
            save_file({"vae.latent": torch.zeros(1, 4, 4, 4)}, inputs)
        ran = subprocess.run(
            [*command, "--base", str(base), "--inputs", str(inputs), "--outputs", str(out)],
            capture_output=True,
            text=True,
        )
        if ran.returncode != 0:
            expected = "" if not golden.exists() else "  UNEXPECTED"
            return f"{name:28} refused{expected}: {ran.stderr.strip()[-400:]}"
        if not golden.exists():
            return f"{name:28} computed, but the reference cannot"
        found, truth = load_file(out), load_file(golden)
    missing = sorted(set(truth) ^ set(found))
    if missing and not str(base).endswith(".safetensors"):
        return f"{name:28} DIFFERENT NAMES: {missing[:3]}"
    worst = worst_by_group(found, {n: t for n, t in truth.items() if n in found})
    beyond = [g for g, value in worst.items() if not value <= BOUNDS.get(g, 0)]
    cells = "  ".join(f"{group} {value:.1e}" for group, value in worst.items())
    return f"{name:28} {cells}{'   BEYOND: ' + ', '.join(beyond) if beyond else ''}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--bases", type=Path)
    arguments.add_argument("--single-files", type=Path)
    arguments.add_argument("--command", required=True, type=shlex.split)
    arguments.add_argument("--only", nargs="*")
    chosen = arguments.parse_args()
    root = chosen.bases or chosen.single_files
    for folder in sorted(p.parent for p in root.glob("*/model_index.json")):
        if chosen.only and folder.name not in chosen.only:
            continue
        base = folder if chosen.bases else root / f"{folder.name}.safetensors"
        print(compare(folder.name, base, folder, chosen.command), flush=True)


if __name__ == "__main__":
    main()
