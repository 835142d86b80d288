"""Golden values for packages/core/src/algorithms/embed/autoencoder, from PyTorch.

Run with a Python that has torch (1.13 or newer) and numpy, from the root of the repository:
    python scripts/golden/autoencoder.py             writes the golden file
    python scripts/golden/autoencoder.py --answer    reads one case as JSON from stdin, answers on stdout (for the peers test)
"""

import json
import sys
from pathlib import Path

# A script beside this one has the name of a module of Python's own, which PyTorch imports.
sys.path = [folder for folder in sys.path if Path(folder).resolve() != Path(__file__).resolve().parent]

import numpy as np
import torch
import torch.nn.functional as F

TARGET = Path(__file__).parents[2] / "packages/core/src/algorithms/embed/autoencoder/golden/autoencoder.json"
STEPS = 10


def shapes_of(case):
    """Tensors in the order in which the TypeScript program stores them."""
    hidden, n, d = case["hiddenSizes"], case["features"], case["latentDimensions"]

    def linear(name, inputs, outputs):
        return [(f"{name}.weight", (outputs, inputs)), (f"{name}.bias", (outputs,))]

    def blocks(name, sizes):
        found = []
        for i, (inputs, outputs) in enumerate(zip(sizes, sizes[1:])):
            found += linear(f"{name}.{i}", inputs, outputs)
            found += [(f"{name}.{i}.norm.weight", (outputs,)), (f"{name}.{i}.norm.bias", (outputs,))]
        return found

    heads = ["latent"] if case["kind"] == "autoencoder" else ["latentMean", "latentLogVariance"]
    return (
        blocks("encoder", [n, *hidden])
        + [tensor for head in heads for tensor in linear(head, hidden[-1], d)]
        + blocks("decoder", [d, *reversed(hidden)])
        + linear("output", hidden[0], n)
    )


def forward(case, tensors, x, noise):
    """Output of the decoder, and mean and log variance where there are any."""

    def linear(name, x):
        return F.linear(x, tensors[f"{name}.weight"], tensors[f"{name}.bias"])

    def blocks(name, x):
        for i in range(len(case["hiddenSizes"])):
            x = linear(f"{name}.{i}", x)
            x = F.layer_norm(x, x.shape[-1:], tensors[f"{name}.{i}.norm.weight"], tensors[f"{name}.{i}.norm.bias"])
            x = F.leaky_relu(x, 0.02)
        return x

    inner = blocks("encoder", x)
    if case["kind"] == "autoencoder":
        mean, log_variance = linear("latent", inner), None
        z = mean
    else:
        mean, log_variance = linear("latentMean", inner), linear("latentLogVariance", inner)
        z = mean + torch.exp(0.5 * log_variance) * noise
    out = linear("output", blocks("decoder", z))
    out = {"linear": lambda v: v, "softmax": lambda v: F.softmax(v, -1), "sigmoid": torch.sigmoid}[case["output"]](out)
    return out, mean, log_variance


def loss_of(case, out, target, mean, log_variance):
    loss = {"mse": F.mse_loss, "mae": F.l1_loss, "bce": F.binary_cross_entropy}[case["loss"]](out, target)
    if log_variance is not None:
        loss = loss + case["kldWeight"] * -0.5 * torch.mean(1 + log_variance - mean**2 - log_variance.exp())
    return loss


def answer(case):
    """Losses before each step and after the last, gradients of the first step, weights and latent places after the last."""
    flat, tensors = np.array(case["weights"], np.float32), {}
    for name, shape in shapes_of(case):
        size = int(np.prod(shape))
        tensors[name] = torch.tensor(flat[:size].reshape(shape), requires_grad=True)
        flat = flat[size:]
    assert len(flat) == 0
    data = torch.tensor(np.array(case["data"], np.float32).reshape(-1, case["features"]))
    noise = np.array(case["noise"], np.float32).reshape(STEPS + 1, -1, case["latentDimensions"])
    optimiser = torch.optim.Adam(tensors.values(), lr=case["learningRate"], weight_decay=case["weightDecay"])
    losses, gradient = [], None
    for step in range(STEPS + 1):
        out, mean, log_variance = forward(case, tensors, data, torch.tensor(noise[step]))
        loss = loss_of(case, out, data, mean, log_variance)
        losses.append(loss.item())
        if step == STEPS:
            break
        optimiser.zero_grad()
        loss.backward()
        if step == 0:
            gradient = np.concatenate([t.grad.numpy().ravel() for t in tensors.values()])
        optimiser.step()
    weights = np.concatenate([t.detach().numpy().ravel() for t in tensors.values()])
    return {
        "losses": losses,
        "gradient": gradient.tolist(),
        "finalWeights": weights.tolist(),
        "latent": mean.detach().numpy().ravel().tolist(),
    }


def golden_case(rng, name, **options):
    case = {
        "name": name, "kind": "autoencoder", "features": 4, "hiddenSizes": [6, 5], "latentDimensions": 2, "output": "linear",
        "loss": "mse", "learningRate": 0.01, "weightDecay": 0.0, "kldWeight": 0.0, **options,
    }
    data = rng.normal(size=(8, case["features"]))
    if case["output"] == "softmax":
        data = np.exp(data) / np.exp(data).sum(1, keepdims=True)
    if case["output"] == "sigmoid":
        data = 1 / (1 + np.exp(-data))
    weights = []
    for tensor, shape in shapes_of(case):
        values = rng.uniform(-1, 1, shape) / np.sqrt(shape[-1] if len(shape) == 2 else 5)
        weights.append((1 + values if tensor.endswith(".norm.weight") else values).ravel())
    case["weights"] = short(np.concatenate(weights))
    case["data"] = short(data.ravel())
    case["noise"] = short(rng.normal(size=(STEPS + 1) * 8 * case["latentDimensions"]))
    found = answer(case)
    return {**case, **{key: short(values) for key, values in found.items()}}


def short(values):
    """Float32 in as few digits as give it back."""
    return [float(str(np.float32(value))) for value in values]


def plateau_case(rng):
    """Learning rates before each epoch, for losses that fall, stall and fall again."""
    losses = short(np.concatenate([np.linspace(1, 0.5, 5), 0.5 - 1e-4 * np.arange(20), np.linspace(0.4, 0.3, 5), [0.3] * 40]))
    options = {"factor": 0.5, "patience": 5, "threshold": 1e-2, "min_lr": 1e-6}
    optimiser = torch.optim.Adam([torch.zeros(1, requires_grad=True)], lr=1e-4)
    schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(optimiser, **options)
    rates = []
    for loss in losses:
        rates.append(optimiser.param_groups[0]["lr"])
        schedule.step(loss)
    return {"losses": losses, "rates": rates}


def golden():
    rng = np.random.default_rng(20240611)
    cases = [
        golden_case(rng, "squared differences, linear output"),
        golden_case(rng, "absolute differences, weight decay", loss="mae", weightDecay=0.1),
        golden_case(rng, "cross-entropy, softmax", loss="bce", output="softmax"),
        golden_case(rng, "cross-entropy, sigmoid", loss="bce", output="sigmoid"),
        golden_case(rng, "squared differences, softmax", output="softmax"),
        golden_case(rng, "variational", kind="variational-autoencoder", kldWeight=0.05),
    ]
    return {"torch": torch.__version__, "steps": STEPS, "cases": cases, "plateau": plateau_case(rng)}


if __name__ == "__main__":
    torch.set_num_threads(1)
    if "--answer" in sys.argv:
        json.dump(answer(json.load(sys.stdin)), sys.stdout)
    else:
        TARGET.parent.mkdir(exist_ok=True)
        TARGET.write_text(json.dumps(golden()) + "\n")
