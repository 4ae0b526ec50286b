#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <ATen/detail/MPSHooksInterface.h>
#include <c10/core/CachingDeviceAllocator.h>

#include <cstdlib>
#ifdef __linux__
#include <dlfcn.h>
#include <malloc.h>
#endif

#include "Support.h"

namespace ct {
std::atomic<int64_t> liveHandles{0};
thread_local int64_t threadHandles = 0;
}

namespace {

c10::DeviceAllocator *cachingAllocator(int32_t kind) {
  auto *allocator = c10::GetAllocator(static_cast<c10::DeviceType>(kind));
  return dynamic_cast<c10::DeviceAllocator *>(allocator);
}

}  // namespace

ct_status ct_start(int32_t threads, ct_error *error) {
  return ct::guarded(error, [&] {
#if defined(__linux__) && defined(__GLIBC__)
    // glibc returns every large tensor to the kernel and faults its pages in again at the next
    // step; keeping blocks up to 1 GiB in the heap is worth 1.4x on convolutional steps.
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_TOP_PAD, 16 << 20);
#endif
#ifdef __linux__
    // The package links against the CPU library alone, so that one binary serves both builds of
    // LibTorch; the CUDA kernels register themselves when their library is loaded.
    if (void *driver = dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL)) {
      dlclose(driver);
      dlopen("libtorch_cuda.so", RTLD_LAZY | RTLD_GLOBAL);
    }
#endif
    if (threads > 0) at::set_num_threads(threads);
  });
}

const char *ct_version(void) { return TORCH_VERSION; }

int32_t ct_threads(void) { return at::get_num_threads(); }

void ct_set_threads(int32_t threads) {
  ct_error error = nullptr;
  if (ct::guarded(&error, [&] { at::set_num_threads(threads); }) != CT_OK) free(error);
}

int32_t ct_device_count(int32_t kind) {
  int32_t count = 0;
  ct_error error = nullptr;
  auto status = ct::guarded(&error, [&] {
    switch (static_cast<c10::DeviceType>(kind)) {
      case c10::DeviceType::CPU:
        count = 1;
        break;
      case c10::DeviceType::CUDA:
        count = at::hasCUDA() ? at::detail::getCUDAHooks().deviceCount() : 0;
        break;
      case c10::DeviceType::MPS:
        count = at::hasMPS() ? 1 : 0;
        break;
      default:
        break;
    }
  });
  if (status != CT_OK) free(error);
  return count;
}

bool ct_supports_bfloat16(int32_t kind) {
  bool supported = false;
  ct_error error = nullptr;
  auto status = ct::guarded(&error, [&] {
    switch (static_cast<c10::DeviceType>(kind)) {
      case c10::DeviceType::CPU: {
        // oneDNN's kernels; without them LibTorch computes in bfloat16 far slower than in float32.
        auto op = c10::Dispatcher::singleton().findSchema(
            {"mkldnn::_is_mkldnn_bf16_supported", ""});
        supported = op && op->typed<bool()>().call();
        break;
      }
      case c10::DeviceType::CUDA:
        supported = at::hasCUDA() &&
                    at::detail::getCUDAHooks().supportsBFloat16ConvolutionWithCuDNNv8();
        break;
      case c10::DeviceType::MPS:
        supported = at::hasMPS() && at::detail::getMPSHooks().isOnMacOSorNewer(14, 0);
        break;
      default:
        break;
    }
  });
  if (status != CT_OK) free(error);
  return supported;
}

int64_t ct_live_handles(void) { return ct::liveHandles.load(std::memory_order_relaxed); }

int64_t ct_thread_handles(void) { return ct::threadHandles; }

void ct_device_memory(int32_t kind, int32_t index, int64_t *allocated, int64_t *reserved,
                      int64_t *peak) {
  *allocated = *reserved = *peak = 0;
  ct_error error = nullptr;
  auto status = ct::guarded(&error, [&] {
    if (auto *allocator = cachingAllocator(kind)) {
      auto statistics = allocator->getDeviceStats(static_cast<c10::DeviceIndex>(index));
      *allocated = statistics.allocated_bytes[0].current;
      *reserved = statistics.reserved_bytes[0].current;
      *peak = statistics.allocated_bytes[0].peak;
    }
  });
  if (status != CT_OK) free(error);
}

void ct_device_clear_cache(int32_t kind) {
  ct_error error = nullptr;
  auto status = ct::guarded(&error, [&] {
    if (auto *allocator = cachingAllocator(kind)) {
      allocator->emptyCache();
      return;
    }
#if defined(__linux__) && defined(__GLIBC__)
    malloc_trim(0);
#endif
  });
  if (status != CT_OK) free(error);
}

void ct_string_free(char *string) { free(string); }
