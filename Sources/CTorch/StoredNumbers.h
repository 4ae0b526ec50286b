// Numbers as tensors hold them, in float32 or bfloat16, for loops that work in float32.
#pragma once

#include <bit>
#include <cstdint>

#include "EachProcessor.h"

namespace ct {

// The bits of a bfloat16.
typedef uint16_t Half;

inline float number(float value) { return value; }
inline float number(Half value) { return std::bit_cast<float>(uint32_t{value} << 16); }

template <class Number>
inline Number stored(float value);
template <>
inline float stored<float>(float value) {
  return value;
}
// To the nearest, to the even one of two; NaN stays NaN, of which arithmetic leaves only quiet ones. What is chosen is of 32 bits, which
// vectors of AVX-512 alone can do.
template <>
inline Half stored<Half>(float value) {
  auto bits = std::bit_cast<uint32_t>(value);
  auto half = value == value ? 0x7fff + (bits >> 16 & 1) : 0;
  return Half((bits + half) >> 16);
}

template <class Number>
INTO_EACH_PROCESSOR float sumOf(int64_t n, const Number *x) {
#pragma clang fp reassociate(on)
  float sum = 0;
#pragma clang loop vectorize(enable)
  for (int64_t i = 0; i < n; i++) sum += number(x[i]);
  return sum;
}

}  // namespace ct
