// Convolutions of 3 × 3 at stride 1 and of 4 × 4 at stride 2 with a quarter to two fifths of the multiplications.
#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <c10/core/GradMode.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

#include "../Products/Finishing.h"
#include "../Products/Numbers.h"
#include "../Products/Processor.h"
#include "../RowByRow.h"
#include "../Shares.h"
#include "../Support.h"
#include "Geometry.h"

namespace winograd {
namespace {

using ct::Finishing;
using ct::numbers;
using ct::rowByRow;
using ct::Numbers;

struct Directions {
  void (*small)(const Geometry &, const void *big, const float *weight, const Finishing &finishing,
                void *result);
  void (*big)(const Geometry &, const void *small, const float *weight, const Finishing &finishing,
              void *result);
  void (*weight)(const Geometry &, const void *big, const void *small, int64_t workers,
                 float *result);
};

#if defined(__x86_64__)
#define KERNELS "../Winograd/Kernels.h"
#include "../Products/WithAVX512.h"
#include "../Products/WithAVX2.h"
#include "../Products/WithBFloat16.h"
#endif

const Directions &directions(int64_t taps, at::ScalarType type) {
#if defined(__x86_64__)
  if (type == at::kBFloat16) return taps == 3 ? bfloat16::threeTaps : bfloat16::twoTaps;
  if (ct::processor() == ct::Processor::avx512) return taps == 3 ? avx512::threeTaps : avx512::twoTaps;
  return taps == 3 ? avx2::threeTaps : avx2::twoTaps;
#else
  TORCH_CHECK(false, "no such instructions");
#endif
}

Geometry geometry(const at::Tensor &big, const at::Tensor &small, const at::Tensor &weight,
                  int64_t stride, int64_t rowPadding, int64_t columnPadding) {
  return {big.size(0), weight.size(1), weight.size(0), big.size(2), big.size(3), small.size(2),
          small.size(3), weight.size(2) / stride, stride, rowPadding, columnPadding};
}

// Shares of a weight's gradient are as large as its transform; more of them than fit here are not worth their memory.
int64_t workers(const Geometry &g) {
  constexpr int64_t room = int64_t{64} << 20;
  auto share = g.places() * g.phases() * padded(g.inputs) * padded(g.outputs);
  return std::clamp<int64_t>(room / share, 1, at::get_num_threads());
}

}  // namespace
}  // namespace winograd

using namespace winograd;

bool ct_winograd_is_available(void) { return ct::processor() != ct::Processor::other; }

bool ct_winograd_takes_bfloat16(void) { return ct::hasBFloat16(); }

ct_status ct_winograd_small(ct_tensor big, ct_tensor weight, ct_tensor bias, bool is_rectified,
                            int64_t stride, const int64_t *padding, ct_tensor *result, ct_error *error) {
  return ct::guarded(error, [&] {
    c10::NoGradGuard plain;
    auto from = rowByRow(big), kernel = rowByRow(weight);
    auto shift = rowByRow(bias);
    auto size = [&](int64_t dim) {
      return (from.size(dim) + 2 * padding[dim - 2] - kernel.size(dim)) / stride + 1;
    };
    auto to = at::empty({from.size(0), kernel.size(0), size(2), size(3)}, from.options());
    auto g = geometry(from, to, kernel, stride, padding[0], padding[1]);
    directions(g.taps, from.scalar_type())
        .small(g, from.const_data_ptr(), numbers(kernel), {numbers(shift), is_rectified}, to.mutable_data_ptr());
    *result = ct::own(std::move(to));
  });
}

ct_status ct_winograd_big(ct_tensor small, ct_tensor weight, ct_tensor bias, bool is_rectified,
                          int64_t stride, const int64_t *padding, const int64_t *size, ct_tensor *result,
                          ct_error *error) {
  return ct::guarded(error, [&] {
    c10::NoGradGuard plain;
    auto from = rowByRow(small), kernel = rowByRow(weight);
    auto shift = rowByRow(bias);
    auto to = at::empty({from.size(0), kernel.size(1), size[0], size[1]}, from.options());
    auto g = geometry(to, from, kernel, stride, padding[0], padding[1]);
    directions(g.taps, from.scalar_type())
        .big(g, from.const_data_ptr(), numbers(kernel), {numbers(shift), is_rectified}, to.mutable_data_ptr());
    *result = ct::own(std::move(to));
  });
}

ct_status ct_winograd_weight(ct_tensor big, ct_tensor small, int64_t kernel, int64_t stride,
                             const int64_t *padding, ct_tensor *result, ct_error *error) {
  return ct::guarded(error, [&] {
    c10::NoGradGuard plain;
    auto from = rowByRow(big), gradient = rowByRow(small);
    auto to = at::empty({gradient.size(1), from.size(1), kernel, kernel}, from.options().dtype(at::kFloat));
    auto g = geometry(from, gradient, to, stride, padding[0], padding[1]);
    directions(g.taps, from.scalar_type())
        .weight(g, from.const_data_ptr(), gradient.const_data_ptr(), workers(g), to.mutable_data_ptr<float>());
    *result = ct::own(std::move(to));
  });
}
