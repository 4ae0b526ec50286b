// The three directions of a convolution for one kind of processor, as `WithAVX512.h` and `WithAVX2.h` include them.

#include "../Products/Vectors.h"

#include "../Products/Product.h"

#include "Points.h"

#include "TileTransforms.h"

#include "Strips.h"

#include "Taps.h"

#include "Tiles.h"

#include "ToSmall.h"

#include "ToBig.h"

#include "ToWeight.h"

template <class Taps>
static void small(const Geometry &g, const float *big, const float *weight, const float *bias,
                  float *result) {
  Tiles<Taps> tiles(g);
  Numbers u(g.places() * tiles.big.channels * tiles.small.channels, g.inputs % lanes != 0);
  ct::eachShare(g.phases() * g.inputs, 16, [&](int64_t begin, int64_t end) {
    tapsToSmall<Taps>(g, weight, u.start, begin, end);
  });
  ct::eachShare(tiles.count(), 1, [&](int64_t begin, int64_t end) {
    Numbers scratch(tiles.scratch());
    toSmall(tiles, big, u.start, bias, result, begin, end, scratch.start);
  });
}

template <class Taps>
static void big(const Geometry &g, const float *small, const float *weight, const float *bias,
                float *result) {
  ToBig<Taps> pass(g);
  Numbers u(g.phases() * g.places() * pass.depth * pass.width, g.outputs % lanes != 0);
  ct::eachShare(g.phases() * g.outputs, 16, [&](int64_t begin, int64_t end) {
    tapsToBig<Taps>(g, weight, u.start, begin, end);
  });
  ct::eachShare(pass.count(), 1, [&](int64_t begin, int64_t end) {
    Numbers scratch(pass.scratch());
    pass.run(small, u.start, bias, result, begin, end, scratch.start);
  });
}

template <class Taps>
static void weight(const Geometry &g, const float *big, const float *small, int64_t workers,
                   float *result) {
  Tiles<Taps> tiles(g);
  workers = std::min(workers, tiles.count());
  auto share = shareOfWeight(tiles);
  Numbers u(workers * share);
  ct::eachShare(workers, 1, [&](int64_t from, int64_t to) {
    Numbers scratch(tiles.scratch());
    for (auto w = from; w < to; w++)
      toWeight(tiles, big, small, u.start + w * share, tiles.count() * w / workers,
               tiles.count() * (w + 1) / workers, scratch.start);
  });
  ct::eachShare(g.phases() * g.inputs, 16, [&](int64_t begin, int64_t end) {
    tapsFromSmall<Taps>(g, u.start, workers, share, result, begin, end);
  });
}

static const Directions threeTaps{small<ThreeTaps>, big<ThreeTaps>, weight<ThreeTaps>};
static const Directions twoTaps{small<TwoTaps>, big<TwoTaps>, weight<TwoTaps>};
