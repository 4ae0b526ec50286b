// From both sides to the weight's gradient: sums over places of products of two vectors of neighbours, several pictures at a time.
struct ToWeight {
  const Geometry &g;
  static constexpr int64_t step = lanes * inOne;  // Neighbours of a vector.
  Planes big, small;
  int64_t width, together;
  std::vector<int64_t> shift;
  std::vector<Position> places;  // Of vectors of the big side and the small one.

  ToWeight(const Geometry &geometry)
      : g(geometry),
        big{g.inputs, (g.smallRows - 1) * g.stride + g.kernel, g.stride,
            whole(g.smallColumns, step) * step + (g.kernel - 1) / g.stride, g.rowPadding, g.columnPadding},
        small{g.outputs, g.smallRows, 1, whole(g.smallColumns, step) * step, 0, 0}, width(g.inputs * g.kernel * g.kernel) {
    constexpr int64_t cache = 512 << 10;
    auto bytes = int64_t{sizeof(Element)} * (big.size() + small.size());
    together = std::clamp<int64_t>(cache / bytes, 1, g.images);
    for (int64_t c = 0; c < g.inputs; c++)
      for (int64_t i = 0; i < g.kernel; i++)
        for (int64_t j = 0; j < g.kernel; j++) shift.push_back(c * big.planeApart() + big.place(i, j));
    for (int64_t y = 0; y < g.smallRows; y++)
      for (int64_t x = 0; x < small.length; x += step)
        places.push_back({y * g.stride * big.rowApart() + x, y * small.rowApart() + x});
  }

  // Whether vectors end where rows do.
  bool isSmallInPlace() const { return small.length == g.smallColumns; }
  int64_t smallApart() const { return isSmallInPlace() ? g.outputs * g.smallArea() : small.size(); }

  int64_t share() const { return g.outputs * width; }
  int64_t room() const { return together * (big.size() + small.size()); }  // Elements.

  // The share of pictures `begin ..< end`: u[output][input, tap].
  void run(const Element *bigs, const Element *smalls, float *u, int64_t begin, int64_t end, Element *room) const {
    std::fill(u, u + share(), 0.0f);
    for (auto first = begin; first < end; first += together) {
      auto count = std::min(together, end - first);
      auto *right = smalls + first * g.outputs * g.smallArea();
      for (int64_t k = 0; k < count; k++)
        padElements(big, bigs + (first + k) * g.inputs * g.bigArea(), g.bigRows, g.bigColumns, room + k * big.size());
      if (!isSmallInPlace()) {
        auto *copy = room + together * big.size();
        for (int64_t k = 0; k < count; k++)
          padElements(small, right + k * g.outputs * g.smallArea(), g.smallRows, g.smallColumns,
                      copy + k * small.size());
        right = copy;
      }
      constexpr int most = hasWideRegisters ? 4 : 2;
      int64_t o = 0;
      for (; o + most <= g.outputs; o += most) rowsOf<most>(count, room, right, o, u);
      for (; o < g.outputs; o++) rowsOf<1>(count, room, right, o, u);
    }
  }

 private:
  template <int ROWS>
  void rowsOf(int64_t count, const Element *left, const Element *right, int64_t o, float *u) const {
    constexpr int most = hasWideRegisters ? 4 : 3;
    int64_t column = 0;
    for (; column + most <= width; column += most) block<ROWS, most>(count, left, right, o, column, u);
    for (; column < width; column++) block<ROWS, 1>(count, left, right, o, column, u);
  }

  template <int ROWS, int COLUMNS>
  void block(int64_t count, const Element *left, const Element *right, int64_t o, int64_t column, float *u) const {
    Lanes sum[ROWS][COLUMNS] = {};
    for (int64_t k = 0; k < count; k++) {
      const Element *from[COLUMNS];
#pragma clang loop unroll(full)
      for (int j = 0; j < COLUMNS; j++) from[j] = left + k * big.size() + shift[column + j];
      auto *with = right + k * smallApart() + o * small.planeApart();
      for (auto place : places) {
        FactorLanes taken[COLUMNS];
#pragma clang loop unroll(full)
        for (int j = 0; j < COLUMNS; j++) taken[j] = neighbours(from[j] + place.from);
#pragma clang loop unroll(full)
        for (int i = 0; i < ROWS; i++) {
          auto factor = neighbours(with + i * small.planeApart() + place.to);
#pragma clang loop unroll(full)
          for (int j = 0; j < COLUMNS; j++) sum[i][j] = added(sum[i][j], factor, taken[j]);
        }
      }
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < ROWS; i++)
#pragma clang loop unroll(full)
      for (int j = 0; j < COLUMNS; j++) u[(o + i) * width + column + j] += total(sum[i][j]);
  }
};
