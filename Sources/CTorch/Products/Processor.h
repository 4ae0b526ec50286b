// Which of the kernels of `WithAVX512.h` and `WithAVX2.h` this processor has.
#pragma once

#include <ATen/Version.h>

namespace ct {

enum class Processor { other, avx2, avx512 };

// LibTorch's own choice, which ATEN_CPU_CAPABILITY changes.
inline Processor processor() {
#if defined(__x86_64__)
  static const Processor kind = [] {
    auto found = at::get_cpu_capability();
    return found == "AVX512" ? Processor::avx512
           : found == "AVX2" ? Processor::avx2
                             : Processor::other;
  }();
  return kind;
#else
  return Processor::other;
#endif
}

// Whether AVX-512 is taken and multiplies pairs of bfloat16.
inline bool hasBFloat16() {
#if defined(__x86_64__)
  static const bool found = processor() == Processor::avx512 && __builtin_cpu_supports("avx512bf16");
  return found;
#else
  return false;
#endif
}

}  // namespace ct
