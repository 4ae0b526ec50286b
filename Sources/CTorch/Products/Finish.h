// `Finishing` for sums in registers.

// Of sixteen channels from `channel` on, of which `held` are there.
struct Finish {
  Lanes shift;
  bool isRectified;
  Finish(const Finishing &finishing, int64_t channel, int64_t held)
      : shift(finishing.bias ? load(finishing.bias + channel, held) : Lanes{}),
        isRectified(finishing.isRectified) {}

  Lanes operator()(Lanes sums) const {
    sums += shift;
    return isRectified ? rectified(sums) : sums;
  }
};
