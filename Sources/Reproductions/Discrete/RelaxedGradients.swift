import LatentCore
import LatentModels
import Torch

/// Random functions of one categorical variable, whose gradients can be enumerated.
///
/// f(z) = a · tanh(W z + b) of z on the simplex; the gradient in the logits l of E f = Σ softmax(l)ₖ f(eₖ) is
/// exact, that of f at relaxed draws is not. **Shapes**: `problems` functions of `classes` classes, float64.
struct RelaxedGradients {
  private let logits: Tensor
  private let weight: Tensor
  private let offset: Tensor
  private let scale: Tensor

  /// Functions drawn from a generator.
  init(problems: Int, classes: Int, hidden: Int = 16, using generator: Generator) {
    func normal(_ shape: [Int]) -> Tensor { .randn(shape, using: generator, dtype: .float64) }
    logits = normal([problems, classes])
    weight = 2 * normal([problems, hidden, classes])
    offset = normal([problems, hidden])
    scale = normal([problems, hidden]) / Double(hidden).squareRoot()
  }

  /// f of `[…, problems, classes]`: `[…, problems]`.
  private func value(_ codes: Tensor) -> Tensor {
    let hidden = tanh(matmul(weight, codes.unsqueezed(dim: -1)).squeezed(dim: -1) + offset)
    return (scale * hidden).sum(dim: -1)
  }

  /// ∇ Σ softmax(l)ₖ f(eₖ), `[problems, classes]`.
  private var exact: Tensor {
    let classes = logits.size(1)
    let corners = Tensor.eye(classes, dtype: .float64).unsqueezed(dim: 1)
      .expanded([classes] + logits.shape)
    let values = value(corners).transposed()
    return gradient(at: logits) { (softmax($0, dim: -1) * values).sum() }
  }

  /// The root mean square bias and the mean variance of one draw's gradient at a temperature.
  ///
  /// What the finite number of draws adds to the squared bias is taken away.
  func moments(
    temperature: Double, draws: Int, using generator: Generator
  ) -> (bias: Double, variance: Double) {
    let copies = logits.expanded([draws] + logits.shape).contiguous()
    let each = gradient(at: copies) { logits in
      let posterior = RelaxedCategoricalPosterior(logits: logits, temperature: temperature)
      return value(posterior.draw(using: generator).codes).sum()
    }
    let variance = each.variance(dims: [0]).sum(dim: 1).mean().item()
    let squares = squared(each.mean(dim: 0) - exact).sum(dim: 1).mean().item()
    return (max(squares - variance / Double(draws), 0).squareRoot(), variance)
  }
}
