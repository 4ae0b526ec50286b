// From the big side to the small one, tile rows `begin ..< end`.
template <class Taps>
static void toSmall(const Tiles<Taps> &tiles, const float *from, const float *u, const float *bias,
                    float *to, int64_t begin, int64_t end, float *strip) {
  auto &[g, big, small, batch, v, m] = tiles;
  auto *left = strip + big.stripSize(), *found = left + v.size, *out = found + m.size;
  std::fill(strip, left, 0.0f);
  auto across = big.across, depth = big.channels, width = small.channels;
  for (auto first = begin; first < end; first += batch) {
    auto now = std::min(batch, end - first);
    for (int64_t r = 0; r < now; r++)
      big.transform(from, first + r, strip, left + r * across * depth, v.apart);
    for (int64_t p = 0; p < g.places(); p++)
      product(now * across, depth, width, left + p * v.apart, depth, 1, u + p * depth * width,
              found + p * m.apart, false);
    for (int64_t r = 0; r < now; r++) {
      for (int64_t t = 0; t < across; t++)
        transformOutput<Taps>(found + (r * across + t) * width, m.apart, width, out + t * tile * width,
                              small.apart, width);
      gather(out, small.place.data(), small.first(first + r), small.last(first + r), bias, g.outputs,
             g.smallArea(), to + (first + r) / small.rows * g.outputs * g.smallArea());
    }
  }
}
