"""Writes WebP files, and of the lossy ones what libwebp decodes them to, for UnusualPicturesTest.

160 x 120: colours that change slowly, fine texture, grain and a hard edge of light, as photographs have them.

    pip install pillow==13.0.0 numpy && python make_webp.py     (libwebp 1.6.0)
"""

import numpy as np
from PIL import Image

rng = np.random.default_rng(5)
y, x = np.mgrid[0:120, 0:160].astype(np.float32)
colours = np.stack(
    [120 + 70 * np.sin(x / 61 + y / 97), 120 + 60 * np.cos(x / 71 - y / 83), 120 + 60 * np.sin(x / 59) * np.cos(y / 67)], -1)
light = 25 * np.sin(x / 3) * np.cos(y / 4) + rng.normal(0, 6, x.shape)
light[40:80, 60:100] += 70
photograph = Image.fromarray(np.clip(colours + light[:, :, None], 0, 255).astype(np.uint8))
photograph.save("lossless.webp", lossless=True)

for name, options in {
    "q10": dict(quality=10),
    "q40-fast": dict(quality=40, method=0),
    "q75": dict(quality=75),
    "q75-slow": dict(quality=75, method=6),
    "q95": dict(quality=95),
}.items():
    photograph.save(f"{name}.webp", **options)
    Image.open(f"{name}.webp").convert("RGB").save(f"{name}.png", optimize=True)
