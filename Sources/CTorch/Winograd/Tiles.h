// Tile rows: four rows of the outputs of one picture.

// The big side's, as the left sides of products: v[place][tile][phase, channel].
template <class Taps>
struct BigTiles {
  const Geometry &g;
  int64_t rows, across, part, channels, columns;
  std::vector<int64_t> place;

  BigTiles(const Geometry &geometry)
      : g(geometry), rows(whole(g.smallRows, tile)), across(whole(g.smallColumns, tile)),
        part(padded(g.inputs)), channels(g.phases() * part),
        columns(tile * across + Taps::taps - 1) {
    for (int64_t x = 0; x < height(); x++)
      for (int64_t y = g.columnPadding; y < g.columnPadding + g.bigColumns; y++) {
        auto phase = x % g.stride * g.stride + y % g.stride, column = y / g.stride;
        place.push_back(column < columns
                            ? (x / g.stride * columns + column) * channels + phase * part : -1);
      }
  }

  int64_t height() const { return g.stride * Taps::reach; }
  int64_t stripSize() const { return Taps::reach * columns * channels; }

  // Tile row `row` with channels last.
  void read(const Element *big, int64_t row, float *strip) const {
    spreadRows(big + row / rows * g.inputs * g.bigArea(), g.inputs, g.bigRows, g.bigColumns,
               g.stride * tile * (row % rows) - g.rowPadding, height(), place, strip, stripSize());
  }

  // Its left sides; `strips` holds a tile row for each of the result's tiles.
  template <class Result>
  void transform(const float *strips, Factor *v, int64_t vTile, int64_t apart) const {
    for (int64_t t = 0; t < across; t++)
      transformInput<Taps, Result>(strips + t * tile * channels, columns * channels, channels,
                                   stripSize(), channels, v + t * vTile, apart);
  }
};

// The small side's, four rows with channels last.
struct SmallTiles {
  const Geometry &g;
  int64_t rows, across, channels, apart;
  std::vector<int64_t> place;

  SmallTiles(const Geometry &geometry)
      : g(geometry), rows(whole(g.smallRows, tile)), across(whole(g.smallColumns, tile)),
        channels(padded(g.outputs)), apart(tile * across * channels) {
    for (int64_t x = 0; x < tile; x++)
      for (int64_t y = 0; y < g.smallColumns; y++) place.push_back(x * apart + y * channels);
  }

  int64_t stripSize() const { return tile * apart; }
  void read(const Element *picture, int64_t row, float *strip) const {
    spreadRows(picture + row / rows * g.outputs * g.smallArea(), g.outputs, g.smallRows, g.smallColumns,
               row % rows * tile, tile, place, strip, stripSize());
  }
  int64_t first(int64_t row) const { return row % rows * tile * g.smallColumns; }
  int64_t last(int64_t row) const {
    return std::min(row % rows * tile + tile, g.smallRows) * g.smallColumns;
  }
};

// Both sides, and how many tile rows they are.
template <class Taps>
struct Tiles {
  const Geometry &g;
  BigTiles<Taps> big;
  SmallTiles small;
  Tiles(const Geometry &geometry) : g(geometry), big(g), small(g) {}
  int64_t count() const { return g.images * big.rows; }
};
