#include "Recording.h"

#include <ATen/core/LegacyTypeDispatch.h>
#include <ATen/core/enum_tag.h>
#include <ATen/ops/empty.h>
#include <c10/core/impl/LocalDispatchKeySet.h>

#include <cstring>
#include <string>
#include <unordered_set>

namespace recorder {

namespace {

// The defined tensors in a value, alone or in a list.
void collect(const c10::IValue &value, std::vector<at::Tensor> &tensors) {
  if (value.isTensor()) {
    if (value.toTensor().defined()) tensors.push_back(value.toTensor());
  } else if (value.isList()) {
    for (const c10::IValue &element : value.toListRef()) collect(element, tensors);
  }
}

std::vector<at::Tensor> tensors(const c10::IValue *begin, const c10::IValue *end) {
  std::vector<at::Tensor> found;
  for (auto *value = begin; value != end; value++) collect(*value, found);
  return found;
}

const c10::StorageImpl *storage(const at::Tensor &tensor) {
  return tensor.storage().unsafeGetStorageImpl();
}

// LibTorch's schemas do not say that these change their running statistics.
bool changesSilently(const c10::OperatorHandle &op) {
  return op.schema().name().find("batch_norm") != std::string::npos;
}

// Memory that nobody has written to yet. The host may write to it, as it does for constants, and a graph would not undo that.
bool makesRoom(const c10::OperatorHandle &op) {
  const auto &name = op.schema().name();
  return name.rfind("aten::empty", 0) == 0 || name.rfind("aten::new_empty", 0) == 0;
}

bool changesAnything(const c10::OperatorHandle &op) {
  return op.schema().is_mutable() || changesSilently(op);
}

}  // namespace

void Recording::keep(const at::Tensor &tensor) {
  auto *key = storage(tensor);
  if (memory.count(key)) return;
  auto *begin = static_cast<const char *>(key->data());
  memory.emplace(key, Bytes{tensor.storage(), std::vector<char>(begin, begin + key->nbytes())});
}

void Recording::keepState(const c10::OperatorHandle &op, const Stack &arguments) {
  for (size_t i = 0; i < arguments.size(); i++) {
    if (arguments[i].isGenerator()) {
      auto generator = arguments[i].toGenerator();
      bool isKept = false;
      for (auto &pair : generators) isKept |= pair.first == generator;
      if (!isKept) generators.emplace_back(generator, generator.get_state());
    }
    auto *alias = op.schema().arguments()[i].alias_info();
    if (!changesSilently(op) && !(alias && alias->isWrite())) continue;
    for (const auto &tensor : tensors(&arguments[i], &arguments[i] + 1)) keep(tensor);
  }
}

void Recording::call(const c10::OperatorHandle &op, c10::DispatchKeySet keys, Stack *stack) {
  TORCH_CHECK(!op.hasTag(at::Tag::data_dependent_output) && !op.hasTag(at::Tag::dynamic_output_shape),
              op.schema().name(), " waits for numbers, which are not known while a step is recorded");
  size_t count = op.schema().arguments().size();
  Stack arguments(stack->end() - static_cast<ptrdiff_t>(count), stack->end());
  keepState(op, arguments);
  size_t below = stack->size() - count;
  op.redispatchBoxed(keys & c10::DispatchKeySet(c10::DispatchKeySet::FULL_AFTER, c10::DispatchKey::Fake), stack);
  std::unordered_set<const c10::StorageImpl *> given;
  for (const auto &tensor : tensors(arguments.data(), arguments.data() + count)) given.insert(storage(tensor));
  Call made{op, std::move(arguments), {}};
  for (const auto &tensor : tensors(stack->data() + below, stack->data() + stack->size()))
    if (!given.count(storage(tensor))) made.made.push_back(tensor);
  // What only looks at its arguments in another way need not look again.
  if ((!made.made.empty() && !makesRoom(op)) || changesAnything(op)) calls.push_back(std::move(made));
}

void Recording::undo() {
  for (auto &[key, bytes] : memory)
    std::memcpy(bytes.storage.mutable_data(), bytes.before.data(), bytes.before.size());
  for (auto &[generator, state] : generators) generator.set_state(state);
  memory.clear();
  generators.clear();
}

void Recording::replay() {
  at::AutoDispatchBelowADInplaceOrView guard;
  for (const auto &call : calls) {
    Stack stack = call.arguments;
    std::unordered_set<const c10::StorageImpl *> given;
    for (const auto &tensor : tensors(stack.data(), stack.data() + stack.size())) given.insert(storage(tensor));
    call.op.callBoxed(stack);
    size_t next = 0;
    for (const auto &tensor : tensors(stack.data(), stack.data() + stack.size())) {
      if (given.count(storage(tensor))) continue;
      TORCH_CHECK(next < call.made.size() && tensor.sizes() == call.made[next].sizes(), call.op.schema().name(),
                  " made something else than when it was recorded");
      call.made[next++].copy_(tensor);
    }
  }
}

}  // namespace recorder
