// Pictures in bfloat16, and the factors of products pairs of such numbers, whose products are summed in float32.

typedef uint16_t Element;
typedef uint32_t Factor __attribute__((may_alias));
typedef uint32_t FactorLanes __attribute__((vector_size(64)));
typedef FactorLanes LooseFactorLanes __attribute__((aligned(4), may_alias));
typedef uint16_t Elements __attribute__((vector_size(32)));
typedef Elements LooseElements __attribute__((aligned(2), may_alias));
constexpr int64_t inOne = 2;
// Each tile's part is rounded by itself, so that over tiles it grows as the root of their number; four standard deviations were 2⁻⁸ to
// 2⁻⁷. A sixteenth of what inputs and gradients without relation have, of whose elements 5 % are below.
static inline float rounding(int64_t tiles) { return 0x1p-6f / std::sqrt(float(tiles)); }

static inline float number(Element value) { return std::bit_cast<float>(uint32_t{value} << 16); }
static inline Element element(float value) { return c10::BFloat16(value).x; }

static inline Elements elements(const Lanes &numbers) {
  return (Elements)_mm512_cvtneps_pbh(numbers);
}
static inline Lanes load(const Element *from) {
  auto wide = __builtin_convertvector(*reinterpret_cast<const LooseElements *>(from), FactorLanes);
  return (Lanes)(wide << 16);
}
static inline void store(Element *to, const Lanes &numbers) {
  *reinterpret_cast<LooseElements *>(to) = elements(numbers);
}

static inline void alongRow(Factor *to, const Lanes &numbers) {
  *reinterpret_cast<LooseElements *>(to) = elements(numbers);
}
static inline void across(Factor *to, const Lanes *numbers) {
  auto low = __builtin_convertvector(elements(numbers[0]), FactorLanes);
  auto high = __builtin_convertvector(elements(numbers[1]), FactorLanes);
  *reinterpret_cast<LooseFactorLanes *>(to) = high << 16 | low;
}
static inline Factor factor(const float *numbers) {
  return element(numbers[0]) | uint32_t{element(numbers[1])} << 16;
}
typedef FactorLanes NeighbouringPairs __attribute__((aligned(2), may_alias));
static inline FactorLanes neighbours(const Element *from) {
  return *reinterpret_cast<const NeighbouringPairs *>(from);
}
static inline FactorLanes factors(const Factor *from) {
  return *reinterpret_cast<const LooseFactorLanes *>(from);
}
static inline FactorLanes all(Factor value) { return FactorLanes{} + value; }
static inline Lanes added(Lanes sum, FactorLanes a, FactorLanes b) {
  return _mm512_dpbf16_ps(sum, (__m512bh)a, (__m512bh)b);
}
