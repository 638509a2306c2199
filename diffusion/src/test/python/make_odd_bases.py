"""Random small bases that each differ from the ordinary in one respect, to find what this library computes otherwise.

    python make_odd_bases.py --out FOLDER [--only NAME ...]

Not committed: make, run make_goldens.py over them, then compare.py. A base in REFUSED must be refused with a sentence.
"""

import argparse
import tempfile
import zlib
from pathlib import Path

import torch
from diffusers import (
    DDIMScheduler,
    EulerDiscreteScheduler,
    StableDiffusionXLPipeline,
)
from transformers import CLIPTextModel, CLIPTextModelWithProjection

from make_reference_bases import SD_BETAS, randomize, save_sd, text_config, unet, vae
from tiny_tokenizer import tokenizer

ATTENTION_DOWN = ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"]
ATTENTION_UP = ["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"]


def unet_values(width, **changes):
    values = dict(
        sample_size=8,
        block_out_channels=[16, 24, 32],
        layers_per_block=1,
        down_block_types=ATTENTION_DOWN,
        up_block_types=ATTENTION_UP,
        attention_head_dim=4,
        cross_attention_dim=width,
        norm_num_groups=8,
    )
    values.update(changes)
    return values


def sd(unet_changes=None, vae_changes=None, text_changes=None, scheduler=None, dtype=torch.float32, pad="<|endoftext|>"):
    def build(folder, seed, vocabulary):
        words, size = tokenizer(vocabulary, 16, pad_token=pad)
        text_values = dict(hidden_size=24, intermediate_size=64, num_hidden_layers=2, num_attention_heads=3)
        text_values.update(text_changes or {})
        text = randomize(CLIPTextModel(text_config(size, 16, **text_values)), seed)
        width = text_values["hidden_size"]
        image_values = dict(channels=[8, 16, 16])
        image_values.update(vae_changes or {})
        made = scheduler or DDIMScheduler(**SD_BETAS, clip_sample=False, set_alpha_to_one=False, steps_offset=1)
        denoiser = unet(seed + 1, **unet_values(width, **(unet_changes or {})))
        save_sd(folder, dtype, words, text, vae(seed + 2, **image_values), denoiser, made)

    return build


def sdxl(unet_changes=None, second_changes=None, first_changes=None, scheduler=None, vae_changes=None):
    def build(folder, seed, vocabulary):
        words, size = tokenizer(vocabulary, 16)
        words_2, _ = tokenizer(vocabulary, 16, pad_token="!")
        first_values = dict(hidden_size=16, intermediate_size=48, num_hidden_layers=2, num_attention_heads=2)
        first_values.update(first_changes or {})
        second_values = dict(hidden_size=24, intermediate_size=64, num_hidden_layers=3, num_attention_heads=4)
        second_values.update(hidden_act="gelu", projection_dim=20)
        second_values.update(second_changes or {})
        first = randomize(CLIPTextModel(text_config(size, 16, **first_values)), seed)
        second = randomize(CLIPTextModelWithProjection(text_config(size, 16, **second_values)), seed + 3)
        pooled = second_values["projection_dim"]
        changes = dict(
            layers_per_block=2,
            down_block_types=["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
            up_block_types=["CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"],
            transformer_layers_per_block=[1, 2, 3],
            attention_head_dim=[2, 3, 4],
            use_linear_projection=True,
            addition_embed_type="text_time",
            addition_time_embed_dim=8,
            projection_class_embeddings_input_dim=pooled + 6 * 8,
        )
        changes.update(unet_changes or {})
        width = first_values["hidden_size"] + second_values["hidden_size"]
        default = EulerDiscreteScheduler(**SD_BETAS, timestep_spacing="leading", steps_offset=1)
        default.register_to_config(clip_sample=False)
        pipeline = StableDiffusionXLPipeline(
            vae=vae(seed + 2, **{"channels": [8, 12, 16], "scaling": 0.13025, **(vae_changes or {})}),
            text_encoder=first,
            text_encoder_2=second,
            tokenizer=words,
            tokenizer_2=words_2,
            unet=unet(seed + 1, **unet_values(width, **changes)),
            scheduler=scheduler or default,
            add_watermarker=False,
        )
        pipeline.save_pretrained(folder, safe_serialization=True)

    return build


def ddim(**changes):
    values = {**SD_BETAS, "clip_sample": False, "set_alpha_to_one": False, "steps_offset": 1, **changes}
    return DDIMScheduler(**values)


V = "v_prediction"
ODD = {
    "mid-resnets-only": sd(dict(mid_block_type="UNetMidBlock2D")),
    "mid-none": sd(dict(mid_block_type=None)),
    "scale-shift": sd(dict(resnet_time_scale_shift="scale_shift")),
    "only-cross-attention": sd(dict(only_cross_attention=True)),
    "only-cross-attention-list": sd(dict(only_cross_attention=[True, False, False])),
    "upcast-attention": sd(dict(upcast_attention=True)),
    "sine-first": sd(dict(flip_sin_to_cos=False, freq_shift=1)),
    "eight-latent-channels": sd(dict(in_channels=8, out_channels=8), dict(latent=8)),
    "centre-input": sd(dict(center_input_sample=True)),
    "wide-time-embedding": sd(dict(time_embedding_dim=40)),
    "kernel-one": sd(dict(conv_in_kernel=1, conv_out_kernel=1)),
    "kernel-five": sd(dict(conv_in_kernel=5)),
    "layers-by-level": sd(dict(layers_per_block=[1, 2, 3])),
    "transformers-by-level": sd(dict(transformer_layers_per_block=[2, 1, 3])),
    "relu": sd(dict(act_fn="relu")),
    "mish": sd(dict(act_fn="mish")),
    "gelu": sd(dict(act_fn="gelu")),
    "mid-scale": sd(dict(mid_block_scale_factor=1.7)),
    "downsample-unpadded": sd(dict(downsample_padding=0)),
    "one-level": sd(
        dict(block_out_channels=[16], down_block_types=["CrossAttnDownBlock2D"], up_block_types=["CrossAttnUpBlock2D"]),
        dict(channels=[8]),
    ),
    "five-levels": sd(
        dict(
            block_out_channels=[8, 8, 16, 16, 24],
            down_block_types=["DownBlock2D", *["CrossAttnDownBlock2D"] * 3, "DownBlock2D"],
            up_block_types=["UpBlock2D", *["CrossAttnUpBlock2D"] * 3, "UpBlock2D"],
            attention_head_dim=[1, 2, 4, 8, 3],
        ),
        dict(channels=[4, 4, 8, 8, 8]),
    ),
    "uneven-types": sd(
        dict(
            down_block_types=["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
            up_block_types=["CrossAttnUpBlock2D", "UpBlock2D", "CrossAttnUpBlock2D"],
        )
    ),
    "three-heads": sd(dict(block_out_channels=[24, 48, 48], attention_head_dim=[3, 6, 12], norm_num_groups=3)),
    "heads-that-do-not-divide": sd(dict(attention_head_dim=5, block_out_channels=[16, 24, 32])),
    "heads-that-do-not-divide-linear": sd(dict(attention_head_dim=[3, 5, 7], use_linear_projection=True)),
    "norm-eps": sd(dict(norm_eps=1e-3), text_changes=dict(layer_norm_eps=1e-3)),
    "vae-no-attention": sd(vae_changes=dict(mid_block_add_attention=False)),
    "vae-no-quant": sd(vae_changes=dict(use_quant_conv=False, use_post_quant_conv=False)),
    "vae-two-levels": sd(vae_changes=dict(channels=[8, 8], layers=3, groups=2)),
    "text-gelu": sd(text_changes=dict(hidden_act="gelu", num_hidden_layers=4)),
    "text-gelu-new": sd(text_changes=dict(hidden_act="gelu_new")),
    "text-relu": sd(text_changes=dict(hidden_act="relu")),
    "text-one-layer": sd(text_changes=dict(num_hidden_layers=1)),
    "fp16-files": sd(dtype=torch.float16),
    "bf16-files": sd(dtype=torch.bfloat16),
    "v-trailing-zero-snr": sd(
        scheduler=ddim(prediction_type=V, timestep_spacing="trailing", rescale_betas_zero_snr=True), pad="!"
    ),
    "v-linspace": sd(dict(use_linear_projection=True), scheduler=ddim(prediction_type=V, timestep_spacing="linspace")),
    "epsilon-trailing": sd(scheduler=ddim(timestep_spacing="trailing", set_alpha_to_one=True)),
    "epsilon-linspace": sd(scheduler=ddim(timestep_spacing="linspace", steps_offset=0)),
    "linear-betas": sd(scheduler=ddim(beta_schedule="linear")),
    "few-timesteps": sd(scheduler=ddim(num_train_timesteps=400)),
    "euler-karras-file": sd(
        scheduler=EulerDiscreteScheduler(**SD_BETAS, use_karras_sigmas=True, timestep_spacing="linspace")
    ),
    "xl-transformers": sdxl(),
    "xl-no-attention-in-last": sdxl(
        dict(
            down_block_types=["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
            up_block_types=["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
            transformer_layers_per_block=[2, 1, 1],
        )
    ),
    "xl-one-layer-a-block": sdxl(dict(layers_per_block=1)),
    "xl-legacy-end": sdxl(second_changes=dict(eos_token_id=2)),
    "xl-wide-projection": sdxl(second_changes=dict(projection_dim=36)),
    "xl-v": sdxl(scheduler=ddim(prediction_type=V, timestep_spacing="trailing", rescale_betas_zero_snr=True)),
    "xl-two-levels": sdxl(
        dict(
            block_out_channels=[16, 32],
            down_block_types=["DownBlock2D", "CrossAttnDownBlock2D"],
            up_block_types=["CrossAttnUpBlock2D", "UpBlock2D"],
            transformer_layers_per_block=[1, 2],
            attention_head_dim=[2, 4],
        )
    ),
}
REFUSED = {
    "attention-blocks": sd(
        dict(
            down_block_types=["AttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
            up_block_types=["UpBlock2D", "CrossAttnUpBlock2D", "AttnUpBlock2D"],
            norm_eps=1e-6,
        )
    ),
    "resnet-downsampling": sd(
        dict(
            down_block_types=["ResnetDownsampleBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
            up_block_types=["UpBlock2D", "CrossAttnUpBlock2D", "ResnetUpsampleBlock2D"],
        )
    ),
    "class-embedding": sd(dict(class_embed_type="timestep")),
    "dual-cross-attention": sd(dict(dual_cross_attention=True, num_attention_heads=None)),
}


def main():
    every = {**ODD, **REFUSED}
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--out", required=True, type=Path)
    arguments.add_argument("--only", nargs="*", default=list(every), choices=list(every))
    chosen = arguments.parse_args()
    for name in chosen.only:
        with tempfile.TemporaryDirectory() as vocabulary:
            try:
                every[name](chosen.out / name, zlib.crc32(name.encode()) % 10_000, vocabulary)
            except Exception as error:  # the reference itself does not build it: nothing to compare
                print(f"{name}: the reference refuses: {str(error)[:200]}")


if __name__ == "__main__":
    main()
