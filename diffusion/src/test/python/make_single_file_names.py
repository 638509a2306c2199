"""How the small bases' tensors are called in a single-file checkpoint, one line each:

    <name in the checkpoint> <TAB> <part>/<diffusers name> [+ ...]     "+": stacked rows; "^": transposed; "~": as 1x1 convolution

    python make_single_file_names.py --bases ../resources/parity --out ../resources/single-file

Every line is proved by diffusers 0.39.0: its own converter must turn the checkpoint back into the folder's tensors, all of
them and with the same values. SingleFileCheckpointTest writes checkpoints by these lists and opens them.
"""

import argparse
import gzip
import re
from pathlib import Path
from types import SimpleNamespace

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers.loaders.single_file_utils import (
    convert_ldm_clip_checkpoint,
    convert_ldm_unet_checkpoint,
    convert_ldm_vae_checkpoint,
    convert_open_clip_checkpoint,
)
from safetensors.torch import load_file

from lora_names import sgm_path

RESNET_NORMS = {"norm1": "in_layers.0", "norm2": "out_layers.0"}


def unet_name(name, layers, levels):
    module, kind = name.rsplit(".", 1)
    if module == "conv_norm_out":
        return f"model.diffusion_model.out.0.{kind}"
    if m := re.fullmatch(r"(.*\.resnets\.\d+)\.(norm[12])", module):
        path = sgm_path(m[1] + ".conv1", layers, levels).replace("in_layers.2", RESNET_NORMS[m[2]])
    else:
        path = sgm_path(module, layers, levels)
    return f"model.diffusion_model.{path}.{kind}"


def vae_name(name, levels):
    if name.startswith(("quant_conv", "post_quant_conv")):
        return "first_stage_model." + name
    name = name.replace("conv_norm_out", "norm_out").replace("conv_shortcut", "nin_shortcut")
    name = re.sub(r"down_blocks\.(\d+)\.resnets\.(\d+)", r"down.\1.block.\2", name)
    name = re.sub(r"down_blocks\.(\d+)\.downsamplers\.0\.conv", r"down.\1.downsample.conv", name)
    name = re.sub(r"up_blocks\.(\d+)\.resnets\.(\d+)", lambda m: f"up.{levels - 1 - int(m[1])}.block.{m[2]}", name)
    name = re.sub(r"up_blocks\.(\d+)\.upsamplers\.0\.conv", lambda m: f"up.{levels - 1 - int(m[1])}.upsample.conv", name)
    name = re.sub(r"mid_block\.resnets\.(\d)", lambda m: f"mid.block_{int(m[1]) + 1}", name)
    name = name.replace("mid_block.attentions.0.", "mid.attn_1.").replace("to_out.0", "proj_out")
    for new, old in (("group_norm", "norm"), ("to_q", "q"), ("to_k", "k"), ("to_v", "v")):
        name = name.replace(f"attn_1.{new}.", f"attn_1.{old}.")
    return "first_stage_model." + name


OPEN_CLIP = {
    "text_model.embeddings.token_embedding.weight": "token_embedding.weight",
    "text_model.embeddings.position_embedding.weight": "positional_embedding",
    "text_model.final_layer_norm.weight": "ln_final.weight",
    "text_model.final_layer_norm.bias": "ln_final.bias",
    "text_projection.weight": "text_projection",
}


def open_clip_name(name):
    if name in OPEN_CLIP:
        return OPEN_CLIP[name]
    name = name.replace("text_model.encoder.layers.", "transformer.resblocks.").replace("self_attn.out_proj", "attn.out_proj")
    name = name.replace("layer_norm1", "ln_1").replace("layer_norm2", "ln_2")
    return name.replace("mlp.fc1", "mlp.c_fc").replace("mlp.fc2", "mlp.c_proj")


def open_clip_lines(part, names, prefix):
    lines = {}
    for name in names:
        if m := re.fullmatch(r"(.*layers\.(\d+)\.self_attn\.)q_proj\.(weight|bias)", name):
            sources = "+".join(f"{part}/{m[1]}{x}_proj.{m[3]}" for x in "qkv")
            lines[f"{prefix}transformer.resblocks.{m[2]}.attn.in_proj_{m[3]}"] = sources
        elif not re.search(r"self_attn\.[kv]_proj", name):
            lines[prefix + open_clip_name(name)] = f"{part}/{name}" + ("^" if name == "text_projection.weight" else "")
    return lines


def tensor(source, parts):
    part, name = source.rstrip("^~").split("/", 1)
    value = parts[part][name].float()
    if source.endswith("^"):
        return value.T.contiguous()
    return value[:, :, None, None] if source.endswith("~") else value


def check(wanted, found, what):
    assert wanted.keys() == found.keys(), (what, wanted.keys() ^ found.keys())
    for name, value in wanted.items():
        assert torch.equal(value.float().reshape(found[name].shape), found[name]), (what, name)


def lines_of(base):
    parts = {
        p.parent.name: load_file(p) for p in base.glob("*/*.safetensors") if p.name in ("model.safetensors", "diffusion_pytorch_model.safetensors")
    }
    unet = UNet2DConditionModel.load_config(base / "unet")
    vae = AutoencoderKL.load_config(base / "vae")
    levels = len(unet["block_out_channels"])
    layers = unet["layers_per_block"]
    lines = {}
    for name in parts["unet"]:
        ldm = unet_name(name, layers, levels)
        if m := re.fullmatch(r"up_blocks\.(\d+)\.upsamplers\..*", name):
            if "CrossAttn" not in unet["up_block_types"][int(m[1])]:
                ldm = ldm.replace(".2.conv.", ".1.conv.")
        lines[ldm] = f"unet/{name}"
    for name in parts["vae"]:
        attention = "attentions" in name and name.endswith("weight") and "norm" not in name
        lines[vae_name(name, len(vae["block_out_channels"]))] = f"vae/{name}" + ("~" if attention else "")
    xl, sd2 = "text_encoder_2" in parts, unet.get("use_linear_projection")
    if xl or not sd2:
        prefix = "conditioner.embedders.0.transformer." if xl else "cond_stage_model.transformer."
        lines.update({prefix + name: f"text_encoder/{name}" for name in parts["text_encoder"]})
    if xl:
        lines.update(open_clip_lines("text_encoder_2", parts["text_encoder_2"], "conditioner.embedders.1.model."))
    elif sd2:
        lines.update(open_clip_lines("text_encoder", parts["text_encoder"], "cond_stage_model.model."))

    checkpoint = {
        name: torch.cat([tensor(source, parts) for source in sources.split("+")]) for name, sources in lines.items()
    }
    check(parts["unet"], convert_ldm_unet_checkpoint(dict(checkpoint), unet), "unet")
    check(parts["vae"], convert_ldm_vae_checkpoint(dict(checkpoint), vae), "vae")
    if xl or not sd2:
        check(parts["text_encoder"], convert_ldm_clip_checkpoint(dict(checkpoint)), "text encoder")
    if xl or sd2:
        part, prefix = ("text_encoder_2", "conditioner.embedders.1.model.") if xl else ("text_encoder", "cond_stage_model.model.")
        width = parts[part]["text_model.final_layer_norm.weight"].shape[0]
        model = SimpleNamespace(config=SimpleNamespace(hidden_size=width))
        check(parts[part], convert_open_clip_checkpoint(model, dict(checkpoint), prefix), part)
    return lines


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--bases", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    given = arguments.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for base in sorted(p for p in given.bases.iterdir() if (p / "model_index.json").exists()):
        lines = lines_of(base)
        packed = gzip.compress("".join(f"{a}\t{b}\n" for a, b in lines.items()).encode(), mtime=0)
        (given.out / f"{base.name}.txt.gz").write_bytes(packed)
        print(base.name, len(lines), "tensors")
