#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/csrc/autograd/forward_grad.h>
#include <torch/csrc/autograd/function_hook.h>
#include <torch/csrc/autograd/variable.h>

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "Support.h"

namespace {

using torch::autograd::variable_list;

// The caller's context, released with the last reference to the graph node that uses it.
struct CustomContext : torch::CustomClassHolder {
  void *context;
  ct_custom_forward forward;
  ct_custom_backward backward;
  ct_custom_release release;
  size_t inputCount;

  CustomContext(void *context, ct_custom_forward forward, ct_custom_backward backward,
                ct_custom_release release, size_t inputCount)
      : context(context),
        forward(forward),
        backward(backward),
        release(release),
        inputCount(inputCount) {}
  ~CustomContext() override { release(context); }
};

using Shared = c10::intrusive_ptr<CustomContext>;

constexpr size_t capacity = 64;

void check(ct_status status, ct_error message) {
  if (status == CT_OK) return;
  std::string text = message ? message : "a custom function failed";
  free(message);
  TORCH_CHECK(false, text);
}

std::vector<ct_tensor> borrowed(const variable_list &tensors) {
  std::vector<ct_tensor> handles;
  for (const auto &tensor : tensors)
    handles.push_back(reinterpret_cast<ct_tensor>(tensor.unsafeGetTensorImpl()));
  return handles;
}

struct CustomFunction : torch::autograd::Function<CustomFunction> {
  static variable_list forward(torch::autograd::AutogradContext *ctx, Shared shared,
                               at::TensorList inputs) {
    variable_list list = inputs.vec();
    auto handles = borrowed(list);
    ct_tensor outputs[capacity], saved[capacity];
    size_t outputCount = 0, savedCount = 0;
    ct_error message = nullptr;
    check(shared->forward(shared->context, handles.data(), handles.size(), outputs, capacity,
                          &outputCount, saved, capacity, &savedCount, &message),
          message);
    variable_list results, kept;
    for (size_t i = 0; i < outputCount; i++) results.push_back(ct::take(outputs[i]));
    for (size_t i = 0; i < savedCount; i++) kept.push_back(ct::take(saved[i]));
    ctx->save_for_backward(std::move(kept));
    ctx->saved_data["context"] = c10::IValue::make_capsule(shared);
    return results;
  }

  static variable_list backward(torch::autograd::AutogradContext *ctx, variable_list gradients) {
    auto holder = ctx->saved_data["context"].toCapsule();
    auto *shared = static_cast<CustomContext *>(holder.get());
    auto kept = ctx->get_saved_variables();
    auto saved = borrowed(kept);
    auto incoming = borrowed(gradients);
    std::vector<ct_tensor> outgoing(shared->inputCount, nullptr);
    ct_error message = nullptr;
    check(shared->backward(shared->context, saved.data(), saved.size(), incoming.data(),
                           incoming.size(), outgoing.data(), outgoing.size(), &message),
          message);
    variable_list results;
    results.emplace_back();  // The context argument has no gradient.
    for (auto handle : outgoing) results.push_back(ct::take(handle));
    return results;
  }
};

// Tells the caller that an input's gradient is complete, and passes it on unchanged.
struct Watcher : torch::autograd::FunctionPreHook {
  ct_gradient_found found;
  void *context;
  size_t index;

  Watcher(ct_gradient_found found, void *context, size_t index)
      : found(found), context(context), index(index) {}
  variable_list operator()(const variable_list &gradients) override {
    if (gradients.size() == 1 && gradients[0].defined())
      found(context, index, reinterpret_cast<ct_tensor>(gradients[0].unsafeGetTensorImpl()));
    return gradients;
  }
};

// Watchers of leaves for as long as they are needed; LibTorch would keep them with the leaf.
struct Watch {
  const variable_list &leaves;

  Watch(const variable_list &leaves, ct_gradient_found found, void *context) : leaves(leaves) {
    for (size_t i = 0; i < leaves.size(); i++)
      torch::autograd::impl::add_hook(leaves[i], std::make_unique<Watcher>(found, context, i));
  }
  ~Watch() {
    for (const auto &leaf : leaves) torch::autograd::impl::clear_hooks(leaf);
  }
};

}  // namespace

bool ct_gradient_mode(void) { return c10::GradMode::is_enabled(); }

void ct_set_gradient_mode(bool enabled) { c10::GradMode::set_enabled(enabled); }

bool ct_autocast(int32_t kind, int32_t *dtype) {
  auto type = static_cast<c10::DeviceType>(kind);
  *dtype = static_cast<int32_t>(at::autocast::get_autocast_dtype(type));
  return at::autocast::is_autocast_enabled(type);
}

void ct_set_autocast(int32_t kind, bool enabled, int32_t dtype) {
  auto type = static_cast<c10::DeviceType>(kind);
  at::autocast::set_autocast_enabled(type, enabled);
  at::autocast::set_autocast_dtype(type, static_cast<at::ScalarType>(dtype));
  at::autocast::clear_cache();
}

ct_status ct_gradients(const ct_tensor *outputs, const ct_tensor *seeds, size_t output_count,
                       const ct_tensor *inputs, size_t input_count, bool retain_graph,
                       bool create_graph, ct_gradient_found found, void *context,
                       ct_tensor *results, ct_error *error) {
  return ct::guarded(error, [&] {
    variable_list from, weights, to;
    for (size_t i = 0; i < output_count; i++) {
      from.push_back(ct::borrow(outputs[i]));
      weights.push_back(ct::borrow(seeds[i]));
    }
    for (size_t i = 0; i < input_count; i++) to.push_back(ct::borrow(inputs[i]));
    std::optional<Watch> watch;
    if (found) watch.emplace(to, found, context);
    auto gradients =
        torch::autograd::grad(from, to, weights, retain_graph, create_graph, /*allow_unused=*/true);
    for (size_t i = 0; i < input_count; i++) results[i] = ct::own(std::move(gradients[i]));
  });
}

// LibTorch has one level of forward mode for the whole process, so threads take turns.
static std::mutex forwardTurn;
static thread_local bool hasForwardTurn = false;

ct_status ct_forward_level_enter(uint64_t *level, ct_error *error) {
  return ct::guarded(error, [&] {
    TORCH_CHECK(!hasForwardTurn, "forward-mode differentiation does not nest");
    std::unique_lock<std::mutex> turn(forwardTurn);
    *level = torch::autograd::ForwardADLevel::get_next_idx();
    hasForwardTurn = true;
    turn.release();
  });
}

bool ct_forward_level_is_held(void) { return hasForwardTurn; }

void ct_forward_level_leave(uint64_t level) {
  ct_error message = nullptr;
  if (ct::guarded(&message, [&] { torch::autograd::ForwardADLevel::release_idx(level); }) != CT_OK)
    free(message);
  hasForwardTurn = false;
  forwardTurn.unlock();
}

ct_status ct_custom_apply(void *context, ct_custom_forward forward, ct_custom_backward backward,
                          ct_custom_release release, const ct_tensor *inputs, size_t input_count,
                          ct_tensor *outputs, size_t output_capacity, size_t *output_count,
                          ct_error *error) {
  return ct::guarded(error, [&] {
    auto shared =
        c10::make_intrusive<CustomContext>(context, forward, backward, release, input_count);
    variable_list list;
    for (size_t i = 0; i < input_count; i++) list.push_back(ct::borrow(inputs[i]));
    auto results = CustomFunction::apply(shared, at::TensorList(list));
    TORCH_CHECK(results.size() <= output_capacity, "too many outputs: ", results.size());
    for (size_t i = 0; i < results.size(); i++) outputs[i] = ct::own(std::move(results[i]));
    *output_count = results.size();
  });
}
