#include <ATen/EmptyTensor.h>
#include <ATen/ops/empty.h>

#include "Reads.h"
#include "Support.h"

ct_tensor ct_tensor_undefined(void) { return ct::own(at::Tensor()); }

bool ct_tensor_defined(ct_tensor tensor) {
  return ct::impl(tensor) != c10::UndefinedTensorImpl::singleton();
}

void ct_tensor_release(ct_tensor tensor) { ct::take(tensor); }

ct_tensor ct_tensor_retain(ct_tensor tensor) { return ct::own(ct::borrow(tensor)); }

ct_status ct_tensor_from_bytes(const void *bytes, size_t length, const int64_t *shape, size_t rank,
                               int32_t dtype, ct_tensor *out, ct_error *error) {
  return ct::guarded(error, [&] {
    auto tensor = at::empty(at::IntArrayRef(shape, rank),
                            at::TensorOptions(static_cast<at::ScalarType>(dtype)));
    TORCH_CHECK(tensor.nbytes() == length, "expected ", tensor.nbytes(), " bytes, found ", length);
    if (length > 0) std::memcpy(tensor.mutable_data_ptr(), bytes, length);
    *out = ct::own(std::move(tensor));
  });
}

ct_status ct_tensor_number(double value, int32_t dtype, ct_tensor *out, ct_error *error) {
  return ct::guarded(error, [&] {
    auto type = static_cast<at::ScalarType>(dtype);
    TORCH_CHECK(type == at::kFloat || type == at::kDouble, "a number is float32 or float64");
    at::Tensor tensor = at::detail::empty_cpu({}, type);
    if (type == at::kFloat)
      *static_cast<float *>(tensor.mutable_data_ptr()) = static_cast<float>(value);
    else
      *static_cast<double *>(tensor.mutable_data_ptr()) = value;
    tensor.unsafeGetTensorImpl()->set_wrapped_number(true);
    *out = ct::own(std::move(tensor));
  });
}

int64_t ct_tensor_rank(ct_tensor tensor) {
  return ct_tensor_defined(tensor) ? ct::impl(tensor)->dim() : 0;
}

int64_t ct_tensor_size(ct_tensor tensor, int64_t dim) {
  return ct_tensor_defined(tensor) ? ct::impl(tensor)->sizes()[dim] : 0;
}

int64_t ct_tensor_stride(ct_tensor tensor, int64_t dim) {
  return ct_tensor_defined(tensor) ? ct::impl(tensor)->strides()[dim] : 0;
}

int64_t ct_tensor_count(ct_tensor tensor) {
  return ct_tensor_defined(tensor) ? ct::impl(tensor)->numel() : 0;
}

int32_t ct_tensor_dtype(ct_tensor tensor) {
  if (!ct_tensor_defined(tensor)) return static_cast<int32_t>(at::ScalarType::Undefined);
  return static_cast<int32_t>(c10::typeMetaToScalarType(ct::impl(tensor)->dtype()));
}

void ct_tensor_device(ct_tensor tensor, int32_t *kind, int32_t *index) {
  *kind = 0;
  *index = -1;
  if (!ct_tensor_defined(tensor)) return;
  auto device = ct::impl(tensor)->device();
  *kind = static_cast<int32_t>(device.type());
  *index = device.index();
}

int64_t ct_tensor_byte_count(ct_tensor tensor) {
  if (!ct_tensor_defined(tensor)) return 0;
  return ct::impl(tensor)->numel() * static_cast<int64_t>(ct::impl(tensor)->itemsize());
}

bool ct_tensor_is_contiguous(ct_tensor tensor) {
  return ct_tensor_defined(tensor) && ct::impl(tensor)->is_contiguous();
}

bool ct_tensor_is_deferred(ct_tensor tensor) {
  if (!ct_tensor_defined(tensor)) return false;
  auto keys = ct::impl(tensor)->key_set();
  return keys.has(c10::DispatchKey::Negative) || keys.has(c10::DispatchKey::Conjugate);
}

int64_t ct_tensor_use_count(ct_tensor tensor) {
  return static_cast<int64_t>(ct::borrow(tensor).use_count()) - 1;
}

bool ct_tensor_requires_gradient(ct_tensor tensor) {
  return ct_tensor_defined(tensor) && ct::borrow(tensor).requires_grad();
}

ct_status ct_tensor_set_requires_gradient(ct_tensor tensor, bool value, ct_error *error) {
  return ct::guarded(error, [&] { ct::borrow(tensor).set_requires_grad(value); });
}

ct_status ct_tensor_address(ct_tensor tensor, void **out, ct_error *error) {
  return ct::guarded(error, [&] {
    auto value = ct::borrow(tensor);
    TORCH_CHECK(value.defined(), "an undefined tensor has no elements");
    TORCH_CHECK(value.is_contiguous(), "expected a contiguous tensor");
    TORCH_CHECK(!ct_tensor_is_deferred(tensor), "expected numbers as they lie in memory");
    ct::reading("the numbers of a tensor");
    *out = value.data_ptr();
  });
}

ct_status ct_tensor_data(ct_tensor tensor, void **out, ct_error *error) {
  auto status = ct::guarded(error, [&] {
    auto value = ct::borrow(tensor);
    TORCH_CHECK(!value.defined() || value.is_cpu(), "expected a tensor on the CPU, found ", value.device());
  });
  return status == CT_OK ? ct_tensor_address(tensor, out, error) : status;
}

ct_status ct_tensor_item(ct_tensor tensor, double *out, ct_error *error) {
  return ct::guarded(error, [&] {
    ct::reading("a number of a tensor");
    *out = ct::borrow(tensor).item().toDouble();
  });
}

ct_status ct_tensor_integer_item(ct_tensor tensor, int64_t *out, ct_error *error) {
  return ct::guarded(error, [&] {
    ct::reading("a number of a tensor");
    *out = ct::borrow(tensor).item().toLong();
  });
}
