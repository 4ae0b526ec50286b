import LatentLearning
import LatentNN
import Testing
import Torch
import _TestSupport

@Suite struct LearningTests {
  static let rules: [(String, any UpdateRule, Double)] = [
    ("SGD", SGD(momentum: 0.9), 0.05), ("Adam", Adam(), 0.02), ("AdamW", AdamW(), 0.02),
    ("RMSProp", RMSProp(), 0.01), ("Adamax", Adamax(), 0.03), ("Lion", Lion(), 0.005),
  ]

  /// A network with batch normalisation learns the parity of two signs, which no linear map can.
  @Test(arguments: rules)
  func everyRuleLearnsParity(_ name: String, _ rule: any UpdateRule, _ rate: Double) {
    let generator = Generator(seed: 42)
    let model = Sequential(
      Linear(2, 16, using: generator), BatchNorm(16), .gelu, Linear(16, 1, using: generator))
    let x = Tensor.randn([128, 2], using: generator)
    let y = (sign(x[.all, 0] * x[.all, 1]) + 1) / 2
    let optimizer = Optimizer(
      rule, for: model, learningRate: .cosine(from: rate, to: rate / 10, steps: 150))
    var losses: [Double] = []
    for _ in 0..<150 {
      let (loss, gradients) = valueAndGradient(of: model) { model in
        binaryCrossEntropy(logits: model(x).squeezed(dim: 1), targets: y)
      }
      optimizer.update(with: gradients.clipped(toNorm: 5))
      losses.append(loss.item())
    }
    let logits = model(x).squeezed(dim: 1)
    let right = ((logits .> 0).to(.float32) .== y).to(.float32).mean().item()
    #expect(losses[149] < losses[0] / 2, "\(name): \(losses[0]) → \(losses[149])")
    #expect(right > 0.9, "\(name): \(right)")
  }
}
