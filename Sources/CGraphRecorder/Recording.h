// The operators that a thread called, to be called again on the same memory.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/dispatch/Dispatcher.h>

#include <unordered_map>
#include <vector>

namespace recorder {

using Stack = std::vector<c10::IValue>;

struct Call {
  c10::OperatorHandle op;
  Stack arguments;
  // The tensors that it made; a replay writes into them.
  std::vector<at::Tensor> made;
};

class Recording {
 public:
  // Calls `op` on the top of the stack and keeps the call; throws for one whose outcome a graph cannot hold.
  void call(const c10::OperatorHandle &op, c10::DispatchKeySet keys, Stack *stack);
  // Takes back what the calls changed, so that nothing has been done yet.
  void undo();
  void replay();

 private:
  struct Bytes {
    c10::Storage storage;
    std::vector<char> before;
  };

  void keepState(const c10::OperatorHandle &op, const Stack &arguments);
  void keep(const at::Tensor &tensor);

  std::vector<Call> calls;
  std::unordered_map<const c10::StorageImpl *, Bytes> memory;
  std::vector<std::pair<at::Generator, at::Tensor>> generators;
};

}  // namespace recorder
