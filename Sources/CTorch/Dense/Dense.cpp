// Dense layers with a derivative of their own: y = x Wᵀ + b, and negative numbers of it as 0 if asked.
#include <ATen/autocast_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/le.h>
#include <ATen/ops/masked_fill.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/sum.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/custom_function.h>

#include "../Support.h"
#include "Multiply.h"
#include "RowSums.h"

namespace {

using at::Tensor;
using dense::Matrix;
using dense::MatrixProduct;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

const float *numbers(const Tensor &tensor) {
  return tensor.defined() ? tensor.const_data_ptr<float>() : nullptr;
}

// Recorded operators, for derivatives of derivatives.
variable_list recorded(const Tensor &gradient, const Tensor &x, const Tensor &weight, bool wantsX, bool wantsWeight,
                       bool wantsBias) {
  auto rows = gradient.reshape({-1, weight.size(0)});
  return {wantsX ? at::matmul(gradient, weight) : Tensor(),
          wantsWeight ? at::matmul(rows.t(), x.reshape({-1, weight.size(1)})) : Tensor(),
          wantsBias ? rows.sum(0) : Tensor(), Tensor()};
}

struct Dense : torch::autograd::Function<Dense> {
  static Tensor forward(AutogradContext *ctx, const Tensor &x, const Tensor &weight,
                        const std::optional<Tensor> &bias, bool isRectified) {
    auto from = x.contiguous(), w = weight.contiguous(), start = bias ? bias->contiguous() : Tensor();
    auto outputs = w.size(0), inputs = w.size(1);
    auto shape = x.sizes().vec();
    shape.back() = outputs;
    auto y = at::empty(shape, from.options());
    dense::multiply(MatrixProduct{from.numel() / inputs, outputs, inputs, {numbers(from), inputs, 1},
                                  {numbers(w), 1, inputs}, numbers(start),
                                  y.mutable_data_ptr<float>(), isRectified});
    ctx->save_for_backward({x, weight, isRectified ? y : Tensor()});
    ctx->saved_data["hasBias"] = bias.has_value();
    return y;
  }

  static variable_list backward(AutogradContext *ctx, variable_list gradients) {
    auto saved = ctx->get_saved_variables();
    auto x = saved[0], weight = saved[1], y = saved[2], gradient = gradients[0];
    if (!gradient.defined()) return variable_list(4);
    bool wantsX = ctx->needs_input_grad(0), wantsWeight = ctx->needs_input_grad(1),
         wantsBias = ctx->saved_data["hasBias"].toBool() && ctx->needs_input_grad(2);
    if (c10::GradMode::is_enabled())
      return recorded(y.defined() ? gradient.masked_fill(y.le(0), 0) : gradient, x, weight, wantsX, wantsWeight,
                      wantsBias);

    auto outputs = weight.size(0), inputs = weight.size(1), rows = x.numel() / inputs;
    auto g = gradient.contiguous();
    Tensor forX, forWeight, forBias;
    if (wantsBias) forBias = at::empty({outputs}, g.options());
    auto masked = y.defined() ? at::empty_like(g) : Tensor();
    if (wantsBias || y.defined())
      dense::sumRows(rows, outputs, numbers(g), numbers(y),
                     masked.defined() ? masked.mutable_data_ptr<float>() : nullptr,
                     wantsBias ? forBias.mutable_data_ptr<float>() : nullptr);
    if (masked.defined()) g = masked;

    c10::SmallVector<MatrixProduct, 2> products;
    auto from = wantsWeight ? x.contiguous() : Tensor(), w = wantsX ? weight.contiguous() : Tensor();
    if (wantsX) {
      forX = at::empty(x.sizes(), g.options());
      products.push_back({rows, inputs, outputs, {numbers(g), outputs, 1}, {numbers(w), inputs, 1},
                          nullptr, forX.mutable_data_ptr<float>(), false});
    }
    if (wantsWeight) {
      forWeight = at::empty({outputs, inputs}, g.options());
      products.push_back({outputs, inputs, rows, {numbers(g), 1, outputs}, {numbers(from), inputs, 1},
                          nullptr, forWeight.mutable_data_ptr<float>(), false});
    }
    dense::multiply(products);
    return {forX, forWeight, forBias, Tensor()};
  }
};

bool isPlain(const Tensor &tensor) { return ct::isPlain(tensor) && tensor.numel() > 0; }

bool isKnown(const Tensor &x, const Tensor &weight, const Tensor &bias) {
  if (!dense::isAvailable() || !isPlain(x) || !isPlain(weight)) return false;
  if (weight.dim() != 2 || x.dim() < 1 || x.size(-1) != weight.size(1)) return false;
  if (bias.defined() && (!isPlain(bias) || bias.dim() != 1 || bias.size(0) != weight.size(0)))
    return false;
  return !at::autocast::is_autocast_enabled(at::kCPU) && !ct_forward_level_is_held();
}

}  // namespace

bool ct_dense_is_available(void) { return dense::isAvailable(); }

ct_status ct_dense(ct_tensor x, ct_tensor weight, ct_tensor bias, bool is_rectified,
                   ct_tensor *result, ct_error *error) {
  return ct::guarded(error, [&] {
    auto from = ct::borrow(x), w = ct::borrow(weight), start = ct::borrow(bias);
    if (!isKnown(from, w, start)) {
      *result = nullptr;
      return;
    }
    std::optional<Tensor> given;
    if (start.defined()) given = start;
    *result = ct::own(Dense::apply(from, w, given, is_rectified));
  });
}
