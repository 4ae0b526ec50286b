// `Squares.h` for bfloat16, eight registers of two rows each: half as many registers are turned, and only numbers of 16 bits.

typedef float HalfLanes __attribute__((vector_size(32)));
typedef HalfLanes LooseHalfLanes __attribute__((aligned(4), may_alias));

// Within each quarter of the registers rows and columns of 8 × 8 numbers change places.
static inline void turnQuarters(__m512i (&m)[8]) {
  __m512i t[8];
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; i++) {
    t[2 * i] = _mm512_unpacklo_epi16(m[2 * i], m[2 * i + 1]);
    t[2 * i + 1] = _mm512_unpackhi_epi16(m[2 * i], m[2 * i + 1]);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i += 4)
#pragma clang loop unroll(full)
    for (int j = 0; j < 2; j++) {
      m[i + 2 * j] = _mm512_unpacklo_epi32(t[i + j], t[i + j + 2]);
      m[i + 2 * j + 1] = _mm512_unpackhi_epi32(t[i + j], t[i + j + 2]);
    }
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; i++) {
    t[2 * i] = _mm512_unpacklo_epi64(m[i], m[i + 4]);
    t[2 * i + 1] = _mm512_unpackhi_epi64(m[i], m[i + 4]);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++) m[i] = t[i];
}

static inline __m256i rowOf(const Element *row, bool isThere) {
  return isThere ? _mm256_loadu_si256(reinterpret_cast<const __m256i_u *>(row)) : _mm256_setzero_si256();
}
static inline HalfLanes halfOf(const Lanes &all, int half) {
  return half ? __builtin_shufflevector(all, all, 8, 9, 10, 11, 12, 13, 14, 15)
              : __builtin_shufflevector(all, all, 0, 1, 2, 3, 4, 5, 6, 7);
}
static inline __m512i quartersCrossed(__m512i m) { return _mm512_shuffle_i64x2(m, m, 0xD8); }

// As in `Squares.h`. The rows are taken so that, of a turned register's pairs, the low numbers are the first eight channels of an
// element and the high ones the other eight.
static inline void spreadSquare(const Element *picture, int64_t area, int64_t held, const int64_t *place,
                                float *strip) {
  __m512i m[8];
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++) {
    int64_t a = i / 2 + 8 * (i % 2), b = a + 4;
    auto rows = _mm512_inserti64x4(_mm512_castsi256_si512(rowOf(picture + a * area, a < held)),
                                   rowOf(picture + b * area, b < held), 1);
    m[i] = quartersCrossed(rows);
  }
  turnQuarters(m);
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++) {
    auto low = (Lanes)_mm512_slli_epi32(m[i], 16);
    auto high = (Lanes)_mm512_and_si512(m[i], _mm512_set1_epi32(int(0xffff0000)));
#pragma clang loop unroll(full)
    for (int half = 0; half < 2; half++)
      if (auto to = place[i + 8 * half]; to >= 0) {
        *reinterpret_cast<LooseHalfLanes *>(strip + to) = halfOf(low, half);
        *reinterpret_cast<LooseHalfLanes *>(strip + to + 8) = halfOf(high, half);
      }
  }
}

static inline void gatherSquare(const float *strip, const int64_t *place, const Finish &finish, int64_t area,
                                int64_t held, Element *picture) {
  __m512i m[8];
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++)
    m[i] = (__m512i)_mm512_cvtne2ps_pbh(finish(load(strip + place[i + 8])), finish(load(strip + place[i])));
  turnQuarters(m);
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++) {
    auto rows = quartersCrossed(m[i]);
    if (i < held)
      _mm256_storeu_si256(reinterpret_cast<__m256i_u *>(picture + i * area), _mm512_castsi512_si256(rows));
    if (i + 8 < held)
      _mm256_storeu_si256(reinterpret_cast<__m256i_u *>(picture + (i + 8) * area),
                          _mm512_extracti64x4_epi64(rows, 1));
  }
}
