#include "CAllocationMeter.h"
#include <stdatomic.h>
#include <stddef.h>

// Present where the program was built with a sanitizer.
__attribute__((weak)) int __sanitizer_install_malloc_and_free_hooks(
    void (*on_malloc)(const volatile void *, size_t), void (*on_free)(const volatile void *));
__attribute__((weak)) size_t __sanitizer_get_allocated_size(const volatile void *address);

static atomic_llong alive, base, peak;

static void taken(const volatile void *address, size_t size) {
  (void)address;
  long long now = atomic_fetch_add_explicit(&alive, (long long)size, memory_order_relaxed) + (long long)size;
  long long most = atomic_load_explicit(&peak, memory_order_relaxed);
  while (now > most && !atomic_compare_exchange_weak_explicit(
                           &peak, &most, now, memory_order_relaxed, memory_order_relaxed)) {
  }
}

static void given(const volatile void *address) {
  if (address == NULL) return;
  size_t size = __sanitizer_get_allocated_size(address);
  atomic_fetch_sub_explicit(&alive, (long long)size, memory_order_relaxed);
}

int latent_meter_start(void) {
  if (!__sanitizer_install_malloc_and_free_hooks || !__sanitizer_get_allocated_size) return 0;
  return __sanitizer_install_malloc_and_free_hooks(taken, given) > 0;
}

void latent_meter_reset(void) {
  long long now = atomic_load_explicit(&alive, memory_order_relaxed);
  atomic_store_explicit(&base, now, memory_order_relaxed);
  atomic_store_explicit(&peak, now, memory_order_relaxed);
}

int64_t latent_meter_peak(void) {
  return (int64_t)(atomic_load_explicit(&peak, memory_order_relaxed) -
                   atomic_load_explicit(&base, memory_order_relaxed));
}
