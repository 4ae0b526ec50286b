// Products of matrices by kernels of our own, whose tasks threads take one after another.
#include "Multiply.h"

#include <ATen/Parallel.h>

#include <atomic>

#include "../Products/Numbers.h"
#include "../Products/Processor.h"
#include "../Shares.h"

namespace dense {
namespace {

#if defined(__x86_64__)
#define KERNELS "../Dense/Kernels.h"
#include "../Products/WithAVX512.h"
#endif

}  // namespace

bool isAvailable() { return ct::processor() == ct::Processor::avx512; }

void multiply(c10::ArrayRef<MatrixProduct> products) {
#if defined(__x86_64__)
  // Waking the other threads takes as long as so many products of numbers.
  constexpr int64_t small = 400'000;
  int64_t work = 0, depth = 0;
  for (auto &product : products) {
    work += product.work();
    depth = std::max(depth, std::min(product.depth, Division::deepest));
  }
  int64_t threads = work < small ? 1 : at::get_num_threads(), tasks = 0;
  c10::SmallVector<Division, 2> divisions;
  for (auto &product : products) {
    divisions.emplace_back(product, threads);
    tasks += divisions.back().tasks();
  }
  std::atomic<int64_t> next{0};
  ct::eachShare(std::min(threads, tasks), 1, [&](int64_t, int64_t) {
    ct::Numbers panel(depth * 16 * Division::widest);
    for (int64_t task; (task = next++) < tasks;) {
      size_t i = 0;
      for (; task >= divisions[i].tasks(); i++) task -= divisions[i].tasks();
      avx512::run(products[i], divisions[i], task, panel.start);
    }
  });
#endif
}

}  // namespace dense
