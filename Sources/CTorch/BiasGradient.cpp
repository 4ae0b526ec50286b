// The gradient of a layer's channels: passed where the layer's rectified result is not zero, and its sum a channel.
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/sum.h>
#include <c10/core/GradMode.h>

#include <bit>

#include "EachProcessor.h"
#include "RowByRow.h"
#include "Shares.h"
#include "StoredNumbers.h"

namespace {

using ct::Half;
using ct::number;

// What vectors of AVX-512 alone can select: 32 bits.
inline float where(float result, float gradient) { return result == 0 ? 0 : gradient; }
inline uint32_t where(Half result, Half gradient) {
  uint32_t made = result, found = gradient;
  return made & 0x7fff ? found : 0;
}
inline float number(uint32_t half) { return std::bit_cast<float>(half << 16); }

template <class Number>
INTO_EACH_PROCESSOR float pass(int64_t n, const Number *gradient, const Number *result, Number *to) {
#pragma clang fp reassociate(on)
  float sum = 0;
#pragma clang loop vectorize(enable)
  for (int64_t i = 0; i < n; i++) {
    auto found = where(result[i], gradient[i]);
    to[i] = found;
    sum += number(found);
  }
  return sum;
}

EACH_PROCESSOR float passed(int64_t n, const float *gradient, const float *result, float *to) {
  return pass(n, gradient, result, to);
}
EACH_PROCESSOR float passed(int64_t n, const Half *gradient, const Half *result, Half *to) {
  return pass(n, gradient, result, to);
}
EACH_PROCESSOR float summed(int64_t n, const float *gradient) { return ct::sumOf(n, gradient); }
EACH_PROCESSOR float summed(int64_t n, const Half *gradient) { return ct::sumOf(n, gradient); }

template <class Number>
void run(const at::Tensor &gradient, const at::Tensor &result, const at::Tensor &to, float *sums) {
  auto planes = gradient.size(0) * gradient.size(1), area = gradient.numel() / planes;
  auto *from = static_cast<const Number *>(gradient.const_data_ptr());
  auto *made = result.defined() ? static_cast<const Number *>(result.const_data_ptr()) : nullptr;
  auto *kept = result.defined() ? static_cast<Number *>(to.mutable_data_ptr()) : nullptr;
  ct::eachShare(planes, std::max<int64_t>(1, 32768 / area), [&](int64_t begin, int64_t end) {
    for (auto plane = begin; plane < end; plane++) {
      auto at = plane * area;
      sums[plane] = made ? passed(area, from + at, made + at, kept + at) : summed(area, from + at);
    }
  });
}

}  // namespace

ct_status ct_bias_gradient(ct_tensor gradient, ct_tensor result, ct_tensor *results, ct_error *error) {
  return ct::guarded(error, [&] {
    c10::NoGradGuard plain;
    auto from = ct::rowByRow(gradient), made = ct::rowByRow(result);
    auto to = made.defined() ? at::empty_like(from) : from;
    auto sums = at::empty({from.size(0), from.size(1)}, from.options().dtype(at::kFloat));
    if (from.numel() > 0) {
      if (from.scalar_type() == at::kBFloat16)
        run<Half>(from, made, to, sums.mutable_data_ptr<float>());
      else
        run<float>(from, made, to, sums.mutable_data_ptr<float>());
    }
    results[0] = ct::own(std::move(to));
    results[1] = ct::own(sums.sum(0));
  });
}
