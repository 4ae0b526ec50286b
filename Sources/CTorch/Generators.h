#pragma once

#include <ATen/core/Generator.h>

#include "Support.h"

namespace ct {

inline at::Generator *generator(ct_generator handle) {
  return reinterpret_cast<at::Generator *>(handle);
}

}  // namespace ct
