// Products of small matrices, in registers.

// c[i][j] (+)= Σ_p a[i · aRow + p · aDepth] b[p · width + j], i < ROWS, j < 16 · VECTORS, in registers.
template <int ROWS, int VECTORS>
static inline void block(int64_t depth, const float *a, int64_t aRow, int64_t aDepth, const float *b,
                         float *c, int64_t width, bool adds) {
  Lanes sum[ROWS][VECTORS];
#pragma clang loop unroll(full)
  for (int i = 0; i < ROWS; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < VECTORS; j++) sum[i][j] = adds ? load(c + i * width + 16 * j) : Lanes{};
#pragma clang loop unroll(disable)
  for (int64_t p = 0; p < depth; p++) {
    Lanes row[VECTORS];
#pragma clang loop unroll(full)
    for (int j = 0; j < VECTORS; j++) row[j] = load(b + p * width + 16 * j);
#pragma clang loop unroll(full)
    for (int i = 0; i < ROWS; i++) {
      auto factor = all(a[i * aRow + p * aDepth]);
#pragma clang loop unroll(full)
      for (int j = 0; j < VECTORS; j++) sum[i][j] += factor * row[j];
    }
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < ROWS; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < VECTORS; j++) store(c + i * width + 16 * j, sum[i][j]);
}

template <int ROWS, int VECTORS>
static int64_t blocks(int64_t from, int64_t rows, int64_t depth, const float *a, int64_t aRow,
                      int64_t aDepth, const float *b, float *c, int64_t width, bool adds) {
  for (; from + ROWS <= rows; from += ROWS)
    block<ROWS, VECTORS>(depth, a + from * aRow, aRow, aDepth, b, c + from * width, width, adds);
  return from;
}

template <int ROWS, int VECTORS>
static void columns(int64_t rows, int64_t depth, const float *a, int64_t aRow, int64_t aDepth,
                    const float *b, float *c, int64_t width, bool adds) {
  auto done = blocks<ROWS, VECTORS>(0, rows, depth, a, aRow, aDepth, b, c, width, adds);
  if constexpr (ROWS > 8) done = blocks<8, VECTORS>(done, rows, depth, a, aRow, aDepth, b, c, width, adds);
  if constexpr (ROWS > 4) done = blocks<4, VECTORS>(done, rows, depth, a, aRow, aDepth, b, c, width, adds);
  done = blocks<2, VECTORS>(done, rows, depth, a, aRow, aDepth, b, c, width, adds);
  blocks<1, VECTORS>(done, rows, depth, a, aRow, aDepth, b, c, width, adds);
}

// c (+)= a b of rows × depth and depth × width numbers, width a multiple of 16.
static void product(int64_t rows, int64_t depth, int64_t width, const float *a, int64_t aRow,
                    int64_t aDepth, const float *b, float *c, bool adds) {
  int64_t j = 0;
  if constexpr (hasWideRegisters) {  // 24 of 32 registers hold sums, below 12 of 16.
    for (; j + 64 <= width; j += 64)
      columns<6, 4>(rows, depth, a, aRow, aDepth, b + j, c + j, width, adds);
    for (; j + 32 <= width; j += 32)
      columns<12, 2>(rows, depth, a, aRow, aDepth, b + j, c + j, width, adds);
  }
  for (; j < width; j += 16)
    columns<6, 1>(rows, depth, a, aRow, aDepth, b + j, c + j, width, adds);
}
