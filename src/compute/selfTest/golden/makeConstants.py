"""Writes constants.json: what every check of the self-test must give, computed by PyTorch and numpy in float64.

    /usr/bin/python3 src/compute/selfTest/golden/makeConstants.py     (Debian: python3-torch)

Inputs are waves: entry i of input n (1, 2, …) is sin(0.7 i + n). The gradients are those of the sum over y times wave 9.
Images are [batch, height, width, channels] and filters [height, width, in, out], as in tfjs.
"""

import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def wave(shape, phase):
    count = int(np.prod(shape))
    return torch.sin(0.7 * torch.arange(count, dtype=torch.float64) + phase).reshape(shape)


def digits(tensor):
    return [float(f"{value:.7g}") for value in tensor.detach().flatten().tolist()]


def check(op, **shapes):
    inputs = [wave(shape, phase).requires_grad_() for phase, shape in enumerate(shapes.values(), 1)]
    y = op(*inputs)
    (y * wave(tuple(y.shape), 9)).sum().backward()
    gradients = {f"gradient of {name}": digits(x.grad) for name, x in zip(shapes, inputs)}
    return {"output": digits(y), **gradients}


def image_first(x):
    return x.permute(0, 3, 1, 2)


def image_last(x):
    return x.permute(0, 2, 3, 1)


def pad_same(x, kernel, stride, value=0.0):
    """TensorFlow's `same`: what is odd goes to the bottom and to the right."""
    pads = []
    for size in (x.shape[3], x.shape[2]):
        total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
        pads += [total // 2, total - total // 2]
    return F.pad(x, pads, value=value)


def conv(stride):
    def op(x, filter, bias):
        padded = pad_same(image_first(x), filter.shape[0], stride)
        return image_last(F.conv2d(padded, filter.permute(3, 2, 0, 1), bias, stride=stride))

    return op


def depthwise(x, filter):
    padded = pad_same(image_first(x), filter.shape[0], 1)
    return image_last(F.conv2d(padded, filter.permute(2, 3, 0, 1), groups=x.shape[3]))


def max_pool(kernel, stride):
    def op(x):
        padded = pad_same(image_first(x), kernel, stride, -1e9)
        best = F.unfold(padded, kernel, stride=stride).reshape(x.shape[0], x.shape[3], kernel * kernel, -1)
        nearest = best.sort(2, descending=True).values
        assert (nearest[:, :, 0] - nearest[:, :, 1]).min() > 1e-3, "a near tie"
        return image_last(F.max_pool2d(padded, kernel, stride))

    return op


def average_pool_padded(x):
    """3×3, stride 2, a pixel of padding on every side, which counts in no average."""
    return image_last(F.avg_pool2d(image_first(x), 3, 2, padding=1, count_include_pad=False))


def repeat_pixels(x):
    return image_last(F.interpolate(image_first(x), scale_factor=2, mode="nearest"))


def relu(x):
    assert x.abs().min() > 1e-3, "an entry at the kink"
    return x.relu()


def batch_norm_training(x, gamma, beta):
    return image_last(F.batch_norm(image_first(x), None, None, gamma, beta, training=True, eps=1e-3))


def batch_norm(x, mean, spread, beta, gamma):
    return (x - mean) / torch.sqrt(spread + 2 + 1e-3) * gamma + beta


def cross_entropy(logits):
    return F.cross_entropy(logits, torch.tensor([2, 0, 1]))


def snnl(maps, groups, distance, temperature):
    """Eq. 1 without the anchor itself, mean over the anchors with a partner. maps: [b, h, w, c]."""
    losses = []
    for channel in range(maps.shape[3]):
        points = maps[..., channel].reshape(len(groups), -1)
        if distance == "cosine":
            unit = points / np.linalg.norm(points, axis=1, keepdims=True)
            distances = 1 - unit @ unit.T
        else:
            distances = ((points[:, None] - points[None]) ** 2).sum(-1)
        near = np.exp(-distances / temperature)
        np.fill_diagonal(near, 0)
        same = groups[:, None] == groups[None]
        losses.append(np.mean(-np.log((near * same).sum(1) / near.sum(1))))
    return [float(f"{loss:.7g}") for loss in losses]


constants = {
    "convolution 3×3": check(conv(1), input=(1, 5, 6, 8), filter=(3, 3, 8, 8), bias=(8,)),
    "convolution 3×3, stride 2": check(conv(2), input=(2, 6, 6, 3), filter=(3, 3, 3, 4), bias=(4,)),
    "convolution 7×7, stride 2": check(conv(2), input=(1, 8, 8, 2), filter=(7, 7, 2, 3), bias=(3,)),
    "convolution 1×1": check(conv(1), input=(2, 3, 3, 5), filter=(1, 1, 5, 3), bias=(3,)),
    "depthwise convolution 3×3": check(depthwise, input=(1, 4, 4, 3), filter=(3, 3, 3, 1)),
    "max pooling 2×2": check(max_pool(2, 2), input=(1, 4, 4, 3)),
    "max pooling 3×3, stride 2": check(max_pool(3, 2), input=(1, 6, 6, 2)),
    "average pooling 2×2": check(lambda x: image_last(F.avg_pool2d(image_first(x), 2)), input=(1, 4, 4, 3)),
    "average pooling 3×3, stride 2": check(average_pool_padded, input=(2, 5, 5, 3)),
    "global average pooling": check(lambda x: x.mean((1, 2)), input=(2, 2, 2, 3)),
    "global max pooling": check(lambda x: x.amax((1, 2)), input=(2, 3, 3, 2)),
    "repeated pixels": check(repeat_pixels, input=(2, 3, 2, 2)),
    "ReLU": check(relu, input=(2, 3, 3, 2)),
    "batch normalisation in training": check(batch_norm_training, input=(2, 3, 3, 4), gamma=(4,), beta=(4,)),
    "batch normalisation": check(batch_norm, input=(2, 3, 3, 4), mean=(4,), spread=(4,), beta=(4,), gamma=(4,)),
    "dense layer": check(lambda x, w, b: x @ w + b, input=(3, 5), weights=(5, 4), bias=(4,)),
    "softmax cross-entropy": check(cross_entropy, logits=(3, 4)),
}

maps = wave((7, 3, 3, 4), 1).numpy()
groups = np.array([0, 1, 0, 0, 1, 0, 1])
constants["SNNL"] = {
    "cosine distance, T 0.1": snnl(maps, groups, "cosine", 0.1),
    "squared Euclidean distance, T 2": snnl(maps, groups, "sqeuclidean", 2.0),
}

text = json.dumps(constants, ensure_ascii=False)
text = text.replace('}, "', '},\n  "').replace('], "', '],\n    "').replace(': {"', ': {\n    "')
pathlib.Path(__file__).with_name("constants.json").write_text(text + "\n", encoding="utf8")
