// Queues of work on any kind of device, through LibTorch's interface that all kinds share: no header of CUDA is needed.
#include <c10/core/Event.h>
#include <c10/core/StorageImpl.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include "Support.h"

struct ct_mark_impl {
  c10::Event event;
};

namespace {

bool hasQueues(const ct_stream &stream) {
  return static_cast<c10::DeviceType>(stream.kind) != c10::DeviceType::CPU;
}

c10::Stream place(const ct_stream &stream) {
  return c10::Stream(c10::Stream::UNSAFE, ct::device(stream.kind, stream.index), stream.id);
}

// Where the calling thread's operators queue on the stream's device.
c10::Stream present(const c10::Stream &stream) {
  return c10::impl::VirtualGuardImpl(stream.device_type()).getStream(stream.device());
}

// A template, so that LibTorch 2.11, which may not know the function yet, still compiles.
template <typename Stream>
void *nativeHandle(const Stream &stream) {
  if constexpr (requires { stream.native_handle(); }) {
    return stream.native_handle();
  } else {
    TORCH_CHECK(false, "this version of LibTorch does not tell the handles of streams: run bin/setup for the pinned one");
  }
}

}  // namespace

ct_status ct_stream_find(int32_t kind, int32_t index, ct_stream *out, ct_error *error) {
  return ct::guarded(error, [&] {
    ct_stream stream = {0, kind, index};
    if (hasQueues(stream)) {
      auto device = ct::device(kind, index);
      stream.id = c10::impl::VirtualGuardImpl(device.type()).getStreamFromGlobalPool(device).id();
    }
    *out = stream;
  });
}

ct_status ct_stream_handle(ct_stream stream, void **out, ct_error *error) {
  return ct::guarded(error, [&] { *out = hasQueues(stream) ? nativeHandle(place(stream)) : nullptr; });
}

ct_status ct_stream_follow(ct_stream stream, ct_tensor tensor, ct_error *error) {
  return ct::guarded(error, [&] {
    if (!hasQueues(stream)) return;
    auto queue = place(stream);
    c10::Event event(queue.device_type());
    event.record(present(queue));
    event.block(queue);
    auto value = ct::borrow(tensor);
    c10::impl::VirtualGuardImpl(queue.device_type()).recordDataPtrOnStream(value.storage().data_ptr(), queue);
  });
}

ct_status ct_stream_mark(ct_stream stream, ct_mark *out, ct_error *error) {
  return ct::guarded(error, [&] {
    c10::Event event(static_cast<c10::DeviceType>(stream.kind));
    if (hasQueues(stream)) event.record(place(stream));
    *out = new ct_mark_impl{std::move(event)};
  });
}

ct_status ct_mark_await(ct_mark mark, ct_error *error) {
  return ct::guarded(error, [&] {
    // One that was never set, as on the CPU, keeps nobody waiting.
    if (!mark->event.was_marked_for_recording()) return;
    c10::impl::VirtualGuardImpl guard(mark->event.device_type());
    mark->event.block(guard.getStream(mark->event.device()));
  });
}

void ct_mark_release(ct_mark mark) { delete mark; }

ct_status ct_device_choose(int32_t kind, int32_t index, ct_error *error) {
  return ct::guarded(error, [&] {
    auto device = ct::device(kind, index);
    c10::impl::VirtualGuardImpl(device.type()).setDevice(device);
  });
}
