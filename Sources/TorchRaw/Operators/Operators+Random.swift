// Written by Tools/operators.py from Tools/operators.txt; edit the list, not this file.
// Schemas of LibTorch 2.13.0.
// swift-format-ignore-file

extension Operator {
  package static let rand = Operator("aten::rand.generator(SymInt[] size, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor")
  package static let randn = Operator("aten::randn.generator(SymInt[] size, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor")
  package static let randint = Operator("aten::randint.low_generator(SymInt low, SymInt high, SymInt[] size, *, Generator? generator, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor")
  package static let randperm = Operator("aten::randperm.generator(SymInt n, *, Generator? generator, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor")
  package static let bernoulli = Operator("aten::bernoulli(Tensor self, *, Generator? generator=None) -> Tensor")
  package static let bernoulliP = Operator("aten::bernoulli.p(Tensor self, float p, *, Generator? generator=None) -> Tensor")
  package static let multinomial = Operator("aten::multinomial(Tensor self, SymInt num_samples, bool replacement=False, *, Generator? generator=None) -> Tensor")
  package static let poisson = Operator("aten::poisson(Tensor self, Generator? generator=None) -> Tensor")
  package static let binomial = Operator("aten::binomial(Tensor count, Tensor prob, Generator? generator=None) -> Tensor")
  package static let standardGamma = Operator("aten::_standard_gamma(Tensor self, Generator? generator=None) -> Tensor")
  package static let sampleDirichlet = Operator("aten::_sample_dirichlet(Tensor self, Generator? generator=None) -> Tensor")
  package static let normalInPlace = Operator("aten::normal_(Tensor(a!) self, float mean=0., float std=1., *, Generator? generator=None) -> Tensor(a!)")
  package static let uniformInPlace = Operator("aten::uniform_(Tensor(a!) self, float from=0., float to=1., *, Generator? generator=None) -> Tensor(a!)")
  package static let exponentialInPlace = Operator("aten::exponential_(Tensor(a!) self, float lambd=1., *, Generator? generator=None) -> Tensor(a!)")
  package static let bernoulliInPlace = Operator("aten::bernoulli_.float(Tensor(a!) self, float p=0.5, *, Generator? generator=None) -> Tensor(a!)")
  package static let nativeDropout = Operator("aten::native_dropout(Tensor input, float p, bool? train) -> (Tensor, Tensor)")
}
