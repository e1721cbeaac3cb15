"""Writes planLogits.json: plans, and what PyTorch's nn.Sequential of the same layers gives for two images, in float64.

    /usr/bin/python3 src/model/architectures/golden/makePlanLogits.py     (Debian: python3-torch)

Weights and pixels are the waves of makeLogits.py, under the names that the lab gives the layers. A "same" padding with a
stride is added by hand as Keras defines it: ⌈side / stride⌉ outputs, the odd pixel on the right and below.
"""

import json
import math
import pathlib

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
classes = 3


def conv(filters, **fields):
    return {"kind": "convolution", "filters": filters, **fields}


PLANS = {
    "strides and paddings in pixels": (19, 3, [
        conv(4, kernel=5, stride=2, padding=2, activation="none"),
        {"kind": "max-pooling", "size": 3, "stride": 2, "padding": 1},
        conv(5, kernel=3, stride=1, padding=2, bias=False, batchNorm={"epsilon": 1e-3}, activation="tanh"),
        {"kind": "average-pooling", "size": 3, "stride": 2, "padding": 1},
        conv(4, kernel=2, stride=1, padding=0, activation="relu"),
        {"kind": "max-pooling", "size": 2, "stride": 1, "padding": 1},
        {"kind": "flatten"},
        {"kind": "dense", "units": 6, "batchNorm": {"epsilon": 1e-5}, "activation": "silu"},
        {"kind": "dropout", "rate": 0.4},
        {"kind": "dense", "units": 5, "bias": False, "activation": "sigmoid"},
    ]),
    "smooth activations": (12, 3, [
        conv(4, padding=1, activation="gelu"),
        {"kind": "max-pooling", "size": 3, "stride": 1, "padding": 1},
        conv(4, padding="valid", activation="silu"),
        conv(4, padding=1, activation="elu"),
        conv(5, padding=1, activation={"name": "leaky-relu", "slope": 0.2}),
        {"kind": "dropout", "rate": 0.1},
        {"kind": "average-pooling", "size": 2, "stride": 1, "padding": "valid"},
        {"kind": "global-max"},
    ]),
    "depthwise-separable, one channel": (16, 1, [
        conv(3, kernel=3, stride=2, padding="same", batchNorm={"epsilon": 1e-5}, activation="silu"),
        {"kind": "depthwise-convolution", "kernel": 3, "stride": 2, "padding": 1, "bias": False,
         "batchNorm": {"epsilon": 1e-5}, "activation": "relu"},
        conv(6, kernel=1, padding=0, activation={"name": "leaky-relu", "slope": 0.01}),
        {"kind": "depthwise-convolution", "kernel": 5, "padding": "same", "activation": "none"},
        {"kind": "max-pooling", "size": 3, "stride": 2, "padding": "same"},
        {"kind": "global-average"},
    ]),
}


class Same(nn.Module):
    """Keras' "same" padding in front of a window."""

    def __init__(self, kernel, stride, value):
        super().__init__()
        self.kernel, self.stride, self.value = kernel, stride, value

    def forward(self, x):
        side = x.shape[-1]
        total = max(0, (math.ceil(side / self.stride) - 1) * self.stride + self.kernel - side)
        before, after = total // 2, total - total // 2
        return nn.functional.pad(x, (before, after, before, after), value=self.value)


def wave(shape, name):
    count = int(torch.tensor(shape).prod())
    i = torch.arange(count, dtype=torch.float64)
    return torch.sin(0.37 * i * i + 1.7 * i + sum(map(ord, name))).reshape(shape)


def fill_conv(module, name, weight="kernel"):
    out, inputs, height, width = module.weight.shape
    if weight == "kernel":
        kernel = wave((height, width, inputs, out), f"{name}/kernel").permute(3, 2, 0, 1)
    else:
        kernel = wave((height, width, out, 1), f"{name}/depthwise_kernel").permute(2, 3, 0, 1)
    module.weight.copy_(kernel * (2 / (inputs * height * width)) ** 0.5)
    if module.bias is not None:
        module.bias.copy_(wave((out,), f"{name}/bias"))


def fill_norm(module, name):
    shape = tuple(module.weight.shape)
    module.weight.copy_(1 + 0.5 * wave(shape, f"{name}/gamma"))
    module.bias.copy_(wave(shape, f"{name}/beta"))
    module.running_mean.copy_(wave(shape, f"{name}/moving_mean"))
    module.running_var.copy_(1.5 + 0.5 * wave(shape, f"{name}/moving_variance"))


def fill_dense(module, name, maps):
    """Rows behind a flattening are in PyTorch's order (channel, height, width), in the lab's (height, width, channel)."""
    out, inputs = module.weight.shape
    kernel = wave((inputs, out), f"{name}/kernel") * (2 / inputs) ** 0.5
    if maps is not None:
        channels, height, width = maps
        kernel = kernel.reshape(height, width, channels, out).permute(2, 0, 1, 3).reshape(inputs, out)
    module.weight.copy_(kernel.t())
    if module.bias is not None:
        module.bias.copy_(wave((out,), f"{name}/bias"))


def activation(value):
    if value == "none":
        return []
    if isinstance(value, dict):
        return [nn.LeakyReLU(value["slope"])]
    return [{"relu": nn.ReLU(), "elu": nn.ELU(), "gelu": nn.GELU(),
             "silu": nn.SiLU(), "tanh": nn.Tanh(), "sigmoid": nn.Sigmoid()}[value]]


def norm(step, module, name):
    if step.get("batchNorm") is None:
        return []
    made = module(step.get("filters") or step.get("units") or step["channels"], eps=step["batchNorm"]["epsilon"])
    fill_norm(made, name)
    return [made]


def window(step, kernel, value):
    """The padding in front, and the padding of the module itself."""
    stride = step.get("stride", 1)
    padding = step.get("padding", "same" if "convolution" in step["kind"] else "valid")
    if padding == "same":
        return [Same(kernel, stride, value)], stride, 0
    return [], stride, 0 if padding == "valid" else padding


def build(side, channels, plan):
    net = nn.Sequential()
    convs = dense = 0
    maps = None
    for step in plan:
        x = net.eval()(torch.zeros(2, channels, side, side))
        step = {**step, "channels": x.shape[1]}
        kind = step["kind"]
        if "convolution" in kind:
            convs += 1
            depthwise = kind != "convolution"
            kernel = step.get("kernel", 3)
            front, stride, padding = window(step, kernel, 0.0)
            module = nn.Conv2d(x.shape[1], x.shape[1] if depthwise else step["filters"], kernel, stride, padding,
                               groups=x.shape[1] if depthwise else 1, bias=step.get("bias", True))
            fill_conv(module, f"conv{convs}", "depthwise" if depthwise else "kernel")
            made = [*front, module, *norm(step, nn.BatchNorm2d, f"bn{convs}"), *activation(step["activation"])]
        elif kind == "max-pooling":
            front, stride, padding = window(step, step["size"], -math.inf)
            made = [*front, nn.MaxPool2d(step["size"], stride, padding)]
        elif kind == "average-pooling":
            front, stride, padding = window(step, step["size"], 0.0)
            made = [*front, nn.AvgPool2d(step["size"], stride, padding)]
        elif kind == "global-average":
            made = [nn.AdaptiveAvgPool2d(1), nn.Flatten()]
        elif kind == "global-max":
            made = [nn.AdaptiveMaxPool2d(1), nn.Flatten()]
        elif kind == "flatten":
            maps = x.shape[1:]
            made = [nn.Flatten()]
        elif kind == "dense":
            dense += 1
            module = nn.Linear(x.shape[1], step["units"], bias=step.get("bias", True))
            fill_dense(module, f"fc{dense}", maps)
            maps = None
            made = [module, *norm(step, nn.BatchNorm1d, f"fcBn{dense}"), *activation(step["activation"])]
        else:
            made = [nn.Dropout(step["rate"])]
        for module in made:
            net.append(module)
    x = net.eval()(torch.zeros(2, channels, side, side))
    last = nn.Linear(x.shape[1], classes)
    fill_dense(last, f"fc{dense + 1}" if dense else "fc", maps)
    return net.append(last).eval()


cases = []
with torch.no_grad():
    for name, (side, channels, plan) in PLANS.items():
        images = wave((2, side, side, channels), "").permute(0, 3, 1, 2)
        logits = build(side, channels, plan)(images).tolist()
        cases.append({"name": name, "imageSize": side, "channels": channels, "plan": plan, "logits": logits})

pathlib.Path(__file__).with_name("planLogits.json").write_text(json.dumps(cases, indent=1) + "\n")
