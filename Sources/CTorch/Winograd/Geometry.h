// The sizes of a convolution without dilation and groups, and of the tiles that it is cut into.
#pragma once

#include <cstdint>

namespace winograd {

constexpr int64_t tile = 4;  // Outputs a side of a tile.
constexpr int64_t lanes = 16;

inline int64_t whole(int64_t size, int64_t part) { return (size + part - 1) / part; }
inline int64_t padded(int64_t channels) { return whole(channels, lanes) * lanes; }

// `small` [images, outputs, rows′, columns′] is the correlation of `big` [images, inputs, rows, columns] with a weight
// [outputs, inputs, taps · stride, taps · stride]; the weight's elements fall into stride² phases of taps² each.
struct Geometry {
  int64_t images, inputs, outputs;
  int64_t bigRows, bigColumns, smallRows, smallColumns;
  int64_t taps, stride, rowPadding, columnPadding;

  int64_t kernel() const { return taps * stride; }
  int64_t phases() const { return stride * stride; }
  int64_t places() const { return (tile + taps - 1) * (tile + taps - 1); }
  int64_t bigArea() const { return bigRows * bigColumns; }
  int64_t smallArea() const { return smallRows * smallColumns; }

  // Where the weight's element of a phase and a tap stands within its kernel.
  int64_t element(int64_t phase, int64_t row, int64_t column) const {
    return (stride * row + phase / stride) * kernel() + stride * column + phase % stride;
  }
};

// Numbers or factors, of four bytes each, for each place of each tile, `apart` from place to place: an odd number of cache lines, so
// that the places of a tile do not contend for the same ones.
struct Products {
  int64_t channels, apart, size;
  Products(int64_t places, int64_t tiles, int64_t channels)
      : channels(channels), apart((whole(tiles * channels, lanes) | 1) * lanes), size(places * apart) {}
};

// Tile rows that are worked on together: what they take stays in a processor's own cache.
inline int64_t rowsTogether(int64_t rows, int64_t across, int64_t bytesOfATile) {
  constexpr int64_t cache = 512 << 10;
  auto fitting = cache / (across * bytesOfATile);
  return fitting < 1 ? 1 : fitting < rows ? fitting : rows;
}

}  // namespace winograd
