// Columns of a matrix, packed: `depth` rows of 16 · VECTORS numbers, of which `valid` are the matrix's and the rest 0.

// From a matrix whose rows are contiguous.
template <int VECTORS>
static void packRows(int64_t depth, int64_t valid, const Matrix &b, float *to) {
  constexpr int64_t width = 16 * VECTORS;
  for (int64_t p = 0; p < depth; p++, to += width) {
    auto *from = b.start + p * b.row;
    if (valid == width) {
#pragma clang loop unroll(full)
      for (int j = 0; j < VECTORS; j++) store(to + 16 * j, load(from + 16 * j));
    } else {
      std::copy(from, from + valid, to);
      std::fill(to + valid, to + width, 0.0f);
    }
  }
}

// From a matrix whose columns are contiguous.
template <int VECTORS>
static void packColumns(int64_t depth, int64_t valid, const Matrix &b, float *to) {
  constexpr int64_t width = 16 * VECTORS;
  for (int64_t j = 0; j < width; j += 16) {
    auto *from = b.start + j * b.column;
    int64_t p = 0;
    if (j + 16 <= valid)
      for (; p + 16 <= depth; p += 16) {
        Lanes square[16];
#pragma clang loop unroll(full)
        for (int i = 0; i < 16; i++) square[i] = load(from + i * b.column + p);
        transpose(square);
#pragma clang loop unroll(full)
        for (int i = 0; i < 16; i++) store(to + (p + i) * width + j, square[i]);
      }
    for (; p < depth; p++)
      for (int64_t i = 0; i < 16; i++)
        to[p * width + j + i] = j + i < valid ? from[i * b.column + p] : 0;
  }
}

template <int VECTORS>
static void pack(int64_t depth, int64_t valid, const Matrix &b, float *to) {
  if (b.column == 1)
    packRows<VECTORS>(depth, valid, b, to);
  else
    packColumns<VECTORS>(depth, valid, b, to);
}
