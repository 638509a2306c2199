"""Golden numbers of the noise schedules and samplers, made by diffusers.

The "network" is a formula, so that nothing but the samplers is compared: output = tanh(0.3 x + 0.1 t / 1000).
Run: python golden_samplers.py > ../resources/golden/samplers.json
"""

import json
import sys
from types import SimpleNamespace

import diffusers
import numpy
import torch
from diffusers import (
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler,
    StableDiffusionImg2ImgPipeline,
)
from diffusers.schedulers import scheduling_euler_ancestral_discrete

SEED = 20
SHAPE = (1, 2, 2, 2)

SAMPLERS = {
    "ddim": (DDIMScheduler, {}),
    "euler": (EulerDiscreteScheduler, {}),
    "euler_a": (EulerAncestralDiscreteScheduler, {}),
    "dpmpp_2m": (DPMSolverMultistepScheduler, {}),
    "dpmpp_2m_karras": (DPMSolverMultistepScheduler, {"use_karras_sigmas": True}),
}

SD15 = {
    "_class_name": "PNDMScheduler",
    "_diffusers_version": "0.6.0",
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "beta_start": 0.00085,
    "num_train_timesteps": 1000,
    "set_alpha_to_one": False,
    "skip_prk_steps": True,
    "steps_offset": 1,
    "trained_betas": None,
    "clip_sample": False,
}

CONFIGS = {
    "sd15": SD15,
    "sd21_v": SD15 | {"_class_name": "DDIMScheduler", "prediction_type": "v_prediction"},
    "sdxl": SD15
    | {
        "_class_name": "EulerDiscreteScheduler",
        "interpolation_type": "linear",
        "timestep_spacing": "leading",
        "use_karras_sigmas": False,
        "sample_max_value": 1.0,
    },
    "leading_v": SD15 | {"timestep_spacing": "leading", "prediction_type": "v_prediction"},
    "linspace": SD15 | {"timestep_spacing": "linspace", "steps_offset": 0},
    "linspace_v": SD15 | {"timestep_spacing": "linspace", "prediction_type": "v_prediction", "set_alpha_to_one": True},
    "trailing": SD15 | {"timestep_spacing": "trailing"},
    "trailing_v_zero_snr": SD15
    | {"timestep_spacing": "trailing", "prediction_type": "v_prediction", "rescale_betas_zero_snr": True},
    "bare": {},
    "cosine_clipped": SD15
    | {"beta_schedule": "squaredcos_cap_v2", "clip_sample": True, "clip_sample_range": 1.5, "lambda_min_clipped": -5.1},
    "sigma_min": SD15 | {"final_sigmas_type": "sigma_min", "timestep_spacing": "trailing"},
    "sigma_min_heun_karras": SD15
    | {
        "final_sigmas_type": "sigma_min",
        "solver_type": "heun",
        "use_karras_sigmas": True,
        "sigma_min": 0.05,
        "sigma_max": 12.0,
    },
    "euler_at_final": SD15 | {"final_sigmas_type": "sigma_min", "euler_at_final": True, "solver_order": 1},
    "log_linear": SD15 | {"interpolation_type": "log_linear", "timestep_spacing": "linspace"},
    "continuous_v": SD15
    | {"timestep_type": "continuous", "prediction_type": "v_prediction", "use_karras_sigmas": True},
    "other_length": SD15
    | {"num_train_timesteps": 400, "beta_schedule": "linear", "beta_start": 0.0002, "beta_end": 0.03},
    "trained_betas": SD15 | {"num_train_timesteps": 100, "trained_betas": [round(0.001 + 0.0005 * i, 6) for i in range(100)]},
    "defaults_marked": SD15 | {"timestep_spacing": "trailing", "_use_default_values": ["timestep_spacing"]},
}


def network(sample, timestep):
    return torch.tanh(0.3 * sample + 0.1 * float(timestep) / 1000)


def trajectory(scheduler, steps, noise, step_noise):
    """The latent after every step, as a diffusers pipeline runs it."""
    remaining = iter(step_noise)
    scheduling_euler_ancestral_discrete.randn_tensor = lambda *_, **__: next(remaining)
    scheduler.set_timesteps(steps)
    # where two steps share a timestep the schedulers lose count and run over their end
    if hasattr(scheduler, "set_begin_index"):
        scheduler.set_begin_index(0)
    latent = noise * scheduler.init_noise_sigma
    latents = []
    for timestep in scheduler.timesteps:
        output = network(scheduler.scale_model_input(latent, timestep), timestep)
        latent = scheduler.step(output, timestep, latent, return_dict=False)[0]
        assert latent.isfinite().all(), scheduler
        latents.append(latent.flatten().tolist())
    return scheduler.timesteps.tolist(), latents


def schedule(config):
    scheduler = DDIMScheduler.from_config(config)
    at = [0, 1, len(scheduler.betas) // 2, len(scheduler.betas) - 2, len(scheduler.betas) - 1]
    return {"config": config, "at": at, "alphas_cumprod": scheduler.alphas_cumprod[at].tolist()}


def cases():
    generator = torch.Generator().manual_seed(SEED)
    for config_name, config in CONFIGS.items():
        for sampler_name, (scheduler_class, overrides) in SAMPLERS.items():
            for steps in (7, 20):
                noise = torch.randn(SHAPE, generator=generator)
                ancestral = sampler_name == "euler_a"
                step_noise = torch.randn((steps, *SHAPE), generator=generator) if ancestral else torch.zeros(0)
                scheduler = scheduler_class.from_config(config, **overrides)
                timesteps, latents = trajectory(scheduler, steps, noise, step_noise)
                keep = range(steps) if steps == 7 else [steps - 1]
                yield {
                    "config": config_name,
                    "sampler": sampler_name,
                    "steps": steps,
                    "noise": noise.flatten().tolist(),
                    "step_noise": step_noise.flatten().tolist(),
                    "timesteps": timesteps,
                    "kept": list(keep),
                    "latents": [latents[i] for i in keep],
                }


def refinements():
    """The last part of a trajectory begun at a picture, as the image-to-image pipeline plans and begins it."""
    generator = torch.Generator().manual_seed(SEED + 1)
    for config_name in ("sd15", "sdxl", "sd21_v", "linspace", "trailing"):
        for sampler_name, (scheduler_class, overrides) in SAMPLERS.items():
            for steps, strength in ((20, 0.35), (7, 0.6), (12, 1.0)):
                picture = torch.randn(SHAPE, generator=generator)
                noise = torch.randn(SHAPE, generator=generator)
                ancestral = sampler_name == "euler_a"
                step_noise = torch.randn((steps, *SHAPE), generator=generator) if ancestral else torch.zeros(0)
                scheduler = scheduler_class.from_config(CONFIGS[config_name], **overrides)
                scheduler.set_timesteps(steps)
                remaining = iter(step_noise)
                scheduling_euler_ancestral_discrete.randn_tensor = lambda *_, **__: next(remaining)
                visited, _ = StableDiffusionImg2ImgPipeline.get_timesteps(
                    SimpleNamespace(scheduler=scheduler), steps, strength, "cpu"
                )
                latent = scheduler.add_noise(picture, noise, visited[:1])
                for timestep in visited:
                    output = network(scheduler.scale_model_input(latent, timestep), timestep)
                    latent = scheduler.step(output, timestep, latent, return_dict=False)[0]
                yield {
                    "config": config_name,
                    "sampler": sampler_name,
                    "steps": steps,
                    "strength": strength,
                    "picture": picture.flatten().tolist(),
                    "noise": noise.flatten().tolist(),
                    "step_noise": step_noise.flatten().tolist(),
                    "timesteps": visited.tolist(),
                    "latent": latent.flatten().tolist(),
                }


def timesteps():
    """Only which timesteps are visited, for many numbers of steps."""
    for config_name in ("sd15", "linspace", "trailing"):
        for sampler_name, (scheduler_class, overrides) in SAMPLERS.items():
            scheduler = scheduler_class.from_config(CONFIGS[config_name], **overrides)
            for steps in (1, 2, 16, 25, 30, 48, 96):
                scheduler.set_timesteps(steps)
                yield {
                    "config": config_name,
                    "sampler": sampler_name,
                    "steps": steps,
                    "timesteps": scheduler.timesteps.tolist(),
                }


def shortened(value):
    """Eight digits say all that a float32 holds."""
    if isinstance(value, float):
        return float(f"{value:.8g}")
    if isinstance(value, list):
        return [shortened(v) for v in value]
    if isinstance(value, dict):
        return {k: shortened(v) for k, v in value.items()}
    return value


golden = {
    "made_by": {
        "script": "golden_samplers.py",
        "diffusers": diffusers.__version__,
        "torch": torch.__version__,
        "numpy": numpy.__version__,
        "seed": SEED,
        "shape": list(SHAPE),
    },
    "schedules": {name: schedule(config) for name, config in CONFIGS.items()},
    "trajectories": list(cases()),
    "timesteps": list(timesteps()),
    "refinements": list(refinements()),
}
json.dump(shortened(golden), sys.stdout)
sys.stdout.write("\n")
