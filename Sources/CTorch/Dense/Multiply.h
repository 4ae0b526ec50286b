#pragma once

#include <c10/util/ArrayRef.h>

#include "MatrixProduct.h"

namespace dense {

// Whether this processor has the kernels: AVX-512. With AVX2 alone MKL's are quicker.
bool isAvailable();

// All of these products, on as many threads as LibTorch uses; the kernels have to be available.
void multiply(c10::ArrayRef<MatrixProduct> products);

}  // namespace dense
