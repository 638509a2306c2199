"""The emitted training program beside diffusers and peft on the same base, where there is PyTorch but no Java, or no card at all.

    athanor emit BASE FOLDER meta bfloat16       then   python bench_program.py count BASE FOLDER --width 512 --height 768
    athanor emit BASE FOLDER cuda:0 bfloat16     then   python bench_program.py time BASE FOLDER --device cuda --width 512 --height 768

`count` runs one DreamBooth step of either side on PyTorch's device without memory: which operators there are, how many of them
launch a kernel, and how many bytes stand at the worst moment. An operator that mixes devices fails there as it would on a card. `time`
runs both in turns, a step of the program with everything that the trainer does around it: batches from the processor's memory,
losses and the norm of the gradient back. `count` takes attention and AdamW as fused, as a card has them, and spares the reference autocast and
clipping, which that device lacks: with them it would launch more.
"""

import argparse
import collections
import json
import os
import statistics
import time
import weakref

import torch
from safetensors import safe_open
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from bench_reference import Reference, Stopwatch, config

NO_KERNEL = set(
    "t view transpose detach _unsafe_view expand slice unsqueeze split_with_sizes select permute split alias squeeze as_strided "
    "unbind empty_like empty new_empty_strided".split()
)


class Watch(TorchDispatchMode):
    """Counts operators and follows the memory of every storage from birth to death."""

    def __init__(self):
        super().__init__()
        self.live = self.peak = 0
        self.seen = weakref.WeakSet()
        self.operators = collections.Counter()

    def died(self, size):
        self.live -= size

    def __torch_dispatch__(self, operator, types, arguments=(), named=None):
        result = operator(*arguments, **(named or {}))
        self.operators[operator.overloadpacket.__name__] += 1
        for tensor in tree_leaves(result):
            if isinstance(tensor, torch.Tensor):
                storage = tensor.untyped_storage()
                if storage not in self.seen:
                    self.seen.add(storage)
                    self.live += storage.nbytes()
                    weakref.finalize(storage, self.died, storage.nbytes())
                    self.peak = max(self.peak, self.live)
        return result

    def row(self, name):
        kernels = sum(count for name, count in self.operators.items() if name not in NO_KERNEL)
        return f"| {name} | {sum(self.operators.values())} | {kernels} | {self.peak / 2**20:.0f} |"


class Program:
    """What DreamBoothTrainer does in a step, in Python around the same program."""

    def __init__(self, options, load):
        self.options = options
        self.device = torch.device(options.device)
        with open(os.path.join(options.program, "training.json")) as file:
            table = json.load(file)
        self.program = torch.jit.load(os.path.join(options.program, "training.pt"))
        for name, shape in table["weights"].items():
            self.program.add_weight(load(name, shape).to(self.device).requires_grad_(False))
        self.flat, self.first, self.second = (torch.zeros(table["parameters"], device=self.device) for _ in range(3))
        self.step_number = 0
        self.factor = 2 ** (len(config(options.base, "vae")["block_out_channels"]) - 1)
        channels = config(options.base, "unet")["in_channels"]
        self.latent_shape = (channels, options.height // self.factor, options.width // self.factor)
        self.rows = 2 * options.batch
        tokens = config(options.base, "text_encoder")["max_position_embeddings"]
        self.text = [torch.zeros((self.rows, tokens), dtype=torch.long, device=self.device)] * self.encoders(table)
        if hasattr(self.program, "forget_text"):  # the text encoders are frozen, so every caption is encoded once
            self.text = self.program.encode(*self.text)
            self.program.forget_text(torch.zeros(1, device=self.device))

    @staticmethod
    def encoders(table):
        return len({name.split("/")[0] for name in table["weights"]} - {"unet"})

    @torch.jit.optimized_execution(False)
    def step(self):
        shape = (self.rows, *self.latent_shape)
        latents, noise = torch.randn(shape).to(self.device), torch.randn(shape).to(self.device)
        terms = torch.rand((8, len(latents))).to(self.device)
        mask = torch.ones((1, 1, 1, 1)).to(self.device)
        geometry = [torch.zeros((len(latents), 6)).to(self.device)] if len(self.text) > 1 else []
        text = [each[: self.rows] for each in self.text]
        text = [each.cpu().to(self.device) if self.device.type == "cuda" else each for each in text]
        errors, gradient = self.program.gradient(terms, self.flat, latents, noise, mask, *text, *geometry)
        self.number(errors.sum())
        self.number(gradient.norm())
        self.step_number += 1
        rates = [1e-4, 0, 1e-2, 0.9, 0.999, 1e-8]
        rates += [1 - 0.9**self.step_number, (1 - 0.999**self.step_number) ** 0.5, 1.0, 0.0]
        with torch.no_grad():
            hyper = torch.tensor(rates).to(self.device)
            self.number(self.program.adamw(self.flat, gradient, self.first, self.second, hyper))

    @staticmethod
    def number(tensor):
        return None if tensor.is_meta else tensor.item()

    def train(self, steps):
        watch = Stopwatch()
        for _ in range(steps):
            self.step()
        return watch.taken(steps)


def fused_attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, **_):
    """The device without memory has no fused attention of its own; the processor's keeps what a card's keeps."""
    return torch.ops.aten._scaled_dot_product_flash_attention_for_cpu(query, key, value, 0.0, is_causal)[0]


def count(options):
    from unittest import mock

    options.device = "meta"
    print("| one step | operators | of these kernels | most memory, MiB |\n| --- | --- | --- | --- |")
    options.program = with_fused_attention(options.program)
    with Watch() as watch:
        program = Program(options, lambda name, shape: torch.empty(shape, device="meta"))
        program.step()
        watch.operators.clear()
        watch.peak = watch.live
        program.step()
    print(watch.row("athanor"))
    del program
    with mock.patch("torch.nn.functional.scaled_dot_product_attention", fused_attention), Watch() as watch:
        reference = Reference(options)
        reference.train(1)
        watch.operators.clear()
        watch.peak = watch.live
        reference.train(1)
    print(watch.row("reference"))


def with_fused_attention(folder, program="training"):
    """The program with another name for attention, in a folder beside it."""
    import zipfile

    other = os.path.join(folder, "fused")
    os.makedirs(other, exist_ok=True)
    attention = (
        "  def attention(self: __torch__.Program, q: Tensor, k: Tensor, v: Tensor, m: Optional[Tensor], p: float, causal: bool) -> Tensor:\n"
        "    a, b, = torch._scaled_dot_product_flash_attention_for_cpu(q, k, v, p, causal, attn_mask=m, scale=None)\n"
        "    return a\n"
    )
    with zipfile.ZipFile(os.path.join(folder, program + ".pt")) as source:
        with zipfile.ZipFile(os.path.join(other, program + ".pt"), "w", zipfile.ZIP_STORED) as target:
            for name in source.namelist():
                content = source.read(name)
                if name.endswith(".py"):
                    text = content.decode().replace("torch.scaled_dot_product_attention(", "self.attention(")
                    content = text.replace("  loras : List[Tensor]\n", "  loras : List[Tensor]\n" + attention).encode()
                target.writestr(name, content)
    with open(os.path.join(folder, program + ".json")) as table, open(os.path.join(other, program + ".json"), "w") as copy:
        copy.write(table.read())
    return other


def stored(base):
    """Reads a weight of the base by the name that the program has for it."""
    files = {}

    def load(name, _):
        part, tensor = name.split("/", 1)
        if part not in files:
            stem = "diffusion_pytorch_model" if part == "unet" else "model"
            files[part] = safe_open(os.path.join(base, part, stem + ".safetensors"), "pt")
        return files[part].get_tensor(tensor).float()

    return load


def timed(options):
    sides = {"athanor": Program(options, stored(options.base)), "reference": Reference(options)}
    taken = {name: [] for name in sides}
    memory = {}
    for turn in range(-1, options.rounds):
        for name, side in sides.items():
            time.sleep(0.2)
            before = allocated()
            seconds, _ = side.train(options.steps)
            memory[name] = most_allocated() - before
            if turn >= 0:
                taken[name].append(seconds)
    print("| measure | athanor | reference | ratio | ratio of the best |\n| --- | --- | --- | --- | --- |")
    ours, theirs = taken.values()
    medians = statistics.median(ours), statistics.median(theirs)
    print(f"| training step, s | {medians[0]:.4f} | {medians[1]:.4f} | {medians[1] / medians[0]:.2f} | {min(theirs) / min(ours):.2f} |")
    if torch.cuda.is_initialized():
        for name, size in memory.items():
            print(f"| {name}: a step takes of the card beyond what stands there between steps, MiB | {size / 2**20:.0f} | | | |")
        print(f"\n{torch.cuda.get_device_name()}, torch {torch.__version__}, {options.device}, {options.dtype}.")


def allocated():
    if not torch.cuda.is_initialized():
        return 0
    torch.cuda.reset_peak_memory_stats()
    return torch.cuda.memory_allocated()


def most_allocated():
    return torch.cuda.max_memory_allocated() if torch.cuda.is_initialized() else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["count", "time"])
    parser.add_argument("base")
    parser.add_argument("program", help="folder that athanor emit wrote")
    defaults = dict(width=512, height=512, batch=1, steps=10, rounds=5, rank=16)
    for name, default in defaults.items():
        parser.add_argument("--" + name, type=int, default=default)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--dtype", default="bfloat16", choices=["float32", "bfloat16", "float16"])
    options = parser.parse_args()
    count(options) if options.command == "count" else timed(options)


if __name__ == "__main__":
    main()
