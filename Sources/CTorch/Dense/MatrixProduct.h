// A product of matrices, and how it is divided into tasks.
#pragma once

#include <algorithm>
#include <cstdint>

namespace dense {

// Numbers of a matrix, `row` and `column` apart.
struct Matrix {
  const float *start;
  int64_t row, column;

  Matrix from(int64_t i, int64_t j) const { return {start + i * row + j * column, row, column}; }
};

// c = start + a b of rows × depth and depth × columns numbers, for start a row that holds for all or nothing; c's rows follow one
// another. Negative numbers are 0 if it is rectified.
struct MatrixProduct {
  int64_t rows, columns, depth;
  Matrix a, b;
  const float *start;
  float *c;
  bool isRectified;

  int64_t work() const { return rows * columns * depth; }
};

// Tasks of a product: each packs some columns of b, a panel, and makes them for a share of the rows.
struct Division {
  // Sixteen columns are a vector; three a panel at most are what the registers hold.
  static constexpr int64_t widest = 3;
  // So many rows of a panel stay in the second cache while rows of a pass by.
  static constexpr int64_t deepest = 1024;

  int64_t vectors, panels, rows, shares;

  // Packing takes as long as the products of 3 to 13 rows do, so a task has more, but there are enough tasks for threads that are
  // not equally fast.
  Division(const MatrixProduct &m, int64_t threads) {
    vectors = (m.columns + 15) / 16;
    panels = (vectors + widest - 1) / widest;
    if (m.rows < 64 * threads && threads > 1) panels = std::max(panels, std::min(vectors, 2 * threads));
    auto few = std::min(4 * threads / panels, m.rows / 64);
    auto many = std::min(8 * threads / panels, m.rows / 256);
    rows = m.rows / std::max({int64_t{1}, few, many});
    rows = (rows + 23) / 24 * 24;
    shares = (m.rows + rows - 1) / rows;
  }

  int64_t tasks() const { return panels * shares; }
};

}  // namespace dense
