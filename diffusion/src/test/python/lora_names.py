"""Which module of a diffusers model a kohya key means: diffusers-style paths for all, SGM-style paths for SDXL's UNet."""

import re

from torch import nn


def adaptable(model):
    return {name: module for name, module in model.named_modules() if isinstance(module, (nn.Linear, nn.Conv2d))}


def sgm_path(path, layers_per_block, levels):
    """down_blocks.1.attentions.0.proj_in -> input_blocks.4.1.proj_in (layers_per_block resnets a level, as in SGM)."""
    stride = layers_per_block + 1
    resnet = {"conv1": "in_layers.2", "conv2": "out_layers.3", "time_emb_proj": "emb_layers.1"}
    resnet["conv_shortcut"] = "skip_connection"

    def inside(kind, rest):
        return resnet[rest] if kind == "resnets" else rest

    if m := re.fullmatch(r"down_blocks\.(\d+)\.(resnets|attentions)\.(\d+)\.(.+)", path):
        block, kind, index, rest = int(m[1]), m[2], int(m[3]), m[4]
        return f"input_blocks.{1 + stride * block + index}.{int(kind == 'attentions')}.{inside(kind, rest)}"
    if m := re.fullmatch(r"down_blocks\.(\d+)\.downsamplers\.0\.conv", path):
        return f"input_blocks.{stride * (int(m[1]) + 1)}.0.op"
    if m := re.fullmatch(r"mid_block\.(resnets|attentions)\.(\d+)\.(.+)", path):
        return f"middle_block.{1 if m[1] == 'attentions' else 2 * int(m[2])}.{inside(m[1], m[3])}"
    if m := re.fullmatch(r"up_blocks\.(\d+)\.(resnets|attentions)\.(\d+)\.(.+)", path):
        block, kind, index, rest = int(m[1]), m[2], int(m[3]), m[4]
        return f"output_blocks.{stride * block + index}.{int(kind == 'attentions')}.{inside(kind, rest)}"
    if m := re.fullmatch(r"up_blocks\.(\d+)\.upsamplers\.0\.conv", path):
        return f"output_blocks.{stride * int(m[1]) + layers_per_block}.2.conv"
    fixed = {
        "conv_in": "input_blocks.0.0",
        "conv_out": "out.2",
        "time_embedding.linear_1": "time_embed.0",
        "time_embedding.linear_2": "time_embed.2",
        "add_embedding.linear_1": "label_emb.0.0",
        "add_embedding.linear_2": "label_emb.0.2",
    }
    return fixed.get(path)


def unet_keys(unet, sdxl):
    """kohya key -> module path. SDXL has both spellings, everything else the diffusers one."""
    keys = {"lora_unet_" + path.replace(".", "_"): path for path in adaptable(unet)}
    if sdxl:
        for path in adaptable(unet):
            name = sgm_path(path, unet.config.layers_per_block, len(unet.config.block_out_channels))
            if name:
                keys["lora_unet_" + name.replace(".", "_")] = path
    return keys


def text_keys(encoder, prefix):
    layers = (path for path in adaptable(encoder) if ".layers." in path)
    return {prefix + "_" + path.replace(".", "_"): path for path in layers}


def all_keys(base):
    """kohya key -> (part, module path) for the three or four networks of a base (see reference.Base)."""
    keys = {key: ("unet", path) for key, path in unet_keys(base.unet, base.sdxl).items()}
    for index, encoder in enumerate(base.text_encoders):
        prefix = f"lora_te{index + 1}" if base.sdxl else "lora_te"
        keys.update({key: (f"text_encoder_{index}", path) for key, path in text_keys(encoder, prefix).items()})
    return keys
