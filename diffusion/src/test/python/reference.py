"""The other side of `athanor reference`: the same groups of tensors, computed by diffusers, transformers and peft.

    python reference.py --base PATH --inputs IN.safetensors --outputs OUT.safetensors [--dtype float64]

torch 2.7.1, diffusers 0.39.0, transformers 4.57.6, peft 0.21.2.
"""

import argparse
import json
from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import (
    AutoencoderKL,
    DDIMScheduler,
    DDPMScheduler,
    DPMSolverMultistepScheduler,
    EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler,
    UNet2DConditionModel,
)
from diffusers.schedulers import scheduling_euler_ancestral_discrete as ancestral
from peft import LoraConfig, inject_adapter_in_model
from safetensors import safe_open
from safetensors.torch import save_file
from transformers import CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

from lora_names import all_keys

SAMPLERS = {
    "ddim": (DDIMScheduler, {}),
    "euler": (EulerDiscreteScheduler, {}),
    "euler_a": (EulerAncestralDiscreteScheduler, {}),
    "dpmpp_2m": (DPMSolverMultistepScheduler, {}),
    "dpmpp_2m_karras": (DPMSolverMultistepScheduler, {"use_karras_sigmas": True}),
}


class Base:
    """A diffusers folder, every network in one floating type."""

    def __init__(self, folder, dtype=torch.float32):
        folder = Path(folder)
        self.folder, self.dtype = folder, dtype
        self.sdxl = (folder / "text_encoder_2").is_dir()
        self.unet = UNet2DConditionModel.from_pretrained(folder / "unet", torch_dtype=dtype).eval()
        self.vae = AutoencoderKL.from_pretrained(folder / "vae", torch_dtype=dtype).eval()
        self.text_encoders = [CLIPTextModel.from_pretrained(folder / "text_encoder", dtype=dtype).eval()]
        if self.sdxl:
            second = CLIPTextModelWithProjection.from_pretrained(folder / "text_encoder_2", dtype=dtype)
            self.text_encoders.append(second.eval())
        self.scheduler = json.loads((folder / "scheduler" / "scheduler_config.json").read_text())

    def parts(self):
        return {"unet": self.unet, **{f"text_encoder_{i}": e for i, e in enumerate(self.text_encoders)}}

    def text(self, *ids):
        """(hidden states for the cross-attention, pooled text or None)."""
        if not self.sdxl:
            return self.text_encoders[0](ids[0])[0], None
        answers = [e(i, output_hidden_states=True) for e, i in zip(self.text_encoders, ids)]
        return torch.cat([a.hidden_states[-2] for a in answers], dim=-1), answers[1][0]

    def predict(self, sample, timesteps, hidden, pooled=None, time_ids=None):
        added = None if pooled is None else {"text_embeds": pooled, "time_ids": time_ids}
        return self.unet(sample, timesteps, encoder_hidden_states=hidden, added_cond_kwargs=added).sample


def tokens(base, prompts):
    ids = {}
    folders = ["tokenizer", "tokenizer_2"] if base.sdxl else ["tokenizer"]
    for name, folder in zip(["tokens.input_ids", "tokens_2.input_ids"], folders):
        tokenizer = CLIPTokenizer.from_pretrained(base.folder / folder)
        ids[name] = tokenizer(
            prompts,
            padding="max_length",
            max_length=tokenizer.model_max_length,
            truncation=True,
            return_tensors="pt",
        ).input_ids
    return ids


def sample(base, name, inputs, steps, guidance):
    """A whole trajectory; the ancestral sampler takes its noise from the file instead of a generator."""
    kind, options = SAMPLERS[name]
    scheduler = kind.from_config(base.scheduler, **options)
    scheduler.set_timesteps(steps)
    ids = torch.cat([inputs["sampler.negative_ids"], inputs["sampler.input_ids"]])
    hidden, pooled = base.text(*[ids] * len(base.text_encoders))
    time_ids = torch.cat([inputs["sampler.time_ids"]] * 2) if base.sdxl else None
    latent = inputs["sampler.noise"] * scheduler.init_noise_sigma
    original = ancestral.randn_tensor
    for index, timestep in enumerate(scheduler.timesteps):
        ancestral.randn_tensor = lambda *a, i=index, **k: inputs["sampler.step_noise"][i]
        both = scheduler.scale_model_input(torch.cat([latent] * 2), timestep)
        negative, positive = base.predict(both, timestep, hidden, pooled, time_ids).chunk(2)
        noise = negative + guidance * (positive - negative)
        latent = scheduler.step(noise, timestep, latent, return_dict=False)[0]
    ancestral.randn_tensor = original
    return latent


def inject(base, inputs):
    """The adapter as peft layers on the base's own modules; returns kohya key -> (lora_A, lora_B) parameters."""
    modules = all_keys(base)
    keys = sorted({n[len("lora.") :].split(".")[0] for n in inputs if n.startswith("lora.")})
    layers = {}
    for part, model in base.parts().items():
        model.requires_grad_(False)
        mine = {key: modules[key][1] for key in keys if modules[key][0] == part}
        if not mine:
            continue
        ranks = {path: inputs[f"lora.{key}.lora_down.weight"].shape[0] for key, path in mine.items()}
        alphas = {path: float(inputs[f"lora.{key}.alpha"]) for key, path in mine.items()}
        config = LoraConfig(
            r=1, lora_alpha=1, target_modules=list(mine.values()), rank_pattern=ranks, alpha_pattern=alphas
        )
        inject_adapter_in_model(config, model, "default")
        for key, path in mine.items():
            layer = model.get_submodule(path)
            down, up = layer.lora_A["default"].weight, layer.lora_B["default"].weight
            with torch.no_grad():
                down.data = inputs[f"lora.{key}.lora_down.weight"].to(base.dtype).reshape(down.shape).clone()
                up.data = inputs[f"lora.{key}.lora_up.weight"].to(base.dtype).reshape(up.shape).clone()
            down.requires_grad_(True)
            up.requires_grad_(True)
            layers[key] = (down, up)
    return layers


def loss_of(base, scheduler, inputs, k, number):
    """Mean over instances + prior_weight x mean over class pictures of the (weighted) mean squared error."""
    latents, noise = inputs["train.latents"][k], inputs["train.noise"][k]
    timesteps, is_class = inputs["train.timesteps"][k], inputs["train.is_class"][k].bool()
    ids = inputs["train.input_ids"][k]
    hidden, pooled = base.text(*[ids] * len(base.text_encoders))
    time_ids = inputs["train.time_ids"][k] if base.sdxl else None
    noisy = scheduler.add_noise(latents, noise, timesteps)
    predicted = base.predict(noisy, timesteps, hidden, pooled, time_ids)
    v = scheduler.config.prediction_type == "v_prediction"
    target = scheduler.get_velocity(latents, noise, timesteps) if v else noise
    each = F.mse_loss(predicted, target, reduction="none").mean(dim=(1, 2, 3))
    if number["min_snr_gamma"] > 0:
        alphas = scheduler.alphas_cumprod.to(base.dtype)[timesteps]
        snr = alphas / (1 - alphas)
        each = each * snr.clamp(max=number["min_snr_gamma"]) / (snr + 1 if v else snr)
    loss = each.new_zeros(())
    if (~is_class).any():
        loss = loss + each[~is_class].mean()
    if is_class.any():
        loss = loss + number["prior_weight"] * each[is_class].mean()
    return loss


def gradient_of(parameter):
    return torch.zeros_like(parameter) if parameter.grad is None else parameter.grad.clone()


def train(base, inputs, metadata):
    names = "learning_rate beta1 beta2 eps weight_decay max_grad_norm prior_weight min_snr_gamma".split()
    number = {name: float(metadata[name]) for name in names}
    layers = inject(base, inputs)
    parameters = [p for pair in layers.values() for p in pair]
    optimizer = torch.optim.AdamW(
        parameters,
        lr=number["learning_rate"],
        betas=(number["beta1"], number["beta2"]),
        eps=number["eps"],
        weight_decay=number["weight_decay"],
    )
    scheduler = DDPMScheduler.from_config(base.scheduler)
    outputs, losses = {}, []
    for k in range(inputs["train.latents"].shape[0]):
        optimizer.zero_grad()
        loss = loss_of(base, scheduler, inputs, k, number)
        loss.backward()
        losses.append(loss.detach())
        if k == 0:
            for key, (down, up) in layers.items():
                # No gradient at all: SDXL's first encoder is read before its last layer.
                outputs[f"train.gradient.{key}.lora_down.weight"] = gradient_of(down)
                outputs[f"train.gradient.{key}.lora_up.weight"] = gradient_of(up)
        if number["max_grad_norm"] > 0:
            torch.nn.utils.clip_grad_norm_(parameters, number["max_grad_norm"])
        optimizer.step()
    outputs["train.loss"] = torch.stack(losses)
    for key, (down, up) in layers.items():
        outputs[f"lora.{key}.lora_down.weight"] = down.detach()
        outputs[f"lora.{key}.lora_up.weight"] = up.detach()
    return outputs


def compute(folder, inputs, metadata, dtype=torch.float32):
    """Every group whose inputs are there; tensors come back as float32."""
    torch.set_default_dtype(dtype)  # the text encoder's mask is made in the default type
    base = Base(folder, dtype)
    inputs = {n: t.to(dtype) if t.is_floating_point() else t.long() for n, t in inputs.items()}
    outputs = {}
    with torch.no_grad():
        if "prompts" in metadata:
            outputs.update(tokens(base, json.loads(metadata["prompts"])))
        if "text.input_ids" in inputs:
            second = [inputs["text_2.input_ids"]] if base.sdxl else []
            outputs["text.hidden"], pooled = base.text(inputs["text.input_ids"], *second)
            if pooled is not None:
                outputs["text.pooled"] = pooled
        if "vae.image" in inputs:
            outputs["vae.moments"] = base.vae.encode(inputs["vae.image"]).latent_dist.parameters
        if "vae.latent" in inputs:
            outputs["vae.decoded"] = base.vae.decode(inputs["vae.latent"]).sample
        if "unet.sample" in inputs:
            outputs["unet.output"] = base.predict(
                inputs["unet.sample"],
                inputs["unet.timestep"],
                inputs["unet.encoder_hidden_states"],
                inputs.get("unet.text_embeds"),
                inputs.get("unet.time_ids"),
            )
        if "sampler.noise" in inputs:
            for name in json.loads(metadata["samplers"]):
                outputs[f"sampler.{name}.latent"] = sample(
                    base, name, inputs, int(metadata["steps"]), float(metadata["guidance"])
                )
    if "train.latents" in inputs:
        outputs.update(train(base, inputs, metadata))
    return {n: (t.float() if t.is_floating_point() else t).contiguous() for n, t in outputs.items()}


def read(path):
    with safe_open(path, "pt") as file:
        return {name: file.get_tensor(name) for name in file.keys()}, file.metadata() or {}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--base", required=True)
    arguments.add_argument("--inputs", required=True)
    arguments.add_argument("--outputs", required=True)
    arguments.add_argument("--dtype", default="float32", choices=["float32", "float64"])
    chosen = arguments.parse_args()
    torch.set_num_threads(1)
    inputs, metadata = read(chosen.inputs)
    save_file(compute(chosen.base, inputs, metadata, getattr(torch, chosen.dtype)), chosen.outputs)


if __name__ == "__main__":
    main()
