// Products of matrices with AVX-512.

#include "../Products/Vectors.h"

#include "../Products/Factors.h"

#include "../Products/Product.h"

#include "Panels.h"

// The rows of one task in columns `column` to `column` + 16 · VECTORS.
template <int ROWS, int VECTORS>
static void fill(const MatrixProduct &m, int64_t column, int64_t row, int64_t rows, float *panel) {
  constexpr int64_t width = 16 * VECTORS;
  auto valid = std::min(width, m.columns - column);
  auto *c = m.c + row * m.columns + column;
  for (int64_t p = 0; p < m.depth; p += Division::deepest) {
    auto depth = std::min(Division::deepest, m.depth - p);
    auto *from = p > 0 ? c : m.start ? m.start + column : nullptr;
    auto isLast = p + depth == m.depth;
    auto a = m.a.from(row, p);
    pack<VECTORS>(depth, valid, m.b.from(p, column), panel);
    columns<ROWS, VECTORS>(
        rows, depth, a.start, a.row, a.column, panel, width,
        {from, p > 0 ? m.columns : 0, c, m.columns, valid - width + 16, m.isRectified && isLast});
  }
}

static void run(const MatrixProduct &m, const Division &division, int64_t task, float *panel) {
  auto at = task / division.shares, row = task % division.shares * division.rows;
  auto rows = std::min(division.rows, m.rows - row);
  auto begin = at * division.vectors / division.panels;
  auto end = (at + 1) * division.vectors / division.panels;
  switch (end - begin) {  // Sums fill 24 of 32 registers.
    case 3: return fill<8, 3>(m, 16 * begin, row, rows, panel);
    case 2: return fill<12, 2>(m, 16 * begin, row, rows, panel);
    default: return fill<12, 1>(m, 16 * begin, row, rows, panel);
  }
}
