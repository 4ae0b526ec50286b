// Shared by the implementation files: handles to LibTorch objects and the exception barrier.
#pragma once

#if !__has_include(<ATen/core/Tensor.h>)
#error "LibTorch's headers are missing: run bin/setup, which makes the symlink .torch"
#endif

#include <ATen/core/Tensor.h>
#include <c10/util/Exception.h>
#include <torch/headeronly/version.h>

#include <atomic>
#include <cstring>
#include <exception>
#include <string>

#include "include/CTorch.h"

static_assert(TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 11 && TORCH_VERSION_MINOR <= 15,
              "LibTorch 2.11 to 2.15 is supported: run bin/setup for the pinned version");

namespace ct {

extern std::atomic<int64_t> liveHandles;
// Handles made less handles released on this thread.
extern thread_local int64_t threadHandles;

inline void count(int64_t change) {
  liveHandles.fetch_add(change, std::memory_order_relaxed);
  threadHandles += change;
}

inline c10::TensorImpl *impl(ct_tensor tensor) {
  return reinterpret_cast<c10::TensorImpl *>(tensor);
}

// A counted reference to a borrowed handle.
inline at::Tensor borrow(ct_tensor tensor) {
  return at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(
      impl(tensor)));
}

// Hands a reference over to the caller of the C interface.
inline ct_tensor own(at::Tensor &&tensor) {
  if (tensor.defined()) count(1);
  return reinterpret_cast<ct_tensor>(tensor.unsafeReleaseTensorImpl());
}

// Takes an owned handle back into a reference.
inline at::Tensor take(ct_tensor tensor) {
  auto *pointer = impl(tensor);
  if (pointer != c10::UndefinedTensorImpl::singleton()) count(-1);
  return at::Tensor(
      c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(pointer));
}

// Numbers in memory that a kernel of float32 on the CPU can read, however far apart.
inline bool isPlain(const at::Tensor &tensor) {
  return tensor.is_cpu() && tensor.scalar_type() == at::kFloat && tensor.layout() == at::kStrided &&
         !tensor.is_neg();
}

inline c10::Device device(int32_t kind, int32_t index) {
  return c10::Device(static_cast<c10::DeviceType>(kind), static_cast<c10::DeviceIndex>(index));
}

inline ct_status fail(ct_error *error, const char *message) noexcept {
  if (error) *error = strdup(message);
  return CT_FAILED;
}

template <typename Body>
ct_status guarded(ct_error *error, Body &&body) noexcept {
  try {
    body();
    return CT_OK;
  } catch (const c10::Error &e) {
    return fail(error, e.what_without_backtrace());
  } catch (const std::exception &e) {
    return fail(error, e.what());
  } catch (...) {
    return fail(error, "LibTorch threw something that is no exception");
  }
}

}  // namespace ct
