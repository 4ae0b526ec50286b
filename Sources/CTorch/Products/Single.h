// Pictures and the factors of products in float32.

typedef float Element;
typedef float Factor;
typedef Lanes FactorLanes;
constexpr int64_t inOne = 1;  // Numbers of a factor.
// What rounding leaves of |x| |g| in a gradient of the weight is less: it was 10⁻⁷ at most but for single peaks.
static inline float rounding(int64_t tiles) { return 0x1p-22f; }

static inline float number(Element value) { return value; }
static inline Element element(float value) { return value; }
// Sixteen numbers of a row of a left side.
static inline void alongRow(Factor *to, const Lanes &numbers) { store(to, numbers); }
// Sixteen columns of `inOne` rows of a right side, or rows of as many columns of a left one.
static inline void across(Factor *to, const Lanes *numbers) { store(to, numbers[0]); }
static inline Factor factor(const float *numbers) { return numbers[0]; }
// Sixteen neighbours for a sum of products with as many others.
static inline FactorLanes neighbours(const Element *from) { return load(from); }
static inline FactorLanes factors(const Factor *from) { return load(from); }
static inline Lanes added(Lanes sum, FactorLanes a, FactorLanes b) { return sum + a * b; }
