// Sixteen numbers at a time, and squares of them.

typedef float Lanes __attribute__((vector_size(64)));
typedef float LooseLanes __attribute__((vector_size(64), aligned(4), may_alias));

static inline Lanes load(const float *from) { return *reinterpret_cast<const LooseLanes *>(from); }
static inline void store(float *to, Lanes value) { *reinterpret_cast<LooseLanes *>(to) = value; }
// The first `count` of sixteen, and no memory beyond them.
static inline Lanes load(const float *from, int64_t count) {
  Lanes value{};
  for (int64_t i = 0; i < count; i++) value[i] = from[i];
  return value;
}
static inline void store(float *to, Lanes value, int64_t count) {
  for (int64_t i = 0; i < count; i++) to[i] = value[i];
}
static inline Lanes all(float value) { return Lanes{} + value; }
static inline Lanes rectified(const Lanes &value) { return value < 0 ? Lanes{} : value; }  // NaN stays.
static inline float total(const Lanes &value) {
  float sum[16];
  store(sum, value);
  for (int width = 8; width > 0; width /= 2)
    for (int i = 0; i < width; i++) sum[i] += sum[i + width];
  return sum[0];
}

// Rows and columns of a square of 16 × 16 change places.
static inline void transpose(Lanes (&m)[16]) {
  Lanes t[16];
#define LOW4(a, b) __builtin_shufflevector(a, b, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29)
#define HIGH4(a, b) __builtin_shufflevector(a, b, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31)
#define LOW2(a, b) __builtin_shufflevector(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29)
#define HIGH2(a, b) __builtin_shufflevector(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31)
#define EVEN(a, b) __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27)
#define ODD(a, b) __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31)
#pragma clang loop unroll(full)
  for (int i = 0; i < 16; i += 2) {
    t[i] = LOW4(m[i], m[i + 1]);
    t[i + 1] = HIGH4(m[i], m[i + 1]);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 16; i += 4) {
    m[i] = LOW2(t[i], t[i + 2]);
    m[i + 1] = HIGH2(t[i], t[i + 2]);
    m[i + 2] = LOW2(t[i + 1], t[i + 3]);
    m[i + 3] = HIGH2(t[i + 1], t[i + 3]);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; i++) {
    t[i] = EVEN(m[i], m[i + 4]);
    t[i + 4] = ODD(m[i], m[i + 4]);
    t[i + 8] = EVEN(m[i + 8], m[i + 12]);
    t[i + 12] = ODD(m[i + 8], m[i + 12]);
  }
  // t[i] has quarters 0 and 2 of rows 0–7, t[i + 4] quarters 1 and 3; the same for rows 8–15 from 8 on.
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; i++) {
    m[i] = EVEN(t[i], t[i + 8]);
    m[i + 4] = EVEN(t[i + 4], t[i + 12]);
    m[i + 8] = ODD(t[i], t[i + 8]);
    m[i + 12] = ODD(t[i + 4], t[i + 12]);
  }
#undef LOW4
#undef HIGH4
#undef LOW2
#undef HIGH2
#undef EVEN
#undef ODD
}
