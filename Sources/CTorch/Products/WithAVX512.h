// Includes KERNELS in a namespace `avx512` with those instructions. Without a guard: sources include it in namespaces of their own.

#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx2,fma"))), apply_to = function)
namespace avx512 {
constexpr bool hasWideRegisters = true;
#include KERNELS
}  // namespace avx512
#pragma clang attribute pop
