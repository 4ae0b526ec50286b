// From the small side to the big one, a picture at a time: each phase of the big side is a correlation at stride 1.
//
// With row s y + i of the big side, padding counted, from row y of the small one, its rows s Y + a are sums over the rows Y − u with taps
// a + s u; the same for columns. The first Y is that of row 0, and columns begin with the first X that is there.
struct ToBig {
  const Geometry &g;
  int64_t taps, firstRow, rows, columns, leastColumn;  // Y and how many, how many X, and the least of them.
  Planes planes;
  int64_t depth;
  std::vector<int64_t> shift;
  std::vector<Position> places;

  ToBig(const Geometry &geometry)
      : g(geometry), taps(g.taps()), firstRow(g.rowPadding / g.stride),
        rows((g.bigRows - 1 + g.rowPadding) / g.stride - firstRow + 1), columns(whole(g.bigColumns, g.stride)),
        leastColumn(firstColumn(g.stride - 1)),
        planes{whole(g.outputs, inOne), rows + taps - 1, 1, columns + taps - 1 + (g.stride - 1), taps - 1 - firstRow,
               taps - 1 - leastColumn},
        depth(planes.planes * taps * taps), places(positions(rows, columns, planes.rowApart(), columns)) {
    for (int64_t o = 0; o < planes.planes; o++)
      for (int64_t u = 0; u < taps; u++)
        for (int64_t v = 0; v < taps; v++)
          shift.push_back(o * planes.planeApart() + planes.place(taps - 1 - u, taps - 1 - v));
  }

  // The least X of a phase whose column s X + phase − padding is not negative.
  int64_t firstColumn(int64_t phase) const { return whole(std::max<int64_t>(g.columnPadding - phase, 0), g.stride); }
  int64_t area() const { return rows * columns; }
  // Numbers of the phases apart from each other.
  int64_t apart() const { return g.stride > 1 ? g.stride * g.stride * g.inputs * area() : 0; }

  // The left sides: a[column phase][input, row phase][plane, tap].
  int64_t leftSize() const { return g.stride * g.stride * g.inputs * depth; }
  void arrange(const float *weight, Factor *a) const {
    for (int64_t q = 0; q < g.stride; q++)
      for (int64_t c = 0; c < g.inputs; c++)
        for (int64_t p = 0; p < g.stride; p++)
          for (int64_t o = 0; o < planes.planes; o++)
            for (int64_t u = 0; u < taps; u++)
              for (int64_t v = 0; v < taps; v++) *a++ = tapOf(weight, o, c, p + g.stride * u, q + g.stride * v);
  }

  Factor tapOf(const float *weight, int64_t plane, int64_t c, int64_t i, int64_t j) const {
    float taken[inOne] = {};
    if (i < g.kernel && j < g.kernel)
      for (int64_t k = 0; k < std::min(inOne, g.outputs - plane * inOne); k++)
        taken[k] = weight[(((plane * inOne + k) * g.inputs + c) * g.kernel + i) * g.kernel + j];
    return factor(taken);
  }

  void run(const Element *small, const Factor *a, const Finishing &finishing, Element *big, int64_t begin,
           int64_t end, Factor *room, float *phased) const {
    for (auto image = begin; image < end; image++) {
      auto *from =
          source(planes, small + image * g.outputs * g.smallArea(), g.outputs, g.smallRows, g.smallColumns, room);
      auto *to = big + image * g.inputs * g.bigArea();
      if (g.stride == 1) {
        correlate(g.inputs, depth, a, shift.data(), from, places,
                  PlanesOfResults<Element>{to, g.bigArea(), finishing});
        continue;
      }
      auto results = g.stride * g.inputs;
      for (int64_t q = 0; q < g.stride; q++)
        correlate(results, depth, a + q * results * depth, shift.data(), from + firstColumn(q) - leastColumn, places,
                  PlanesOfResults<float>{phased + q * results * area(), area(), {nullptr, false}});
      join(phased, finishing, to);
    }
  }

  // The phases of a picture at stride 2, side by side.
  void join(const float *phased, const Finishing &finishing, Element *big) const {
    for (int64_t c = 0; c < g.inputs; c++) {
      auto shift = finishing.bias ? finishing.bias[c] : 0;
      for (int64_t y = 0; y < g.bigRows; y++) {
        auto row = y + g.rowPadding;
        auto *even = phased + (2 * c + row % 2) * area() + (row / 2 - firstRow) * columns;
        auto *odd = even + 2 * g.inputs * area();
        if (g.columnPadding % 2 == 1) std::swap(even, odd);
        joinRow(even, odd, shift, finishing.isRectified, big + (c * g.bigRows + y) * g.bigColumns);
      }
    }
  }

  void joinRow(const float *__restrict even, const float *__restrict odd, float shift, bool isRectified,
               Element *__restrict to) const {
    auto least = isRectified ? 0 : -std::numeric_limits<float>::infinity();
    auto finished = [&](float sum) {
      sum += shift;
      return element(sum < least ? least : sum);
    };
    auto pairs = g.bigColumns / 2;
    for (int64_t x = 0; x < pairs; x++) {
      to[2 * x] = finished(even[x]);
      to[2 * x + 1] = finished(odd[x]);
    }
    if (g.bigColumns % 2 == 1) to[2 * pairs] = finished(even[pairs]);
  }
};
