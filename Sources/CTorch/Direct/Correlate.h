// Sums over shifted planes, in registers.

// Sixteen neighbours of a row of a result: where they begin in the planes and in the result.
struct Position {
  int64_t from, to;
};

// Of a result with rows of `columns` numbers, `rowsFrom` and `rowsTo` apart; those below sixteen run into the next row, which comes later.
static std::vector<Position> positions(int64_t rows, int64_t columns, int64_t rowsFrom, int64_t rowsTo) {
  std::vector<Position> found;
  for (int64_t y = 0; y < rows; y++)
    for (int64_t x = 0; x < columns; x += lanes) {
      auto start = std::min(x, std::max<int64_t>(columns - lanes, 0));
      found.push_back({y * rowsFrom + start, y * rowsTo + start});
    }
  return found;
}

// Where the rows of a product go: planes of `area` numbers, each plus its `bias` if there is one, negative ones as 0 if it is rectified.
template <class Number>
struct PlanesOfResults {
  Number *to;
  int64_t area;
  Finishing finishing;

  Lanes start(int64_t row) const { return finishing.bias ? all(finishing.bias[row]) : Lanes{}; }
  void put(int64_t row, int64_t at, Lanes sum) const {
    if (finishing.isRectified) sum = rectified(sum);
    auto *place = to + row * area + at;
    if (at + lanes <= area) {
      store(place, sum);
    } else {
      Number left[lanes];
      store(left, sum);
      std::copy(left, left + (area - at), place);
    }
  }
};

// result[i][j] = Σ_p a[i · depth + p] source[shift[p] + positions[j].from …], i < ROWS, j < VECTORS.
template <int ROWS, int VECTORS, class Result>
static inline void correlateBlock(int64_t depth, const Factor *a, const int64_t *shift, const Factor *source,
                                  const Position *position, int64_t row, const Result &result) {
  Lanes sum[ROWS][VECTORS];
#pragma clang loop unroll(full)
  for (int i = 0; i < ROWS; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < VECTORS; j++) sum[i][j] = result.start(row + i);
  const Factor *from[VECTORS];
#pragma clang loop unroll(full)
  for (int j = 0; j < VECTORS; j++) from[j] = source + position[j].from;
#pragma clang loop unroll(disable)
  for (int64_t p = 0; p < depth; p++) {
    FactorLanes taken[VECTORS];
#pragma clang loop unroll(full)
    for (int j = 0; j < VECTORS; j++) taken[j] = factors(from[j] + shift[p]);
#pragma clang loop unroll(full)
    for (int i = 0; i < ROWS; i++) {
      auto factor = all(a[i * depth + p]);
#pragma clang loop unroll(full)
      for (int j = 0; j < VECTORS; j++) sum[i][j] = added(sum[i][j], factor, taken[j]);
    }
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < ROWS; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < VECTORS; j++) result.put(row + i, position[j].to, sum[i][j]);
}

template <int VECTORS, class Result>
static inline void correlateRows(int64_t rows, int64_t depth, const Factor *a, const int64_t *shift,
                                 const Factor *source, const Position *position, const Result &result) {
  constexpr int most = hasWideRegisters ? (VECTORS > 4 ? 2 : VECTORS > 1 ? 6 : 8) : 4;
  int64_t row = 0;
  for (; row + most <= rows; row += most)
    correlateBlock<most, VECTORS>(depth, a + row * depth, shift, source, position, row, result);
  if constexpr (most > 4)
    for (; row + 4 <= rows; row += 4)
      correlateBlock<4, VECTORS>(depth, a + row * depth, shift, source, position, row, result);
  for (; row + 2 <= rows; row += 2)
    correlateBlock<2, VECTORS>(depth, a + row * depth, shift, source, position, row, result);
  for (; row < rows; row++)
    correlateBlock<1, VECTORS>(depth, a + row * depth, shift, source, position, row, result);
}

// All rows at all positions; few rows take more positions at a time, so that sums enough are under way.
template <class Result>
static void correlate(int64_t rows, int64_t depth, const Factor *a, const int64_t *shift, const Factor *source,
                      const std::vector<Position> &positions, const Result &result) {
  auto *position = positions.data(), *end = position + positions.size();
  if constexpr (hasWideRegisters) {
    if (rows <= 2)
      for (; position + 8 <= end; position += 8)
        correlateRows<8>(rows, depth, a, shift, source, position, result);
    for (; position + 4 <= end; position += 4)
      correlateRows<4>(rows, depth, a, shift, source, position, result);
  }
  for (; position + 2 <= end && hasWideRegisters; position += 2)
    correlateRows<2>(rows, depth, a, shift, source, position, result);
  for (; position < end; position++) correlateRows<1>(rows, depth, a, shift, source, position, result);
}
