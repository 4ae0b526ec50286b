// The order between queues of a device, on one that only writes down what it is asked: Sources/CTorch/Streams.cpp against what each
// function promises.
//
// The device takes the place of a kind that is nobody's (PrivateUse1) in LibTorch's table, as a driver would. Prints what is wrong and
// ends with 1, or prints the number of checks.
#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>

#include <cstdio>
#include <string>
#include <vector>

#include "Support.h"

namespace ct {
std::atomic<int64_t> liveHandles{0};
thread_local int64_t threadHandles = 0;
}

namespace {

constexpr auto kind = c10::DeviceType::PrivateUse1;
std::vector<std::string> said;
int64_t presentQueue = 3;
c10::DeviceIndex presentDevice = 0;
int events = 0;
int queues[100];

std::string name(const c10::Stream &stream) {
  return std::to_string(stream.device_index()) + ":" + std::to_string(stream.id());
}

struct Recorder final : c10::impl::DeviceGuardImplInterface {
  c10::DeviceType type() const override { return kind; }
  c10::Device exchangeDevice(c10::Device device) const override {
    auto former = presentDevice;
    presentDevice = device.index();
    return c10::Device(kind, former);
  }
  c10::Device getDevice() const override { return c10::Device(kind, presentDevice); }
  void setDevice(c10::Device device) const override { presentDevice = device.index(); }
  void uncheckedSetDevice(c10::Device device) const noexcept override { presentDevice = device.index(); }
  c10::Stream getStream(c10::Device device) const override { return c10::Stream(c10::Stream::UNSAFE, device, presentQueue); }
  c10::Stream getStreamFromGlobalPool(c10::Device device, bool) const override {
    return c10::Stream(c10::Stream::UNSAFE, device, 7);
  }
  c10::Stream exchangeStream(c10::Stream stream) const override { return stream; }
  c10::DeviceIndex deviceCount() const noexcept override { return 2; }
  void *getStreamNativeHandle(const c10::Stream stream) const override { return &queues[stream.id()]; }
  void record(void **event, const c10::Stream &stream, const c10::DeviceIndex, const c10::EventFlag) const override {
    *event = reinterpret_cast<void *>(static_cast<intptr_t>(++events));
    said.push_back("set " + std::to_string(events) + " in " + name(stream));
  }
  void block(void *event, const c10::Stream &stream) const override {
    said.push_back(name(stream) + " waits for " + std::to_string(reinterpret_cast<intptr_t>(event)));
  }
  void destroyEvent(void *event, const c10::DeviceIndex) const noexcept override {
    said.push_back("free " + std::to_string(reinterpret_cast<intptr_t>(event)));
  }
  void recordDataPtrOnStream(const c10::DataPtr &memory, const c10::Stream &stream) const override {
    said.push_back("keep " + std::string(memory.get() ? "memory" : "nothing") + " for " + name(stream));
  }
};

C10_REGISTER_GUARD_IMPL(PrivateUse1, Recorder);

int checks = 0, faults = 0;

void expect(const char *what, bool holds) {
  checks++;
  if (holds) return;
  faults++;
  printf("FAILED %s\n", what);
  for (const auto &line : said) printf("    %s\n", line.c_str());
}

void expectSaid(const char *what, const std::vector<std::string> &lines) {
  expect(what, said == lines);
  said.clear();
}

}  // namespace

int main() {
  ct_error error = nullptr;
  ct_stream stream;
  void *handle = nullptr;
  auto storage = c10::make_intrusive<c10::StorageImpl>(c10::StorageImpl::use_byte_size_t(), 64, c10::GetCPUAllocator(), false);
  auto impl = c10::make_intrusive<c10::TensorImpl>(
      c10::Storage(storage), c10::DispatchKeySet(c10::DispatchKey::CPU), caffe2::TypeMeta::Make<float>());
  auto tensor = reinterpret_cast<ct_tensor>(impl.get());

  expect("a queue is found", ct_stream_find(static_cast<int32_t>(kind), 1, &stream, &error) == CT_OK);
  expect("on the device", stream.id == 7 && stream.index == 1);
  expect("its handle is the device's", ct_stream_handle(stream, &handle, &error) == CT_OK && handle == &queues[7]);
  expect("following works", ct_stream_follow(stream, tensor, &error) == CT_OK);
  expectSaid("the queue waits for the thread's, and memory is kept for it",
             {"set 1 in 1:3", "1:7 waits for 1", "keep memory for 1:7", "free 1"});
  ct_mark mark = nullptr;
  expect("marking works", ct_stream_mark(stream, &mark, &error) == CT_OK && mark);
  expectSaid("the mark is in the queue", {"set 2 in 1:7"});
  // The thread that goes on need not be the one that began.
  presentQueue = 4;
  expect("waiting works", ct_mark_await(mark, &error) == CT_OK);
  expectSaid("the thread's queue waits for the mark", {"1:4 waits for 2"});
  ct_mark_release(mark);
  expectSaid("a mark is given back", {"free 2"});

  expect("a device becomes the present one", ct_device_choose(static_cast<int32_t>(kind), 1, &error) == CT_OK && presentDevice == 1);

  auto cpu = static_cast<int32_t>(c10::DeviceType::CPU);
  expect("the CPU is asked for a queue", ct_stream_find(cpu, 0, &stream, &error) == CT_OK);
  expect("and has none", ct_stream_handle(stream, &handle, &error) == CT_OK && !handle);
  expect("and nothing waits", ct_stream_follow(stream, tensor, &error) == CT_OK && ct_stream_mark(stream, &mark, &error) == CT_OK &&
                                  ct_mark_await(mark, &error) == CT_OK && ct_device_choose(cpu, 0, &error) == CT_OK);
  ct_mark_release(mark);
  expectSaid("on any device", {});

  auto absent = static_cast<int32_t>(c10::DeviceType::XLA);
  expect("a kind that is not there is an error", ct_stream_find(absent, 0, &stream, &error) == CT_FAILED && strstr(error, "xla"));
  free(error);
  if (faults == 0) printf("%d checks\n", checks);
  return faults != 0;
}
