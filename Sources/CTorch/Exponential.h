// Functions of one number that the compiler can vectorise, within loops of its caller.
#pragma once

#include <cstdint>

namespace ct {

// e^x within two units of the last place, for |x| ≤ 87; beyond, e^±87. By 2ⁿ e^r, n whole and |r| ≤ ln 2 / 2.
inline float exponential(float x) {
  x = x < -87 ? -87 : x > 87 ? 87 : x;
  auto shifted = x * 1.44269504f + 12582912.0f;  // Rounds to the nearest whole number in the last bits.
  auto n = shifted - 12582912.0f;
  auto r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  auto series = 1.0f + r * (1.0f + r * (0.5f + r * (1.66666657e-1f + r * (4.16666500e-2f +
      r * (8.33345400e-3f + r * 1.38883400e-3f)))));
  auto power = (__builtin_bit_cast(int32_t, shifted) << 23) + __builtin_bit_cast(int32_t, 1.0f);
  return series * __builtin_bit_cast(float, power);
}

// e^x − 1 within three units of the last place, −1 below −87 and infinite above 88.7.
inline float exponentialLessOne(float x) {
  x = x < -87 ? -87 : x > 89 ? 89 : x;
  auto shifted = x * 1.44269504f + 12582912.0f;
  auto n = shifted - 12582912.0f;
  auto r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  auto series = r * (1.0f + r * (0.5f + r * (1.66666657e-1f + r * (4.16666500e-2f +
      r * (8.33345400e-3f + r * 1.38883400e-3f)))));
  // Half the power, since the whole one may be too large.
  auto half = __builtin_bit_cast(float, (__builtin_bit_cast(int32_t, shifted) << 23) +
                                            __builtin_bit_cast(int32_t, 0.5f));
  return 2 * (half * series + (half - 0.5f));
}

// log(1 + x) for 0 ≤ x ≤ 1 within two units of the last place: 2 artanh(s), s = x/(2 + x) ≤ 1/3, by its series.
inline float logOfOneAnd(float x) {
  auto s = x / (2 + x), square = s * s;
  return 2 * s * (1 + square * (1.0f / 3 + square * (1.0f / 5 + square * (1.0f / 7 + square *
      (1.0f / 9 + square * (1.0f / 11 + square * (1.0f / 13 + square * (1.0f / 15))))))));
}

}  // namespace ct
