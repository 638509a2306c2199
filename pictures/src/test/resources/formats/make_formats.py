"""Writes the pictures of this folder: one picture in every form that cameras, telephones and drawing programs write.

60 x 40, the upper left quarter (200, 60, 40) in sRGB, the rest (40, 80, 200); grey ones 200 and 80. In files with
transparency the lower right quarter is clear and must come out white. The moving ones have a second frame, turned round.

    pip install pillow==11.3.0 numpy && python make_formats.py
"""

import io
import struct
import zlib

import numpy as np
from PIL import Image, ImageCms

FLAT = np.full((40, 60, 3), (40, 80, 200), np.uint8)
FLAT[:20, :30] = (200, 60, 40)
GREY = np.full((40, 60), 80, np.uint8)
GREY[:20, :30] = 200
ALPHA = np.full((40, 60), 255, np.uint8)
ALPHA[20:, 30:] = 0

colour = Image.fromarray(FLAT)
grey = Image.fromarray(GREY)
clear = Image.fromarray(np.dstack([FLAT, ALPHA]))


def png_chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png16(path, samples):
    """Pillow writes no colour PNG of 16 bits a channel."""
    high = samples.astype(np.uint16) * 257
    height, width, channels = high.shape
    kind = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in high)
    header = struct.pack(">IIBBBBB", width, height, 16, kind, 0, 0, 0)
    body = png_chunk(b"IHDR", header) + png_chunk(b"IDAT", zlib.compress(rows, 9)) + png_chunk(b"IEND", b"")
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + body)


def fixed(value):
    return struct.pack(">i", round(value * 65536))


def profile(red, green, blue, curve, name):
    """A matrix profile of ICC version 2.1 with these primaries, adapted to D50."""
    text = name.encode()
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(text) + 1) + text + b"\0" + bytes(78),
        b"cprt": b"text\0\0\0\0none\0",
        b"wtpt": b"XYZ \0\0\0\0" + fixed(0.9642) + fixed(1) + fixed(0.8249),
    }
    for key, primary in ((b"r", red), (b"g", green), (b"b", blue)):
        tags[key + b"XYZ"] = b"XYZ \0\0\0\0" + b"".join(map(fixed, primary))
        tags[key + b"TRC"] = curve
    table, data = struct.pack(">I", len(tags)), b""
    for key, value in tags.items():
        table += key + struct.pack(">II", 128 + 4 + 12 * len(tags) + len(data), len(value))
        data += value + bytes(-len(value) % 4)
    header = struct.pack(">I", 128 + len(table) + len(data)) + bytes(4) + b"\x02\x10\0\0mntrRGB XYZ "
    header += bytes(12) + b"acsp" + bytes(28) + fixed(0.9642) + fixed(1) + fixed(0.8249)
    return header + bytes(128 - len(header)) + table + data


def gamma(exponent):
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(exponent * 256))


def srgb_curve(points=256):
    coded = np.arange(points) / (points - 1)
    light = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    return b"curv\0\0\0\0" + struct.pack(">I", points) + np.round(light * 65535).astype(">u2").tobytes()


ADOBE = profile(
    (0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457), gamma(2.19921875), "Adobe RGB")
P3 = profile(
    (0.51512, 0.2412, -0.00105), (0.29198, 0.69225, 0.04189), (0.1571, 0.06657, 0.78407), srgb_curve(), "Display P3")


def within(icc):
    """The same colours, coded as the profile wants them."""
    return ImageCms.profileToProfile(colour, ImageCms.createProfile("sRGB"), ImageCms.ImageCmsProfile(io.BytesIO(icc)))


def turned(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


for name, icc in (("adobe-rgb", ADOBE), ("display-p3", P3)):
    within(icc).save(f"{name}.jpg", quality=98, subsampling=0, icc_profile=icc)
    within(icc).save(f"{name}.png", icc_profile=icc)
    within(icc).save(f"{name}.webp", lossless=True, icc_profile=icc)
    within(icc).save(f"{name}.tif", icc_profile=icc)

colour.convert("CMYK").save("cmyk.jpg", quality=98, subsampling=0)
colour.save("progressive.jpg", quality=98, subsampling=0, progressive=True)
grey.save("grey.jpg", quality=98)
grey.save("grey.png")
Image.merge("LA", (grey, Image.fromarray(ALPHA))).save("grey-clear.png")
png16("grey-16.png", GREY[:, :, None])
png16("grey-clear-16.png", np.dstack([GREY, ALPHA]))
png16("colour-16.png", FLAT)
png16("colour-clear-16.png", np.dstack([FLAT, ALPHA]))
palette = Image.new("P", (60, 40), 1)
palette.putpalette([255, 0, 255, 40, 80, 200, 200, 60, 40])
palette.paste(2, (0, 0, 30, 20))
palette.paste(0, (30, 20, 60, 40))
palette.save("palette-clear.png", transparency=0)
palette.save("palette-clear.gif", transparency=0)
clear.save("clear.png")
colour.save("lossy.webp", quality=98)
colour.save("lossless.webp", lossless=True)
clear.save("lossy-clear.webp", quality=98)
clear.save("lossless-clear.webp", lossless=True)
colour.save("lzw.tif", compression="tiff_lzw")
colour.transpose(Image.Transpose.ROTATE_90).save("turned.png", exif=turned(6))
colour.transpose(Image.Transpose.ROTATE_90).save("turned.webp", lossless=True, exif=turned(6))

for name in ("moving.gif", "moving.webp", "moving.png"):
    colour.save(name, save_all=True, append_images=[colour.transpose(Image.Transpose.FLIP_LEFT_RIGHT)], duration=100)
