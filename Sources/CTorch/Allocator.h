#pragma once

namespace ct {

// From here on, memory of tensors on the CPU comes from `malloc`; what was taken before goes back where it came from.
void takeMemoryFromTheHeap();

}  // namespace ct
