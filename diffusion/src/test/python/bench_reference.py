"""The reference's side of the benchmark: diffusers and peft on the same base, timed when asked.

    python bench_reference.py make FOLDER [--shapes sd15|sdxl]     a base of real shapes with random weights, fp16 files
    python bench_reference.py serve BASE --width W --height H --batch B --steps N --rank R --threads T

Without --threads it takes as many as PyTorch takes by itself. While serving it answers each line on its standard input on its
standard output: sample, train N and decode N with two numbers, seconds on the clock and of the processor; memory and resident with
the peak and the present state of its memory in MiB; threads with their number. Only this script is timed, not the pipe.
"""

import argparse
import json
import os
import shutil
import sys
import time

import torch

PROMPT = "a photo of a sks woman"


def config(folder, part):
    with open(os.path.join(folder, part, "config.json")) as file:
        return json.load(file)


def make(folder, shapes):
    from diffusers import AutoencoderKL, UNet2DConditionModel
    from transformers import CLIPTextConfig, CLIPTextModel

    torch.manual_seed(20)
    if shapes != "sd15":
        raise SystemExit("only the shapes of SD 1.5 are known here")
    unet = UNet2DConditionModel(cross_attention_dim=768, attention_head_dim=8, sample_size=64)
    unet.half().save_pretrained(os.path.join(folder, "unet"))
    vae = AutoencoderKL(
        block_out_channels=(128, 256, 512, 512),
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        layers_per_block=2,
        sample_size=512,
    )
    vae.half().save_pretrained(os.path.join(folder, "vae"))
    text = CLIPTextModel(CLIPTextConfig(hidden_size=768, intermediate_size=3072, num_attention_heads=12))
    text.half().save_pretrained(os.path.join(folder, "text_encoder"))
    parity = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../resources/parity/sd1")
    for part in ("scheduler", "tokenizer", "model_index.json"):
        source = os.path.join(parity, part)
        copy = shutil.copytree if os.path.isdir(source) else shutil.copy
        copy(source, os.path.join(folder, part))
    # the small vocabulary of the parity bases, at CLIP's length
    settings = os.path.join(folder, "tokenizer", "tokenizer_config.json")
    with open(settings) as file:
        values = json.load(file)
    values["model_max_length"] = 77
    with open(settings, "w") as file:
        json.dump(values, file)


class Stopwatch:
    def __init__(self):
        self.start = time.perf_counter(), time.process_time()

    def taken(self, parts=1):
        seconds, processor = self.start
        return (time.perf_counter() - seconds) / parts, (time.process_time() - processor) / parts


def memory(entry):
    """MiB, as the kernel says it."""
    with open("/proc/self/status") as status:
        return (next(int(line.split()[1]) for line in status if line.startswith(entry)) / 1024,)


class Reference:
    def __init__(self, options):
        from diffusers import AutoencoderKL, DDIMScheduler, DDPMScheduler, UNet2DConditionModel
        from transformers import CLIPTextModel

        self.options = options
        torch.manual_seed(20)
        base = options.base
        self.unet = UNet2DConditionModel.from_pretrained(base, subfolder="unet", torch_dtype=torch.float32)
        self.vae = AutoencoderKL.from_pretrained(base, subfolder="vae", torch_dtype=torch.float32)
        text = CLIPTextModel.from_pretrained(base, subfolder="text_encoder", torch_dtype=torch.float32)
        self.unet.requires_grad_(False)
        self.scheduler = DDIMScheduler.from_pretrained(base, subfolder="scheduler")
        self.noising = DDPMScheduler.from_pretrained(base, subfolder="scheduler")
        factor = 2 ** (len(self.vae.config.block_out_channels) - 1)
        channels = self.unet.config.in_channels
        self.latent_shape = (options.batch, channels, options.height // factor, options.width // factor)
        length = text.config.max_position_embeddings
        ids = torch.randint(0, text.config.vocab_size - 2, (1, length))
        with torch.no_grad():
            self.text = text(ids)[0].repeat(2 * options.batch, 1, 1)
        self.optimizer = None

    @torch.no_grad()
    def sample(self):
        """Seconds a step of a guided trajectory."""
        self.scheduler.set_timesteps(self.options.steps)
        latent = torch.randn(self.latent_shape)
        watch = Stopwatch()
        for timestep in self.scheduler.timesteps:
            both = self.scheduler.scale_model_input(torch.cat([latent] * 2), timestep)
            away, towards = self.unet(both, timestep, self.text, return_dict=False)[0].chunk(2)
            latent = self.scheduler.step(away + 5 * (towards - away), timestep, latent, return_dict=False)[0]
        return watch.taken(self.options.steps)

    @torch.no_grad()
    def decode(self, batches):
        """Seconds for the pictures of one batch, the mean of several in a row."""
        latent = torch.randn(self.latent_shape)
        watch = Stopwatch()
        for _ in range(batches):
            self.vae.decode(latent, return_dict=False)
        return watch.taken(batches)

    def prepare_training(self):
        from peft import LoraConfig

        layers = ["to_q", "to_k", "to_v", "to_out.0", "proj_in", "proj_out", "ff.net.0.proj", "ff.net.2"]
        self.unet.add_adapter(
            LoraConfig(r=self.options.rank, lora_alpha=self.options.rank, target_modules=layers)
        )
        self.parameters = [p for p in self.unet.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(self.parameters, lr=1e-4)

    def train(self, steps):
        """Seconds of a DreamBooth step, the mean of several in a row."""
        if self.optimizer is None:
            self.prepare_training()
        latents = torch.randn((2 * self.latent_shape[0], *self.latent_shape[1:]))
        watch = Stopwatch()
        for _ in range(steps):
            self.step(latents)
        return watch.taken(steps)

    def step(self, latents):
        """As many class pictures as instances, text already encoded."""
        noise = torch.randn_like(latents)
        timesteps = torch.randint(0, 1000, (len(latents),))
        predicted = self.unet(self.noising.add_noise(latents, noise, timesteps), timesteps, self.text)[0]
        instance, prior = torch.chunk((predicted - noise) ** 2, 2)
        (instance.mean() + prior.mean()).backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()

    def memory(self):
        return memory("VmHWM")

    def resident(self):
        return memory("VmRSS")

    def threads(self):
        return (torch.get_num_threads(),)


def serve(options):
    if options.threads:
        torch.set_num_threads(options.threads)
    watch = Stopwatch()
    reference = Reference(options)
    print(*watch.taken(), flush=True)
    for line in sys.stdin:
        command, *numbers = line.split()
        if command == "quit":
            return
        print(*getattr(reference, command)(*map(int, numbers)), flush=True)


parser = argparse.ArgumentParser()
parser.add_argument("command", choices=["make", "serve"])
parser.add_argument("base")
parser.add_argument("--shapes", default="sd15")
for name, default in [("width", 256), ("height", 256), ("batch", 1), ("steps", 4), ("rank", 16), ("threads", 0)]:
    parser.add_argument("--" + name, type=int, default=default)
options = parser.parse_args()
if options.command == "make":
    make(options.base, options.shapes)
else:
    serve(options)
