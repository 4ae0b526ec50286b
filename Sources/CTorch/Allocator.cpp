// Memory of tensors on the CPU from `malloc`, so that a block fits where one of its size was.
//
// LibTorch takes it from `posix_memalign`, for which glibc looks for more than is asked and splits the rest off: the place of a tensor
// that is gone does not take another of the same size, and the heap grows around holes. The memory of small ones comes from the
// thread's own cache besides.
#include <c10/core/CPUAllocator.h>
#include <c10/util/Exception.h>

#include <cstdint>
#include <cstdlib>

#if defined(__linux__) && defined(__GLIBC__)

namespace {

constexpr size_t alignment = 64;

// In front of the numbers: where the block begins that `free` gets.
void *&block(void *numbers) { return static_cast<void **>(numbers)[-1]; }

void release(void *numbers) {
  if (!numbers) return;
  c10::profiledCPUMemoryReporter().Delete(numbers);
  std::free(block(numbers));
}

class HeapAllocator final : public c10::Allocator {
 public:
  c10::DataPtr allocate(size_t size) override {
    auto *numbers = size == 0 ? nullptr : allocated(size);
    return {numbers, numbers, release, c10::Device(c10::kCPU)};
  }

  c10::DeleterFnPtr raw_deleter() const override { return release; }

  void copy_data(void *to, const void *from, size_t size) const override {
    default_copy_data(to, from, size);
  }

 private:
  void *allocated(size_t size) {
    constexpr size_t room = alignment + sizeof(void *);
    void *start = size <= SIZE_MAX - room ? std::malloc(size + room) : nullptr;
    if (!start) {
      c10::profiledCPUMemoryReporter().OutOfMemory(size);
      TORCH_CHECK(false, "no memory for a tensor of ", size, " bytes");
    }
    auto place = reinterpret_cast<uintptr_t>(start) + sizeof(void *);
    auto *numbers = reinterpret_cast<void *>((place + alignment - 1) / alignment * alignment);
    block(numbers) = start;
    c10::profiledCPUMemoryReporter().New(numbers, size);
    return numbers;
  }
};

// Before main: what one allocator gave must not be given back to another, and LibTorch asks which one it has each time, while other
// threads compute. It lives on, since tensors may go after static objects have.
[[maybe_unused]] const bool isTaken = [] {
  c10::SetCPUAllocator(new HeapAllocator, 1);
  return true;
}();

}  // namespace

#endif
