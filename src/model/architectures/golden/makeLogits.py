"""Writes logits.json: what torchvision's networks, an eighth as wide, give for two images, in float64.

    /usr/bin/python3 src/model/architectures/golden/makeLogits.py     (Debian: python3-torchvision)

Weights are waves of growing frequency, so that none need be stored: value i of a weight, in the layout and under the
name that the lab gives it ("conv1/kernel"), is sin(0.37 i² + 1.7 i + p), p the sum of the character codes of its name.
Kernels are multiplied by √(2 / inputs), variances are 1.5 plus a half of the wave, gammas 1 plus a half of it. Pixels
are a wave with p = 0.
"""

import json
import pathlib

import torch
from torchvision.models.resnet import BasicBlock, ResNet
from torchvision.models.vgg import make_layers

torch.set_default_dtype(torch.float64)
imageSize, classes, narrow = 64, 5, 8


def wave(shape, name):
    count = int(torch.tensor(shape).prod())
    i = torch.arange(count, dtype=torch.float64)
    return torch.sin(0.37 * i * i + 1.7 * i + sum(map(ord, name))).reshape(shape)


def fill_conv(module, name):
    out, inputs, height, width = module.weight.shape
    kernel = wave((height, width, inputs, out), f"{name}/kernel") * (2 / (inputs * height * width)) ** 0.5
    module.weight.copy_(kernel.permute(3, 2, 0, 1))
    if module.bias is not None:
        module.bias.copy_(wave((out,), f"{name}/bias"))


def fill_norm(module, name):
    shape = tuple(module.weight.shape)
    module.weight.copy_(1 + 0.5 * wave(shape, f"{name}/gamma"))
    module.bias.copy_(wave(shape, f"{name}/beta"))
    module.running_mean.copy_(wave(shape, f"{name}/moving_mean"))
    module.running_var.copy_(1.5 + 0.5 * wave(shape, f"{name}/moving_variance"))


def fill_dense(module, name):
    out, inputs = module.weight.shape
    module.weight.copy_((wave((inputs, out), f"{name}/kernel") * (2 / inputs) ** 0.5).t())
    module.bias.copy_(wave((out,), f"{name}/bias"))


class NarrowResNet(ResNet):
    """ResNet with an eighth of its channels."""

    def _make_layer(self, block, planes, blocks, stride=1, dilate=False):
        self.inplanes = self.inplanes if planes > 64 else 64 // narrow
        return super()._make_layer(block, planes // narrow, blocks, stride, dilate)


def resnet18():
    net = NarrowResNet(BasicBlock, [2, 2, 2, 2], num_classes=classes)
    net.conv1 = torch.nn.Conv2d(3, 64 // narrow, 7, stride=2, padding=3, bias=False)
    net.bn1 = torch.nn.BatchNorm2d(64 // narrow)
    net.fc = torch.nn.Linear(512 // narrow, classes)
    for name, module in net.named_modules():
        if isinstance(module, torch.nn.Conv2d):
            fill_conv(module, name)
        elif isinstance(module, torch.nn.BatchNorm2d):
            fill_norm(module, name)
    fill_dense(net.fc, "fc")
    return net


def vgg11(batch_norm):
    plan = [64, "M", 128, "M", 256, 256, "M", 512, 512, "M", 512, 512, "M"]
    features = make_layers([step if step == "M" else step // narrow for step in plan], batch_norm=batch_norm)
    head = torch.nn.Linear(512 // narrow, classes)
    convs = norms = 0
    for module in features:
        if isinstance(module, torch.nn.Conv2d):
            convs += 1
            fill_conv(module, f"conv{convs}")
        elif isinstance(module, torch.nn.BatchNorm2d):
            norms += 1
            fill_norm(module, f"bn{norms}")
    fill_dense(head, "fc")
    return torch.nn.Sequential(features, torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), head)


images = wave((2, imageSize, imageSize, 3), "").permute(0, 3, 1, 2)
with torch.no_grad():
    nets = {"vgg11": vgg11(False), "vgg11-bn": vgg11(True), "resnet18": resnet18()}
    logits = {name: net.eval()(images).tolist() for name, net in nets.items()}

lines = [f'  "{name}": {json.dumps(values)}' for name, values in logits.items()]
pathlib.Path(__file__).with_name("logits.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
