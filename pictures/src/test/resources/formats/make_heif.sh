#!/usr/bin/env bash
# Writes the HEIC and AVIF files of this folder from its PNG files: Debian 12's libheif-examples 1.15.1 and libavif-bin 0.11.1.
set -euo pipefail
cd "$(dirname "$0")"
heif-enc -L -p chroma=444 display-p3.png -o display-p3.heic
avifenc -l display-p3.png display-p3.avif
# the colours named by a number, no profile
avifenc -l --ignore-icc --cicp 12/13/0 display-p3.png named-p3.avif
# turned by the container, with the note of the camera that says it again
printf 'II*\0\10\0\0\0\1\0\22\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0' > exif
avifenc -l --irot 3 --exif exif --ignore-icc display-p3.png turned.avif
# ten bits of high dynamic range
avifenc -l -d 10 --ignore-icc --cicp 9/16/9 display-p3.png bright.avif
rm exif
