"""Writes the pictures of this folder that only some programs write: pages, grey profiles, numbers of 32 bits.

    pip install pillow==13.0.0 numpy && python make_unusual.py
"""

import struct

import numpy as np
from PIL import Image

GREY = np.full((40, 60), 80, np.uint8)
GREY[:20, :30] = 200


def grey_profile(exponent):
    """An ICC profile of version 2.1 for grey with this gamma."""
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", 5) + b"grey\0" + bytes(78),
        b"cprt": b"text\0\0\0\0none\0",
        b"wtpt": b"XYZ \0\0\0\0" + struct.pack(">iii", 63190, 65536, 54061),
        b"kTRC": b"curv\0\0\0\0" + struct.pack(">IH", 1, round(exponent * 256)),
    }
    table, data = struct.pack(">I", len(tags)), b""
    for key, value in tags.items():
        table += key + struct.pack(">II", 128 + 4 + 12 * len(tags) + len(data), len(value))
        data += value + bytes(-len(value) % 4)
    header = struct.pack(">I", 128 + len(table) + len(data)) + bytes(4) + b"\x02\x10\0\0mntrGRAYXYZ "
    header += bytes(12) + b"acsp" + bytes(28) + struct.pack(">iii", 63190, 65536, 54061)
    return header + bytes(128 - len(header)) + table + data


grey = Image.fromarray(GREY)
for ending, options in {"jpg": dict(quality=98), "png": {}, "tif": {}}.items():
    grey.save(f"grey-linear.{ending}", icc_profile=grey_profile(1.0), **options)

Image.fromarray(GREY.astype(np.float32) / 255).save("grey-float.tif")
Image.fromarray(GREY.astype(np.int32) * 257).save("grey-32.tif")

# A small copy of the picture first, the picture second, another page third.
small = Image.new("RGB", (30, 20), (255, 0, 255))
colour = np.full((40, 60, 3), (40, 80, 200), np.uint8)
colour[:20, :30] = (200, 60, 40)
small.save("pages.tif", save_all=True, append_images=[Image.fromarray(colour), small])
