// Squares of sixteen channels by sixteen elements on their way between a picture and a strip, where element `e` stands at `place[e]`.

// Of the channels `held` are in the picture, whose rows are `area` apart; elements without a place are left out.
static inline void spreadSquare(const Element *picture, int64_t area, int64_t held, const int64_t *place,
                                float *strip) {
  Lanes square[lanes];
  if (held == lanes) {
#pragma clang loop unroll(full)
    for (int64_t l = 0; l < lanes; l++) square[l] = load(picture + l * area);
  } else {
    for (int64_t l = 0; l < lanes; l++) square[l] = l < held ? load(picture + l * area) : Lanes{};
  }
  transpose(square);
  for (int64_t e = 0; e < lanes; e++)
    if (place[e] >= 0) store(strip + place[e], square[e]);
}

// The way back, plus each channel's shift.
static inline void gatherSquare(const float *strip, const int64_t *place, const Finish &finish, int64_t area,
                                int64_t held, Element *picture) {
  Lanes square[lanes];
#pragma clang loop unroll(full)
  for (int64_t e = 0; e < lanes; e++) square[e] = finish(load(strip + place[e]));
  transpose(square);
  for (int64_t l = 0; l < held; l++) store(picture + l * area, square[l]);
}
