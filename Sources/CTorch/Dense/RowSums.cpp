#include "RowSums.h"

#include <algorithm>

#include "../EachProcessor.h"
#include "../Shares.h"

namespace dense {
namespace {

constexpr int64_t width = 64;
// Sums of so many rows are added to those of the rows before, so that rounding grows slowly.
constexpr int64_t strip = 128;

EACH_PROCESSOR void addRows(int64_t rows, int64_t columns, int64_t row, const float *from,
                            float *sums) {
  for (int64_t i = 0; i < rows; i++)
    for (int64_t j = 0; j < columns; j++) sums[j] += from[i * row + j];
}

EACH_PROCESSOR void keep(int64_t rows, int64_t columns, int64_t row, const float *from,
                         const float *mask, float *kept, float *sums) {
  for (int64_t i = 0; i < rows; i++)
    for (int64_t j = 0; j < columns; j++) {
      auto value = mask[i * row + j] <= 0 ? 0 : from[i * row + j];  // As LibTorch, for NaN too.
      kept[i * row + j] = value;
      sums[j] += value;
    }
}

}  // namespace

void sumRows(int64_t rows, int64_t columns, const float *from, const float *mask, float *kept,
             float *sums) {
  auto blocks = (columns + width - 1) / width;
  ct::eachShare(blocks, std::max<int64_t>(1, 32768 / (rows * width)), [&](int64_t begin, int64_t end) {
    for (auto first = begin * width; first < std::min(columns, end * width); first += width) {
      auto n = std::min(width, columns - first);
      float all[width] = {};
      for (int64_t done = 0; done < rows; done += strip) {
        float some[width] = {};
        auto place = done * columns + first;
        auto count = std::min(strip, rows - done);
        if (mask)
          keep(count, n, columns, from + place, mask + place, kept + place, some);
        else
          addRows(count, n, columns, from + place, some);
        for (int64_t j = 0; j < n; j++) all[j] += some[j];
      }
      if (sums) std::copy(all, all + n, sums + first);
    }
  });
}

}  // namespace dense
