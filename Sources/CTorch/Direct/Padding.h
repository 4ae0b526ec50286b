// A picture copied to where kernels read it.

// Elements `first ..< last` of a part of a row, the elements of the picture's row standing `STRIDE` apart.
template <int64_t STRIDE>
static void copyRow(const Element *from, int64_t first, int64_t last, Element *to) {
  for (int64_t x = first; x < last; x++) to[x] = from[STRIDE * x];
}

#ifdef TAKES_PAIRS
// As factors of two channels; the second one's are nothing where there is none.
template <int64_t STRIDE>
static void copyRow(const Element *from, int64_t apart, bool isWhole, int64_t first, int64_t last, Factor *to) {
  if (isWhole) {
    for (int64_t x = first; x < last; x++)
      to[x] = from[STRIDE * x] | uint32_t{from[apart + STRIDE * x]} << 16;
  } else {
    for (int64_t x = first; x < last; x++) to[x] = from[STRIDE * x];
  }
}
#else
template <int64_t STRIDE>
static void copyRow(const Element *from, int64_t, bool, int64_t first, int64_t last, Factor *to) {
  copyRow<STRIDE>(from, first, last, to);
}
#endif

// Calls `copy(plane, from, first, last, to)` for the part of each row that is in a picture of `rows` × `columns`, `from` for the element
// that `to[0]` would have, and fills the rest with nothing.
template <class Number, class Copy>
static void padded(const Planes &p, int64_t rows, int64_t columns, Number *to, const Copy &copy) {
  for (int64_t plane = 0; plane < p.planes; plane++)
    for (int64_t r = 0; r < p.rows; r++, to += p.rowApart()) {
      auto row = r - p.top;
      if (row < 0 || row >= rows) {
        std::fill(to, to + p.rowApart(), Number{});
        continue;
      }
      for (int64_t b = 0; b < p.phases; b++) {
        auto *part = to + b * p.length;
        // Column phases · x + b − left.
        auto first = std::clamp<int64_t>(whole(std::max<int64_t>(p.left - b, 0), p.phases), 0, p.length);
        auto last = std::clamp<int64_t>(whole(std::max<int64_t>(columns + p.left - b, 0), p.phases), first, p.length);
        std::fill(part, part + first, Number{});
        copy(plane, row * columns + b - p.left, first, last, part);
        std::fill(part + last, part + p.length, Number{});
      }
    }
  std::fill(to, to + 2 * lanes, Number{});
}

// As factors: a plane holds `inOne` channels.
static void padFactors(const Planes &p, const Element *picture, int64_t channels, int64_t rows, int64_t columns,
                       Factor *to) {
  auto area = rows * columns;
  padded(p, rows, columns, to, [&](int64_t plane, int64_t at, int64_t first, int64_t last, Factor *part) {
    auto *from = picture + plane * inOne * area + at;
    auto isWhole = plane * inOne + inOne <= channels;
    if (p.phases == 1)
      copyRow<1>(from, area, isWhole, first, last, part);
    else
      copyRow<2>(from, area, isWhole, first, last, part);
  });
}

// As they are: a plane holds one channel.
static void padElements(const Planes &p, const Element *picture, int64_t rows, int64_t columns, Element *to) {
  auto area = rows * columns;
  padded(p, rows, columns, to, [&](int64_t plane, int64_t at, int64_t first, int64_t last, Element *part) {
    auto *from = picture + plane * area + at;
    if (p.phases == 1)
      copyRow<1>(from, first, last, part);
    else
      copyRow<2>(from, first, last, part);
  });
}

// Where kernels read a picture: the picture itself where it lies so already and no vector reads beyond a row, otherwise `room`, padded.
static const Factor *source(const Planes &p, const Element *picture, int64_t channels, int64_t rows, int64_t columns,
                            Factor *room) {
  if constexpr (inOne == 1)
    if (p.rows == rows && p.phases == 1 && p.length == columns && columns >= lanes && p.top == 0 && p.left == 0)
      return reinterpret_cast<const Factor *>(picture);
  padFactors(p, picture, channels, rows, columns, room);
  return room;
}
