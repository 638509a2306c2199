"""Numbers of public optimisers, for athanor.diffusion.training.optimiser.

prodigyopt 1.1.2, prodigy-plus-schedule-free 2.0.1, torch 2.15.0 on a CPU, numpy 2.4.6, seed 0:

    python optimisers.py ../resources/golden/optimisers.json

A flat vector of twelve numbers, of which the second half begins at zero as the B of a LoRA does, is moved down the gradient
of a badly scaled bowl with a little noise. Clipping is left to the caller, so there is none here.
"""
import json
import sys

import numpy
import torch
from prodigyopt import Prodigy
from prodigyplus import ProdigyPlusScheduleFree



class Plain(ProdigyPlusScheduleFree):
    """Without what saves memory: every number counts, not each eleventh, and all of them are float32."""

    def get_sliced_tensor(self, tensor, slice_p=1):
        return tensor.ravel()

    def initialise_state_internal(self, p, group):
        state, fresh = super().initialise_state_internal(p, group)
        if fresh:
            state["p0"] = p.detach().ravel().clone()
            state["s"] = torch.zeros_like(state["p0"])
        return state, fresh


STEPS = 40
N = 12


def problem():
    random = numpy.random.RandomState(0)
    start = random.uniform(-0.5, 0.5, N).astype(numpy.float32)
    start[N // 2:] = 0
    goal = random.uniform(-1, 1, N).astype(numpy.float32)
    scale = (10.0 ** random.uniform(-2, 1, N)).astype(numpy.float32)
    noise = (0.05 * random.standard_normal((STEPS, N))).astype(numpy.float32)
    return start, goal, scale, noise


def run(make, averaged):
    start, goal, scale, noise = problem()
    p = torch.nn.Parameter(torch.from_numpy(start.copy()))
    optimizer = make([p])
    gradients, values, rates, kept = [], [], [], []
    if averaged:
        optimizer.train()
    for step in range(STEPS):
        g = torch.from_numpy(scale) * (p.detach() - torch.from_numpy(goal)) + torch.from_numpy(noise[step])
        p.grad = g.clone()
        gradients.append(g.tolist())
        optimizer.step()
        values.append(p.detach().tolist())
        rates.append(float(optimizer.param_groups[0]["d"]))
        if averaged:
            optimizer.eval()
            kept.append(p.detach().tolist())
            optimizer.train()
    return {"gradients": gradients, "values": values, "d": rates, "averaged": kept}


def rounded(x):
    """Nine digits are a float32."""
    if isinstance(x, dict):
        return {key: rounded(value) for key, value in x.items()}
    return [rounded(value) for value in x] if isinstance(x, list) else float("%.9g" % x)


def main(out):
    start, *_ = problem()
    result = {
        "start": start.tolist(),
        "prodigy": run(lambda p: Prodigy(p, lr=1.0, weight_decay=0.01, use_bias_correction=True,
                                         safeguard_warmup=True), False),
        "prodigy_schedule_free": run(lambda p: Plain(
            p, lr=1.0, betas=(0.9, 0.99), weight_decay=0.0, d_limiter=False, eps=1e-8, split_groups=False,
            factored=False, use_stableadamw=False, stochastic_rounding=False), True),
    }
    with open(out, "w") as file:
        json.dump(rounded(result), file)
        file.write("\n")


main(sys.argv[1])
