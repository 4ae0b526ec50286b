// Rows of a picture with channels last, which is how the transforms read and write, and back.

// Sixteen rows at once are more than a processor foresees: what comes so many elements on is asked for, of the next channels behind the
// last element.
constexpr int64_t ahead = 128 / sizeof(Element);
static inline void announce(const Element *from, const Element *end, int64_t area, int64_t e, int64_t count) {
  auto *next = e < count ? from + e : from + lanes * area + e - count;
  for (int64_t l = 0; l < lanes; l++)
    if (next + l * area < end) __builtin_prefetch(next + l * area);
}

// From [channels, area] the elements `first ..< last` of each channel, `place` for the first of them.
static void spread(const Element *picture, int64_t channels, int64_t area, int64_t first, int64_t last,
                   const int64_t *place, float *strip) {
  auto count = last - first;
  for (int64_t c = 0; c < channels; c += lanes) {
    auto held = std::min(lanes, channels - c);
    auto *from = picture + c * area + first;
    if (count < lanes) {
      for (int64_t e = 0; e < count; e++)
        if (place[e] >= 0)
          for (int64_t l = 0; l < lanes; l++)
            strip[place[e] + c + l] = l < held ? number(from[l * area + e]) : 0;
      continue;
    }
    for (int64_t e = 0; e < count; e += lanes) {
      auto start = std::min(e, count - lanes);
      announce(from, picture + channels * area + first, area, e + ahead, count);
      spreadSquare(from + start, area, held, place + start, strip + c);
    }
  }
}

// `height` rows of a picture from row `start` on, of which those outside it are nothing; `place` for the first of all.
static void spreadRows(const Element *picture, int64_t channels, int64_t rows, int64_t columns,
                       int64_t start, int64_t height, const std::vector<int64_t> &place, float *strip,
                       int64_t size) {
  auto first = std::max<int64_t>(start, 0), last = std::min(start + height, rows);
  if (last - first < height) std::fill(strip, strip + size, 0.0f);
  if (first < last)
    spread(picture, channels, rows * columns, first * columns, last * columns,
           place.data() + (first - start) * columns, strip);
}

// The way back, with what is done to each channel; every element has a place.
static void gather(const float *strip, const int64_t *place, int64_t first, int64_t last,
                   const Finishing &finishing, int64_t channels, int64_t area, Element *picture) {
  auto count = last - first;
  for (int64_t c = 0; c < channels; c += lanes) {
    auto held = std::min(lanes, channels - c);
    auto *to = picture + c * area + first;
    Finish finish(finishing, c, held);
    if (count < lanes) {
      for (int64_t e = 0; e < count; e++) {
        auto finished = finish(load(strip + place[e] + c));
        for (int64_t l = 0; l < held; l++) to[l * area + e] = element(finished[l]);
      }
      continue;
    }
    for (int64_t e = 0; e < count; e += lanes) {
      auto start = std::min(e, count - lanes);
      gatherSquare(strip + c, place + start, finish, area, held, to + start);
    }
  }
}

// Adds a strip's squares to the sum of each channel.
static void addSquares(const float *strip, int64_t size, int64_t channels, float *sums) {
  for (int64_t c = 0; c < channels; c += lanes) {
    auto sum = load(sums + c);
    for (int64_t cell = c; cell < size; cell += channels) {
      auto held = load(strip + cell);
      sum += held * held;
    }
    store(sums + c, sum);
  }
}
