// The gradient of the products' right sides.
template <class Taps>
struct ToWeight {
  const Geometry &g;
  BigTiles<Taps> big;
  SmallTiles small;
  int64_t batch;
  Products v, z;

  ToWeight(const Geometry &geometry)
      : g(geometry), big(g), small(g),
        batch(rowsTogether(count(), big.across, g.places() * (big.channels + small.channels))),
        v(g.places(), batch * big.across, big.channels),
        z(g.places(), batch * big.across, small.channels) {}

  int64_t count() const { return g.images * big.rows; }
  // Numbers of a share: u[place][phase, input][output], then the squares' sums of each input and output.
  int64_t share() const { return g.places() * big.channels * small.channels + big.channels + small.channels; }
  int64_t scratch() const { return big.stripSize() + small.stripSize() + v.size + z.size; }

  // The share of tile rows `begin ..< end`, which are not empty.
  void run(const float *inputs, const float *gradient, float *u, int64_t begin, int64_t end,
           float *strip) const {
    auto *right = strip + big.stripSize(), *left = right + small.stripSize(), *back = left + v.size;
    std::fill(strip, left, 0.0f);
    auto across = big.across, depth = big.channels, width = small.channels;
    auto *inputSquares = u + g.places() * depth * width, *gradientSquares = inputSquares + depth;
    std::fill(inputSquares, gradientSquares + width, 0.0f);
    for (auto first = begin; first < end; first += batch) {
      auto now = std::min(batch, end - first);
      for (int64_t row = first; row < first + now; row++) {
        auto tiles = (row - first) * across, from = small.first(row), to = small.last(row);
        big.transform(inputs, row, strip, left + tiles * depth, v.apart);
        addSquares(strip, big.stripSize(), depth, inputSquares);
        if (to - from < tile * g.smallColumns) std::fill(right, left, 0.0f);
        spread(gradient + row / small.rows * g.outputs * g.smallArea(), g.outputs, g.smallArea(), from,
               to, small.place.data(), right);
        addSquares(right, small.stripSize(), width, gradientSquares);
        for (int64_t t = 0; t < across; t++)
          transformGradient<Taps>(right + t * tile * width, small.apart, width, width,
                                  back + (tiles + t) * width, z.apart);
      }
      for (int64_t p = 0; p < g.places(); p++)
        product(depth, now * across, width, left + p * v.apart, 1, depth, back + p * z.apart,
                u + p * depth * width, first > begin);
    }
  }
};
