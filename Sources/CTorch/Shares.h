// Work divided among LibTorch's own threads.
#pragma once

#include <ATen/TensorIterator.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>

namespace ct {

// Calls `body(begin, end)` for shares of 0 ..< count, on as many threads as LibTorch uses for an operator; a share has `least`
// at least if there is another.
//
// `at::parallel_for` is inline and divides nothing where the compiler knows no OpenMP, as Swift's does not; the loop of a
// `TensorIterator` is compiled in LibTorch, so the range travels as a tensor of bytes that nobody reads.
template <typename Body>
void eachShare(int64_t count, int64_t least, Body &&body) {
  if (count <= least) {
    if (count > 0) body(int64_t{0}, count);
    return;
  }
  auto range = at::empty({count}, at::kByte);
  auto *base = static_cast<char *>(range.mutable_data_ptr());
  auto loop = at::TensorIterator::nullary_op(range);
  loop.for_each(
      [&](char **data, const int64_t *, int64_t inner, int64_t outer) {
        int64_t begin = data[0] - base;
        body(begin, begin + inner * outer);
      },
      least);
}

}  // namespace ct
