import Foundation
import LatentNN
import Testing
import Torch
import _TestSupport

@Suite struct ActivationTests {
  /// Recorded name, activation, and whether it is smooth at the recorded points.
  static let cases: [(String, Activation, Bool)] = [
    ("relu", .relu, false),
    ("relu6", .relu6, false),
    ("leakyReLU", .leakyRelu, false),
    ("leakyReLU.slope", .leakyRelu(slope: 0.2), false),
    ("elu", .elu, true),
    ("elu.alpha", .elu(alpha: 0.7), false),
    ("celu.alpha", .celu(alpha: 0.7), true),
    ("selu", .selu, false),
    ("gelu.exact", .gelu, true),
    ("gelu.tanh", .geluTanh, true),
    ("silu", .silu, true),
    ("softplus", .softplus, true),
    ("softplus.beta", .softplus(beta: 2, threshold: 3), false),
    ("softsign", .softsign, false),
    ("mish", .mish, true),
    ("tanh", .tanh, true),
    ("sigmoid", .sigmoid, true),
    ("logSigmoid", .logSigmoid, true),
    ("hardSigmoid", .hardSigmoid, false),
    ("hardSwish", .hardSwish, false),
    ("hardTanh", .hardTanh(low: -1.5, high: 2), false),
  ]

  @Test(arguments: cases)
  func equalsPyTorch(_ name: String, _ activation: Activation, _ isSmooth: Bool) throws {
    let layer = UnaryCase("activation.\(name)", isSmooth: isSmooth) { _ in Sequential(activation) }
    try layer.check()
  }

  static let layers = [
    UnaryCase("activation.glu") { _ in Sequential(GLU()) },
    UnaryCase("activation.softmax") { _ in Sequential(Function { softmax($0) }) },
    UnaryCase("activation.logSoftmax") { _ in Sequential(Function { logSoftmax($0, dim: 1) }) },
    UnaryCase("activation.gelu.exact.half", dtypes: [.bfloat16]) { _ in Sequential(.gelu) },
    UnaryCase("activation.prelu", isSmooth: false) { _ in PReLU() },
    UnaryCase("activation.prelu.channels") { _ in PReLU(3, slope: 0.1) },
  ]

  @Test(arguments: layers) func layersEqualPyTorch(_ layer: UnaryCase) throws {
    try layer.check()
  }

  @Test func survivesEncoding() throws {
    for activation in Self.cases.map(\.1) {
      let data = try JSONEncoder().encode(activation)
      #expect(try JSONDecoder().decode(Activation.self, from: data) == activation)
    }
  }

  @Test func emptyScalarAndHalfInputs() {
    #expect(Activation.gelu(Tensor.zeros([0, 3])).shape == [0, 3])
    #expect(Activation.relu(Tensor(-1.0)).item() == 0)
    #expect(Activation.silu(Tensor.ones([2], dtype: .float16)).dtype == .float16)
  }
}
