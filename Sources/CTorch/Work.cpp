// Counts of what LibTorch does on one thread, through the two hooks that its own profiler uses: a callback before every
// operator and every node of a gradient, and a report of every block of memory.
#include <ATen/record_function.h>
#include <c10/core/Allocator.h>
#include <c10/util/ThreadLocalDebugInfo.h>

#include <algorithm>

#include "Support.h"

namespace {

class Meter final : public c10::MemoryReportingInfoBase {
 public:
  void reportMemoryUsage(void *, int64_t size, size_t, size_t, c10::Device) override {
    alive += size;
    if (size > 0) {
      work.allocations++;
      work.allocated += size;
    }
    work.peak = std::max(work.peak, alive);
  }
  bool memoryProfilingEnabled() const override { return true; }

  ct_work work{};
  int64_t alive = 0;
};

thread_local std::shared_ptr<Meter> meter;
thread_local at::CallbackHandle callback = at::INVALID_CALLBACK_HANDLE;

std::unique_ptr<at::ObserverContext> count(const at::RecordFunction &function) {
  if (meter) (function.scope() == at::RecordScope::FUNCTION ? meter->work.operators : meter->work.nodes)++;
  return nullptr;
}

}  // namespace

ct_status ct_work_begin(ct_error *error) {
  return ct::guarded(error, [&] {
    TORCH_CHECK(!meter, "work is being counted on this thread already");
    auto made = std::make_shared<Meter>();
    c10::ThreadLocalDebugInfo::_push(c10::DebugInfoKind::PROFILER_STATE, made);
    meter = std::move(made);
    callback = at::addThreadLocalCallback(at::RecordFunctionCallback(count).scopes(
        {at::RecordScope::FUNCTION, at::RecordScope::BACKWARD_FUNCTION}));
  });
}

ct_work ct_work_now(void) { return meter ? meter->work : ct_work{}; }

void ct_work_restart(void) {
  if (!meter) return;
  meter->work = ct_work{};
  meter->work.peak = meter->alive;
}

void ct_work_end(void) {
  if (!meter) return;
  ct_error error = nullptr;
  auto status = ct::guarded(&error, [&] {
    at::removeCallback(callback);
    c10::ThreadLocalDebugInfo::_pop(c10::DebugInfoKind::PROFILER_STATE);
    meter.reset();
  });
  if (status != CT_OK) free(error);
}
