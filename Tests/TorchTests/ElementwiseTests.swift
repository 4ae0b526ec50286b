import Testing
import Torch
import _TestSupport

@Suite struct ElementwiseTests {
  @Test func elementwiseFunctionsAreThoseOfPyTorch() throws {
    var f = try RecordedFamily("elementwise")
    let (x, p, u, row) = try (f.input("x"), f.input("p"), f.input("u"), f.input("row"))
    let real: [(String, (Tensor) -> Tensor)] = [
      ("abs", abs), ("sign", sign), ("exp", exp), ("exp2", exp2), ("expm1", expm1), ("sin", sin),
      ("cos", cos), ("tan", tan), ("atan", atan), ("sinh", sinh), ("cosh", cosh), ("tanh", tanh),
      ("asinh", asinh), ("floor", floor), ("ceil", ceil), ("round", round), ("trunc", trunc),
      ("frac", frac), ("square", squared), ("sigmoid", sigmoid),
    ]
    for (name, function) in real { f.check(name, function(x)) }
    let positive: [(String, (Tensor) -> Tensor)] = [
      ("log", log), ("log2", log2), ("log10", log10), ("log1p", log1p), ("sqrt", sqrt),
      ("rsqrt", rsqrt), ("reciprocal", reciprocal),
    ]
    for (name, function) in positive { f.check(name, function(p)) }
    let unit: [(String, (Tensor) -> Tensor)] = [
      ("asin", asin), ("acos", acos), ("atanh", atanh), ("logit", logit),
    ]
    for (name, function) in unit { f.check(name, function(u)) }
    f.check("acosh", acosh(p + 1))
    f.check("clamp", x.clamped(min: -0.5, max: 0.7))
    f.check("clamp_min", x.clamped(min: 0.1))
    f.check("clamp_tensor", x.clamped(min: row - 0.1, max: row + 0.1))
    f.check("half", round(Tensor([0.5, 1.5, 2.5])))
    f.finish()
  }

  @Test func activationsAreThoseOfPyTorch() throws {
    var f = try RecordedFamily("activation")
    let (x, row) = try (f.input("x"), f.input("row"))
    f.check("relu", relu(x))
    f.check("leaky", leakyRelu(x, slope: 0.2))
    f.check("prelu", prelu(x, slope: row))
    f.check("elu", elu(x, alpha: 1.5))
    f.check("selu", selu(x))
    f.check("celu", celu(x, alpha: 1.5))
    f.check("gelu", gelu(x))
    f.check("gelu_tanh", gelu(x, tanhApproximation: true))
    f.check("silu", silu(x))
    f.check("mish", mish(x))
    f.check("softplus", softplus(x, beta: 2, threshold: 1))
    f.check("hardswish", hardSwish(x))
    f.check("hardsigmoid", hardSigmoid(x))
    f.check("hardtanh", hardTanh(x, min: -0.3, max: 0.4))
    f.check("glu", glu(x, dim: 1))
    f.check("softmax", softmax(x, dim: 0))
    f.check("log_softmax", logSoftmax(x))
    f.check("log_sigmoid", logSigmoid(x))
    f.check("softshrink", softShrink(x, threshold: 0.2))
    f.check("hardshrink", hardShrink(x, threshold: 0.2))
    f.finish()
  }

  @Test func logSoftmaxHoldsForLargeNumbers() {
    let x = Tensor([1000.0, 0.0, -1000.0], dtype: .float64)
    expectClose(logSoftmax(x), Tensor([0, -1000, -2000], dtype: .float64))
    expectClose(softmax(x).sum(), Tensor(1, dtype: .float64))
  }

  @Test func specialFunctionsAreThoseOfSciPy() throws {
    var f = try RecordedFamily("special")
    let (s, t, unit) = try (f.input("s"), f.input("t"), f.input("unit"))
    let reversed = t.flipped(dims: [0])
    let real: [(String, (Tensor) -> Tensor)] = [
      ("erf", erf), ("erfc", erfc), ("lgamma", lgamma), ("digamma", digamma), ("i0", besselI0),
      ("i0e", besselI0e), ("i1", besselI1), ("i1e", besselI1e), ("ndtr", normalCDF),
      ("log_ndtr", logNormalCDF), ("sinc", sinc), ("erfcx", scaledErfc), ("entr", entropyTerm),
    ]
    for (name, function) in real { f.check(name, function(s)) }
    // LibTorch follows single-precision series here.
    f.check("j0", besselJ0(s), relative: 1e-7, absolute: 1e-7)
    f.check("j1", besselJ1(s), relative: 1e-7, absolute: 1e-7)
    f.check("erfinv", erfinv(unit))
    f.check("ndtri", normalQuantile((unit + 1) / 2))
    f.check("polygamma1", polygamma(1, t), relative: 1e-8)
    f.check("polygamma2", polygamma(2, t))
    f.check("gammainc", lowerIncompleteGamma(t, reversed))
    f.check("gammaincc", upperIncompleteGamma(t, reversed))
    f.check("zeta", hurwitzZeta(t + 1.5, t))
    f.check("mvlgamma", multivariateLogGamma(t + 1, p: 3))
    f.finish()
  }

  @Test func gradientsOfSpecialFunctionsMatchDifferences() {
    let x = Tensor([0.3, 0.8, 2.4], dtype: .float64)
    let functions: [(String, (Tensor) -> Tensor)] = [
      ("erf", erf), ("erfc", erfc), ("lgamma", lgamma), ("digamma", digamma), ("i0", besselI0),
      ("i0e", besselI0e), ("i1", besselI1), ("i1e", besselI1e), ("ndtr", normalCDF),
      ("log_ndtr", logNormalCDF), ("sinc", sinc), ("erfcx", scaledErfc), ("entr", entropyTerm),
      ("softplus", { softplus($0) }), ("gelu", { gelu($0) }), ("mish", mish), ("asinh", asinh),
      ("acosh", { acosh($0 + 1) }), ("expm1", expm1), ("atanh", { atanh($0 / 3) }),
      ("log1p", log1p), ("logit", { logit($0 / 3) }), ("celu", { celu(-$0) }),
    ]
    for (name, function) in functions {
      expectGradientsMatchDifferences(at: [x], tolerance: 1e-5, name) {
        (function($0[0]) * Tensor([1.0, 2.0, -1.0], dtype: .float64)).sum()
      }
    }
  }
}
