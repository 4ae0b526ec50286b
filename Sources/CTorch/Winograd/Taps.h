// A weight's taps as the right sides of products, and the way back of their gradient.

// Taps of `inOne` inputs and sixteen outputs to their products' right sides.
template <class Taps>
static void transformTaps(const Lanes (&g)[inOne][Taps::taps][Taps::taps], Factor *u, int64_t apart) {
  constexpr int64_t row = Taps::taps * lanes;
  transformTile<Taps::taps, Taps::reach, Taps::weight>(
      reinterpret_cast<const float *>(g), row, lanes, Taps::taps * row,
      AcrossTiles{u, Taps::reach * apart, apart}, lanes);
}

// The taps' gradient from that of the products' right sides, summed over the workers' parts.
template <class Taps>
static void transformTapsBack(const float *u, int64_t apart, int64_t workers, int64_t part,
                              Lanes (&g)[Taps::taps][Taps::taps]) {
  constexpr int places = Taps::reach * Taps::reach;
  float sums[places * lanes];
  for (int place = 0; place < places; place++) {
    Lanes sum{};
    for (int64_t w = 0; w < workers; w++) sum += load(u + w * part + place * apart);
    store(sums + place * lanes, sum);
  }
  transformTile<Taps::reach, Taps::taps, Taps::weightBack>(
      sums, Taps::reach * lanes, lanes, 0,
      AsNumbers{reinterpret_cast<float *>(g), Taps::taps * lanes, lanes}, lanes);
}

// Elements of sixteen outputs' kernels, one channel's, zero where there is no output.
static inline Lanes kernels(const float *weight, int64_t apart, int64_t held) {
  Lanes taken{};
  for (int64_t l = 0; l < std::min(lanes, held); l++) taken[l] = weight[l * apart];
  return taken;
}

// The right sides of `ToSmall`, u[place][(phase, input) / inOne][output], for pairs `begin ..< end` of phase and factor.
template <class Taps>
static void tapsToSmall(const Geometry &g, const float *weight, Factor *u, int64_t begin, int64_t end) {
  auto part = padded(g.inputs), depth = g.phases() * part / inOne, width = padded(g.outputs);
  auto area = g.kernel() * g.kernel(), factors = whole(g.inputs, inOne);
  for (auto pair = begin; pair < end; pair++)
    for (int64_t n = 0; n < width; n += lanes) {
      auto phase = pair / factors, c = pair % factors * inOne;
      Lanes taken[inOne][Taps::taps][Taps::taps] = {};
      for (int64_t k = 0; k < std::min(inOne, g.inputs - c); k++)
        for (int i = 0; i < Taps::taps; i++)
          for (int j = 0; j < Taps::taps; j++)
            taken[k][i][j] = kernels(weight + (n * g.inputs + c + k) * area + g.element(phase, i, j),
                                     g.inputs * area, g.outputs - n);
      transformTaps<Taps>(taken, u + (phase * part + c) / inOne * width + n, depth * width);
    }
}

// The right sides of `ToBig`, u[phase][place][output / inOne][input], for pairs `begin ..< end` of phase and factor.
template <class Taps>
static void tapsToBig(const Geometry &g, const float *weight, Factor *u, int64_t begin, int64_t end) {
  auto depth = padded(g.outputs) / inOne, width = padded(g.inputs), area = g.kernel() * g.kernel();
  auto factors = whole(g.outputs, inOne);
  for (auto pair = begin; pair < end; pair++)
    for (int64_t n = 0; n < width; n += lanes) {
      auto phase = pair / factors, c = pair % factors * inOne;
      Lanes taken[inOne][Taps::taps][Taps::taps] = {};
      for (int64_t k = 0; k < std::min(inOne, g.outputs - c); k++)
        for (int i = 0; i < Taps::taps; i++)
          for (int j = 0; j < Taps::taps; j++)
            taken[k][i][j] = kernels(
                weight + ((c + k) * g.inputs + n) * area +
                    g.element(phase, Taps::taps - 1 - i, Taps::taps - 1 - j),
                area, g.inputs - n);
      transformTaps<Taps>(taken, u + (phase * g.places() * depth + c / inOne) * width + n,
                          depth * width);
    }
}

// The square root of `workers` sums of squares.
static inline Lanes length(const float *sums, int64_t workers, int64_t share) {
  Lanes sum{};
  for (int64_t w = 0; w < workers; w++) sum += load(sums + w * share);
  return __builtin_elementwise_sqrt(sum);
}

// The weight's gradient from `workers` shares of `toWeight`, for pairs `begin ..< end` of phase and input.
//
// A gradient below a small part of |x| |g| is what rounding leaves, and becomes nothing. So what is nothing in truth, since inputs and
// gradients never meet, stays nothing, as in a direct sum: Adam, which divides a gradient by its own size, would make whole steps of it.
template <class Taps>
static void tapsFromSmall(const Geometry &g, const float *u, int64_t workers, int64_t share,
                          int64_t tiles, float *weight, int64_t begin, int64_t end) {
  auto part = padded(g.inputs), depth = g.phases() * part, width = padded(g.outputs);
  auto area = g.kernel() * g.kernel(), squares = g.places() * depth * width;
  for (auto pair = begin; pair < end; pair++) {
    auto phase = pair / g.inputs, c = pair % g.inputs, row = phase * part + c;
    float inputs = 0;
    for (int64_t w = 0; w < workers; w++) inputs += u[w * share + squares + row];
    inputs = rounding(tiles) * std::sqrt(inputs);
    for (int64_t n = 0; n < width; n += lanes) {
      auto least = inputs * length(u + squares + depth + n, workers, share);
      Lanes found[Taps::taps][Taps::taps];
      transformTapsBack<Taps>(u + row * width + n, depth * width, workers, share, found);
      for (int i = 0; i < Taps::taps; i++)
        for (int j = 0; j < Taps::taps; j++)
          for (int64_t l = 0; l < std::min(lanes, g.outputs - n); l++) {
            auto value = found[i][j][l];
            weight[((n + l) * g.inputs + c) * area + g.element(phase, i, j)] =
                std::abs(value) < least[l] ? 0 : value;
          }
    }
  }
}
