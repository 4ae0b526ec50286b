// Includes KERNELS in a namespace `bfloat16` with AVX-512's instructions for it, as `WithAVX512.h` does.

#define TAKES_PAIRS
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx512bf16,avx2,fma"))), apply_to = function)
namespace bfloat16 {
constexpr bool hasWideRegisters = true;
#include KERNELS
}  // namespace bfloat16
#pragma clang attribute pop
#undef TAKES_PAIRS
