// A draw from a normal distribution and its divergence from the standard one, each one pass over the numbers there and back.
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/expm1.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/custom_function.h>

#include "EachProcessor.h"
#include "Exponential.h"
#include "Rows.h"
#include "Support.h"

namespace {

using at::Tensor;
using ct::Rows;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;

EACH_PROCESSOR void draw(int64_t n, const float *mean, const float *logVariance, const float *noise,
                         float *result) {
  for (int64_t i = 0; i < n; i++)
    result[i] = mean[i] + ct::exponential(0.5f * logVariance[i]) * noise[i];
}

EACH_PROCESSOR void drawSlope(int64_t n, const float *gradient, const float *logVariance,
                              const float *noise, float *result) {
  for (int64_t i = 0; i < n; i++)
    result[i] = 0.5f * gradient[i] * noise[i] * ct::exponential(0.5f * logVariance[i]);
}

EACH_PROCESSOR void divergence(int64_t n, const float *mean, const float *logVariance,
                               float *result) {
  for (int64_t i = 0; i < n; i++) {
    auto excess = ct::exponentialLessOne(logVariance[i]) - logVariance[i];
    // Rounding may leave less than nothing.
    result[i] = 0.5f * ((excess < 0 ? 0 : excess) + mean[i] * mean[i]);
  }
}

EACH_PROCESSOR void divergenceSlopes(int64_t n, const float *gradient, const float *mean,
                                     const float *logVariance, float *ofMean,
                                     float *ofLogVariance) {
  for (int64_t i = 0; i < n; i++) {
    ofMean[i] = gradient[i] * mean[i];
    ofLogVariance[i] = 0.5f * gradient[i] * ct::exponentialLessOne(logVariance[i]);
  }
}

struct Draw : Function<Draw> {
  static Tensor forward(AutogradContext *ctx, const Tensor &mean, const Tensor &logVariance,
                        const Tensor &noise) {
    Rows m(mean), l(logVariance), e(noise);
    auto result = at::empty(mean.sizes(), mean.options());
    auto *to = result.mutable_data_ptr<float>();
    ct::eachRow(m.count, m.size, [&](int64_t i) { draw(m.size, m[i], l[i], e[i], to + i * m.size); });
    ctx->save_for_backward({logVariance, noise});
    return result;
  }

  static variable_list backward(AutogradContext *ctx, variable_list gradients) {
    auto saved = ctx->get_saved_variables();
    auto gradient = gradients[0];
    if (!gradient.defined() || !ctx->needs_input_grad(1)) return {gradient, Tensor(), Tensor()};
    if (c10::GradMode::is_enabled())
      return {gradient, 0.5 * gradient * saved[1] * at::exp(0.5 * saved[0]), Tensor()};
    Rows g(gradient), l(saved[0]), e(saved[1]);
    auto result = at::empty(gradient.sizes(), gradient.options());
    auto *to = result.mutable_data_ptr<float>();
    ct::eachRow(g.count, g.size,
                [&](int64_t i) { drawSlope(g.size, g[i], l[i], e[i], to + i * g.size); });
    return {gradient, result, Tensor()};
  }
};

struct Divergence : Function<Divergence> {
  static Tensor forward(AutogradContext *ctx, const Tensor &mean, const Tensor &logVariance) {
    Rows m(mean), l(logVariance);
    auto result = at::empty(mean.sizes(), mean.options());
    auto *to = result.mutable_data_ptr<float>();
    ct::eachRow(m.count, m.size, [&](int64_t i) { divergence(m.size, m[i], l[i], to + i * m.size); });
    ctx->save_for_backward({mean, logVariance});
    return result;
  }

  static variable_list backward(AutogradContext *ctx, variable_list gradients) {
    auto saved = ctx->get_saved_variables();
    auto gradient = gradients[0];
    if (!gradient.defined()) return variable_list(2);
    if (c10::GradMode::is_enabled())
      return {gradient * saved[0], 0.5 * gradient * at::expm1(saved[1])};
    Rows g(gradient), m(saved[0]), l(saved[1]);
    auto ofMean = at::empty(gradient.sizes(), gradient.options());
    auto ofLogVariance = at::empty_like(ofMean);
    auto *first = ofMean.mutable_data_ptr<float>(), *second = ofLogVariance.mutable_data_ptr<float>();
    ct::eachRow(g.count, g.size, [&](int64_t i) {
      divergenceSlopes(g.size, g[i], m[i], l[i], first + i * g.size, second + i * g.size);
    });
    return {ofMean, ofLogVariance};
  }
};

bool isKnown(std::initializer_list<const Tensor *> tensors) {
  if (ct_forward_level_is_held()) return false;
  for (auto *tensor : tensors)
    if (!tensor->is_cpu() || tensor->scalar_type() != at::kFloat ||
        tensor->layout() != at::kStrided || tensor->is_neg() || tensor->numel() == 0 ||
        tensor->sizes() != (*tensors.begin())->sizes())
      return false;
  return true;
}

}  // namespace

ct_status ct_gaussian_draw(ct_tensor mean, ct_tensor log_variance, ct_tensor noise,
                           ct_tensor *result, ct_error *error) {
  return ct::guarded(error, [&] {
    auto m = ct::borrow(mean), l = ct::borrow(log_variance), e = ct::borrow(noise);
    *result = !isKnown({&m, &l, &e}) || e.requires_grad() ? nullptr : ct::own(Draw::apply(m, l, e));
  });
}

ct_status ct_gaussian_divergence(ct_tensor mean, ct_tensor log_variance, ct_tensor *result,
                                 ct_error *error) {
  return ct::guarded(error, [&] {
    auto m = ct::borrow(mean), l = ct::borrow(log_variance);
    *result = isKnown({&m, &l}) ? ct::own(Divergence::apply(m, l)) : nullptr;
  });
}
