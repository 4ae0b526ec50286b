// A transform of points in two dimensions, columns and then rows, sixteen channels at a time.

// Where a transform's numbers go, `row` and `column` apart: as they are, of one tile,
struct AsNumbers {
  static constexpr int tiles = 1;
  float *to;
  int64_t row, column;
  void put(int i, int j, int64_t channel, const Lanes *found) const {
    store(to + i * row + j * column + channel, found[0]);
  }
};

// as factors of rows of channels,
struct AlongChannels {
  static constexpr int tiles = 1;
  Factor *to;
  int64_t row, column;
  void put(int i, int j, int64_t channel, const Lanes *found) const {
    alongRow(to + i * row + j * column + channel / inOne, found[0]);
  }
};

// or as factors of columns of as many tiles.
struct AcrossTiles {
  static constexpr int tiles = inOne;
  Factor *to;
  int64_t row, column;
  void put(int i, int j, int64_t channel, const Lanes *found) const {
    across(to + i * row + j * column + channel, found);
  }
};

// From FROM × FROM numbers to TO × TO for each of `channels` channels; `fromRow`, `fromColumn` and `fromTile` are the distances between
// neighbours.
template <int FROM, int TO, void (*oneDimension)(const Lanes *, Lanes *), class Result>
static inline void transformTile(const float *from, int64_t fromRow, int64_t fromColumn,
                                 int64_t fromTile, const Result &result, int64_t channels) {
  constexpr int tiles = Result::tiles;
  for (int64_t c = 0; c < channels; c += lanes) {
    Lanes half[tiles][TO][FROM];
#pragma clang loop unroll(full)
    for (int t = 0; t < tiles; t++)
#pragma clang loop unroll(full)
      for (int j = 0; j < FROM; j++) {
        Lanes column[FROM], turned[TO];
#pragma clang loop unroll(full)
        for (int i = 0; i < FROM; i++)
          column[i] = load(from + t * fromTile + i * fromRow + j * fromColumn + c);
        oneDimension(column, turned);
#pragma clang loop unroll(full)
        for (int i = 0; i < TO; i++) half[t][i][j] = turned[i];
      }
#pragma clang loop unroll(full)
    for (int i = 0; i < TO; i++) {
      Lanes turned[tiles][TO];
#pragma clang loop unroll(full)
      for (int t = 0; t < tiles; t++) oneDimension(half[t][i], turned[t]);
#pragma clang loop unroll(full)
      for (int j = 0; j < TO; j++) {
        Lanes found[tiles];
#pragma clang loop unroll(full)
        for (int t = 0; t < tiles; t++) found[t] = turned[t][j];
        result.put(i, j, c, found);
      }
    }
  }
}

// A tile's inputs to its products' left sides: v[place · apart + channel].
template <class Taps, class Result>
static void transformInput(const float *corner, int64_t rowApart, int64_t columnApart,
                           int64_t tileApart, int64_t channels, Factor *v, int64_t apart) {
  transformTile<Taps::reach, Taps::reach, Taps::input>(
      corner, rowApart, columnApart, tileApart, Result{v, Taps::reach * apart, apart}, channels);
}

// A tile's products to its outputs.
template <class Taps>
static void transformOutput(const float *m, int64_t apart, int64_t channels, float *corner,
                            int64_t rowApart, int64_t columnApart) {
  transformTile<Taps::reach, tile, Taps::output>(m, Taps::reach * apart, apart, 0,
                                                 AsNumbers{corner, rowApart, columnApart}, channels);
}

// The gradients of tiles' outputs to that of their products.
template <class Taps>
static void transformGradient(const float *corner, int64_t rowApart, int64_t columnApart,
                              int64_t tileApart, int64_t channels, Factor *z, int64_t apart) {
  transformTile<tile, Taps::reach, Taps::outputBack>(
      corner, rowApart, columnApart, tileApart, AcrossTiles{z, Taps::reach * apart, apart}, channels);
}
