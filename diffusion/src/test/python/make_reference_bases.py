"""Random small bases of every family, as diffusers folders.

    python make_reference_bases.py --out FOLDER [--only NAME ...]

The weights mean nothing; they are scaled so that every layer matters (norms are not one, biases are not zero) and
that a sampler's trajectory stays well conditioned. One seed a base: the same script writes the same files.
"""

import argparse
import tempfile
import zlib
from pathlib import Path

import torch
from diffusers import (
    AutoencoderKL,
    DDIMScheduler,
    EulerDiscreteScheduler,
    PNDMScheduler,
    StableDiffusionPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
)
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

from tiny_tokenizer import tokenizer

SD_BETAS = dict(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", num_train_timesteps=1000)


def randomize(model, seed, gain=1.0):
    """Weights of variance gain^2 / fan_in, norms around one, biases around zero, embeddings of ordinary size."""
    generator = torch.Generator().manual_seed(seed)

    def normal(shape):
        return torch.randn(shape, generator=generator)

    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "embedding" in name and parameter.ndim == 2 and "linear" not in name and "time" not in name:
                parameter.copy_(0.5 * normal(parameter.shape))
            elif parameter.ndim >= 2:
                fan_in = parameter[0].numel()
                parameter.copy_(normal(parameter.shape) * gain / fan_in**0.5)
            elif name.endswith("weight"):
                parameter.copy_(1.0 + 0.2 * normal(parameter.shape))
            else:
                parameter.copy_(0.1 * normal(parameter.shape))
    return model.eval()


def text_config(vocabulary, length, **values):
    settings = dict(
        vocab_size=vocabulary,
        max_position_embeddings=length,
        bos_token_id=vocabulary - 2,
        eos_token_id=vocabulary - 1,
        pad_token_id=vocabulary - 1,
    )
    settings.update(values)
    return CLIPTextConfig(**settings)


def vae(seed, channels, layers=1, latent=4, groups=4, scaling=0.18215, **more):
    model = AutoencoderKL(
        block_out_channels=channels,
        down_block_types=["DownEncoderBlock2D"] * len(channels),
        up_block_types=["UpDecoderBlock2D"] * len(channels),
        layers_per_block=layers,
        latent_channels=latent,
        norm_num_groups=groups,
        scaling_factor=scaling,
        sample_size=64,
        **more,
    )
    return randomize(model, seed)


def unet(seed, **values):
    """The last layer is made small: the trajectory then follows the schedule and does not run away."""
    model = randomize(UNet2DConditionModel(**values), seed)
    with torch.no_grad():
        model.conv_out.weight.mul_(0.5)
    return model


def save_sd(folder, dtype, made_tokenizer, text, image, denoiser, scheduler):
    pipeline = StableDiffusionPipeline(
        vae=image,
        text_encoder=text,
        tokenizer=made_tokenizer,
        unet=denoiser,
        scheduler=scheduler,
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    pipeline.to(dtype).save_pretrained(folder, safe_serialization=True)


def sd1(folder, seed, vocabulary_folder):
    """SD 1.x in small: convolutions around the transformers, quick_gelu, head count 4 everywhere."""
    words, size = tokenizer(vocabulary_folder, 16)
    text = CLIPTextModel(
        text_config(size, 16, hidden_size=24, intermediate_size=64, num_hidden_layers=2, num_attention_heads=3)
    )
    denoiser = unet(
        seed + 1,
        sample_size=8,
        block_out_channels=[16, 24, 32],
        layers_per_block=1,
        down_block_types=["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
        up_block_types=["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
        attention_head_dim=4,
        cross_attention_dim=24,
        norm_num_groups=8,
    )
    scheduler = PNDMScheduler(**SD_BETAS, skip_prk_steps=True, steps_offset=1)
    scheduler.register_to_config(clip_sample=False)
    save_sd(folder, torch.float16, words, randomize(text, seed), vae(seed + 2, [8, 16, 16]), denoiser, scheduler)


def sd1_four_levels(folder, seed, vocabulary_folder):
    """Another layout: four levels, two layers each, attention where SD 1.x has none, a head count for each level."""
    words, size = tokenizer(vocabulary_folder, 12)
    text = CLIPTextModel(
        text_config(size, 12, hidden_size=20, intermediate_size=48, num_hidden_layers=3, num_attention_heads=2)
    )
    denoiser = unet(
        seed + 1,
        sample_size=16,
        block_out_channels=[12, 16, 16, 24],
        layers_per_block=2,
        down_block_types=["DownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D", "CrossAttnDownBlock2D"],
        up_block_types=["CrossAttnUpBlock2D", "UpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"],
        attention_head_dim=[2, 4, 2, 6],
        cross_attention_dim=20,
        norm_num_groups=4,
        norm_eps=1e-6,
    )
    scheduler = DDIMScheduler(**SD_BETAS, clip_sample=False, set_alpha_to_one=False, steps_offset=1)
    image = vae(seed + 2, [8, 8, 12, 16], layers=2, scaling=0.3)
    save_sd(folder, torch.float16, words, randomize(text, seed), image, denoiser, scheduler)


def sd2(folder, seed, vocabulary_folder):
    """SD 2.x in small: linear projections, v-prediction, gelu, padding with token 0."""
    words, size = tokenizer(vocabulary_folder, 16, pad_token="!")
    text = CLIPTextModel(
        text_config(
            size, 16, hidden_size=32, intermediate_size=64, num_hidden_layers=3, num_attention_heads=4, hidden_act="gelu"
        )
    )
    denoiser = unet(
        seed + 1,
        sample_size=8,
        block_out_channels=[12, 16, 24],
        layers_per_block=2,
        down_block_types=["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
        up_block_types=["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
        attention_head_dim=[2, 4, 3],
        cross_attention_dim=32,
        norm_num_groups=4,
        use_linear_projection=True,
    )
    scheduler = DDIMScheduler(
        **SD_BETAS, clip_sample=False, set_alpha_to_one=False, steps_offset=1, prediction_type="v_prediction"
    )
    save_sd(folder, torch.bfloat16, words, randomize(text, seed), vae(seed + 2, [8, 16]), denoiser, scheduler)


def sdxl(folder, seed, vocabulary_folder):
    """SDXL in small: two text encoders, pooled text and time ids, one and two transformer blocks a level."""
    words, size = tokenizer(vocabulary_folder, 16)
    words_2, _ = tokenizer(vocabulary_folder, 16, pad_token="!")
    text = CLIPTextModel(
        text_config(size, 16, hidden_size=16, intermediate_size=48, num_hidden_layers=3, num_attention_heads=2)
    )
    text_2 = CLIPTextModelWithProjection(
        text_config(
            size,
            16,
            hidden_size=24,
            intermediate_size=64,
            num_hidden_layers=3,
            num_attention_heads=4,
            hidden_act="gelu",
            projection_dim=20,
            eos_token_id=2,  # as in the published SDXL: the token with the largest id is the end
        )
    )
    denoiser = unet(
        seed + 1,
        sample_size=8,
        block_out_channels=[8, 16, 24],
        layers_per_block=2,
        down_block_types=["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
        up_block_types=["CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"],
        transformer_layers_per_block=[1, 1, 2],
        attention_head_dim=[2, 4, 3],
        cross_attention_dim=40,
        norm_num_groups=4,
        use_linear_projection=True,
        addition_embed_type="text_time",
        addition_time_embed_dim=8,
        projection_class_embeddings_input_dim=20 + 6 * 8,
    )
    scheduler = EulerDiscreteScheduler(**SD_BETAS, timestep_spacing="leading", steps_offset=1)
    scheduler.register_to_config(clip_sample=False, set_alpha_to_one=False)
    pipeline = StableDiffusionXLPipeline(
        vae=vae(seed + 2, [8, 12, 16], scaling=0.13025, force_upcast=True),
        text_encoder=randomize(text, seed),
        text_encoder_2=randomize(text_2, seed + 3),
        tokenizer=words,
        tokenizer_2=words_2,
        unet=denoiser,
        scheduler=scheduler,
        add_watermarker=False,
    )
    pipeline.to(torch.float16).save_pretrained(folder, safe_serialization=True)


BASES = {"sd1": sd1, "sd1-four-levels": sd1_four_levels, "sd2": sd2, "sdxl": sdxl}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--out", required=True, type=Path)
    arguments.add_argument("--only", nargs="*", default=list(BASES), choices=list(BASES))
    chosen = arguments.parse_args()
    for name in chosen.only:
        with tempfile.TemporaryDirectory() as vocabulary:
            BASES[name](chosen.out / name, zlib.crc32(name.encode()) % 10_000, vocabulary)
        size = sum(f.stat().st_size for f in (chosen.out / name).rglob("*") if f.is_file())
        print(f"{name}: {size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
