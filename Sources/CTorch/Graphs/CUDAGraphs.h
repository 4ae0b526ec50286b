// LibTorch's recordings on CUDA behind its interface for every device.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/GraphImplInterface.h>

#include <memory>

namespace ct {

// A recording that wants to know beforehand which generator its operations draw from.
struct DrawingGraph : at::GraphImplInterface {
  virtual void admit(const at::Generator &generator) = 0;
};

// Null where no CUDA library with all that is needed is loaded.
std::unique_ptr<DrawingGraph> makeCUDAGraph();
bool hasCUDAGraphs();

}  // namespace ct
