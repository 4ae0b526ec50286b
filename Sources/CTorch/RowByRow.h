// Tensors as kernels read them.
#pragma once

#include <ATen/core/Tensor.h>

#include "Support.h"

namespace ct {

inline at::Tensor rowByRow(ct_tensor tensor) {
  auto borrowed = borrow(tensor);
  return borrowed.defined() ? borrowed.contiguous() : borrowed;
}

inline const float *numbers(const at::Tensor &tensor) {
  return tensor.defined() ? tensor.const_data_ptr<float>() : nullptr;
}

}  // namespace ct
