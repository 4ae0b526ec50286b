// One step of Adam for many tensors: one pass over their numbers.
#include <ATen/core/Tensor.h>

#include <cmath>
#include <vector>

#include "EachProcessor.h"
#include "Shares.h"
#include "SmallNumbers.h"
#include "Support.h"

namespace {

// The constants of one step, as its formula uses them.
struct Step {
  float keptMean, newMean, keptSquare, newSquare, rate, inverseRoot, epsilon, penalty, kept;

  explicit Step(const ct_adam_step &step) {
    keptMean = step.beta1;
    newMean = 1 - step.beta1;
    keptSquare = step.beta2;
    newSquare = 1 - step.beta2;
    rate = step.learning_rate / (1 - std::pow(step.beta1, step.step));
    inverseRoot = 1 / std::sqrt(1 - std::pow(step.beta2, step.step));
    epsilon = step.epsilon;
    penalty = step.is_decoupled ? 0 : step.weight_decay;
    kept = step.is_decoupled ? 1 - step.learning_rate * step.weight_decay : 1;
  }
};

EACH_PROCESSOR void update(const Step &step, int64_t n, const float *__restrict gradients,
                           float *__restrict values, float *__restrict means,
                           float *__restrict squares) {
  for (int64_t i = 0; i < n; i++) {
    auto g = gradients[i] + step.penalty * values[i];
    auto m = means[i] = step.keptMean * means[i] + step.newMean * g;
    auto v = squares[i] = step.keptSquare * squares[i] + step.newSquare * g * g;
    values[i] = step.kept * values[i] -
                step.rate * m / (__builtin_elementwise_sqrt(v) * step.inverseRoot + step.epsilon);
  }
}

}  // namespace

ct_status ct_adam(const ct_tensor *values, const ct_tensor *gradients, const ct_tensor *means,
                  const ct_tensor *squares, size_t count, const ct_adam_step *step, bool *is_done,
                  ct_error *error) {
  return ct::guarded(error, [&] {
    struct Place {
      int64_t begin;
      float *values, *means, *squares;
      const float *gradients;
    };
    std::vector<Place> places;
    std::vector<at::Tensor> tensors;
    int64_t total = 0;
    *is_done = false;
    for (size_t i = 0; i < count; i++) {
      at::Tensor own[] = {ct::borrow(values[i]), ct::borrow(means[i]), ct::borrow(squares[i]),
                          ct::borrow(gradients[i])};
      for (auto &tensor : own)
        if (!ct::isPlain(tensor) || !tensor.is_contiguous() || tensor.numel() != own[0].numel())
          return;
      places.push_back({total, own[0].mutable_data_ptr<float>(), own[1].mutable_data_ptr<float>(),
                        own[2].mutable_data_ptr<float>(), own[3].const_data_ptr<float>()});
      total += own[0].numel();
      tensors.insert(tensors.end(), own, own + 3);
    }
    Step constants(*step);
    ct::eachShare(total, 32768, [&](int64_t begin, int64_t end) {
      ct::SmallNumbersAreZero scope;
      for (size_t i = 0; i < count; i++) {
        auto &place = places[i];
        auto last = i + 1 < count ? places[i + 1].begin : total;
        auto from = std::max(begin, place.begin), to = std::min(end, last);
        if (from >= to) continue;
        auto skip = from - place.begin;
        update(constants, to - from, place.gradients + skip, place.values + skip, place.means + skip,
               place.squares + skip);
      }
    });
    for (auto &tensor : tensors) tensor.unsafeGetTensorImpl()->bump_version();
    *is_done = true;
  });
}
