"""Loads a LoRA file with diffusers and computes with it: a file of ours must give there what it gives here.

    python check_lora_in_diffusers.py --base FOLDER --lora FILE.safetensors --inputs IN.safetensors --outputs OUT.safetensors
                                      [--strength 0.6]

Every tensor of the file must find its layer (diffusers only warns). Writes text.hidden, text.pooled, unet.output and
sampler.ddim.latent for the inputs of make_goldens.py.
"""

import argparse
import logging

import torch
from diffusers import StableDiffusionPipeline, StableDiffusionXLPipeline
from safetensors.torch import save_file

from reference import Base, read, sample


class Complaints(logging.Handler):
    """diffusers logs keys that it could not place; here that is an error."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


def load(folder, lora, strength):
    base = Base(folder)
    kind = StableDiffusionXLPipeline if base.sdxl else StableDiffusionPipeline
    pipeline = kind.from_pretrained(folder)
    complaints = Complaints()
    logging.getLogger("diffusers").addHandler(complaints)
    pipeline.load_lora_weights(str(lora), adapter_name="ours")
    pipeline.set_adapters(["ours"], [strength])
    unplaced = [line for line in complaints.lines if "key" in line]
    if unplaced:
        raise SystemExit("diffusers could not place: " + unplaced[0][:300])
    base.unet = pipeline.unet.eval()
    base.text_encoders = [pipeline.text_encoder.eval()] + ([pipeline.text_encoder_2.eval()] if base.sdxl else [])
    return base


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("base", "lora", "inputs", "outputs"):
        arguments.add_argument(f"--{option}", required=True)
    arguments.add_argument("--strength", type=float, default=1.0)
    chosen = arguments.parse_args()
    torch.set_num_threads(1)
    base = load(chosen.base, chosen.lora, chosen.strength)
    inputs, metadata = read(chosen.inputs)
    with torch.no_grad():
        second = [inputs["text_2.input_ids"]] if base.sdxl else []
        hidden, pooled = base.text(inputs["text.input_ids"], *second)
        outputs = {"text.hidden": hidden}
        if pooled is not None:
            outputs["text.pooled"] = pooled
        outputs["unet.output"] = base.predict(
            inputs["unet.sample"],
            inputs["unet.timestep"],
            inputs["unet.encoder_hidden_states"],
            inputs.get("unet.text_embeds"),
            inputs.get("unet.time_ids"),
        )
        latent = sample(base, "ddim", inputs, int(metadata["steps"]), float(metadata["guidance"]))
        outputs["sampler.ddim.latent"] = latent
    save_file({name: tensor.contiguous() for name, tensor in outputs.items()}, chosen.outputs)


if __name__ == "__main__":
    main()
