// SiLU behind a normalisation over groups of channels, and its derivative: one pass over memory each, a group at a time in the cache.
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/sum.h>
#include <c10/core/GradMode.h>

#include <cmath>

#include "EachProcessor.h"
#include "Exponential.h"
#include "Products/Numbers.h"
#include "Shares.h"
#include "StoredNumbers.h"
#include "Support.h"

namespace {

using ct::exponential;

EACH_PROCESSOR float sumOf(int64_t n, const float *x) {
#pragma clang fp reassociate(on)
  float sum = 0;
  for (int64_t i = 0; i < n; i++) sum += x[i];
  return sum;
}

EACH_PROCESSOR float squaresOf(int64_t n, const float *x, float mean) {
#pragma clang fp reassociate(on)
  float sum = 0;
  for (int64_t i = 0; i < n; i++) sum += (x[i] - mean) * (x[i] - mean);
  return sum;
}

EACH_PROCESSOR void activate(int64_t n, const float *x, float scale, float shift, float *y) {
  for (int64_t i = 0; i < n; i++) {
    auto z = scale * x[i] + shift;
    y[i] = z / (1 + exponential(-z));
  }
}

// The gradient of z, with its sum and its sum times x̂.
EACH_PROCESSOR void backToScale(int64_t n, const float *x, const float *gradient, float scale, float shift,
                                float mean, float precision, float *z, float *sums) {
#pragma clang fp reassociate(on)
  float plain = 0, weighted = 0;
  for (int64_t i = 0; i < n; i++) {
    auto value = scale * x[i] + shift;
    auto gate = 1 / (1 + exponential(-value));
    auto found = gradient[i] * gate * (1 + value * (1 - gate));
    z[i] = found;
    plain += found;
    weighted += found * ((x[i] - mean) * precision);
  }
  sums[0] = plain;
  sums[1] = weighted;
}

// dx = a dz − b − c x̂.
EACH_PROCESSOR void backToInput(int64_t n, const float *x, float mean, float precision, float a, float b,
                                float c, float *z) {
  for (int64_t i = 0; i < n; i++) z[i] = a * z[i] - b - c * ((x[i] - mean) * precision);
}

struct Groups {
  int64_t images, channels, area, groups, width;  // `width` channels a group.
  Groups(const at::Tensor &x, int64_t groups)
      : images(x.size(0)), channels(x.size(1)), area(x.numel() / (images * channels)), groups(groups),
        width(channels / groups) {}

  template <typename Body>
  void each(const ct::StoredNumbers &numbers, Body &&body) const {
    ct::eachShare(images * groups, std::max<int64_t>(1, 16384 / (width * area)),
                  [&](int64_t begin, int64_t end) {
                    ct::Numbers room(numbers.room(3 * width * area));
                    for (auto group = begin; group < end; group++)
                      body(group, group % groups * width, group * width * area, room.start);
                  });
  }
};

}  // namespace

ct_status ct_normalized_activation(ct_tensor x, ct_tensor scale, ct_tensor shift, int64_t groups,
                                   double epsilon, ct_tensor *results, ct_error *error) {
  return ct::guarded(error, [&] {
    c10::NoGradGuard plain;
    auto given = ct::borrow(x).contiguous(), gamma = ct::borrow(scale).contiguous();
    auto beta = ct::borrow(shift).contiguous();
    Groups sizes(given, groups);
    auto result = at::empty_like(given);
    auto moments = at::empty({sizes.images * groups, 2}, gamma.options());
    ct::StoredNumbers inputs(given), outputs(result);
    auto *a = gamma.const_data_ptr<float>(), *b = beta.const_data_ptr<float>();
    auto *kept = moments.mutable_data_ptr<float>();
    sizes.each(inputs, [&](int64_t group, int64_t channel, int64_t start, float *room) {
      auto count = sizes.width * sizes.area;
      auto *from = inputs.read(start, count, room);
      auto *to = outputs.place(start, room + count);
      auto mean = sumOf(count, from) / count;
      auto variance = squaresOf(count, from, mean) / count;
      auto precision = 1 / std::sqrt(variance + float(epsilon));
      kept[2 * group] = mean;
      kept[2 * group + 1] = precision;
      for (int64_t c = 0; c < sizes.width; c++) {
        auto factor = a[channel + c] * precision;
        auto place = c * sizes.area;
        activate(sizes.area, from + place, factor, b[channel + c] - mean * factor, to + place);
      }
      outputs.write(start, count, to);
    });
    results[0] = ct::own(std::move(result));
    results[1] = ct::own(std::move(moments));
  });
}

ct_status ct_normalized_activation_gradients(ct_tensor gradient, ct_tensor x, ct_tensor scale,
                                             ct_tensor shift, ct_tensor moments, int64_t groups,
                                             ct_tensor *results, ct_error *error) {
  return ct::guarded(error, [&] {
    c10::NoGradGuard plain;
    auto found = ct::borrow(gradient).contiguous(), given = ct::borrow(x).contiguous();
    auto gamma = ct::borrow(scale).contiguous(), beta = ct::borrow(shift).contiguous();
    Groups sizes(given, groups);
    auto result = at::empty_like(given);
    auto sums = at::empty({sizes.images, sizes.channels, 2}, gamma.options());
    ct::StoredNumbers inputs(given), gradients(found), outputs(result);
    auto *a = gamma.const_data_ptr<float>(), *b = beta.const_data_ptr<float>();
    auto *kept = ct::borrow(moments).const_data_ptr<float>();
    auto *shares = sums.mutable_data_ptr<float>();
    sizes.each(inputs, [&](int64_t group, int64_t channel, int64_t start, float *room) {
      auto count = sizes.width * sizes.area;
      auto *from = inputs.read(start, count, room), *told = gradients.read(start, count, room + count);
      auto *to = outputs.place(start, room + 2 * count);
      auto mean = kept[2 * group], precision = kept[2 * group + 1];
      auto *own = shares + 2 * group * sizes.width;
      float plain = 0, weighted = 0;
      for (int64_t c = 0; c < sizes.width; c++) {
        auto factor = a[channel + c] * precision;
        auto place = c * sizes.area;
        backToScale(sizes.area, from + place, told + place, factor, b[channel + c] - mean * factor, mean,
                    precision, to + place, own + 2 * c);
        plain += a[channel + c] * own[2 * c];
        weighted += a[channel + c] * own[2 * c + 1];
      }
      for (int64_t c = 0; c < sizes.width; c++) {
        auto place = c * sizes.area;
        backToInput(sizes.area, from + place, mean, precision, a[channel + c] * precision,
                    plain / count * precision, weighted / count * precision, to + place);
      }
      outputs.write(start, count, to);
    });
    auto all = sums.sum(0);
    results[0] = ct::own(std::move(result));
    results[1] = ct::own(all.select(1, 1).contiguous());
    results[2] = ct::own(all.select(1, 0).contiguous());
  });
}
