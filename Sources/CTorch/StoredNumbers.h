// Numbers of a contiguous tensor in float32 or bfloat16, worked on in float32.
#pragma once

#include <ATen/core/Tensor.h>

#include <bit>
#include <cstdint>

#include "EachProcessor.h"

namespace ct {

EACH_PROCESSOR static void widen(int64_t count, const uint16_t *from, float *to) {
  for (int64_t i = 0; i < count; i++) to[i] = std::bit_cast<float>(uint32_t{from[i]} << 16);
}

// To the nearest, to the even one of two; NaN stays NaN.
EACH_PROCESSOR static void narrow(int64_t count, const float *from, uint16_t *to) {
  for (int64_t i = 0; i < count; i++) {
    auto bits = std::bit_cast<uint32_t>(from[i]);
    auto nearest = (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
    to[i] = (bits & 0x7fffffff) > 0x7f800000 ? 0x7fc0 : nearest;
  }
}

// Where a tensor's numbers are; those of bfloat16 pass through `room` of the caller, as many as are asked for.
struct StoredNumbers {
  float *wide = nullptr;
  uint16_t *narrow = nullptr;

  // Of a tensor that is read alone nothing is written, whatever pointer is kept.
  explicit StoredNumbers(const at::Tensor &tensor) {
    auto *start = const_cast<void *>(tensor.const_data_ptr());
    if (tensor.scalar_type() == at::kBFloat16)
      narrow = static_cast<uint16_t *>(start);
    else
      wide = tensor.numel() > 0 ? const_cast<float *>(tensor.const_data_ptr<float>()) : nullptr;
  }

  // What to have ready for `count` numbers.
  int64_t room(int64_t count) const { return narrow ? count : 0; }

  const float *read(int64_t start, int64_t count, float *room) const {
    if (!narrow) return wide + start;
    widen(count, narrow + start, room);
    return room;
  }

  // Where `count` results from `start` on are made before `write`.
  float *place(int64_t start, float *room) const { return narrow ? room : wide + start; }

  void write(int64_t start, int64_t count, const float *made) const {
    if (narrow) ct::narrow(count, made, narrow + start);
  }
};

}  // namespace ct
