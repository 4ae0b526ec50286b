// Where a phase of the big side comes from: indices `first`, `first` + stride … from those of its correlation from `start` on.
struct Residue {
  int64_t start, first;
  Residue(int64_t padding, int64_t phase, int64_t stride)
      : start((padding - phase + stride - 1) / stride),
        first(stride * start + phase - padding) {}
};

// From the small side to the big one: a correlation a phase of the big side, with the taps turned round.
template <class Taps>
struct ToBig {
  const Geometry &g;
  int64_t rows, across, channels, depth, width;  // Tile rows of a picture, tiles in one, channels in, their factors, channels out.
  std::vector<Residue> down, right;    // Starts fall with the phase, by one at most.
  int64_t top, left, height, columns, rowApart, strips, batch;
  Products v, m;
  std::vector<int64_t> inPlace, outPlace;

  ToBig(const Geometry &geometry)
      : g(geometry), rows(whole(whole(g.bigRows, g.stride), tile)),
        across(whole(whole(g.bigColumns, g.stride), tile)), channels(padded(g.outputs)),
        depth(channels / inOne),
        width(padded(g.inputs)), down(residues(g.rowPadding)), right(residues(g.columnPadding)),
        top(down.back().start - (Taps::taps - 1)), left(right.back().start - (Taps::taps - 1)),
        height(Taps::reach + down[0].start - down.back().start),
        columns(tile * across + Taps::taps - 1 + right[0].start - right.back().start),
        rowApart(tile * across * width), strips(height * columns * channels),
        batch(rowsTogether(count(), across, 4 * g.phases() * g.places() * (depth + width))),
        v(g.places(), batch * across, depth), m(g.places(), batch * across, width) {
    for (int64_t x = 0; x < height; x++)
      for (int64_t y = 0; y < g.smallColumns; y++)
        inPlace.push_back(y >= left && y - left < columns ? (x * columns + y - left) * channels : -1);
    for (int64_t x = 0; x < g.stride * tile; x++)
      for (int64_t y = 0; y < g.bigColumns; y++) outPlace.push_back(placeOf(x, y));
  }

  std::vector<Residue> residues(int64_t padding) const {
    std::vector<Residue> found;
    for (int64_t phase = 0; phase < g.stride; phase++) found.emplace_back(padding, phase, g.stride);
    return found;
  }

  int64_t placeOf(int64_t x, int64_t y) const {
    int64_t phase = 0;
    while (down[phase / g.stride].first != x % g.stride || right[phase % g.stride].first != y % g.stride)
      phase++;
    return phase * tile * rowApart + x / g.stride * rowApart + y / g.stride * width;
  }

  int64_t count() const { return g.images * rows; }
  int64_t scratch() const {
    return strips + g.phases() * (v.size + m.size + tile * rowApart);
  }

  // Tile rows `begin ..< end`.
  void run(const Element *from, const Factor *u, const Finishing &finishing, Element *to, int64_t begin,
           int64_t end, float *strip) const {
    auto *corners = reinterpret_cast<Factor *>(strip + strips);
    auto *found = strip + strips + g.phases() * v.size;
    auto *out = found + g.phases() * m.size;
    std::fill(strip, strip + strips, 0.0f);
    for (auto first = begin; first < end; first += batch) {
      auto now = std::min(batch, end - first);
      for (int64_t r = 0; r < now; r++) read(from, first + r, strip, corners + r * across * depth);
      for (int64_t p = 0; p < g.phases() * g.places(); p++)
        product(now * across, depth, width, corners + p * v.apart, depth, 1, u + p * depth * width,
                found + p * m.apart, false);
      for (int64_t r = 0; r < now; r++)
        write(found + r * across * width, first + r, out, finishing, to);
    }
  }

  void read(const Element *small, int64_t row, float *strip, Factor *to) const {
    spreadRows(small + row / rows * g.outputs * g.smallArea(), g.outputs, g.smallRows, g.smallColumns,
               row % rows * tile + top, height, inPlace, strip, strips);
    for (int64_t q = 0; q < g.phases(); q++) {
      auto x = down[q / g.stride].start - down.back().start;
      auto y = right[q % g.stride].start - right.back().start;
      for (int64_t t = 0; t < across; t++)
        transformInput<Taps, AlongChannels>(strip + (x * columns + y + t * tile) * channels,
                                            columns * channels, channels, 0, channels,
                                            to + q * v.size + t * depth, v.apart);
    }
  }

  void write(const float *found, int64_t row, float *out, const Finishing &finishing, Element *big) const {
    for (int64_t q = 0; q < g.phases(); q++)
      for (int64_t t = 0; t < across; t++)
        transformOutput<Taps>(found + q * m.size + t * width, m.apart, width,
                              out + q * tile * rowApart + t * tile * width, rowApart, width);
    auto start = row % rows * tile * g.stride;
    gather(out, outPlace.data(), start * g.bigColumns,
           std::min(start + tile * g.stride, g.bigRows) * g.bigColumns, finishing, g.inputs, g.bigArea(),
           big + row / rows * g.inputs * g.bigArea());
  }
};
