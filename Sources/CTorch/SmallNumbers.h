// Numbers below the smallest normal one count as 0 in a scope: processors take a hundred times as long for them.
#pragma once

#include <cstdint>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace ct {

class SmallNumbersAreZero {
 public:
  SmallNumbersAreZero() : before(read()) { write(before | flags); }
  ~SmallNumbersAreZero() { write(before); }
  SmallNumbersAreZero(const SmallNumbersAreZero &) = delete;

 private:
#if defined(__x86_64__)
  using Word = uint32_t;
  static constexpr Word flags = 0x8040;  // Of results and of operands.
  static Word read() { return _mm_getcsr(); }
  static void write(Word word) { _mm_setcsr(word); }
#elif defined(__aarch64__)
  using Word = uint64_t;
  static constexpr Word flags = 1 << 24;
  static Word read() {
    Word word;
    asm volatile("mrs %0, fpcr" : "=r"(word));
    return word;
  }
  static void write(Word word) { asm volatile("msr fpcr, %0" ::"r"(word)); }
#else
  using Word = int;
  static constexpr Word flags = 0;
  static Word read() { return 0; }
  static void write(Word) {}
#endif

  Word before;
};

}  // namespace ct
