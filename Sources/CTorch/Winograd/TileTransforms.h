// The transforms of points in two dimensions: rows, then columns, sixteen channels at a time.

// A tile's inputs to its products' left sides: v[place · apart + channel].
template <class Taps>
static void transformInput(const float *corner, int64_t rowApart, int64_t columnApart,
                           int64_t channels, float *v, int64_t apart) {
  constexpr int reach = Taps::reach;
  for (int64_t c = 0; c < channels; c += lanes) {
    Lanes half[reach][reach];
#pragma clang loop unroll(full)
    for (int j = 0; j < reach; j++) {
      Lanes d[reach], t[reach];
#pragma clang loop unroll(full)
      for (int i = 0; i < reach; i++) d[i] = load(corner + i * rowApart + j * columnApart + c);
      Taps::input(d, t);
#pragma clang loop unroll(full)
      for (int i = 0; i < reach; i++) half[i][j] = t[i];
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < reach; i++) {
      Lanes t[reach];
      Taps::input(half[i], t);
#pragma clang loop unroll(full)
      for (int j = 0; j < reach; j++) store(v + (i * reach + j) * apart + c, t[j]);
    }
  }
}

// A tile's products to its outputs.
template <class Taps>
static void transformOutput(const float *m, int64_t apart, int64_t channels, float *corner,
                            int64_t rowApart, int64_t columnApart) {
  constexpr int reach = Taps::reach;
  for (int64_t c = 0; c < channels; c += lanes) {
    Lanes half[tile][reach];
#pragma clang loop unroll(full)
    for (int j = 0; j < reach; j++) {
      Lanes d[reach], y[tile];
#pragma clang loop unroll(full)
      for (int i = 0; i < reach; i++) d[i] = load(m + (i * reach + j) * apart + c);
      Taps::output(d, y);
#pragma clang loop unroll(full)
      for (int i = 0; i < tile; i++) half[i][j] = y[i];
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < tile; i++) {
      Lanes y[tile];
      Taps::output(half[i], y);
#pragma clang loop unroll(full)
      for (int j = 0; j < tile; j++) store(corner + i * rowApart + j * columnApart + c, y[j]);
    }
  }
}

// The gradient of a tile's outputs to that of its products.
template <class Taps>
static void transformGradient(const float *corner, int64_t rowApart, int64_t columnApart,
                              int64_t channels, float *z, int64_t apart) {
  constexpr int reach = Taps::reach;
  for (int64_t c = 0; c < channels; c += lanes) {
    Lanes half[reach][tile];
#pragma clang loop unroll(full)
    for (int j = 0; j < tile; j++) {
      Lanes y[tile], t[reach];
#pragma clang loop unroll(full)
      for (int i = 0; i < tile; i++) y[i] = load(corner + i * rowApart + j * columnApart + c);
      Taps::outputBack(y, t);
#pragma clang loop unroll(full)
      for (int i = 0; i < reach; i++) half[i][j] = t[i];
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < reach; i++) {
      Lanes t[reach];
      Taps::outputBack(half[i], t);
#pragma clang loop unroll(full)
      for (int j = 0; j < reach; j++) store(z + (i * reach + j) * apart + c, t[j]);
    }
  }
}
