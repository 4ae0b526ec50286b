// Includes KERNELS in a namespace `avx2` with those instructions, as `WithAVX512.h` does.

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
namespace avx2 {
constexpr bool hasWideRegisters = false;
#include KERNELS
}  // namespace avx2
#pragma clang attribute pop
