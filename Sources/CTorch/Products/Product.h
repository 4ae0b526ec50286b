// Products of matrices, in registers.

// Where the rows of a product begin and end: at `from`, if it is not null, and in `to`, negative numbers as 0 if `isRectified`. Of the
// last sixteen columns only `last` are there.
struct Sums {
  const float *from;
  int64_t fromRow;
  float *to;
  int64_t toRow, last;
  bool isRectified;

  Lanes start(int i, int j, bool isLast) const {
    if (!from) return Lanes{};
    auto *place = from + i * fromRow + 16 * j;
    return isLast && last < 16 ? load(place, last) : load(place);
  }

  void end(int i, int j, bool isLast, Lanes sum) const {
    if (isRectified) sum = rectified(sum);
    auto *place = to + i * toRow + 16 * j;
    if (isLast && last < 16)
      store(place, sum, last);
    else
      store(place, sum);
  }

  Sums below(int64_t rows) const {
    return {from ? from + rows * fromRow : nullptr, fromRow, to + rows * toRow, toRow, last, isRectified};
  }
};

// c[i][j] = from[i][j] + Σ_p a[i · aRow + p · aDepth] b[p · width + j], i < ROWS, j < 16 · VECTORS, in registers. Depth and distances
// of a and b count factors.
template <int ROWS, int VECTORS>
static inline void block(int64_t depth, const Factor *a, int64_t aRow, int64_t aDepth, const Factor *b,
                         int64_t width, const Sums &c) {
  Lanes sum[ROWS][VECTORS];
#pragma clang loop unroll(full)
  for (int i = 0; i < ROWS; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < VECTORS; j++) sum[i][j] = c.start(i, j, j + 1 == VECTORS);
#pragma clang loop unroll(disable)
  for (int64_t p = 0; p < depth; p++) {
    FactorLanes row[VECTORS];
#pragma clang loop unroll(full)
    for (int j = 0; j < VECTORS; j++) row[j] = factors(b + p * width + 16 * j);
#pragma clang loop unroll(full)
    for (int i = 0; i < ROWS; i++) {
      auto factor = all(a[i * aRow + p * aDepth]);
#pragma clang loop unroll(full)
      for (int j = 0; j < VECTORS; j++) sum[i][j] = added(sum[i][j], factor, row[j]);
    }
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < ROWS; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < VECTORS; j++) c.end(i, j, j + 1 == VECTORS, sum[i][j]);
}

template <int ROWS, int VECTORS>
static int64_t blocks(int64_t done, int64_t rows, int64_t depth, const Factor *a, int64_t aRow,
                      int64_t aDepth, const Factor *b, int64_t width, const Sums &c) {
  for (; done + ROWS <= rows; done += ROWS)
    block<ROWS, VECTORS>(depth, a + done * aRow, aRow, aDepth, b, width, c.below(done));
  return done;
}

// 16 · VECTORS columns of a product, ROWS rows at a time.
template <int ROWS, int VECTORS>
static void columns(int64_t rows, int64_t depth, const Factor *a, int64_t aRow, int64_t aDepth,
                    const Factor *b, int64_t width, const Sums &c) {
  auto done = blocks<ROWS, VECTORS>(0, rows, depth, a, aRow, aDepth, b, width, c);
  if constexpr (ROWS > 8) done = blocks<8, VECTORS>(done, rows, depth, a, aRow, aDepth, b, width, c);
  if constexpr (ROWS > 4) done = blocks<4, VECTORS>(done, rows, depth, a, aRow, aDepth, b, width, c);
  done = blocks<2, VECTORS>(done, rows, depth, a, aRow, aDepth, b, width, c);
  blocks<1, VECTORS>(done, rows, depth, a, aRow, aDepth, b, width, c);
}

// c (+)= a b of rows × depth and depth × width factors, width a multiple of 16.
static void product(int64_t rows, int64_t depth, int64_t width, const Factor *a, int64_t aRow,
                    int64_t aDepth, const Factor *b, float *c, bool adds) {
  int64_t j = 0;
  auto sums = [&] { return Sums{adds ? c + j : nullptr, width, c + j, width, 16, false}; };
  if constexpr (hasWideRegisters) {  // 24 of 32 registers hold sums, below 12 of 16.
    for (; j + 64 <= width; j += 64)
      columns<6, 4>(rows, depth, a, aRow, aDepth, b + j, width, sums());
    for (; j + 32 <= width; j += 32)
      columns<12, 2>(rows, depth, a, aRow, aDepth, b + j, width, sums());
  }
  for (; j < width; j += 16)
    columns<6, 1>(rows, depth, a, aRow, aDepth, b + j, width, sums());
}
