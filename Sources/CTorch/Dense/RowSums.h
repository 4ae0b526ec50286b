#pragma once

#include <cstdint>

namespace dense {

// Sums over rows of `from`, of numbers where `mask` is not 0 or less if there is one; `kept` gets these numbers and 0 elsewhere. `kept` and
// `sums` may be null.
void sumRows(int64_t rows, int64_t columns, const float *from, const float *mask, float *kept,
             float *sums);

}  // namespace dense
