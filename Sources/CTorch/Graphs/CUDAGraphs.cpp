// LibTorch has an interface for recordings on every device, which its CUDA library does not fill in 2.13 (pytorch/pytorch, pull requests
// 171313 and 190307). This fills it with that library's own class at::cuda::CUDAGraph, whose functions are looked up by name once the
// library is loaded: the package is compiled without CUDA's headers and linked without its libraries.
#include "CUDAGraphs.h"

#ifdef __linux__
#include <dlfcn.h>
#endif

#include <c10/util/Exception.h>

#include <cstring>
#include <new>

namespace {

// Functions of at::cuda::CUDAGraph, `this` in front. All are exported by 2.13; where another version lacks one, nothing is recorded.
struct Functions {
  void (*make)(void *, bool) = nullptr;
  void (*destroy)(void *) = nullptr;
  void (*begin)(void *, at::MempoolId_t, unsigned) = nullptr;
  void (*end)(void *) = nullptr;
  void (*replay)(void *) = nullptr;
  void (*reset)(void *) = nullptr;
  // Up to 2.13 a generator must be named before the recording begins; later ones are found when they draw.
  void (*admit)(void *, const at::Generator &) = nullptr;

  bool isComplete() const { return make && destroy && begin && end && replay && reset; }
};

template <typename Function>
void find(Function &function, const char *name) {
#ifdef __linux__
  function = reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
#endif
}

const Functions &functions() {
  static const Functions found = [] {
    Functions list;
    find(list.make, "_ZN2at4cuda9CUDAGraphC1Eb");
    find(list.destroy, "_ZN2at4cuda9CUDAGraphD1Ev");
    find(list.begin, "_ZN2at4cuda9CUDAGraph13capture_beginESt4pairIyyE21cudaStreamCaptureMode");
    find(list.end, "_ZN2at4cuda9CUDAGraph11capture_endEv");
    find(list.replay, "_ZN2at4cuda9CUDAGraph6replayEv");
    find(list.reset, "_ZN2at4cuda9CUDAGraph5resetEv");
    find(list.admit, "_ZN2at4cuda9CUDAGraph24register_generator_stateERKNS_9GeneratorE");
    return list;
  }();
  return found;
}

class CUDAGraph final : public ct::DrawingGraph {
 public:
  CUDAGraph() {
    std::memset(place, 0, sizeof place);
    functions().make(place, /*keep_graph=*/false);
  }
  ~CUDAGraph() override { functions().destroy(place); }

  void admit(const at::Generator &generator) override {
    if (functions().admit) functions().admit(place, generator);
  }
  void capture_begin(at::MempoolId_t pool, at::GraphCaptureMode mode) override {
    functions().begin(place, pool, cudaMode(mode));
  }
  // Makes the graph executable too, since the raw one is not kept.
  void capture_end() override { functions().end(place); }
  void instantiate() override {}
  void replay() override { functions().replay(place); }
  void reset() override { functions().reset(place); }
  at::MempoolId_t pool() const override { TORCH_CHECK(false, "the pool is the graph's own"); }
  void enable_debug_mode() override {}
  void debug_dump(const std::string &) override {}

 private:
  // cudaStreamCaptureMode of CUDA's runtime: global, of the thread, relaxed.
  static unsigned cudaMode(at::GraphCaptureMode mode) {
    switch (mode) {
      case at::GraphCaptureMode::ThreadLocal:
        return 1;
      case at::GraphCaptureMode::Relaxed:
        return 2;
      default:
        return 0;
    }
  }

  // The object takes 360 bytes or so in 2.13; its constructor knows how many, a compiler without CUDA's headers does not.
  alignas(64) unsigned char place[8192];
};

}  // namespace

bool ct::hasCUDAGraphs() { return functions().isComplete(); }

std::unique_ptr<ct::DrawingGraph> ct::makeCUDAGraph() {
  if (!functions().isComplete()) return nullptr;
  return std::make_unique<CUDAGraph>();
}
