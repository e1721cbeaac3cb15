"""The PyTorch side of `npm run bench`: one thread, one answer a line.

Reads {"work": ..., "leastMs": ...} from stdin (the fields of `Work` in src/bench/benchCase.ts) and writes
{"ms": mean time of one run} or {"error": text}. Writes {"version": ...} first, or {"error": ...} without torch.
"""

import json
import sys
import time


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


try:
    import torch
    import torch.nn.functional as F
    from torch import nn
except ImportError as error:
    say({"error": str(error)})
    sys.exit(0)

torch.set_num_threads(1)
CLASSES = 9
PLANS = {
    "small-cnn": [8, "M", 16, "M", 32, "M", 64, 128],
    "vgg11": [64, "M", 128, "M", 256, 256, "M", 512, 512, "M", 512, 512, "M"],
}


def plain_net(plan):
    layers, width = [], 3
    for step in plan:
        if step == "M":
            layers.append(nn.MaxPool2d(2))
            continue
        layers += [nn.Conv2d(width, step, 3, padding=1), nn.ReLU()]
        width = step
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, CLASSES))


class Block(nn.Module):
    def __init__(self, before, width, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(before, width, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.skip = nn.Sequential()
        if stride != 1:
            self.skip = nn.Sequential(nn.Conv2d(before, width, 1, stride, bias=False), nn.BatchNorm2d(width))

    def forward(self, x):
        branch = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(branch + self.skip(x))


def resnet18():
    stem = [nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(3, 2, 1)]
    blocks, before = [], 64
    for stage, width in enumerate([64, 128, 256, 512]):
        blocks += [Block(before, width, 2 if stage > 0 else 1), Block(width, width, 1)]
        before = width
    return nn.Sequential(*stem, *blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, CLASSES))


def build(work):
    torch.manual_seed(1)
    net = resnet18() if work["net"] == "resnet18" else plain_net(PLANS[work["net"]])
    return net, torch.randn(work["batch"], 3, work["imageSize"], work["imageSize"])


def prepare_forward(work):
    net, images = build(work)
    net.eval()

    def run():
        with torch.no_grad():
            net(images)

    return run


def prepare_train_step(work):
    net, images = build(work)
    labels = torch.arange(work["batch"]) % CLASSES
    optimizer = torch.optim.SGD(net.parameters(), lr=1e-4, momentum=0.9, nesterov=True, weight_decay=1e-5)

    def run():
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(net(images), labels)
        loss.backward()
        optimizer.step()
        loss.item()

    return run


def prepare_snnl(work):
    """SNNL-Fair (preset authors-code) one channel at a time, as published."""
    batch, height, width, channels = work["maps"]
    torch.manual_seed(1)
    maps = torch.randn(batch, channels, height, width)
    groups = (2 * torch.arange(batch) >= batch).long()

    def run():
        with torch.no_grad():
            same = (groups[:, None] == groups[None, :]).float()
            for _ in range(work["batches"]):
                for channel in range(channels):
                    unit = F.normalize(maps[:, channel].reshape(batch, -1), dim=1, eps=1e-12)
                    near = torch.exp(-(1 - unit @ unit.t()))
                    numerator = (near * same).sum(1)
                    denominator = near.sum(1) - near.diagonal()
                    (-torch.log((numerator + 1e-9) / denominator)).mean().item()

    return run


def prepare_bootstrap(work):
    """The fairness table on samples drawn within group and class: recounted, and ranked anew for every AUC."""
    import numpy as np

    count, classes = work["samples"], work["classes"]
    random = np.random.default_rng(1)
    labels, groups = random.integers(classes, size=count), random.integers(2, size=count)
    logits = 2 * random.normal(size=(count, classes))
    logits[np.arange(count), labels] += 4
    scores = np.exp(logits).astype(np.float32)
    scores /= scores.sum(1, keepdims=True)
    predicted = scores.argmax(1)
    cells = groups * classes + labels
    order = np.argsort(cells, kind="stable")
    sizes = np.bincount(cells, minlength=2 * classes)
    starts = np.repeat(np.cumsum(sizes) - sizes, sizes)
    lengths = np.repeat(sizes, sizes)

    def rates(drawn, group):
        mine = drawn[groups[drawn] == group]
        support = np.bincount(labels[mine], minlength=classes)
        named = np.bincount(predicted[mine], minlength=classes)
        hits = np.bincount(labels[mine][predicted[mine] == labels[mine]], minlength=classes)
        negatives = np.maximum(len(mine) - support, 1)
        tpr, fpr = hits / np.maximum(support, 1), (named - hits) / negatives
        f1 = (2 * hits / np.maximum(support + named, 1)).mean()
        return tpr, fpr, f1, (hits / np.maximum(named, 1)).mean()

    def auc(rows):
        areas = []
        for k in range(classes):
            positive = labels[rows] == k
            wins = positive.sum()
            ranks = np.empty(len(rows))
            ranks[np.argsort(scores[rows, k])] = np.arange(1, len(rows) + 1)
            areas.append((ranks[positive].sum() - wins * (wins + 1) / 2) / max(wins * (len(rows) - wins), 1))
        return np.mean(areas)

    def run():
        for _ in range(work["replicates"]):
            drawn = order[starts + (random.random(count) * lengths).astype(np.int64)]
            tables = [rates(drawn, group) for group in (0, 1)]
            d_tpr, d_fpr = tables[0][0] - tables[1][0], tables[0][1] - tables[1][1]
            (np.abs(d_fpr).mean(), np.abs(d_tpr).mean(), np.abs(d_tpr + d_fpr).mean() / 2)
            if work["scores"]:
                for rows in (drawn, drawn[groups[drawn] == 0], drawn[groups[drawn] == 1]):
                    auc(rows)

    return run


PREPARE = {
    "forward": prepare_forward,
    "train-step": prepare_train_step,
    "snnl": prepare_snnl,
    "bootstrap": prepare_bootstrap,
}
prepared = {}
say({"version": torch.__version__})
for line in sys.stdin:
    request = json.loads(line)
    key = json.dumps(request["work"])
    try:
        if key not in prepared:
            prepared[key] = PREPARE[request["work"]["kind"]](request["work"])
        start, runs = time.perf_counter(), 0
        while runs == 0 or (time.perf_counter() - start) * 1000 < request["leastMs"]:
            prepared[key]()
            runs += 1
        say({"ms": (time.perf_counter() - start) * 1000 / runs})
    except Exception as error:  # told to whoever asked
        say({"error": repr(error)})
