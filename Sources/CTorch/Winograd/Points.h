// The transforms of F(4, 3) and F(4, 2): four outputs of a correlation with three or two taps from six or five products.
//
// With points p of two pairs ±a, ±b, where needed 0, and infinity, y = Aᵀ (G g · Bᵀ d) for taps g and inputs d (Lavin & Gray
// 2016, arXiv 1509.09308). In two dimensions each is applied to rows and columns. The points are those of least error among small
// fractions: 3/4 and 3/2 leave a third of the usual 1 and 2's. The derivative of the taps takes A y.

// Three taps: points 0, ±a, ±b, ∞.
struct ThreeTaps {
  static constexpr int taps = 3, reach = 6;
  static constexpr float a = 0.75f, b = 1.5f, a2 = a * a, b2 = b * b;

  // Bᵀ d.
  static inline void input(const Lanes *d, Lanes *v) {
    v[0] = (a2 * b2) * d[0] - (a2 + b2) * d[2] + d[4];
    v[5] = (a2 * b2) * d[1] - (a2 + b2) * d[3] + d[5];
    auto even = d[4] - b2 * d[2], odd = a * d[3] - (a * b2) * d[1];
    v[1] = even + odd;
    v[2] = even - odd;
    even = d[4] - a2 * d[2], odd = b * d[3] - (b * a2) * d[1];
    v[3] = even + odd;
    v[4] = even - odd;
  }

  // G g.
  static inline void weight(const Lanes *g, Lanes *u) {
    constexpr float first = 1 / (2 * a2 * (a2 - b2)), second = 1 / (2 * b2 * (b2 - a2));
    u[0] = g[0] * (1 / (a2 * b2));
    auto even = first * g[0] + (first * a2) * g[2], odd = (first * a) * g[1];
    u[1] = even + odd;
    u[2] = even - odd;
    even = second * g[0] + (second * b2) * g[2], odd = (second * b) * g[1];
    u[3] = even + odd;
    u[4] = even - odd;
    u[5] = g[2];
  }

  // Gᵀ u.
  static inline void weightBack(const Lanes *u, Lanes *g) {
    constexpr float first = 1 / (2 * a2 * (a2 - b2)), second = 1 / (2 * b2 * (b2 - a2));
    auto evenA = u[1] + u[2], oddA = u[1] - u[2], evenB = u[3] + u[4], oddB = u[3] - u[4];
    g[0] = (1 / (a2 * b2)) * u[0] + first * evenA + second * evenB;
    g[1] = (first * a) * oddA + (second * b) * oddB;
    g[2] = (first * a2) * evenA + (second * b2) * evenB + u[5];
  }

  // Aᵀ m.
  static inline void output(const Lanes *m, Lanes *y) {
    auto evenA = m[1] + m[2], oddA = m[1] - m[2], evenB = m[3] + m[4], oddB = m[3] - m[4];
    y[0] = m[0] + evenA + evenB;
    y[1] = a * oddA + b * oddB;
    y[2] = a2 * evenA + b2 * evenB;
    y[3] = (a * a2) * oddA + (b * b2) * oddB + m[5];
  }

  // A y.
  static inline void outputBack(const Lanes *y, Lanes *z) {
    z[0] = y[0];
    auto even = y[0] + a2 * y[2], odd = a * y[1] + (a * a2) * y[3];
    z[1] = even + odd;
    z[2] = even - odd;
    even = y[0] + b2 * y[2], odd = b * y[1] + (b * b2) * y[3];
    z[3] = even + odd;
    z[4] = even - odd;
    z[5] = y[3];
  }
};

// Two taps: points ±a, ±b, ∞.
struct TwoTaps {
  static constexpr int taps = 2, reach = 5;
  static constexpr float a = 0.5f, b = 1.25f, a2 = a * a, b2 = b * b;

  static inline void input(const Lanes *d, Lanes *v) {
    auto even = d[3] - b2 * d[1], odd = a * d[2] - (a * b2) * d[0];
    v[0] = even + odd;
    v[1] = even - odd;
    even = d[3] - a2 * d[1], odd = b * d[2] - (b * a2) * d[0];
    v[2] = even + odd;
    v[3] = even - odd;
    v[4] = (a2 * b2) * d[0] - (a2 + b2) * d[2] + d[4];
  }

  static inline void weight(const Lanes *g, Lanes *u) {
    constexpr float first = 1 / (2 * a * (a2 - b2)), second = 1 / (2 * b * (b2 - a2));
    u[0] = first * g[0] + (first * a) * g[1];
    u[1] = (first * a) * g[1] - first * g[0];
    u[2] = second * g[0] + (second * b) * g[1];
    u[3] = (second * b) * g[1] - second * g[0];
    u[4] = g[1];
  }

  static inline void weightBack(const Lanes *u, Lanes *g) {
    constexpr float first = 1 / (2 * a * (a2 - b2)), second = 1 / (2 * b * (b2 - a2));
    g[0] = first * (u[0] - u[1]) + second * (u[2] - u[3]);
    g[1] = (first * a) * (u[0] + u[1]) + (second * b) * (u[2] + u[3]) + u[4];
  }

  static inline void output(const Lanes *m, Lanes *y) {
    auto evenA = m[0] + m[1], oddA = m[0] - m[1], evenB = m[2] + m[3], oddB = m[2] - m[3];
    y[0] = evenA + evenB;
    y[1] = a * oddA + b * oddB;
    y[2] = a2 * evenA + b2 * evenB;
    y[3] = (a * a2) * oddA + (b * b2) * oddB + m[4];
  }

  static inline void outputBack(const Lanes *y, Lanes *z) {
    auto even = y[0] + a2 * y[2], odd = a * y[1] + (a * a2) * y[3];
    z[0] = even + odd;
    z[1] = even - odd;
    even = y[0] + b2 * y[2], odd = b * y[1] + (b * b2) * y[3];
    z[2] = even + odd;
    z[3] = even - odd;
    z[4] = y[3];
  }
};
