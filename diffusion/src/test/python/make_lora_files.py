"""One adapter in the spellings of different writers, and what diffusers computes when it loads each.

    python make_lora_files.py --bases ../resources/parity --out ../resources/lora

For the bases sd1 and sdxl: kohya.safetensors (kohya's keys and alphas), peft.safetensors (as peft names modules),
diffusers.safetensors (what pipeline.save_lora_weights writes) and diffusers-kohya.safetensors (diffusers' own
conversion to kohya's keys). Rank 2 and alpha 2, because the spellings without alpha mean alpha = rank.

For sd1 also metadata.safetensors: another adapter, whose alphas stand in the file's metadata alone.
"""

import argparse
from pathlib import Path

import torch
from diffusers import StableDiffusionPipeline, StableDiffusionXLPipeline
from diffusers.training_utils import _collate_lora_metadata
from diffusers.utils import convert_state_dict_to_diffusers, convert_state_dict_to_kohya
from peft import LoraConfig
from peft.utils import get_peft_model_state_dict
from safetensors.torch import save_file

from lora_names import all_keys
from reference import Base

RANK = 2
ATTENTION = ["to_q", "to_k", "to_v", "to_out.0"]
TRANSFORMERS = [*ATTENTION, "proj_in", "proj_out", "ff.net.0.proj", "ff.net.2"]
TEXT_TARGETS = ["q_proj", "k_proj", "v_proj", "out_proj"]


def adapt(base, generator):
    """peft's own layers on UNet and text encoders; returns their state dicts by part."""
    states = {}
    for part, model in base.parts().items():
        unet_targets = ATTENTION if base.sdxl else TRANSFORMERS  # the files stay small
        targets = unet_targets if part == "unet" else TEXT_TARGETS
        model.add_adapter(LoraConfig(r=RANK, lora_alpha=RANK, target_modules=targets))
        for name, parameter in model.named_parameters():
            if "lora_" in name:
                scale = 0.5 if "lora_A" in name else 0.2
                parameter.data = scale * torch.randn(parameter.shape, generator=generator)
        states[part] = {n: t.detach().float().contiguous() for n, t in get_peft_model_state_dict(model).items()}
    return states


def kohya(keys, states):
    tensors = {}
    chosen = {place: key for key, place in keys.items()}  # SGM spellings come last
    for part, state in states.items():
        for name, tensor in state.items():
            path, kind = name.rsplit(".lora_", 1)
            key = chosen[(part, path)]
            tensors[f"{key}.lora_{'down' if kind == 'A.weight' else 'up'}.weight"] = tensor
            tensors[f"{key}.alpha"] = torch.tensor(float(RANK))
    return tensors


def prefixed(states, convert=lambda state: state):
    prefixes = {"unet": "unet", "text_encoder_0": "text_encoder", "text_encoder_1": "text_encoder_2"}
    return {f"{prefixes[part]}.{n}": t for part, state in states.items() for n, t in convert(state).items()}


def write(base, folder, seed):
    keys = all_keys(base)  # before peft renames the modules
    states = adapt(base, torch.Generator().manual_seed(seed))
    folder.mkdir(parents=True, exist_ok=True)
    metadata = {"ss_network_dim": str(RANK), "ss_network_alpha": str(RANK)}
    save_file(kohya(keys, states), folder / "kohya.safetensors", metadata)
    save_file(prefixed(states), folder / "peft.safetensors")
    pipeline = StableDiffusionXLPipeline if base.sdxl else StableDiffusionPipeline
    text = {
        f"text_encoder{'_2' if i else ''}_lora_layers": convert_state_dict_to_diffusers(states[f"text_encoder_{i}"])
        for i in range(len(base.text_encoders))
    }
    pipeline.save_lora_weights(
        folder,
        unet_lora_layers=convert_state_dict_to_diffusers(states["unet"]),
        weight_name="diffusers.safetensors",
        **text,
    )
    by_diffusers = convert_state_dict_to_kohya(prefixed(states))
    save_file({n: t.contiguous() for n, t in by_diffusers.items()}, folder / "diffusers-kohya.safetensors")


def write_metadata(base, folder, seed):
    """What pipeline.save_lora_weights writes of alphas that differ from the rank, by module or over the rank's root."""
    configs = {
        "unet": LoraConfig(
            r=RANK, lora_alpha=3, alpha_pattern={"attn2.to_q": 7, r"^mid_block.*to_v": 5}, target_modules=["to_q", "to_v"]
        ),
        "text_encoder_0": LoraConfig(r=RANK, lora_alpha=4, use_rslora=True, target_modules=["q_proj", "out_proj"]),
    }
    generator = torch.Generator().manual_seed(seed)
    states = {}
    for part, model in base.parts().items():
        model.add_adapter(configs[part])
        for name, parameter in model.named_parameters():
            if "lora_" in name:
                scale = 0.5 if "lora_A" in name else 0.2
                parameter.data = scale * torch.randn(parameter.shape, generator=generator)
        states[part] = convert_state_dict_to_diffusers(get_peft_model_state_dict(model))
    told = _collate_lora_metadata({"unet": base.unet, "text_encoder": base.text_encoders[0]})
    told["text_encoder_lora_adapter_metadata"].pop("base_model_name_or_path")  # the folder that the base lay in
    StableDiffusionPipeline.save_lora_weights(
        folder,
        unet_lora_layers=states["unet"],
        text_encoder_lora_layers=states["text_encoder_0"],
        weight_name="metadata.safetensors",
        **told,
    )


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--bases", required=True, type=Path)
    arguments.add_argument("--out", required=True, type=Path)
    chosen = arguments.parse_args()
    for name, seed in (("sd1", 5), ("sdxl", 6)):
        write(Base(chosen.bases / name), chosen.out / name, seed)
    write_metadata(Base(chosen.bases / "sd1"), chosen.out / "sd1", 7)


if __name__ == "__main__":
    main()
