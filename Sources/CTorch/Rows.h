// Rows of numbers in memory, which need not follow one another.
#pragma once

#include <ATen/core/Tensor.h>

#include <algorithm>

#include "Shares.h"

namespace ct {

// The last dimension of a float32 tensor, at every place of the others; copied if it is not contiguous or the places are not evenly apart.
struct Rows {
  at::Tensor held;
  int64_t size, count, apart;
  const float *start;

  explicit Rows(const at::Tensor &given) : held(spacing(given) < 0 ? given.contiguous() : given) {
    size = held.dim() > 0 ? held.size(-1) : 1;
    count = held.numel() / std::max<int64_t>(1, size);
    apart = spacing(held);
    start = held.const_data_ptr<float>();
  }

  const float *operator[](int64_t row) const { return start + row * apart; }

 private:
  // From row to row; less than 0 if it is not the same everywhere. Strides of dimensions of size 1 mean nothing.
  static int64_t spacing(const at::Tensor &given) {
    auto dims = given.dim();
    if (given.is_contiguous()) return dims > 0 ? given.size(-1) : 1;
    if (given.size(-1) > 1 && given.stride(-1) != 1) return -1;
    int64_t apart = -1, rows = 1;
    for (auto dim = dims - 2; dim >= 0; dim--) {
      if (given.size(dim) == 1) continue;
      if (apart < 0) apart = given.stride(dim);
      if (given.stride(dim) != apart * rows) return -1;
      rows *= given.size(dim);
    }
    return std::max<int64_t>(0, apart);
  }
};

// Calls `body` with each row of `count`, of `size` numbers, on as many threads as they are worth.
template <typename Body>
void eachRow(int64_t count, int64_t size, Body &&body) {
  eachShare(count, std::max<int64_t>(1, 8192 / size), [&](int64_t begin, int64_t end) {
    for (auto row = begin; row < end; row++) body(row);
  });
}

}  // namespace ct
