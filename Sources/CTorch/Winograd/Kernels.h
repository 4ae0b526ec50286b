// The three directions of a convolution for one kind of processor, as `WithAVX512.h` and `WithAVX2.h` include them.

#include "../Products/Vectors.h"

#include "../Products/Factors.h"

#include "../Products/Product.h"

#include "Points.h"

#include "TileTransforms.h"

#include "../Products/Finish.h"

#ifdef TAKES_PAIRS
#include "PairSquares.h"
#else
#include "Squares.h"
#endif

#include "Strips.h"

#include "Taps.h"

#include "Tiles.h"

#include "ToSmall.h"

#include "ToBig.h"

#include "ToWeight.h"

static const Element *elementsOf(const void *picture) { return static_cast<const Element *>(picture); }
static Element *elementsOf(void *picture) { return static_cast<Element *>(picture); }
static Factor *factorsOf(const Numbers &room) { return reinterpret_cast<Factor *>(room.start); }

template <class Taps>
static void small(const Geometry &g, const void *big, const float *weight, const Finishing &finishing,
                  void *result) {
  ToSmall<Taps> pass(g);
  Numbers u(g.places() * pass.depth * pass.width, g.inputs % lanes != 0);
  ct::eachShare(g.phases() * whole(g.inputs, inOne), 16, [&](int64_t begin, int64_t end) {
    tapsToSmall<Taps>(g, weight, factorsOf(u), begin, end);
  });
  ct::eachShare(pass.count(), 1, [&](int64_t begin, int64_t end) {
    Numbers scratch(pass.scratch());
    pass.run(elementsOf(big), factorsOf(u), finishing, elementsOf(result), begin, end, scratch.start);
  });
}

template <class Taps>
static void big(const Geometry &g, const void *small, const float *weight, const Finishing &finishing,
                void *result) {
  ToBig<Taps> pass(g);
  Numbers u(g.phases() * g.places() * pass.depth * pass.width, g.outputs % lanes != 0);
  ct::eachShare(g.phases() * whole(g.outputs, inOne), 16, [&](int64_t begin, int64_t end) {
    tapsToBig<Taps>(g, weight, factorsOf(u), begin, end);
  });
  ct::eachShare(pass.count(), 1, [&](int64_t begin, int64_t end) {
    Numbers scratch(pass.scratch());
    pass.run(elementsOf(small), factorsOf(u), finishing, elementsOf(result), begin, end, scratch.start);
  });
}

template <class Taps>
static void weight(const Geometry &g, const void *big, const void *small, int64_t workers,
                   float *result) {
  ToWeight<Taps> pass(g);
  workers = std::min(workers, pass.count());
  auto share = pass.share();
  Numbers u(workers * share);
  ct::eachShare(workers, 1, [&](int64_t from, int64_t to) {
    Numbers scratch(pass.scratch());
    for (auto w = from; w < to; w++)
      pass.run(elementsOf(big), elementsOf(small), u.start + w * share, pass.count() * w / workers,
               pass.count() * (w + 1) / workers, scratch.start);
  });
  ct::eachShare(g.phases() * g.inputs, 16, [&](int64_t begin, int64_t end) {
    tapsFromSmall<Taps>(g, u.start, workers, share, pass.count() * pass.across, result, begin, end);
  });
}

static const Directions threeTaps{small<ThreeTaps>, big<ThreeTaps>, weight<ThreeTaps>};
static const Directions twoTaps{small<TwoTaps>, big<TwoTaps>, weight<TwoTaps>};
