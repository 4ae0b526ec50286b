// Numbers of a share of the weight's gradient: u[place][phase, input][output], then the squares' sums of each input and output.
template <class Taps>
static int64_t shareOfWeight(const Tiles<Taps> &tiles) {
  auto depth = tiles.big.channels, width = tiles.small.channels;
  return tiles.g.places() * depth * width + depth + width;
}

// The share of tile rows `begin ..< end`, which are not empty.
template <class Taps>
static void toWeight(const Tiles<Taps> &tiles, const float *inputs, const float *gradient, float *u,
                     int64_t begin, int64_t end, float *strip) {
  auto &[g, big, small, batch, v, z] = tiles;
  auto *right = strip + big.stripSize(), *left = right + small.stripSize(), *back = left + v.size;
  std::fill(strip, left, 0.0f);
  auto across = big.across, depth = big.channels, width = small.channels;
  auto *inputSquares = u + g.places() * depth * width, *gradientSquares = inputSquares + depth;
  std::fill(inputSquares, gradientSquares + width, 0.0f);
  for (auto first = begin; first < end; first += batch) {
    auto now = std::min(batch, end - first);
    for (int64_t row = first; row < first + now; row++) {
      auto done = (row - first) * across;
      big.transform(inputs, row, strip, left + done * depth, v.apart);
      addSquares(strip, big.stripSize(), depth, inputSquares);
      spreadRows(gradient + row / small.rows * g.outputs * g.smallArea(), g.outputs, g.smallRows,
                 g.smallColumns, row % small.rows * tile, tile, small.place, right, small.stripSize());
      addSquares(right, small.stripSize(), width, gradientSquares);
      for (int64_t t = 0; t < across; t++)
        transformGradient<Taps>(right + t * tile * width, small.apart, width, width,
                                back + (done + t) * width, z.apart);
    }
    for (int64_t p = 0; p < g.places(); p++)
      product(depth, now * across, width, left + p * v.apart, 1, depth, back + p * z.apart,
              u + p * depth * width, first > begin);
  }
}
