// The three directions of a convolution for one kind of processor, as `WithAVX512.h` and `WithAVX2.h` include them.

#include "../Products/Vectors.h"

#include "../Products/Factors.h"

#include "Padding.h"

#include "Correlate.h"

#include "ToSmall.h"

#include "ToBig.h"

#include "ToWeight.h"

static Factor *factorsOf(float *room) { return reinterpret_cast<Factor *>(room); }

static void toSmall(const Geometry &g, const void *big, const float *weight, const Finishing &finishing,
                    void *small) {
  ToSmall pass(g);
  Numbers a(g.outputs * pass.depth);
  pass.arrange(weight, factorsOf(a.start));
  ct::eachShare(g.images, 1, [&](int64_t begin, int64_t end) {
    Numbers room(pass.planes.size());
    pass.run(static_cast<const Element *>(big), factorsOf(a.start), finishing, static_cast<Element *>(small),
             begin, end, factorsOf(room.start));
  });
}

static void toBig(const Geometry &g, const void *small, const float *weight, const Finishing &finishing,
                  void *big) {
  ToBig pass(g);
  Numbers a(pass.leftSize());
  pass.arrange(weight, factorsOf(a.start));
  ct::eachShare(g.images, 1, [&](int64_t begin, int64_t end) {
    Numbers room(pass.planes.size() + pass.apart());
    pass.run(static_cast<const Element *>(small), factorsOf(a.start), finishing, static_cast<Element *>(big),
             begin, end, factorsOf(room.start), room.start + pass.planes.size());
  });
}

static void toWeight(const Geometry &g, const void *big, const void *small, int64_t workers, float *weight) {
  ToWeight pass(g);
  workers = std::min(workers, g.images);
  auto share = pass.share();
  Numbers u(workers * share);
  ct::eachShare(workers, 1, [&](int64_t from, int64_t to) {
    Numbers room(whole(pass.room(), inOne));
    for (auto w = from; w < to; w++)
      pass.run(static_cast<const Element *>(big), static_cast<const Element *>(small), u.start + w * share,
               g.images * w / workers, g.images * (w + 1) / workers, reinterpret_cast<Element *>(room.start));
  });
  for (int64_t i = 0; i < share; i++) {
    float sum = 0;
    for (int64_t w = 0; w < workers; w++) sum += u.start[w * share + i];
    weight[i] = sum;
  }
}

static const Directions directions{toSmall, toBig, toWeight};
