"""Writes the images beside this file: PNG by hand through zlib, JPEG through libjpeg-turbo 2.1.5.

The picture is 6 wide and 4 high; pixel (x, y) has red 40x, green 60y, blue 255 - 40x, grey 10(x + 6y).
Run:  python3 Tests/DatasetsTests/Goldens/images.py
"""

import ctypes
import pathlib
import struct
import zlib

HERE = pathlib.Path(__file__).resolve().parent
WIDTH, HEIGHT = 6, 4


def rgb(x, y):
    return bytes([40 * x, 60 * y, 255 - 40 * x])


def grey(x, y):
    return bytes([10 * (x + 6 * y)])


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(name, depth, colour, pixel, extra=b""):
    rows = b"".join(
        b"\0" + b"".join(pixel(x, y) for x in range(WIDTH)) for y in range(HEIGHT)
    )
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, colour, 0, 0, 0)
    (HERE / name).write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + extra
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


png("grey.png", 8, 0, grey)
png("rgb.png", 8, 2, rgb)
png("rgba.png", 8, 6, lambda x, y: rgb(x, y) + bytes([255 if x < 3 else 0]))
png("grey16.png", 16, 0, lambda x, y: grey(x, y) * 2)
palette = b"".join(rgb(x, 2) for x in range(WIDTH))
png("palette.png", 8, 3, lambda x, y: bytes([x]), chunk(b"PLTE", palette))

turbo = ctypes.CDLL("libturbojpeg.so.0")
turbo.tjInitCompress.restype = ctypes.c_void_p
turbo.tjInitCompress.argtypes = []
turbo.tjCompress2.argtypes = [
    ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_int,
    ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(ctypes.c_ulong), ctypes.c_int, ctypes.c_int,
    ctypes.c_int,
]


def jpeg(name, width, height, pixel, form, sampling, flags=0):
    source = b"".join(pixel(x, y) for y in range(height) for x in range(width))
    target, size = ctypes.c_void_p(), ctypes.c_ulong()
    status = turbo.tjCompress2(
        turbo.tjInitCompress(), source, width, 0, height, form, ctypes.byref(target),
        ctypes.byref(size), sampling, 95, flags,
    )
    assert status == 0
    (HERE / name).write_bytes(ctypes.string_at(target, size.value))


# TJPF_RGB 0, TJPF_GRAY 6; TJSAMP_444 0, TJSAMP_GRAY 3; TJFLAG_PROGRESSIVE 16384.
jpeg("rgb.jpg", 32, 24, lambda x, y: bytes([8 * x, 10 * y, 255 - 8 * x]), 0, 0)
jpeg("progressive.jpg", 32, 24, lambda x, y: bytes([8 * x, 10 * y, 255 - 8 * x]), 0, 0, 16384)
jpeg("grey.jpg", 32, 24, lambda x, y: bytes([8 * x]), 6, 3)
