"""Inputs and the reference's outputs for bases made by make_reference_bases.py.

    python make_goldens.py --bases FOLDER [--seed 20] [--only NAME ...] [--exact]

Writes IN.safetensors and OUT.safetensors beside each base. With --exact it prints, for each group, how far the reference
in float32 is from itself in float64: what no implementation in float32 can be asked to beat.
"""

import argparse
import json
import zlib
from pathlib import Path

import torch
from safetensors.torch import save_file

from lora_names import all_keys
from reference import SAMPLERS, Base, compute

PROMPTS = [
    "a photo of a woman",
    "A PHOTO of a sks man, full-body; close up!",
    "",
    "wow!! it's 12 o'clock... don't (red:1.3) [hair]",
    "naïve café, Straße, İstanbul, ΌΔΟΣ",
    "一张照片 of 女人 in the park",
    "emoji 👩‍🎤 and 🙂🙂 and \u200b zero width",
    "a photo of a woman with red hair in the park standing full body and a man with red hair in the park",
    "<|endoftext|> inside <|startoftext|> text",
    "tabs\tand\nlines and   spaces  ",
]

TRAINING = dict(
    learning_rate="0.001",
    beta1="0.9",
    beta2="0.999",
    eps="1e-08",
    weight_decay="0.01",
    max_grad_norm="0.5",
    prior_weight="0.7",
    min_snr_gamma="5.0",
)

# What each base's adapter sits on: predicates over (part, module path).
ATTENTION = ("to_q", "to_k", "to_v", "to_out.0")


def kohya_default(part, path):
    return ".attentions." in path or part != "unet"


def unet_transformers(part, path):
    return part == "unet" and ".attentions." in path


def with_convolutions(part, path):
    """Also 3x3 convolutions, shortcuts and the layers of the time embedding, in some of the blocks."""
    wanted = ("down_blocks.1.", "down_blocks.2.", "mid_block.", "up_blocks.2.", "conv_in", "conv_out", "time_embedding")
    return part == "unet" and path.startswith(wanted)


def attention_and_text(part, path):
    return path.endswith(ATTENTION) or (part != "unet" and "self_attn" in path)


TARGETS = {
    "sd1": kohya_default,
    "sd1-four-levels": with_convolutions,
    "sd2": unet_transformers,
    "sdxl": attention_and_text,
}


def adapter(base, wanted, rank, alpha, zero_up, normal):
    """kohya keys; SDXL's UNet in the SGM spelling, as kohya writes it."""
    chosen = {}
    for key, (part, path) in all_keys(base).items():
        if wanted(part, path):
            chosen[(part, path)] = key  # the last spelling wins, and SGM's come last
    tensors = {}
    for (part, path), key in chosen.items():
        weight = base.parts()[part].get_submodule(path).weight
        down_shape = (rank, *weight.shape[1:])
        up_shape = (weight.shape[0], rank, *([1, 1] if weight.ndim == 4 else []))
        fan_in = weight[0].numel()
        tensors[f"lora.{key}.lora_down.weight"] = normal(*down_shape) / fan_in**0.5
        tensors[f"lora.{key}.lora_up.weight"] = normal(*up_shape) * (0.0 if zero_up else 0.1)
        tensors[f"lora.{key}.alpha"] = torch.tensor(alpha)
    return tensors


def inputs_for(folder, name, seed):
    base = Base(folder)
    generator = torch.Generator().manual_seed(seed)

    def normal(*shape):
        return torch.randn(shape, generator=generator)

    def integers(high, *shape):
        return torch.randint(0, high, shape, generator=generator)

    def ids(count, config):
        """Like the tokenizer's: start, some words, end, padding with the end."""
        drawn = integers(config.vocab_size - 2, count, config.max_position_embeddings)
        drawn[:, 0] = config.vocab_size - 2
        for row in range(count):
            drawn[row, 3 + int(integers(config.max_position_embeddings - 4, 1)) :] = config.vocab_size - 1
        return drawn

    def time_ids(*shape):
        return (integers(9, *shape, 6) * 8).float()

    text = base.text_encoders[0].config
    length, width = text.max_position_embeddings, base.unet.config.cross_attention_dim
    channels = base.unet.config.in_channels
    factor = 2 ** (len(base.vae.config.block_out_channels) - 1)
    down = 2 ** (len(base.unet.config.block_out_channels) - 1)
    h, w = (2 * down, 3 * down) if down < 8 else (down, 2 * down)  # not square, and every level still has pixels
    steps, K, B = 10, 10, 3
    timesteps = base.scheduler["num_train_timesteps"]
    tensors = {
        "text.input_ids": ids(3, text),
        "vae.image": normal(2, 3, 4 * factor, 6 * factor).clamp(-1, 1),
        "vae.latent": normal(2, base.vae.config.latent_channels, 4, 6),
        "unet.sample": normal(2, channels, h, w),
        "unet.timestep": torch.tensor([17, 811 * timesteps // 1000]),
        "unet.encoder_hidden_states": normal(2, length, width),
        "sampler.noise": normal(2, channels, h, w),
        "sampler.input_ids": ids(2, text),
        "sampler.negative_ids": ids(2, text),
        "sampler.step_noise": normal(steps, 2, channels, h, w),
        "train.latents": normal(K, B, channels, h, w),
        "train.noise": normal(K, B, channels, h, w),
        "train.timesteps": integers(timesteps, K, B),
        "train.input_ids": torch.stack([ids(B, text) for _ in range(K)]),
        "train.is_class": torch.tensor([[0, 1, 0], [0, 0, 0], [1, 0, 1], [1, 1, 1], [0, 0, 1]] * 2),
    }
    if base.sdxl:
        second = base.text_encoders[1].config
        tensors["text_2.input_ids"] = ids(3, second)
        tensors["unet.text_embeds"] = normal(2, second.projection_dim)
        tensors["unet.time_ids"] = time_ids(2)
        tensors["sampler.time_ids"] = time_ids(2)
        tensors["train.time_ids"] = time_ids(K, B)
    rank, alpha = (4, 2.0) if down < 8 else (2, 3.0)
    wanted = TARGETS.get(name, kohya_default)
    tensors.update(adapter(base, wanted, rank, alpha, zero_up=name == "sd2", normal=normal))
    metadata = dict(
        prompts=json.dumps(PROMPTS),
        samplers=json.dumps(list(SAMPLERS)),
        steps=str(steps),
        guidance="5.5",
        rank=str(rank),
        alpha=str(alpha),
        **TRAINING,
    )
    if name == "sd1-four-levels":
        metadata.update(min_snr_gamma="0", prior_weight="1.0", max_grad_norm="1.0")
    return {n: t.contiguous() for n, t in tensors.items()}, metadata


def distance(a, b):
    """Relative L2; absolute where the truth is zero (the gradient of lora_down when lora_up is still zero)."""
    return float((a.double() - b.double()).norm() / (b.double().norm() or 1.0))


def group_of(name):
    if name.startswith("sampler.") or name == "train.loss" or name.startswith("text."):
        return name
    return ".".join(name.split(".")[:2]) if not name.startswith("lora.") else "lora after K steps"


def print_conditioning(folder, inputs, metadata, outputs):
    exact = compute(folder, inputs, metadata, torch.float64)
    worst = {}
    for name, tensor in outputs.items():
        if tensor.is_floating_point():
            group = group_of(name)
            worst[group] = max(worst.get(group, 0.0), distance(tensor, exact[name]))
    print(folder.name, {group: f"{value:.1e}" for group, value in worst.items()})


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--bases", required=True, type=Path)
    arguments.add_argument("--only", nargs="*")
    arguments.add_argument("--seed", type=int, default=20)
    arguments.add_argument("--exact", action="store_true")
    chosen = arguments.parse_args()
    torch.set_num_threads(1)
    for folder in sorted(p.parent for p in chosen.bases.glob("*/model_index.json")):
        if chosen.only and folder.name not in chosen.only:
            continue
        torch.set_default_dtype(torch.float32)
        seed = chosen.seed + zlib.crc32(folder.name.encode()) % 1000
        try:
            inputs, metadata = inputs_for(folder, folder.name, seed)
            outputs = compute(folder, inputs, metadata)
        except Exception as error:  # nothing to compare with
            print(folder.name, "the reference refuses:", str(error)[:200])
            continue
        save_file(inputs, folder / "IN.safetensors", metadata)
        save_file(outputs, folder / "OUT.safetensors")
        print(folder.name, len(inputs), "tensors in,", len(outputs), "out")
        if chosen.exact:
            print_conditioning(folder, inputs, metadata, outputs)


if __name__ == "__main__":
    main()
