// Convolutions whose channels are few or whose kernel is one point, as sums over shifted pictures, without a change of layout.
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
#include <limits>
#include <vector>

#include "../Products/Finishing.h"
#include "../Products/Numbers.h"
#include "../Products/Processor.h"
#include "../RowByRow.h"
#include "../Shares.h"
#include "../Support.h"
#include "Geometry.h"

namespace direct {
namespace {

using ct::Finishing;
using ct::Numbers;
using ct::numbers;
using ct::rowByRow;

struct Directions {
  void (*toSmall)(const Geometry &, const void *big, const float *weight, const Finishing &, void *small);
  void (*toBig)(const Geometry &, const void *small, const float *weight, const Finishing &, void *big);
  void (*toWeight)(const Geometry &, const void *big, const void *small, int64_t workers, float *weight);
};

#if defined(__x86_64__)
#define KERNELS "../Direct/Kernels.h"
#include "../Products/WithAVX512.h"
#include "../Products/WithAVX2.h"
#include "../Products/WithBFloat16.h"
#endif

const Directions &directionsFor(at::ScalarType type) {
#if defined(__x86_64__)
  if (type == at::kBFloat16) return bfloat16::directions;
  return ct::processor() == ct::Processor::avx512 ? avx512::directions : avx2::directions;
#else
  TORCH_CHECK(false, "no such instructions");
#endif
}

Geometry geometry(const at::Tensor &big, const at::Tensor &small, int64_t kernel, int64_t stride,
                  const int64_t *padding) {
  Geometry g{big.size(0), big.size(1), small.size(1), big.size(2), big.size(3), small.size(2), small.size(3),
             kernel, stride, padding[0], padding[1]};
  return g.isPointwise() ? g.flattened() : g;
}

}  // namespace
}  // namespace direct

using namespace direct;

ct_status ct_direct_small(ct_tensor big, ct_tensor weight, ct_tensor bias, bool is_rectified, int64_t stride,
                          const int64_t *padding, ct_tensor *result, ct_error *error) {
  return ct::guarded(error, [&] {
    c10::NoGradGuard plain;
    auto from = rowByRow(big), kernel = rowByRow(weight), shift = rowByRow(bias);
    auto size = [&](int64_t dim) {
      return (from.size(dim) + 2 * padding[dim - 2] - kernel.size(dim)) / stride + 1;
    };
    auto to = at::empty({from.size(0), kernel.size(0), size(2), size(3)}, from.options());
    directionsFor(from.scalar_type())
        .toSmall(geometry(from, to, kernel.size(2), stride, padding), from.const_data_ptr(), numbers(kernel),
                 {numbers(shift), is_rectified}, to.mutable_data_ptr());
    *result = ct::own(std::move(to));
  });
}

ct_status ct_direct_big(ct_tensor small, ct_tensor weight, ct_tensor bias, bool is_rectified, int64_t stride,
                        const int64_t *padding, const int64_t *size, ct_tensor *result, ct_error *error) {
  return ct::guarded(error, [&] {
    c10::NoGradGuard plain;
    auto from = rowByRow(small), kernel = rowByRow(weight), shift = rowByRow(bias);
    auto to = at::empty({from.size(0), kernel.size(1), size[0], size[1]}, from.options());
    directionsFor(from.scalar_type())
        .toBig(geometry(to, from, kernel.size(2), stride, padding), from.const_data_ptr(), numbers(kernel),
               {numbers(shift), is_rectified}, to.mutable_data_ptr());
    *result = ct::own(std::move(to));
  });
}

ct_status ct_direct_weight(ct_tensor big, ct_tensor small, int64_t kernel, int64_t stride, const int64_t *padding,
                           ct_tensor *result, ct_error *error) {
  return ct::guarded(error, [&] {
    c10::NoGradGuard plain;
    auto from = rowByRow(big), gradient = rowByRow(small);
    auto to = at::empty({gradient.size(1), from.size(1), kernel, kernel}, from.options().dtype(at::kFloat));
    directionsFor(from.scalar_type())
        .toWeight(geometry(from, gradient, kernel, stride, padding), from.const_data_ptr(), gradient.const_data_ptr(),
                  at::get_num_threads(), to.mutable_data_ptr<float>());
    *result = ct::own(std::move(to));
  });
}
