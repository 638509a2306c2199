"""One small LoRA in the naming of every author, for LoraFileTest.

    python make_lora_names.py --base ../resources/parity/sd1 --xl ../resources/parity/sdxl --out ../resources/lora-names

Made with diffusers 0.39.0 and peft 0.21.2; the same factors (seed 7) stand in every file of a folder:
sd1/peft           the adapter's state as peft names it, with base_model.model
sd1/diffusers      StableDiffusionPipeline.save_lora_weights
sd1/scripts        convert_state_dict_to_diffusers, what diffusers' training scripts save
sd1/kohya          convert_state_dict_to_kohya, with alpha = rank
sd1/processor      names from before diffusers 0.21, by hand
xl/diffusers       StableDiffusionXLPipeline.save_lora_weights
xl/sgm             kohya's names with the original code's blocks (lora_names.py), alpha 1
"""

import argparse
from pathlib import Path

import torch
from diffusers import StableDiffusionPipeline, StableDiffusionXLPipeline
from diffusers.utils import convert_state_dict_to_diffusers, convert_state_dict_to_kohya
from peft import LoraConfig
from peft.utils import get_peft_model_state_dict
from safetensors.torch import save_file

from lora_names import sgm_path

UNET = [
    "mid_block.attentions.0.proj_in",
    "mid_block.attentions.0.transformer_blocks.0.attn1.to_q",
    "mid_block.attentions.0.transformer_blocks.0.attn1.to_out.0",
    "up_blocks.1.attentions.0.transformer_blocks.0.ff.net.0.proj",
]
PROCESSOR = [name for name in UNET if "attn" in name]
TEXT = ["text_model.encoder.layers.0.self_attn.q_proj", "text_model.encoder.layers.1.mlp.fc1"]
RANK = 2


def adapt(model, targets):
    model.add_adapter(LoraConfig(r=RANK, lora_alpha=RANK, target_modules=targets, init_lora_weights=False))
    state = get_peft_model_state_dict(model)
    generator = torch.Generator().manual_seed(7)
    for name in sorted(state):
        state[name] = torch.randn(state[name].shape, generator=generator).half().float()
    return state


def prefixed(prefix, state):
    return {f"{prefix}.{name}": value.contiguous() for name, value in state.items()}


given = argparse.ArgumentParser()
given.add_argument("--base", type=Path, required=True)
given.add_argument("--xl", type=Path, required=True)
given.add_argument("--out", type=Path, required=True)
given = given.parse_args()
for folder in ("sd1", "xl"):
    (given.out / folder).mkdir(parents=True, exist_ok=True)

pipeline = StableDiffusionPipeline.from_pretrained(given.base)
unet, text = adapt(pipeline.unet, UNET), adapt(pipeline.text_encoder, TEXT)
sd1 = given.out / "sd1"
save_file(prefixed("base_model.model.unet", unet) | prefixed("base_model.model.text_encoder", text), sd1 / "peft.safetensors")
StableDiffusionPipeline.save_lora_weights(sd1, unet, text, weight_name="diffusers.safetensors")
old = prefixed("unet", convert_state_dict_to_diffusers(unet)) | prefixed("text_encoder", convert_state_dict_to_diffusers(text))
save_file(old, sd1 / "scripts.safetensors")
kohya = convert_state_dict_to_kohya(prefixed("unet", unet) | prefixed("text_encoder", text))
save_file({name: value.contiguous() for name, value in kohya.items()}, sd1 / "kohya.safetensors")
processor = {}
for name, value in old.items():
    if "attn1." in name and name.startswith("unet"):
        name = name.replace("to_out.0.lora", "processor.to_out_lora").replace("to_q.lora", "processor.to_q_lora")
        processor[name] = value
save_file(processor, sd1 / "processor.safetensors")

pipeline = StableDiffusionXLPipeline.from_pretrained(given.xl)
unet, text, text2 = adapt(pipeline.unet, UNET), adapt(pipeline.text_encoder, TEXT), adapt(pipeline.text_encoder_2, TEXT)
xl = given.out / "xl"
StableDiffusionXLPipeline.save_lora_weights(xl, unet, text, text2, weight_name="diffusers.safetensors")
sgm = {}
config = pipeline.unet.config
for prefix, state in (("lora_unet", unet), ("lora_te1", text), ("lora_te2", text2)):
    for name, value in state.items():
        path, factor = name.rsplit(".lora_", 1)
        if prefix == "lora_unet":
            path = sgm_path(path, config.layers_per_block, len(config.block_out_channels))
        key = f"{prefix}_{path.replace('.', '_')}"
        sgm[f"{key}.lora_{'down' if factor[0] == 'A' else 'up'}.weight"] = value.half().contiguous()
        sgm[f"{key}.alpha"] = torch.tensor(1.0).half()
save_file(sgm, xl / "sgm.safetensors")
for file in sorted(given.out.glob("*/*.safetensors")):
    print(file, file.stat().st_size)
