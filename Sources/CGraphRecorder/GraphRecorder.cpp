// LibTorch's interface for recordings, filled for the CPU by a mode below automatic differentiation: kernels of the forward pass and of
// gradients both pass through it once, and what they call themselves does not.
#include "CGraphRecorder.h"

#include <ATen/core/GraphImplInterface.h>
#include <c10/core/impl/LocalDispatchKeySet.h>
#include <torch/library.h>

#include <memory>
#include <mutex>

#include "Recording.h"

namespace {

// The mode's key: LibTorch's own use of it needs a mode that nobody enters here.
constexpr auto key = c10::DispatchKey::Fake;

thread_local recorder::Recording *current = nullptr;

void record(const c10::OperatorHandle &op, c10::DispatchKeySet keys, torch::jit::Stack *stack) {
  c10::impl::ExcludeDispatchKeyGuard once(key);
  TORCH_CHECK(current, "an operator is recorded on a thread that records nothing");
  current->call(op, keys, stack);
}

class Graph final : public at::GraphImplInterface {
 public:
  explicit Graph(const at::GraphImplArgs &) {}
  ~Graph() override {
    if (recording && current == recording.get()) end();
  }

  void capture_begin(at::MempoolId_t, at::GraphCaptureMode) override {
    TORCH_CHECK(!current, "this thread records already");
    recording = std::make_unique<recorder::Recording>();
    current = recording.get();
    c10::impl::tls_set_dispatch_key_included(key, true);
  }
  void capture_end() override {
    TORCH_CHECK(recording && current == recording.get(), "nothing is being recorded");
    end();
  }
  void instantiate() override {}
  void replay() override {
    TORCH_CHECK(recording && !current, "nothing was recorded");
    recording->replay();
  }
  void reset() override { recording.reset(); }
  at::MempoolId_t pool() const override { return {0, 0}; }
  void enable_debug_mode() override {}
  void debug_dump(const std::string &) override {}

 private:
  void end() {
    c10::impl::tls_set_dispatch_key_included(key, false);
    current = nullptr;
    recording->undo();
  }

  std::unique_ptr<recorder::Recording> recording;
};

}  // namespace

void recorder_register(void) {
  static std::once_flag once;
  std::call_once(once, [] {
    static torch::Library library(torch::Library::IMPL, "_", key, __FILE__, __LINE__);
    library.fallback(torch::CppFunction::makeFromBoxedFunction<&record>());
    at::GraphImplRegistry()->Register(
        "CPU", [](const at::GraphImplArgs &arguments) -> std::unique_ptr<at::GraphImplInterface> {
          return std::make_unique<Graph>(arguments);
        });
  });
}
