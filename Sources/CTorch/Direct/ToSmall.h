// From the big side to the small one, a picture at a time.
struct ToSmall {
  const Geometry &g;
  Planes planes;
  int64_t depth;
  std::vector<int64_t> shift;
  std::vector<Position> places;

  ToSmall(const Geometry &geometry)
      : g(geometry), planes{whole(g.inputs, inOne), (g.smallRows - 1) * g.stride + g.kernel, g.stride,
                            whole((g.smallColumns - 1) * g.stride + g.kernel, g.stride), g.rowPadding,
                            g.columnPadding},
        depth(planes.planes * g.kernel * g.kernel),
        places(positions(g.smallRows, g.smallColumns, g.stride * planes.rowApart(), g.smallColumns)) {
    for (int64_t c = 0; c < planes.planes; c++)
      for (int64_t i = 0; i < g.kernel; i++)
        for (int64_t j = 0; j < g.kernel; j++) shift.push_back(c * planes.planeApart() + planes.place(i, j));
  }

  // The left sides: a[output][plane, tap].
  void arrange(const float *weight, Factor *a) const {
    auto area = g.kernel * g.kernel;
    for (int64_t o = 0; o < g.outputs; o++)
      for (int64_t c = 0; c < planes.planes; c++)
        for (int64_t tap = 0; tap < area; tap++) {
          float taken[inOne] = {};
          for (int64_t k = 0; k < std::min(inOne, g.inputs - c * inOne); k++)
            taken[k] = weight[(o * g.inputs + c * inOne + k) * area + tap];
          *a++ = factor(taken);
        }
  }

  void run(const Element *big, const Factor *a, const Finishing &finishing, Element *small, int64_t begin,
           int64_t end, Factor *room) const {
    for (auto image = begin; image < end; image++) {
      auto *from = source(planes, big + image * g.inputs * g.bigArea(), g.inputs, g.bigRows, g.bigColumns, room);
      correlate(g.outputs, depth, a, shift.data(), from, places,
                PlanesOfResults<Element>{small + image * g.outputs * g.smallArea(), g.smallArea(), finishing});
    }
  }
};
