#include <ATen/core/GraphImplInterface.h>
#include <c10/core/Stream.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <memory>

#include "../Generators.h"
#include "CUDAGraphs.h"

struct ct_graph_impl {
  std::unique_ptr<at::GraphImplInterface> graph;
  // The same graph where it wants to know of generators.
  ct::DrawingGraph *drawing = nullptr;
};

bool ct_graph_is_available(int32_t kind) {
  auto type = static_cast<c10::DeviceType>(kind);
  return at::has_graph_impl(type) || (type == c10::DeviceType::CUDA && ct::hasCUDAGraphs());
}

ct_status ct_graph_make(int32_t kind, ct_graph *out, ct_error *error) {
  return ct::guarded(error, [&] {
    auto type = static_cast<c10::DeviceType>(kind);
    auto made = std::make_unique<ct_graph_impl>();
    if (at::has_graph_impl(type)) {
      made->graph = at::create_graph_impl(type);
    } else if (type == c10::DeviceType::CUDA) {
      auto graph = ct::makeCUDAGraph();
      made->drawing = graph.get();
      made->graph = std::move(graph);
    }
    TORCH_CHECK(made->graph, "nothing can be recorded on this kind of device");
    *out = made.release();
  });
}

void ct_graph_release(ct_graph graph) {
  ct_error message = nullptr;
  if (ct::guarded(&message, [&] { delete graph; }) != CT_OK) free(message);
}

ct_status ct_graph_begin(ct_graph graph, ct_generator generator, ct_error *error) {
  return ct::guarded(error, [&] {
    if (graph->drawing) graph->drawing->admit(*ct::generator(generator));
    // Gradients are computed on threads of LibTorch's own, and batches are read on another one.
    graph->graph->capture_begin({0, 0}, at::GraphCaptureMode::ThreadLocal);
  });
}

ct_status ct_graph_end(ct_graph graph, ct_error *error) {
  return ct::guarded(error, [&] { graph->graph->capture_end(); });
}

ct_status ct_graph_replay(ct_graph graph, ct_error *error) {
  return ct::guarded(error, [&] { graph->graph->replay(); });
}

ct_status ct_stream_enter(int32_t kind, int32_t index, ct_current_stream *before, ct_error *error) {
  return ct::guarded(error, [&] {
    auto type = static_cast<c10::DeviceType>(kind);
    *before = ct_current_stream{};
    if (type == c10::DeviceType::CPU) return;
    c10::impl::VirtualGuardImpl guard(type);
    auto device = c10::Device(type, static_cast<c10::DeviceIndex>(index));
    guard.synchronizeDevice(device.index());
    before->device = guard.exchangeDevice(device).index();
    auto stream = guard.exchangeStream(guard.getStreamFromGlobalPool(device));
    before->stream = stream.id();
    before->stream_device = stream.device_index();
  });
}

void ct_stream_leave(int32_t kind, int32_t index, ct_current_stream before) {
  auto type = static_cast<c10::DeviceType>(kind);
  if (type == c10::DeviceType::CPU) return;
  ct_error message = nullptr;
  auto status = ct::guarded(&message, [&] {
    c10::impl::VirtualGuardImpl guard(type);
    guard.synchronizeDevice(static_cast<c10::DeviceIndex>(index));
    auto device = c10::Device(type, static_cast<c10::DeviceIndex>(before.stream_device));
    guard.exchangeStream(c10::Stream(c10::Stream::UNSAFE, device, before.stream));
    guard.setDevice(c10::Device(type, static_cast<c10::DeviceIndex>(before.device)));
  });
  if (status != CT_OK) free(message);
}
