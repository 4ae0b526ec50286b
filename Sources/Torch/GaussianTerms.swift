import CTorch
import TorchRaw

/// μ + exp(½ log σ²) ε with a derivative of its own.
///
/// **Shapes**: μ and log σ² `[B…, d]`, ε `[draws…, B…, d]`, as the result. In float32 on the CPU one pass over the numbers and one for the gradients, where ε wants none; elsewhere, in forward mode and for
/// derivatives of derivatives the operators of LibTorch. Finite for |log σ²| up to 170.
package func gaussianDraw(mean: Tensor, logVariance: Tensor, noise: Tensor) -> Tensor {
  recordedResult("normal draw", [mean, logVariance, noise]) {
    ct_gaussian_draw($0[0], $0[1], $0[2], $1, $2)
  } ?? mean + exp(0.5 * logVariance) * noise
}

/// ½ (σ² − 1 − log σ² + μ²) in nats, element by element, with a derivative of its own; nil where `gaussianDraw` takes LibTorch's operators.
///
/// Never negative, exact for small log σ². **Source**: Kingma & Welling 2013, arXiv 1312.6114, appendix B.
package func gaussianDivergence(mean: Tensor, logVariance: Tensor) -> Tensor? {
  recordedResult("normal divergence", [mean, logVariance]) {
    ct_gaussian_divergence($0[0], $0[1], $1, $2)
  }
}

/// log N(x; μ, σ²) in nats, summed over the last dimension, with a derivative of its own; nil where `gaussianDraw` takes LibTorch's operators.
///
/// **Shapes**: μ and log σ² `[B…, d]`, x `[draws…, B…, d]` → `[draws…, B…]`. One pass over x, and one for all three gradients.
package func gaussianLogDensity(_ x: Tensor, mean: Tensor, logVariance: Tensor) -> Tensor? {
  recordedResult("normal log density", [x, mean, logVariance]) {
    ct_gaussian_density($0[0], $0[1], $0[2], $1, $2)
  }
}
