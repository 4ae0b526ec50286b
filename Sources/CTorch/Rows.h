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

  explicit Rows(const at::Tensor &given) : held(isEven(given) ? given : given.contiguous()) {
    auto dims = held.dim();
    size = dims > 0 ? held.size(-1) : 1;
    count = held.numel() / std::max<int64_t>(1, size);
    apart = dims > 1 ? held.stride(-2) : size;
    start = held.const_data_ptr<float>();
  }

  const float *operator[](int64_t row) const { return start + row * apart; }

 private:
  static bool isEven(const at::Tensor &given) {
    auto dims = given.dim();
    if (dims > 0 && given.stride(-1) != 1) return false;
    for (int64_t dim = 0; dim + 2 < dims; dim++)
      if (given.stride(dim) != given.stride(dim + 1) * given.size(dim + 1)) return false;
    return true;
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
