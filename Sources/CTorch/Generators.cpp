#include <ATen/CPUGeneratorImpl.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <ATen/detail/MPSHooksInterface.h>

#include "Generators.h"
#include "Reads.h"

namespace {

at::Generator make(int32_t kind, int32_t index) {
  switch (static_cast<c10::DeviceType>(kind)) {
    case c10::DeviceType::CPU:
      return at::detail::createCPUGenerator();
    case c10::DeviceType::CUDA:
      return at::detail::getCUDAHooks().getNewGenerator(static_cast<c10::DeviceIndex>(index));
    case c10::DeviceType::MPS:
      return at::detail::getMPSHooks().getNewGenerator(static_cast<c10::DeviceIndex>(index));
    default:
      TORCH_CHECK(false, "no random number generator for this kind of device");
  }
}

}  // namespace

ct_status ct_generator_make(int32_t kind, int32_t index, uint64_t seed, ct_generator *out,
                            ct_error *error) {
  return ct::guarded(error, [&] {
    ct::reading("a generator of its own");
    auto generator = make(kind, index);
    generator.set_current_seed(seed);
    *out = reinterpret_cast<ct_generator>(new at::Generator(std::move(generator)));
  });
}

void ct_generator_release(ct_generator generator) { delete ct::generator(generator); }

ct_status ct_generator_state(ct_generator generator, ct_tensor *out, ct_error *error) {
  return ct::guarded(error, [&] {
    ct::reading("the state of a generator");
    auto *source = ct::generator(generator);
    std::lock_guard<std::mutex> lock(source->mutex());
    *out = ct::own(source->get_state());
  });
}

ct_status ct_generator_set_state(ct_generator generator, ct_tensor state, ct_error *error) {
  return ct::guarded(error, [&] {
    ct::reading("the state of a generator");
    auto *target = ct::generator(generator);
    std::lock_guard<std::mutex> lock(target->mutex());
    target->set_state(ct::borrow(state));
  });
}
