// From the big side to the small one.
template <class Taps>
struct ToSmall : Tiles<Taps> {
  using Tiles<Taps>::g, Tiles<Taps>::big, Tiles<Taps>::small;
  int64_t across, depth, width, batch;  // Tiles in a row, factors in and channels out.
  Products v, m;

  ToSmall(const Geometry &geometry)
      : Tiles<Taps>(geometry), across(big.across), depth(big.channels / inOne), width(small.channels),
        batch(rowsTogether(this->count(), across, 4 * g.places() * (depth + width))),
        v(g.places(), batch * across, depth), m(g.places(), batch * across, width) {}

  int64_t scratch() const { return big.stripSize() + small.stripSize() + v.size + m.size; }

  // Tile rows `begin ..< end`.
  void run(const Element *from, const Factor *u, const Finishing &finishing, Element *to, int64_t begin,
           int64_t end, float *strip) const {
    auto *left = reinterpret_cast<Factor *>(strip + big.stripSize());
    auto *found = strip + big.stripSize() + v.size, *out = found + m.size;
    std::fill(strip, strip + big.stripSize(), 0.0f);
    for (auto first = begin; first < end; first += batch) {
      auto now = std::min(batch, end - first);
      for (int64_t r = 0; r < now; r++) {
        big.read(from, first + r, strip);
        big.template transform<AlongChannels>(strip, left + r * across * depth, depth, v.apart);
      }
      for (int64_t p = 0; p < g.places(); p++)
        product(now * across, depth, width, left + p * v.apart, depth, 1, u + p * depth * width,
                found + p * m.apart, false);
      for (int64_t r = 0; r < now; r++) {
        for (int64_t t = 0; t < across; t++)
          transformOutput<Taps>(found + (r * across + t) * width, m.apart, width, out + t * tile * width,
                                small.apart, width);
        gather(out, small.place.data(), small.first(first + r), small.last(first + r), finishing, g.outputs,
               g.smallArea(), to + (first + r) / small.rows * g.outputs * g.smallArea());
      }
    }
  }
};
