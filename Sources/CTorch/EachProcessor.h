// Loops over numbers without functions are vectorised by the compiler, for each kind of processor.
#pragma once

#if defined(__x86_64__) && defined(__linux__)
#define EACH_PROCESSOR __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define EACH_PROCESSOR
#endif

// A part of such functions, for several types of numbers.
#define INTO_EACH_PROCESSOR inline __attribute__((always_inline))
