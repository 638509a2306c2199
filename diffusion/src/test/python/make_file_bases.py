"""Bases whose numbers follow the conventions that a single-file checkpoint leaves unsaid, and those checkpoints.

    python make_file_bases.py --out FOLDER

What no tensor shows: 8 heads a level in SD 1.x, 64 channels a head in SD 2.x and SDXL and in the text encoders, 32 groups
in every norm, the scaling factor, the noise schedule (diffusers' own for single files: SCHEDULER_DEFAULT_CONFIG in
loaders/single_file_utils.py, which is what the published SDXL base says). For each NAME it writes FOLDER/NAME (diffusers) and FOLDER/NAME.safetensors.
"""

import argparse
import tempfile
import zlib
from pathlib import Path

import torch
from diffusers import DDIMScheduler, EulerDiscreteScheduler
from safetensors.torch import save_file

from make_odd_bases import sd, sdxl
from make_reference_bases import SD_BETAS
from single_file import single_file

TEXT = dict(hidden_size=64, intermediate_size=256, num_hidden_layers=2, num_attention_heads=1)
IMAGE = dict(channels=[32, 32], groups=32)
TWO_LEVELS = dict(
    block_out_channels=[32, 64],
    down_block_types=["CrossAttnDownBlock2D", "DownBlock2D"],
    up_block_types=["UpBlock2D", "CrossAttnUpBlock2D"],
    norm_num_groups=32,
    layers_per_block=2,
)


def scheduler(**changes):
    return DDIMScheduler(**SD_BETAS, clip_sample=False, set_alpha_to_one=False, steps_offset=1, **changes)


def xl_scheduler():
    made = EulerDiscreteScheduler(**SD_BETAS, timestep_spacing="leading", steps_offset=1)
    made.register_to_config(clip_sample=False, set_alpha_to_one=False)
    return made


BASES = {
    "sd1": sd({**TWO_LEVELS, "attention_head_dim": 8, "layers_per_block": 1}, IMAGE, TEXT, dtype=torch.float16),
    "sd2": sd(
        {**TWO_LEVELS, "block_out_channels": [64, 64], "attention_head_dim": [1, 1], "use_linear_projection": True},
        IMAGE,
        {**TEXT, "hidden_act": "gelu"},
        scheduler(),
        dtype=torch.float16,
        pad="!",
    ),
    "sdxl": sdxl(
        {
            **TWO_LEVELS,
            "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D"],
            "up_block_types": ["CrossAttnUpBlock2D", "UpBlock2D"],
            "attention_head_dim": [1, 1],
            "transformer_layers_per_block": [1, 2],
        },
        {**TEXT, "projection_dim": 48, "eos_token_id": 2, "num_hidden_layers": 3},
        TEXT,
        vae_changes=IMAGE,
        scheduler=xl_scheduler(),
    ),
}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--out", required=True, type=Path)
    out = arguments.parse_args().out
    for name, build in BASES.items():
        with tempfile.TemporaryDirectory() as vocabulary:
            build(out / name, zlib.crc32(name.encode()) % 10_000, vocabulary)
        tensors = single_file(out / name)
        save_file(tensors, out / f"{name}.safetensors", {"format": "pt"})
        print(name, len(tensors), "tensors", (out / f"{name}.safetensors").stat().st_size // 1024, "KiB")


if __name__ == "__main__":
    main()
