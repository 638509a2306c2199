"""A diffusers folder as one LDM (SD 1.x, 2.x) or SGM (SDXL) checkpoint: the inverse of what a loader has to do.

    python single_file.py --base FOLDER --out FILE.safetensors
"""

import argparse
import re
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

RESNET = {
    "norm1": "in_layers.0",
    "conv1": "in_layers.2",
    "time_emb_proj": "emb_layers.1",
    "norm2": "out_layers.0",
    "conv2": "out_layers.3",
    "conv_shortcut": "skip_connection",
}
UNET_ENDS = {
    "conv_in": "input_blocks.0.0",
    "conv_norm_out": "out.0",
    "conv_out": "out.2",
    "time_embedding.linear_1": "time_embed.0",
    "time_embedding.linear_2": "time_embed.2",
    "add_embedding.linear_1": "label_emb.0.0",
    "add_embedding.linear_2": "label_emb.0.2",
}
VAE_ATTENTION = {"group_norm": "norm", "to_q": "q", "to_k": "k", "to_v": "v", "to_out.0": "proj_out"}


def unet_name(name, layers, attention_up):
    """model.diffusion_model.* of a diffusers UNet parameter; layers a block, and which up blocks have attention."""
    path, _, kind = name.rpartition(".")
    stride = layers + 1
    if path in UNET_ENDS:
        return f"{UNET_ENDS[path]}.{kind}"
    block, index, part, item, rest = re.fullmatch(
        r"(down|mid|up)_blocks?(?:\.(\d+))?\.(resnets|attentions|downsamplers|upsamplers)\.(\d+)\.(.+)", path
    ).groups()
    index, item = int(index or 0), int(item)
    inside = RESNET[rest] if part == "resnets" else rest
    slot = int(part == "attentions")
    if block == "mid":
        return f"middle_block.{1 if slot else 2 * item}.{inside}.{kind}"
    if part == "downsamplers":
        return f"input_blocks.{stride * (index + 1)}.0.op.{kind}"
    if part == "upsamplers":
        return f"output_blocks.{stride * index + layers}.{2 if attention_up[index] else 1}.conv.{kind}"
    if block == "down":
        return f"input_blocks.{1 + stride * index + item}.{slot}.{inside}.{kind}"
    return f"output_blocks.{stride * index + item}.{slot}.{inside}.{kind}"


def vae_name(name, levels):
    """first_stage_model.* of a diffusers VAE parameter."""
    path, _, kind = name.rpartition(".")
    path = path.replace("conv_shortcut", "nin_shortcut").replace("conv_norm_out", "norm_out")
    path = re.sub(r"down_blocks\.(\d+)\.resnets\.", r"down.\1.block.", path)
    path = re.sub(r"down_blocks\.(\d+)\.downsamplers\.0", r"down.\1.downsample", path)
    path = re.sub(r"up_blocks\.(\d+)\.resnets\.", lambda m: f"up.{levels - 1 - int(m[1])}.block.", path)
    path = re.sub(r"up_blocks\.(\d+)\.upsamplers\.0", lambda m: f"up.{levels - 1 - int(m[1])}.upsample", path)
    path = re.sub(r"mid_block\.resnets\.(\d)", lambda m: f"mid.block_{int(m[1]) + 1}", path)
    if match := re.fullmatch(r"(.+)mid_block\.attentions\.0\.(.+)", path):
        path = f"{match[1]}mid.attn_1.{VAE_ATTENTION[match[2]]}"
    return f"{path}.{kind}"


def open_clip(weights, extra_layer):
    """OpenCLIP's names: stacked q, k, v; SD 2.x files have a last layer more, which nobody runs."""
    layers = 1 + max(int(m[1]) for m in (re.search(r"layers\.(\d+)\.", n) for n in weights) if m)
    source = "text_model.encoder.layers.{}."
    named = {
        "token_embedding.weight": weights["text_model.embeddings.token_embedding.weight"],
        "positional_embedding": weights["text_model.embeddings.position_embedding.weight"],
        "ln_final.weight": weights["text_model.final_layer_norm.weight"],
        "ln_final.bias": weights["text_model.final_layer_norm.bias"],
        "logit_scale": torch.tensor(4.6),
    }
    if "text_projection.weight" in weights:
        named["text_projection"] = weights["text_projection.weight"].T
    else:
        width = named["ln_final.weight"].shape[0]
        named["text_projection"] = torch.zeros(width, width)
    for layer in range(layers + int(extra_layer)):
        old = source.format(min(layer, layers - 1))
        new = f"transformer.resblocks.{layer}."
        for kind in ("weight", "bias"):
            stacked = [weights[f"{old}self_attn.{p}_proj.{kind}"] for p in "qkv"]
            named[f"{new}attn.in_proj_{kind}"] = torch.cat(stacked)
            named[f"{new}attn.out_proj.{kind}"] = weights[f"{old}self_attn.out_proj.{kind}"]
            named[f"{new}ln_1.{kind}"] = weights[f"{old}layer_norm1.{kind}"]
            named[f"{new}ln_2.{kind}"] = weights[f"{old}layer_norm2.{kind}"]
            named[f"{new}mlp.c_fc.{kind}"] = weights[f"{old}mlp.fc1.{kind}"]
            named[f"{new}mlp.c_proj.{kind}"] = weights[f"{old}mlp.fc2.{kind}"]
    return named


def single_file(folder):
    folder = Path(folder)

    def part(name):
        (file,) = (folder / name).glob("*.safetensors")
        return load_file(file)

    unet, vae, text = part("unet"), part("vae"), part("text_encoder")
    sdxl = (folder / "text_encoder_2").is_dir()
    layers = 1 + max(int(m[1]) for m in (re.match(r"down_blocks\.0\.resnets\.(\d+)", n) for n in unet) if m)
    ups = 1 + max(int(m[1]) for m in (re.match(r"up_blocks\.(\d+)", n) for n in unet) if m)
    attention_up = [any(n.startswith(f"up_blocks.{i}.attentions") for n in unet) for i in range(ups)]
    levels = 1 + max(int(m[1]) for m in (re.match(r"encoder\.down_blocks\.(\d+)", n) for n in vae) if m)
    tensors = {f"model.diffusion_model.{unet_name(n, layers, attention_up)}": t for n, t in unet.items()}
    for name, tensor in vae.items():
        renamed = vae_name(name, levels)
        if ".attn_1." in renamed and tensor.ndim == 2:
            tensor = tensor[:, :, None, None]  # LDM's attention is made of 1x1 convolutions
        tensors[f"first_stage_model.{renamed}"] = tensor
    if sdxl:
        tensors.update({f"conditioner.embedders.0.transformer.{n}": t for n, t in text.items()})
        second = open_clip(part("text_encoder_2"), extra_layer=False)
        tensors.update({f"conditioner.embedders.1.model.{n}": t for n, t in second.items()})
    elif any(t.ndim == 2 and n.endswith("proj_in.weight") for n, t in unet.items()):
        tensors.update({f"cond_stage_model.model.{n}": t for n, t in open_clip(text, extra_layer=True).items()})
    else:
        tensors.update({f"cond_stage_model.transformer.{n}": t for n, t in text.items()})
    return {n: t.contiguous().clone() for n, t in tensors.items()}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--base", required=True)
    arguments.add_argument("--out", required=True)
    chosen = arguments.parse_args()
    save_file(single_file(chosen.base), chosen.out, {"format": "pt"})


if __name__ == "__main__":
    main()
