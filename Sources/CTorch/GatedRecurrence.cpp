// The states of a GRU and their derivative, step by step: one product a step, all else in one pass over what is in the cache.
#include <ATen/core/Tensor.h>
#include <ATen/ops/addmm.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/sum.h>
#include <ATen/ops/tanh.h>
#include <ATen/ops/zeros.h>
#include <c10/core/GradMode.h>

#include <algorithm>

#include "EachProcessor.h"
#include "Shares.h"
#include "Support.h"

namespace {

#define GATED_LOOPS(T)                                                                             \
  EACH_PROCESSOR void addGates(int64_t n, const T *read, const T *told, T *gates) {                \
    for (int64_t i = 0; i < n; i++) gates[i] = read[i] + told[i];                                  \
  }                                                                                                \
  EACH_PROCESSOR void openNew(int64_t n, const T *read, const T *reset, const T *told, T *kept,    \
                              T *fresh) {                                                          \
    for (int64_t i = 0; i < n; i++) {                                                              \
      kept[i] = told[i];                                                                           \
      fresh[i] = read[i] + reset[i] * told[i];                                                     \
    }                                                                                              \
  }                                                                                                \
  EACH_PROCESSOR void mix(int64_t n, const T *fresh, const T *update, const T *before, T *state) { \
    for (int64_t i = 0; i < n; i++) state[i] = fresh[i] + update[i] * (before[i] - fresh[i]);      \
  }                                                                                                \
  /* `carried` holds the gradient from later steps and leaves with z times the whole. */           \
  EACH_PROCESSOR void stepBack(int64_t n, const T *gradient, const T *reset, const T *update,      \
                               const T *fresh, const T *told, const T *before, T *carried,         \
                               T *inside, T *read) {                                               \
    for (int64_t i = 0; i < n; i++) {                                                              \
      T whole = gradient[i] + carried[i];                                                          \
      T ofNew = whole * (1 - update[i]) * (1 - fresh[i] * fresh[i]);                               \
      T ofTold = ofNew * reset[i];                                                                 \
      T ofReset = ofTold * told[i] * (1 - reset[i]);                                               \
      T ofUpdate = whole * (before[i] - fresh[i]) * update[i] * (1 - update[i]);                   \
      carried[i] = whole * update[i];                                                              \
      inside[i] = ofReset;                                                                         \
      inside[n + i] = ofUpdate;                                                                    \
      inside[2 * n + i] = ofTold;                                                                  \
      read[i] = ofReset;                                                                           \
      read[n + i] = ofUpdate;                                                                      \
      read[2 * n + i] = ofNew;                                                                     \
    }                                                                                              \
  }

GATED_LOOPS(float)
GATED_LOOPS(double)

struct Shape {
  int64_t steps, rows, size;
  Shape(const at::Tensor &states) : steps(states.size(0)), rows(states.size(1)), size(states.size(2)) {}

  template <typename Body>
  void eachRow(Body &&body) const {
    ct::eachShare(rows, std::max<int64_t>(1, 16384 / std::max<int64_t>(size, 1)),
                  [&](int64_t begin, int64_t end) {
                    for (int64_t row = begin; row < end; row++) body(row);
                  });
  }
};

template <typename T>
void forward(const at::Tensor &read, const at::Tensor &first, const at::Tensor &weight,
             const at::Tensor &bias, at::Tensor &states, at::Tensor &gates, at::Tensor &fresh,
             at::Tensor &told) {
  Shape shape(states);
  auto n = shape.size;
  auto all = at::empty({shape.rows, 3 * n}, read.options());
  auto turned = weight.t();
  auto before = first;
  for (int64_t step = 0; step < shape.steps; step++) {
    at::addmm_out(all, bias, before, turned);
    auto gate = gates.select(0, step), inside = fresh.select(0, step), state = states.select(0, step);
    auto *from = read.const_data_ptr<T>() + step * shape.rows * 3 * n;
    auto *product = all.const_data_ptr<T>();
    auto *open = gate.mutable_data_ptr<T>();
    auto *kept = told.mutable_data_ptr<T>() + step * shape.rows * n;
    auto *next = inside.mutable_data_ptr<T>();
    shape.eachRow([&](int64_t row) {
      addGates(2 * n, from + row * 3 * n, product + row * 3 * n, open + row * 2 * n);
    });
    at::sigmoid_(gate);
    shape.eachRow([&](int64_t row) {
      openNew(n, from + row * 3 * n + 2 * n, open + row * 2 * n, product + row * 3 * n + 2 * n,
              kept + row * n, next + row * n);
    });
    at::tanh_(inside);
    auto *past = before.const_data_ptr<T>();
    auto *out = state.mutable_data_ptr<T>();
    shape.eachRow([&](int64_t row) {
      mix(n, next + row * n, open + row * 2 * n + n, past + row * n, out + row * n);
    });
    before = state;
  }
}

template <typename T>
void backward(const at::Tensor &first, const at::Tensor &weight, const at::Tensor &states,
              const at::Tensor &gates, const at::Tensor &fresh, const at::Tensor &told,
              const at::Tensor &gradient, at::Tensor &carried, at::Tensor &inside,
              at::Tensor &read) {
  Shape shape(states);
  auto n = shape.size, area = shape.rows * n;
  for (int64_t step = shape.steps - 1; step >= 0; step--) {
    auto past = step > 0 ? states.select(0, step - 1) : first;
    auto *before = past.const_data_ptr<T>();
    auto *found = gradient.const_data_ptr<T>() + step * area;
    auto *gate = gates.const_data_ptr<T>() + step * 2 * area;
    auto *next = fresh.const_data_ptr<T>() + step * area;
    auto *kept = told.const_data_ptr<T>() + step * area;
    auto *moved = inside.mutable_data_ptr<T>() + step * 3 * area;
    auto *out = read.mutable_data_ptr<T>() + step * 3 * area;
    auto *carry = carried.mutable_data_ptr<T>();
    shape.eachRow([&](int64_t row) {
      stepBack(n, found + row * n, gate + row * 2 * n, gate + row * 2 * n + n, next + row * n,
               kept + row * n, before + row * n, carry + row * n, moved + row * 3 * n,
               out + row * 3 * n);
    });
    carried.addmm_(inside.select(0, step), weight);
  }
}

}  // namespace

ct_status ct_gated_states(ct_tensor read, ct_tensor first, ct_tensor weight, ct_tensor bias,
                          ct_tensor *results, ct_error *error) {
  return ct::guarded(error, [&] {
    c10::NoGradGuard plain;
    auto given = ct::borrow(read).contiguous(), start = ct::borrow(first).contiguous();
    auto steps = given.size(0), rows = given.size(1), size = start.size(1);
    auto make = [&](int64_t width) { return at::empty({steps, rows, width}, given.options()); };
    auto states = make(size), gates = make(2 * size), fresh = make(size), told = make(size);
    auto run = given.scalar_type() == at::kFloat ? forward<float> : forward<double>;
    run(given, start, ct::borrow(weight), ct::borrow(bias), states, gates, fresh, told);
    results[0] = ct::own(std::move(states));
    results[1] = ct::own(std::move(gates));
    results[2] = ct::own(std::move(fresh));
    results[3] = ct::own(std::move(told));
  });
}

ct_status ct_gated_gradients(ct_tensor first, ct_tensor weight, ct_tensor states, ct_tensor gates,
                             ct_tensor fresh, ct_tensor told, ct_tensor gradient,
                             ct_tensor *results, ct_error *error) {
  return ct::guarded(error, [&] {
    c10::NoGradGuard plain;
    auto start = ct::borrow(first).contiguous(), matrix = ct::borrow(weight);
    auto all = ct::borrow(states), found = ct::borrow(gradient).contiguous();
    auto steps = all.size(0), rows = all.size(1), size = all.size(2);
    auto carried = at::zeros({rows, size}, all.options());
    auto inside = at::empty({steps, rows, 3 * size}, all.options()), read = at::empty_like(inside);
    auto run = all.scalar_type() == at::kFloat ? backward<float> : backward<double>;
    run(start, matrix, all, ct::borrow(gates), ct::borrow(fresh), ct::borrow(told), found, carried,
        inside, read);
    auto moved = inside.view({steps * rows, 3 * size});
    auto turned = at::mm(inside.select(0, 0).t(), start);
    if (steps > 1)
      turned.addmm_(moved.narrow(0, rows, (steps - 1) * rows).t(),
                    all.narrow(0, 0, steps - 1).reshape({(steps - 1) * rows, size}));
    auto sum = moved.sum(0);
    results[0] = ct::own(std::move(read));
    results[1] = ct::own(std::move(carried));
    results[2] = ct::own(std::move(turned));
    results[3] = ct::own(std::move(sum));
  });
}
