#pragma once
#include <stdint.h>

// Counts what a process takes from the heap, through the hooks of a sanitizer's allocator.

/// Begins to count; 0 in a build without a sanitizer, where nothing can be counted.
int latent_meter_start(void);

/// Forgets the peak: what is alive now is the new zero.
void latent_meter_reset(void);

/// The most bytes alive at once since the last reset, beyond those that were alive then.
int64_t latent_meter_peak(void);
