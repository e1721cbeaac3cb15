"""Writes pillow.json: what Pillow makes of two small images, for the tests of this folder.

    /usr/bin/python3 src/dataset/batches/augmentation/golden/makePillowVectors.py     (Debian: python3-pil)

Images and results are RGB bytes, row by row, in base64. `matrix` is Pillow's affine matrix, from an output position to
its origin, in pixels from the upper left corner.
"""

import base64
import json
import math
import pathlib
import random

import PIL
from PIL import Image, ImageEnhance, ImageOps

numbers = random.Random(1)


def patchy(size):
    """Slopes with noise and a dark spot; red in 20 ... 235, blue of few values."""
    pixels = bytearray()
    for y in range(size):
        for x in range(size):
            spot = 0.4 if math.hypot(x - size / 3, y - size / 2) < size / 5 else 1
            pixels.append(20 + round(spot * (150 * x / size + 65 * numbers.random())))
            pixels.append(round(spot * (90 + 80 * y / size + 40 * numbers.random())))
            pixels.append(60 + 25 * numbers.randrange(4))
    return Image.frombytes("RGB", (size, size), bytes(pixels))


def base64_of(image):
    return base64.b64encode(image.tobytes()).decode()


def about_centre(size, xx, xy, yx, yy):
    middle = size / 2
    return [xx, xy, middle - (xx + xy) * middle, yx, yy, middle - (yx + yy) * middle]


def moved(image, matrix):
    return image.transform(image.size, Image.AFFINE, matrix, Image.BILINEAR)


images = {"small": patchy(12), "large": patchy(28)}
flat = images["small"].copy()
flat.paste((90, 90, 90), (0, 0, 12, 12))
images["flat"] = flat

operations = {
    "Solarize": [(threshold, lambda image, by: ImageOps.solarize(image, by)) for threshold in (0, 60.5, 128, 256)],
    "Posterize": [(bits, lambda image, by: ImageOps.posterize(image, by)) for bits in (4, 7, 8)],
}
for name in ("Color", "Contrast", "Brightness", "Sharpness"):
    enhancer = getattr(ImageEnhance, name)
    operations[name] = [
        (factor, lambda image, by, enhancer=enhancer: enhancer(image).enhance(by)) for factor in (0.1, 0.73, 1.26, 1.9)
    ]
operations["Invert"] = [(0, lambda image, by: ImageOps.invert(image))]

cases = [
    {"image": "small", "operation": name, "strength": strength, "expected": base64_of(act(images["small"], strength))}
    for name, variants in operations.items()
    for strength, act in variants
]
for name, act in {"AutoContrast": ImageOps.autocontrast, "Equalize": ImageOps.equalize}.items():
    for key, image in images.items():
        cases.append({"image": key, "operation": name, "strength": 0, "expected": base64_of(act(image))})

angle = math.radians(25)
matrices = [
    about_centre(12, 1, 0.3, 0, 1),
    about_centre(12, 1, 0, -0.3, 1),
    [1, 0, 4.4, 0, 1, -1.25],
    about_centre(12, math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle)),
    about_centre(12, -0.8, 0.15, 0.1, 0.85),
]
warps = [
    {"image": "small", "matrix": matrix, "expected": base64_of(moved(images["small"], matrix))} for matrix in matrices
]

document = {
    "pillow": PIL.__version__,
    "images": {key: {"size": image.width, "pixels": base64_of(image)} for key, image in images.items()},
    "operations": cases,
    "warps": warps,
}
target = pathlib.Path(__file__).with_name("pillow.json")
target.write_text(json.dumps(document, indent=1) + "\n")
print(f"{target}: {len(cases)} operations, {len(warps)} warps, Pillow {PIL.__version__}")
