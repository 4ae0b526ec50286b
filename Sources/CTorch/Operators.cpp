// One boxed entry for every operator: arguments are turned into LibTorch's IValues by the kinds
// that the operator's own schema asks for, so a wrong kind is an error that names the argument.
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/function_schema.h>

#include <vector>

#include "Generators.h"
#include "Reads.h"

struct ct_operator_impl {
  c10::OperatorHandle handle;
  // The argument's type without Optional[], one an argument.
  std::vector<c10::TypePtr> types;
};

namespace {

using c10::IValue;
using c10::TypeKind;

const char *kindName(int32_t tag) {
  static const char *const names[] = {"None",     "the default", "Tensor",  "int",    "float",
                                      "bool",     "str",         "int[]",   "float[]", "bool[]",
                                      "Tensor[]", "Generator",   "Device"};
  return tag >= 0 && tag <= CT_DEVICE ? names[tag] : "an unknown kind";
}

IValue tensorList(const ct_value &value, const c10::TypePtr &type) {
  auto *handles = static_cast<const ct_tensor *>(value.as.list);
  bool optionalElements = type->kind() == TypeKind::ListType &&
                          type->castRaw<c10::ListType>()->getElementType()->kind() ==
                              TypeKind::OptionalType;
  if (optionalElements) {
    c10::List<std::optional<at::Tensor>> list;
    list.reserve(value.count);
    for (int64_t i = 0; i < value.count; i++) {
      auto tensor = ct::borrow(handles[i]);
      if (tensor.defined())
        list.push_back(std::move(tensor));
      else
        list.push_back(std::nullopt);
    }
    return IValue(std::move(list));
  }
  c10::List<at::Tensor> list;
  list.reserve(value.count);
  for (int64_t i = 0; i < value.count; i++) list.push_back(ct::borrow(handles[i]));
  return IValue(std::move(list));
}

IValue toIValue(const ct_value &value, const c10::TypePtr &type) {
  switch (value.tag) {
    case CT_NONE:
      return IValue();
    case CT_TENSOR:
      return IValue(ct::borrow(value.as.tensor));
    case CT_INT:
      if (type->kind() == TypeKind::FloatType)
        return IValue(static_cast<double>(value.as.integer));
      return IValue(value.as.integer);
    case CT_DOUBLE:
      return IValue(value.as.real);
    case CT_BOOL:
      return IValue(value.as.integer != 0);
    case CT_STRING:
      return IValue(std::string(static_cast<const char *>(value.as.list), value.count));
    case CT_INTS: {
      auto *elements = static_cast<const int64_t *>(value.as.list);
      return IValue(c10::IntArrayRef(elements, value.count));
    }
    case CT_DOUBLES: {
      auto *elements = static_cast<const double *>(value.as.list);
      return IValue(c10::ArrayRef<double>(elements, value.count));
    }
    case CT_BOOLS: {
      auto *elements = static_cast<const uint8_t *>(value.as.list);
      c10::List<bool> list;
      for (int64_t i = 0; i < value.count; i++) list.push_back(elements[i] != 0);
      return IValue(std::move(list));
    }
    case CT_TENSORS:
      return tensorList(value, type);
    case CT_GENERATOR:
      return IValue(*ct::generator(value.as.generator));
    case CT_DEVICE:
      return IValue(ct::device(static_cast<int32_t>(value.as.integer >> 16),
                               static_cast<int32_t>(value.as.integer & 0xffff) - 1));
    default:
      TORCH_CHECK(false, "a value of unknown kind ", value.tag);
  }
}

bool fits(const IValue &value, const c10::TypePtr &type) {
  if (value.isNone()) return true;  // Optionality is checked by the caller against the schema.
  switch (type->kind()) {
    case TypeKind::TensorType:
      return value.isTensor();
    case TypeKind::NumberType:
      return value.isInt() || value.isDouble() || value.isBool();
    case TypeKind::IntType:
    case TypeKind::SymIntType:
      return value.isInt();
    case TypeKind::FloatType:
      return value.isDouble();
    case TypeKind::BoolType:
      return value.isBool();
    case TypeKind::ListType:
      return value.isList();
    case TypeKind::StringType:
      return value.isString();
    default:
      return true;
  }
}

void push(torch::jit::Stack &stack, const ct_operator_impl &op, size_t index,
          const ct_value *arguments, size_t count) {
  const auto &argument = op.handle.schema().arguments()[index];
  if (index >= count || arguments[index].tag == CT_DEFAULT) {
    const auto &value = argument.default_value();
    TORCH_CHECK(value.has_value(), "argument '", argument.name(), "' is missing and has no default");
    stack.push_back(*value);
    return;
  }
  auto value = toIValue(arguments[index], op.types[index]);
  bool missing = value.isNone() && argument.type()->kind() != TypeKind::OptionalType;
  TORCH_CHECK(!missing && fits(value, op.types[index]), "argument '", argument.name(), "' is a ",
              argument.type()->str(), ", found ", kindName(arguments[index].tag));
  stack.push_back(std::move(value));
}

ct_value toValue(IValue &&value) {
  ct_value result{CT_NONE, 0, {0}};
  if (value.isTensor()) {
    result.tag = CT_TENSOR;
    result.as.tensor = ct::own(std::move(value).toTensor());
  } else if (value.isTensorList()) {
    auto list = std::move(value).toTensorVector();
    auto *handles = static_cast<ct_tensor *>(malloc(sizeof(ct_tensor) * (list.size() + 1)));
    for (size_t i = 0; i < list.size(); i++) handles[i] = ct::own(std::move(list[i]));
    result.tag = CT_TENSORS;
    result.count = static_cast<int64_t>(list.size());
    result.as.list = handles;
  } else if (value.isInt()) {
    ct::reading("an answer about tensors");
    result.tag = CT_INT;
    result.as.integer = value.toInt();
  } else if (value.isDouble()) {
    ct::reading("an answer about tensors");
    result.tag = CT_DOUBLE;
    result.as.real = value.toDouble();
  } else if (value.isBool()) {
    ct::reading("an answer about tensors");
    result.tag = CT_BOOL;
    result.as.integer = value.toBool();
  } else {
    TORCH_CHECK(value.isNone(), "a result of a kind that has no counterpart: ", value.tagKind());
  }
  return result;
}

}  // namespace

ct_status ct_operator_find(const char *name, ct_operator *out, ct_error *error) {
  return ct::guarded(error, [&] {
    std::string full(name);
    auto dot = full.find('.');
    auto base = full.substr(0, dot);
    auto overload = dot == std::string::npos ? std::string() : full.substr(dot + 1);
    auto handle = c10::Dispatcher::singleton().findSchema({base, overload});
    TORCH_CHECK(handle.has_value(), "LibTorch " TORCH_VERSION " has no operator ", full);
    auto op = std::make_unique<ct_operator_impl>(ct_operator_impl{*handle, {}});
    for (const auto &argument : handle->schema().arguments()) {
      auto type = argument.real_type();
      if (auto optional = type->cast<c10::OptionalType>()) type = optional->getElementType();
      op->types.push_back(type);
    }
    *out = op.release();
  });
}

ct_status ct_operator_schema(ct_operator op, char **out, ct_error *error) {
  return ct::guarded(error, [&] {
    std::ostringstream text;
    text << op->handle.schema();
    *out = strdup(text.str().c_str());
  });
}

ct_status ct_operator_call(ct_operator op, const ct_value *arguments, size_t count,
                           ct_value *results, size_t capacity, size_t *result_count,
                           ct_error *error) {
  return ct::guarded(error, [&] {
    size_t expected = op->types.size();
    TORCH_CHECK(count <= expected, "takes ", expected, " arguments, found ", count);
    torch::jit::Stack stack;
    stack.reserve(expected);
    for (size_t i = 0; i < expected; i++) push(stack, *op, i, arguments, count);
    op->handle.callBoxed(stack);
    TORCH_CHECK(stack.size() <= capacity, "returned ", stack.size(), " values");
    for (size_t i = 0; i < stack.size(); i++) results[i] = toValue(std::move(stack[i]));
    *result_count = stack.size();
  });
}

void ct_tensors_free(const void *list) { free(const_cast<void *>(list)); }
