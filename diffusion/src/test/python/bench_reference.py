"""The reference's side of the benchmark: diffusers and peft on the same base, timed when asked.

    python bench_reference.py make FOLDER [--shapes sd15|sd21|sdxl] [--hollow]
        a base of real shapes with random weights, fp16 files; hollow: with zeros that take no room, for what only counts
    python bench_reference.py serve BASE --width W --height H --batch B --steps N --rank R --threads T --device D --dtype T [--trains]

With --trains it encodes the pictures of the first step before it says that it is ready, as a training does.
Without --threads it takes as many as PyTorch takes by itself. In bfloat16 and float16 the base, and with bfloat16 the LoRA too, are of
that type and training steps run under autocast, as diffusers' train_dreambooth_lora.py does it. While serving it answers each line on its standard input on its
standard output: sample, train N and decode N with two numbers, seconds on the clock and of the processor; memory and resident with
the peak and the present state of its memory in MiB; threads with their number. Only this script is timed, not the pipe.
"""

import argparse
import contextlib
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


SHAPES = {
    "sd15": dict(
        unet=dict(cross_attention_dim=768, attention_head_dim=8, sample_size=64),
        text=[dict(hidden_size=768, intermediate_size=3072, num_attention_heads=12)],
        parity="sd1",
    ),
    "sd21": dict(
        unet=dict(
            cross_attention_dim=1024, attention_head_dim=(5, 10, 20, 20), use_linear_projection=True, sample_size=96
        ),
        text=[
            dict(
                hidden_size=1024,
                intermediate_size=4096,
                num_attention_heads=16,
                num_hidden_layers=23,
                hidden_act="gelu",
            )
        ],
        parity="sd2",
    ),
    "sdxl": dict(
        unet=dict(
            block_out_channels=(320, 640, 1280),
            down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
            up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
            transformer_layers_per_block=(1, 2, 10),
            attention_head_dim=(5, 10, 20),
            cross_attention_dim=2048,
            use_linear_projection=True,
            addition_embed_type="text_time",
            addition_time_embed_dim=256,
            projection_class_embeddings_input_dim=2816,
            sample_size=128,
        ),
        text=[
            dict(hidden_size=768, intermediate_size=3072, num_attention_heads=12),
            dict(
                hidden_size=1280,
                intermediate_size=5120,
                num_attention_heads=20,
                num_hidden_layers=32,
                hidden_act="gelu",
                projection_dim=1280,
            ),
        ],
        parity="sdxl",
    ),
}


def save_hollow(model, folder):
    """What save_pretrained writes, with a hole in the place of the weights."""
    import struct

    table, position = {}, 0
    for name, tensor in model.state_dict().items():
        end = position + 2 * tensor.numel()
        table[name] = dict(dtype="F16", shape=list(tensor.shape), data_offsets=[position, end])
        position = end
    header = json.dumps(table).encode()
    os.makedirs(folder, exist_ok=True)
    if hasattr(model.config, "save_pretrained"):  # transformers
        stem, model.config.architectures = "model", [type(model).__name__]
        model.config.save_pretrained(folder)
    else:
        stem = "diffusion_pytorch_model"
        model.save_config(folder)
    with open(os.path.join(folder, stem + ".safetensors"), "wb") as file:
        file.write(struct.pack("<Q", len(header)) + header)
        file.truncate(file.tell() + position)


def make(folder, shapes, hollow=False):
    from diffusers import AutoencoderKL, UNet2DConditionModel
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    torch.manual_seed(20)
    chosen = SHAPES[shapes]
    save = save_hollow if hollow else lambda model, part: model.half().save_pretrained(part)
    with torch.device("meta" if hollow else "cpu"):
        save(UNet2DConditionModel(**chosen["unet"]), os.path.join(folder, "unet"))
        vae = AutoencoderKL(
            block_out_channels=(128, 256, 512, 512),
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
            layers_per_block=2,
            sample_size=512,
        )
        save(vae, os.path.join(folder, "vae"))
        for part, kind, values in zip(
            ("text_encoder", "text_encoder_2"), (CLIPTextModel, CLIPTextModelWithProjection), chosen["text"]
        ):
            save(kind(CLIPTextConfig(**values)), os.path.join(folder, part))
    copy_small_files(folder, chosen)


def copy_small_files(folder, chosen):
    parity = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../resources/parity", chosen["parity"])
    shutil.copytree(os.path.join(parity, "scheduler"), os.path.join(folder, "scheduler"))
    shutil.copy(os.path.join(parity, "model_index.json"), folder)
    # the small vocabulary of the parity bases, at CLIP's length
    for part in ("tokenizer", "tokenizer_2")[: len(chosen["text"])]:
        shutil.copytree(os.path.join(parity, part), os.path.join(folder, part))
        settings = os.path.join(folder, part, "tokenizer_config.json")
        with open(settings) as file:
            values = json.load(file)
        values["model_max_length"] = 77
        with open(settings, "w") as file:
            json.dump(values, file)


class Stopwatch:
    def __init__(self):
        finish_on_card()
        self.start = time.perf_counter(), time.process_time()

    def taken(self, parts=1):
        finish_on_card()
        seconds, processor = self.start
        return (time.perf_counter() - seconds) / parts, (time.process_time() - processor) / parts


def finish_on_card():
    if torch.cuda.is_initialized():
        torch.cuda.synchronize()


def memory(entry):
    """MiB, as the kernel says it."""
    with open("/proc/self/status") as status:
        return (next(int(line.split()[1]) for line in status if line.startswith(entry)) / 1024,)


class Reference:
    def __init__(self, options):
        from diffusers import AutoencoderKL, DDIMScheduler, DDPMScheduler, UNet2DConditionModel

        self.options = options
        torch.manual_seed(20)
        base = options.base
        self.device = torch.device(options.device)
        self.dtype = getattr(torch, options.dtype)
        self.unet = UNet2DConditionModel.from_pretrained(base, subfolder="unet", torch_dtype=self.dtype).to(self.device)
        self.vae = AutoencoderKL.from_pretrained(base, subfolder="vae", torch_dtype=torch.float32).to(self.device)
        self.unet.requires_grad_(False)
        self.scheduler = DDIMScheduler.from_pretrained(base, subfolder="scheduler")
        self.noising = DDPMScheduler.from_pretrained(base, subfolder="scheduler")
        factor = 2 ** (len(self.vae.config.block_out_channels) - 1)
        channels = self.unet.config.in_channels
        self.latent_shape = (options.batch, channels, options.height // factor, options.width // factor)
        self.conditions = self.encode(base)
        if options.trains:
            self.encode_pictures()
        self.optimizer = None

    @torch.no_grad()
    def encode_pictures(self):
        """B instances and B class pictures."""
        shape = (self.options.batch, 3, self.options.height, self.options.width)
        for _ in range(2):
            pictures = torch.rand(shape, device=self.device) * 2 - 1
            self.vae.encode(pictures).latent_dist.sample()

    @torch.no_grad()
    def encode(self, base):
        """What the UNet is given besides latents and timesteps, for 2 B pictures; the text encoders go after that."""
        from transformers import CLIPTextModel, CLIPTextModelWithProjection

        def states(kind, part):
            encoder = kind.from_pretrained(base, subfolder=part, torch_dtype=self.dtype).to(self.device)
            length = encoder.config.max_position_embeddings
            ids = torch.randint(0, encoder.config.vocab_size - 2, (1, length), device=self.device)
            return encoder(ids, output_hidden_states=True)

        rows = 2 * self.options.batch
        first = states(CLIPTextModel, "text_encoder")
        if self.unet.config.addition_embed_type is None:
            return dict(encoder_hidden_states=first.last_hidden_state.repeat(rows, 1, 1))
        second = states(CLIPTextModelWithProjection, "text_encoder_2")
        both = torch.cat([first.hidden_states[-2], second.hidden_states[-2]], -1)
        geometry = torch.zeros((rows, 6), device=self.device, dtype=self.dtype)
        added = dict(text_embeds=second.text_embeds.repeat(rows, 1), time_ids=geometry)
        return dict(encoder_hidden_states=both.repeat(rows, 1, 1), added_cond_kwargs=added)

    def predict(self, latents, timesteps):
        return self.unet(latents, timesteps, **self.conditions, return_dict=False)[0]

    def noise(self, rows, dtype):
        return torch.randn((rows, *self.latent_shape[1:]), device=self.device, dtype=dtype)

    @torch.no_grad()
    def sample(self):
        """Seconds a step of a guided trajectory."""
        self.scheduler.set_timesteps(self.options.steps)
        latent = self.noise(self.options.batch, self.dtype)
        watch = Stopwatch()
        for timestep in self.scheduler.timesteps:
            both = self.scheduler.scale_model_input(torch.cat([latent] * 2), timestep)
            away, towards = self.predict(both, timestep).chunk(2)
            latent = self.scheduler.step(away + 5 * (towards - away), timestep, latent, return_dict=False)[0]
        return watch.taken(self.options.steps)

    @torch.no_grad()
    def decode(self, batches):
        """Seconds for the pictures of one batch, the mean of several in a row."""
        latent = self.noise(self.options.batch, torch.float32)
        watch = Stopwatch()
        for _ in range(batches):
            self.vae.decode(latent, return_dict=False)
        return watch.taken(batches)

    def prepare_training(self):
        from peft import LoraConfig

        self.vae = None  # pictures are encoded before a training
        layers = ["to_q", "to_k", "to_v", "to_out.0", "proj_in", "proj_out", "ff.net.0.proj", "ff.net.2"]
        self.unet.add_adapter(
            LoraConfig(r=self.options.rank, lora_alpha=self.options.rank, target_modules=layers)
        )
        self.parameters = [p for p in self.unet.parameters() if p.requires_grad]
        if self.dtype == torch.float16:
            for parameter in self.parameters:
                parameter.data = parameter.data.float()
        together = True if self.device.type == "meta" else None  # all parameters at once, as PyTorch does it on a card
        self.optimizer = torch.optim.AdamW(self.parameters, lr=1e-4, foreach=together)
        self.scaler = torch.amp.GradScaler(self.device.type, enabled=self.dtype == torch.float16)

    def train(self, steps):
        """Seconds of a DreamBooth step, the mean of several in a row."""
        if self.optimizer is None:
            self.prepare_training()
        latents = self.noise(2 * self.options.batch, self.dtype)
        watch = Stopwatch()
        for _ in range(steps):
            self.step(latents)
        return watch.taken(steps)

    def step(self, latents):
        """As many class pictures as instances, text already encoded."""
        noise = torch.randn_like(latents)
        timesteps = torch.randint(0, 1000, (len(latents),), device=self.device)
        with self.autocast():
            predicted = self.predict(self.noising.add_noise(latents, noise, timesteps), timesteps)
        instance, prior = torch.chunk((predicted.float() - noise.float()) ** 2, 2)
        self.scaler.scale(instance.mean() + prior.mean()).backward()
        self.scaler.unscale_(self.optimizer)
        if self.device.type != "meta":
            torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.scaler.step(self.optimizer)
        self.scaler.update()
        self.optimizer.zero_grad()

    def autocast(self):
        if self.device.type == "meta" or self.dtype == torch.float32:
            return contextlib.nullcontext()
        return torch.autocast(self.device.type, dtype=self.dtype)

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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["make", "serve"])
    parser.add_argument("base")
    parser.add_argument("--shapes", default="sd15", choices=list(SHAPES))
    parser.add_argument("--hollow", action="store_true")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--dtype", default="float32", choices=["float32", "bfloat16", "float16"])
    for name, default in [("width", 256), ("height", 256), ("batch", 1), ("steps", 4), ("rank", 16), ("threads", 0)]:
        parser.add_argument("--" + name, type=int, default=default)
    parser.add_argument("--trains", action="store_true")
    options = parser.parse_args()
    if options.command == "make":
        make(options.base, options.shapes, options.hollow)
    else:
        serve(options)


if __name__ == "__main__":
    main()
