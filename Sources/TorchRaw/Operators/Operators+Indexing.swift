// Written by Tools/operators.py from Tools/operators.txt; edit the list, not this file.
// Schemas of LibTorch 2.13.0.
// swift-format-ignore-file

extension Operator {
  package static let select = Operator("aten::select.int(Tensor(a) self, int dim, SymInt index) -> Tensor(a)")
  package static let slice = Operator("aten::slice.Tensor(Tensor(a) self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor(a)")
  package static let index = Operator("aten::index.Tensor(Tensor self, Tensor?[] indices) -> Tensor")
  package static let indexPut = Operator("aten::index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor")
  package static let indexSelect = Operator("aten::index_select(Tensor self, int dim, Tensor index) -> Tensor")
  package static let indexAdd = Operator("aten::index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor")
  package static let maskedSelect = Operator("aten::masked_select(Tensor self, Tensor mask) -> Tensor")
  package static let maskedFill = Operator("aten::masked_fill.Scalar(Tensor self, Tensor mask, Scalar value) -> Tensor")
  package static let maskedFillTensor = Operator("aten::masked_fill.Tensor(Tensor self, Tensor mask, Tensor value) -> Tensor")
  package static let whereSelf = Operator("aten::where.self(Tensor condition, Tensor self, Tensor other) -> Tensor")
  package static let gather = Operator("aten::gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor")
  package static let takeAlongDim = Operator("aten::take_along_dim(Tensor self, Tensor indices, int? dim=None) -> Tensor")
  package static let scatter = Operator("aten::scatter.src(Tensor self, int dim, Tensor index, Tensor src) -> Tensor")
  package static let scatterValue = Operator("aten::scatter.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor")
  package static let scatterAdd = Operator("aten::scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor")
  package static let scatterReduce = Operator("aten::scatter_reduce.two(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor")
  package static let nonzero = Operator("aten::nonzero(Tensor self) -> Tensor")
  package static let sort = Operator("aten::sort.stable(Tensor self, *, bool? stable, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)")
  package static let argsort = Operator("aten::argsort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> Tensor")
  package static let topk = Operator("aten::topk(Tensor self, SymInt k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, Tensor indices)")
  package static let unique = Operator("aten::_unique2(Tensor self, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor)")
  package static let uniqueDim = Operator("aten::unique_dim(Tensor self, int dim, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor)")
  package static let searchsorted = Operator("aten::searchsorted.Tensor(Tensor sorted_sequence, Tensor self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor")
  package static let bucketize = Operator("aten::bucketize.Tensor(Tensor self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor")
  package static let embedding = Operator("aten::embedding(Tensor weight, Tensor indices, SymInt padding_idx=-1, bool scale_grad_by_freq=False, bool sparse=False) -> Tensor")
}
