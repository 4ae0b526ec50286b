// The log-likelihood of ones and zeros, summed over rows, and its derivative: one pass over the numbers each.
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <c10/core/GradMode.h>

#include "EachProcessor.h"
#include "Exponential.h"
#include "Rows.h"
#include "Support.h"

namespace {

// x l − max(l, 0) − log(1 + e^−|l|).
EACH_PROCESSOR float sumOf(int64_t n, const float *logits, const float *targets) {
#pragma clang fp reassociate(on)
  float sum = 0;
  for (int64_t i = 0; i < n; i++) {
    auto l = logits[i], size = l < 0 ? -l : l;
    sum += targets[i] * l - (l > 0 ? l : 0) - ct::logOfOneAnd(ct::exponential(-size));
  }
  return sum;
}

EACH_PROCESSOR void slopes(int64_t n, float gradient, const float *logits, const float *targets, float *found) {
  for (int64_t i = 0; i < n; i++)
    found[i] = gradient * (targets[i] - 1 / (1 + ct::exponential(-logits[i])));
}

// Rows of logits, one after the other, and where those of the targets stand.
struct Pairs {
  at::Tensor logits, targets;
  int64_t count, size;

  Pairs(ct_tensor l, ct_tensor x) : logits(ct::borrow(l).contiguous()), targets(ct::borrow(x)) {
    size = logits.size(-1);
    count = logits.numel() / size;
    if (size > 1 && targets.stride(-1) != 1) targets = targets.contiguous();
  }

  const float *target(int64_t row) const {
    auto *start = targets.const_data_ptr<float>();
    for (auto dim = targets.dim() - 2; dim >= 0; dim--) {
      start += row % targets.size(dim) * targets.stride(dim);
      row /= targets.size(dim);
    }
    return start;
  }

  template <typename Body>
  void each(Body &&body) const {
    auto *start = logits.const_data_ptr<float>();
    ct::eachRow(count, size, [&](int64_t row) { body(row, start + row * size, target(row)); });
  }
};

}  // namespace

ct_status ct_bernoulli_sums(ct_tensor logits, ct_tensor targets, ct_tensor *result, ct_error *error) {
  return ct::guarded(error, [&] {
    c10::NoGradGuard plain;
    Pairs rows(logits, targets);
    auto sums = at::empty(rows.logits.sizes().slice(0, rows.logits.dim() - 1), rows.logits.options());
    auto *to = sums.mutable_data_ptr<float>();
    rows.each([&](int64_t row, const float *l, const float *x) { to[row] = sumOf(rows.size, l, x); });
    *result = ct::own(std::move(sums));
  });
}

ct_status ct_bernoulli_gradient(ct_tensor gradient, ct_tensor logits, ct_tensor targets,
                                ct_tensor *result, ct_error *error) {
  return ct::guarded(error, [&] {
    c10::NoGradGuard plain;
    Pairs rows(logits, targets);
    auto told = ct::borrow(gradient).contiguous();
    auto found = at::empty_like(rows.logits);
    auto *weights = told.const_data_ptr<float>();
    auto *to = found.mutable_data_ptr<float>();
    rows.each([&](int64_t row, const float *l, const float *x) {
      slopes(rows.size, weights[row], l, x, to + row * rows.size);
    });
    *result = ct::own(std::move(found));
  });
}
