// A transform of points in two dimensions, columns and then rows, sixteen channels at a time.
//
// From FROM × FROM numbers to TO × TO for each of `channels` channels; `fromRow`, `fromColumn`, `toRow` and `toColumn` are the
// distances between neighbours.
template <int FROM, int TO, void (*oneDimension)(const Lanes *, Lanes *)>
static inline void transformTile(const float *from, int64_t fromRow, int64_t fromColumn, float *to,
                                 int64_t toRow, int64_t toColumn, int64_t channels) {
  for (int64_t c = 0; c < channels; c += lanes) {
    Lanes half[TO][FROM];
#pragma clang loop unroll(full)
    for (int j = 0; j < FROM; j++) {
      Lanes column[FROM], turned[TO];
#pragma clang loop unroll(full)
      for (int i = 0; i < FROM; i++) column[i] = load(from + i * fromRow + j * fromColumn + c);
      oneDimension(column, turned);
#pragma clang loop unroll(full)
      for (int i = 0; i < TO; i++) half[i][j] = turned[i];
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < TO; i++) {
      Lanes turned[TO];
      oneDimension(half[i], turned);
#pragma clang loop unroll(full)
      for (int j = 0; j < TO; j++) store(to + i * toRow + j * toColumn + c, turned[j]);
    }
  }
}

// A tile's inputs to its products' left sides: v[place · apart + channel].
template <class Taps>
static void transformInput(const float *corner, int64_t rowApart, int64_t columnApart,
                           int64_t channels, float *v, int64_t apart) {
  transformTile<Taps::reach, Taps::reach, Taps::input>(corner, rowApart, columnApart, v,
                                                       Taps::reach * apart, apart, channels);
}

// A tile's products to its outputs.
template <class Taps>
static void transformOutput(const float *m, int64_t apart, int64_t channels, float *corner,
                            int64_t rowApart, int64_t columnApart) {
  transformTile<Taps::reach, tile, Taps::output>(m, Taps::reach * apart, apart, corner, rowApart,
                                                 columnApart, channels);
}

// The gradient of a tile's outputs to that of its products.
template <class Taps>
static void transformGradient(const float *corner, int64_t rowApart, int64_t columnApart,
                              int64_t channels, float *z, int64_t apart) {
  transformTile<tile, Taps::reach, Taps::outputBack>(corner, rowApart, columnApart, z,
                                                     Taps::reach * apart, apart, channels);
}
