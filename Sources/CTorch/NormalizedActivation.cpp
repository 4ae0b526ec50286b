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
#include "RowByRow.h"
#include "Shares.h"
#include "StoredNumbers.h"

namespace {

using ct::exponential;
using ct::Half;
using ct::number;
using ct::stored;
using ct::sumOf;

// A group of one picture: `width` channels of `area` numbers, with their scales and shifts.
struct Group {
  int64_t width, area;
  const float *scale, *shift;
  int64_t count() const { return width * area; }
};

template <class Number>
INTO_EACH_PROCESSOR float squaresOf(int64_t n, const Number *x, float mean) {
#pragma clang fp reassociate(on)
  float sum = 0;
#pragma clang loop vectorize(enable)
  for (int64_t i = 0; i < n; i++) sum += (number(x[i]) - mean) * (number(x[i]) - mean);
  return sum;
}

// The group's results; `moments` gets its mean and precision.
template <class Number>
INTO_EACH_PROCESSOR void activateGroup(const Group &group, const Number *x, float epsilon, Number *y, float *moments) {
  auto mean = sumOf(group.count(), x) / group.count();
  auto precision = 1 / std::sqrt(squaresOf(group.count(), x, mean) / group.count() + epsilon);
  moments[0] = mean;
  moments[1] = precision;
  for (int64_t c = 0; c < group.width; c++) {
    auto scale = group.scale[c] * precision, shift = group.shift[c] - mean * scale;
    auto *from = x + c * group.area;
    auto *to = y + c * group.area;
#pragma clang loop vectorize(enable)
    for (int64_t i = 0; i < group.area; i++) {
      auto z = scale * number(from[i]) + shift;
      to[i] = stored<Number>(z / (1 + exponential(-z)));
    }
  }
}

// The gradient of z, with its sum and its sum times x̂.
template <class Number>
INTO_EACH_PROCESSOR void backToScale(int64_t n, const Number *x, const Number *gradient, float scale, float shift,
                                     float mean, float precision, float *z, float *sums) {
#pragma clang fp reassociate(on)
  float plain = 0, weighted = 0;
#pragma clang loop vectorize(enable)
  for (int64_t i = 0; i < n; i++) {
    auto value = scale * number(x[i]) + shift;
    auto gate = 1 / (1 + exponential(-value));
    auto found = number(gradient[i]) * gate * (1 + value * (1 - gate));
    z[i] = found;
    plain += found;
    weighted += found * ((number(x[i]) - mean) * precision);
  }
  sums[0] = plain;
  sums[1] = weighted;
}

// The gradient of the group's x, dx = a dz − b − c x̂; `z` is room for as many numbers, `sums` gets those of each channel.
template <class Number>
INTO_EACH_PROCESSOR void groupGradient(const Group &group, const Number *x, const Number *gradient,
                                       const float *moments, float *z, Number *result, float *sums) {
  auto mean = moments[0], precision = moments[1];
  float plain = 0, weighted = 0;
  for (int64_t c = 0; c < group.width; c++) {
    auto scale = group.scale[c] * precision;
    auto at = c * group.area;
    backToScale(group.area, x + at, gradient + at, scale, group.shift[c] - mean * scale, mean, precision, z + at,
                sums + 2 * c);
    plain += group.scale[c] * sums[2 * c];
    weighted += group.scale[c] * sums[2 * c + 1];
  }
  auto b = plain / group.count() * precision, d = weighted / group.count() * precision;
  for (int64_t c = 0; c < group.width; c++) {
    auto a = group.scale[c] * precision;
    auto *from = x + c * group.area;
    auto *found = z + c * group.area;
    auto *to = result + c * group.area;
#pragma clang loop vectorize(enable)
    for (int64_t i = 0; i < group.area; i++)
      to[i] = stored<Number>(a * found[i] - b - d * ((number(from[i]) - mean) * precision));
  }
}

EACH_PROCESSOR void activate(const Group &group, const float *x, float epsilon, float *y, float *moments) {
  activateGroup(group, x, epsilon, y, moments);
}
EACH_PROCESSOR void activate(const Group &group, const Half *x, float epsilon, Half *y, float *moments) {
  activateGroup(group, x, epsilon, y, moments);
}
EACH_PROCESSOR void differentiate(const Group &group, const float *x, const float *gradient, const float *moments,
                                  float *z, float *result, float *sums) {
  groupGradient(group, x, gradient, moments, z, result, sums);
}
EACH_PROCESSOR void differentiate(const Group &group, const Half *x, const Half *gradient, const float *moments,
                                  float *z, Half *result, float *sums) {
  groupGradient(group, x, gradient, moments, z, result, sums);
}

struct Groups {
  int64_t images, channels, area, groups, width;  // `width` channels a group.
  at::Tensor scale, shift;
  Groups(const at::Tensor &x, int64_t groups, ct_tensor scale, ct_tensor shift)
      : images(x.size(0)), channels(x.size(1)), area(x.numel() / (images * channels)), groups(groups),
        width(channels / groups), scale(ct::rowByRow(scale)), shift(ct::rowByRow(shift)) {}

  int64_t count() const { return images * groups; }

  // Calls `body(number of the group, the group, where its numbers begin, room)` with room for `numbers` of them.
  template <typename Body>
  void each(int64_t numbers, Body &&body) const {
    auto *a = scale.const_data_ptr<float>(), *b = shift.const_data_ptr<float>();
    ct::eachShare(count(), std::max<int64_t>(1, 16384 / (width * area)), [&](int64_t begin, int64_t end) {
      ct::Numbers room(numbers);
      for (auto number = begin; number < end; number++) {
        auto channel = number % groups * width;
        body(number, Group{width, area, a + channel, b + channel}, number * width * area, room.start);
      }
    });
  }
};

// Calls `body` with a null pointer of the type of the tensor's numbers.
template <typename Body>
void withNumbers(const at::Tensor &tensor, Body &&body) {
  if (tensor.scalar_type() == at::kBFloat16)
    body(static_cast<Half *>(nullptr));
  else
    body(static_cast<float *>(nullptr));
}

}  // namespace

ct_status ct_normalized_activation(ct_tensor x, ct_tensor scale, ct_tensor shift, int64_t groups,
                                   double epsilon, ct_tensor *results, ct_error *error) {
  return ct::guarded(error, [&] {
    c10::NoGradGuard plain;
    auto given = ct::rowByRow(x);
    Groups sizes(given, groups, scale, shift);
    auto result = at::empty_like(given);
    auto moments = at::empty({sizes.count(), 2}, sizes.scale.options());
    auto *kept = moments.mutable_data_ptr<float>();
    withNumbers(given, [&]<class Number>(Number *) {
      auto *from = static_cast<const Number *>(given.const_data_ptr());
      auto *to = static_cast<Number *>(result.mutable_data_ptr());
      sizes.each(0, [&](int64_t number, const Group &group, int64_t start, float *) {
        activate(group, from + start, float(epsilon), to + start, kept + 2 * number);
      });
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
    auto found = ct::rowByRow(gradient), given = ct::rowByRow(x);
    Groups sizes(given, groups, scale, shift);
    auto result = at::empty_like(given);
    auto sums = at::empty({sizes.images, sizes.channels, 2}, sizes.scale.options());
    auto *kept = ct::borrow(moments).const_data_ptr<float>();
    auto *shares = sums.mutable_data_ptr<float>();
    withNumbers(given, [&]<class Number>(Number *) {
      auto *from = static_cast<const Number *>(given.const_data_ptr());
      auto *told = static_cast<const Number *>(found.const_data_ptr());
      auto *to = static_cast<Number *>(result.mutable_data_ptr());
      sizes.each(sizes.width * sizes.area, [&](int64_t number, const Group &group, int64_t start, float *room) {
        differentiate(group, from + start, told + start, kept + 2 * number, room, to + start,
                      shares + 2 * number * sizes.width);
      });
    });
    auto all = sums.sum(0);
    results[0] = ct::own(std::move(result));
    results[1] = ct::own(all.select(1, 1).contiguous());
    results[2] = ct::own(all.select(1, 0).contiguous());
  });
}
