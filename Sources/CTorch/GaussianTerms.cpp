// Draws from normal distributions, their densities and their divergences from the standard one: one pass over the numbers each, there
// and back.
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/expm1.h>
#include <ATen/ops/zeros.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/custom_function.h>

#include <vector>

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

constexpr float logTwoPi = 1.83787706640934548f;

EACH_PROCESSOR void exponentials(int64_t n, float factor, const float *x, float *result) {
  for (int64_t i = 0; i < n; i++) result[i] = ct::exponential(factor * x[i]);
}

EACH_PROCESSOR void draw(int64_t n, const float *mean, const float *deviation, const float *noise,
                         float *result) {
  for (int64_t i = 0; i < n; i++) result[i] = mean[i] + deviation[i] * noise[i];
}

EACH_PROCESSOR void drawSlopes(int64_t n, const float *gradient, const float *deviation,
                               const float *noise, float *ofMean, float *ofLogVariance) {
  for (int64_t i = 0; i < n; i++) {
    ofMean[i] += gradient[i];
    ofLogVariance[i] += 0.5f * gradient[i] * noise[i] * deviation[i];
  }
}

EACH_PROCESSOR float sum(int64_t n, const float *x) {
#pragma clang fp reassociate(on)
  float sum = 0;
  for (int64_t i = 0; i < n; i++) sum += x[i];
  return sum;
}

EACH_PROCESSOR float sumOfSquares(int64_t n, const float *x, const float *mean,
                                  const float *precision) {
#pragma clang fp reassociate(on)
  float sum = 0;
  for (int64_t i = 0; i < n; i++) sum += (x[i] - mean[i]) * (x[i] - mean[i]) * precision[i];
  return sum;
}

EACH_PROCESSOR void densitySlopes(int64_t n, float gradient, const float *x, const float *mean,
                                  const float *precision, float *ofValue, float *ofMean,
                                  float *ofLogVariance) {
  for (int64_t i = 0; i < n; i++) {
    auto step = gradient * (x[i] - mean[i]) * precision[i];
    ofValue[i] = -step;
    ofMean[i] += step;
    ofLogVariance[i] += 0.5f * (step * (x[i] - mean[i]) - gradient);
  }
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

float *numbers(Tensor &tensor) { return tensor.mutable_data_ptr<float>(); }

// Calls `body` with each row of the parameters and the rows that were drawn from it, which lie `count` apart.
template <typename Body>
void eachLaw(const Rows &laws, const Rows &drawn, Body &&body) {
  ct::eachRow(laws.count, laws.size * std::max<int64_t>(1, drawn.count / laws.count), body);
}

// Shape [..., d] for parameters and [draws..., ..., d] for what was drawn.
struct Draw : Function<Draw> {
  static Tensor forward(AutogradContext *ctx, const Tensor &mean, const Tensor &logVariance,
                        const Tensor &noise) {
    Rows m(mean), l(logVariance), e(noise);
    auto result = at::empty(noise.sizes(), noise.options());
    auto *to = numbers(result);
    eachLaw(m, e, [&](int64_t law) {
      std::vector<float> deviation(m.size);
      exponentials(m.size, 0.5f, l[law], deviation.data());
      for (auto row = law; row < e.count; row += m.count)
        draw(m.size, m[law], deviation.data(), e[row], to + row * m.size);
    });
    ctx->save_for_backward({logVariance, noise});
    return result;
  }

  static variable_list backward(AutogradContext *ctx, variable_list gradients) {
    auto saved = ctx->get_saved_variables();
    auto gradient = gradients[0], logVariance = saved[0], noise = saved[1];
    if (!gradient.defined()) return variable_list(3);
    if (c10::GradMode::is_enabled())
      return {gradient.sum_to_size(logVariance.sizes()),
              (0.5 * gradient * noise * at::exp(0.5 * logVariance)).sum_to_size(logVariance.sizes()),
              Tensor()};
    Rows g(gradient), l(logVariance), e(noise);
    auto ofMean = at::zeros(logVariance.sizes(), g.held.options());
    auto ofLogVariance = at::zeros(logVariance.sizes(), g.held.options());
    auto *first = numbers(ofMean), *second = numbers(ofLogVariance);
    eachLaw(l, e, [&](int64_t law) {
      std::vector<float> deviation(l.size);
      exponentials(l.size, 0.5f, l[law], deviation.data());
      for (auto row = law; row < e.count; row += l.count)
        drawSlopes(l.size, g[row], deviation.data(), e[row], first + law * l.size,
                   second + law * l.size);
    });
    return {ofMean, ofLogVariance, Tensor()};
  }
};

struct Density : Function<Density> {
  static Tensor forward(AutogradContext *ctx, const Tensor &value, const Tensor &mean,
                        const Tensor &logVariance) {
    Rows x(value), m(mean), l(logVariance);
    auto result = at::empty(value.sizes().slice(0, value.dim() - 1), value.options());
    auto *to = numbers(result);
    eachLaw(m, x, [&](int64_t law) {
      std::vector<float> precision(m.size);
      exponentials(m.size, -1, l[law], precision.data());
      auto constant = sum(m.size, l[law]) + m.size * logTwoPi;
      for (auto row = law; row < x.count; row += m.count)
        to[row] = -0.5f * (sumOfSquares(m.size, x[row], m[law], precision.data()) + constant);
    });
    ctx->save_for_backward({value, mean, logVariance});
    return result;
  }

  static variable_list backward(AutogradContext *ctx, variable_list gradients) {
    auto saved = ctx->get_saved_variables();
    auto gradient = gradients[0], value = saved[0], mean = saved[1], logVariance = saved[2];
    if (!gradient.defined()) return variable_list(3);
    if (c10::GradMode::is_enabled()) {
      auto g = gradient.unsqueeze(-1), apart = value - mean, step = g * apart * at::exp(-logVariance);
      return {-step, step.sum_to_size(mean.sizes()),
              (0.5 * (step * apart - g)).sum_to_size(mean.sizes())};
    }
    Rows x(value), m(mean), l(logVariance);
    auto told = gradient.contiguous();
    auto *weights = told.const_data_ptr<float>();
    auto ofValue = at::empty(value.sizes(), told.options());
    auto ofMean = at::zeros(mean.sizes(), told.options());
    auto ofLogVariance = at::zeros(mean.sizes(), told.options());
    auto *first = numbers(ofValue), *second = numbers(ofMean), *third = numbers(ofLogVariance);
    eachLaw(m, x, [&](int64_t law) {
      std::vector<float> precision(m.size);
      exponentials(m.size, -1, l[law], precision.data());
      for (auto row = law; row < x.count; row += m.count)
        densitySlopes(m.size, weights[row], x[row], m[law], precision.data(), first + row * m.size,
                      second + law * m.size, third + law * m.size);
    });
    return {ofValue, ofMean, ofLogVariance};
  }
};

struct Divergence : Function<Divergence> {
  static Tensor forward(AutogradContext *ctx, const Tensor &mean, const Tensor &logVariance) {
    Rows m(mean), l(logVariance);
    auto result = at::empty(mean.sizes(), mean.options());
    auto *to = numbers(result);
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
    auto *first = numbers(ofMean), *second = numbers(ofLogVariance);
    ct::eachRow(g.count, g.size, [&](int64_t i) {
      divergenceSlopes(g.size, g[i], m[i], l[i], first + i * g.size, second + i * g.size);
    });
    return {ofMean, ofLogVariance};
  }
};

bool isPlain(const Tensor &tensor) { return ct::isPlain(tensor) && tensor.numel() > 0; }

// Whether the laws have one shape, and what was drawn has it behind the draws.
bool isKnown(const Tensor &mean, const Tensor &logVariance, const Tensor &drawn) {
  return !ct_forward_level_is_held() && isPlain(mean) && isPlain(logVariance) && isPlain(drawn) &&
         mean.sizes() == logVariance.sizes() && mean.dim() > 0 && drawn.dim() >= mean.dim() &&
         drawn.sizes().slice(drawn.dim() - mean.dim()) == mean.sizes();
}

}  // namespace

ct_status ct_gaussian_draw(ct_tensor mean, ct_tensor log_variance, ct_tensor noise,
                           ct_tensor *result, ct_error *error) {
  return ct::guarded(error, [&] {
    auto m = ct::borrow(mean), l = ct::borrow(log_variance), e = ct::borrow(noise);
    *result = isKnown(m, l, e) && !e.requires_grad() ? ct::own(Draw::apply(m, l, e)) : nullptr;
  });
}

ct_status ct_gaussian_density(ct_tensor value, ct_tensor mean, ct_tensor log_variance,
                              ct_tensor *result, ct_error *error) {
  return ct::guarded(error, [&] {
    auto x = ct::borrow(value), m = ct::borrow(mean), l = ct::borrow(log_variance);
    *result = isKnown(m, l, x) ? ct::own(Density::apply(x, m, l)) : nullptr;
  });
}

ct_status ct_gaussian_divergence(ct_tensor mean, ct_tensor log_variance, ct_tensor *result,
                                 ct_error *error) {
  return ct::guarded(error, [&] {
    auto m = ct::borrow(mean), l = ct::borrow(log_variance);
    *result = isKnown(m, l, m) ? ct::own(Divergence::apply(m, l)) : nullptr;
  });
}
