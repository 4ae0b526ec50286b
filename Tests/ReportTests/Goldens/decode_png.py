"""Decodes a PNG with zlib alone and prints "width height channels" and the pixels in hexadecimal.

Only what the package writes: 8 bits, grey or red-green-blue, not interlaced. Checks every CRC.
"""

import struct
import sys
import zlib

data = open(sys.argv[1], "rb").read()
assert data[:8] == b"\x89PNG\r\n\x1a\n", "signature"
place, body, header = 8, b"", None
while place < len(data):
    size, kind = struct.unpack(">I4s", data[place : place + 8])
    chunk = data[place + 8 : place + 8 + size]
    (check,) = struct.unpack(">I", data[place + 8 + size : place + 12 + size])
    assert check == zlib.crc32(kind + chunk), kind
    if kind == b"IHDR":
        header = struct.unpack(">IIBBBBB", chunk)
    if kind == b"IDAT":
        body += chunk
    place += 12 + size
width, height, depth, color, _, _, interlaced = header
assert depth == 8 and color in (0, 2) and interlaced == 0, header
step = 1 if color == 0 else 3
raw, stride = zlib.decompress(body), width * step + 1
above, pixels = bytearray(width * step), bytearray()
for row in range(height):
    rule, line = raw[row * stride], bytearray(raw[row * stride + 1 : (row + 1) * stride])
    for i in range(len(line)):
        a = line[i - step] if i >= step else 0
        b = above[i]
        c = above[i - step] if i >= step else 0
        p = a + b - c
        nearest = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
        line[i] = (line[i] + (0, a, b, (a + b) // 2, nearest)[rule]) & 255
    pixels += line
    above = line
print(width, height, step)
print(pixels.hex())
