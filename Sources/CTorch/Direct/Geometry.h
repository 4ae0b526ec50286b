// The sizes of a convolution without dilation and groups at stride 1 or 2, with any kernel.
#pragma once

#include <cstdint>

namespace direct {

constexpr int64_t lanes = 16;

inline int64_t whole(int64_t size, int64_t part) { return (size + part - 1) / part; }

// `small` [images, outputs, rows′, columns′] is the correlation of `big` [images, inputs, rows, columns] with a weight
// [outputs, inputs, kernel, kernel].
struct Geometry {
  int64_t images, inputs, outputs;
  int64_t bigRows, bigColumns, smallRows, smallColumns;
  int64_t kernel, stride, rowPadding, columnPadding;

  int64_t bigArea() const { return bigRows * bigColumns; }
  int64_t smallArea() const { return smallRows * smallColumns; }
  int64_t taps() const { return whole(kernel, stride); }  // Of one phase of the big side.

  // Nothing lies between or around the inputs of a point, so that rows need not end.
  bool isPointwise() const { return kernel == 1 && stride == 1 && rowPadding == 0 && columnPadding == 0; }
  // The same with a picture as one row.
  Geometry flattened() const {
    return {images, inputs, outputs, 1, bigArea(), 1, smallArea(), 1, 1, 0, 0};
  }
};

// How a picture lies in working memory: `planes` of `rows` rows, each in `phases` parts of `length` numbers or factors, zeros around it.
struct Planes {
  int64_t planes, rows, phases, length, top, left;

  int64_t rowApart() const { return phases * length; }
  int64_t planeApart() const { return rows * rowApart(); }
  // Sixteen more for what is read behind the last row.
  int64_t size() const { return planes * planeApart() + 2 * lanes; }
  // Where `row` and `column` of the padded picture stand.
  int64_t place(int64_t row, int64_t column) const {
    return row * rowApart() + column % phases * length + column / phases;
  }
};

}  // namespace direct
