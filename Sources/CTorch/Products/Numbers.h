// Working memory of kernels.
#pragma once

#include <c10/core/CPUAllocator.h>

#include <algorithm>
#include <cstdint>

namespace ct {

// Numbers of LibTorch's allocator, whose counts and limits hold for them too.
struct Numbers {
  c10::DataPtr held;
  float *start;
  explicit Numbers(int64_t count, bool zero = false)
      : held(c10::GetCPUAllocator()->allocate(count * sizeof(float))),
        start(static_cast<float *>(held.get())) {
    if (zero) std::fill(start, start + count, 0.0f);
  }
};

}  // namespace ct
