// From both sides to the weight's gradient, whose products sum over tiles: factors hold tiles of as many rows.
template <class Taps>
struct ToWeight : Tiles<Taps> {
  using Tiles<Taps>::g, Tiles<Taps>::big, Tiles<Taps>::small;
  int64_t across, depth, width, batch;  // Tiles in a row, channels of both sides.
  Products v, z;

  ToWeight(const Geometry &geometry)
      : Tiles<Taps>(geometry), across(big.across), depth(big.channels), width(small.channels),
        batch(whole(rowsTogether(this->count(), across, 4 / inOne * g.places() * (depth + width)), inOne) *
              inOne),
        v(g.places(), batch / inOne * across, depth), z(g.places(), batch / inOne * across, width) {}

  int64_t scratch() const { return inOne * (big.stripSize() + small.stripSize()) + v.size + z.size; }

  // Numbers of a share: u[place][phase, input][output], then the squares' sums of each input and output.
  int64_t share() const { return g.places() * depth * width + depth + width; }

  // The share of tile rows `begin ..< end`, which are not empty.
  void run(const Element *inputs, const Element *gradient, float *u, int64_t begin, int64_t end,
           float *strip) const {
    auto *right = strip + inOne * big.stripSize(), *sides = right + inOne * small.stripSize();
    auto *left = reinterpret_cast<Factor *>(sides), *back = left + v.size;
    std::fill(strip, sides, 0.0f);
    auto *inputSquares = u + g.places() * depth * width, *gradientSquares = inputSquares + depth;
    std::fill(inputSquares, gradientSquares + width, 0.0f);
    for (auto first = begin; first < end; first += batch) {
      auto last = std::min(first + batch, end);
      for (auto row = first; row < last; row += inOne) {
        for (int64_t k = 0; k < inOne; k++)
          read(inputs, gradient, row + k, last, strip + k * big.stripSize(),
               right + k * small.stripSize(), inputSquares, gradientSquares);
        auto done = (row - first) / inOne * across;
        big.template transform<AcrossTiles>(strip, left + done * depth, depth, v.apart);
        for (int64_t t = 0; t < across; t++)
          transformGradient<Taps>(right + t * tile * width, small.apart, width, small.stripSize(), width,
                                  back + (done + t) * width, z.apart);
      }
      for (int64_t p = 0; p < g.places(); p++)
        product(depth, whole(last - first, inOne) * across, width, left + p * v.apart, 1, depth,
                back + p * z.apart, u + p * depth * width, first > begin);
    }
  }

 private:
  // A tile row of both sides, nothing behind the last one.
  void read(const Element *inputs, const Element *gradient, int64_t row, int64_t last, float *strip,
            float *right, float *inputSquares, float *gradientSquares) const {
    if (row >= last) {
      std::fill(strip, strip + big.stripSize(), 0.0f);
      std::fill(right, right + small.stripSize(), 0.0f);
      return;
    }
    big.read(inputs, row, strip);
    addSquares(strip, big.stripSize(), depth, inputSquares);
    small.read(gradient, row, right);
    addSquares(right, small.stripSize(), width, gradientSquares);
  }
};
