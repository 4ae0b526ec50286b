import LatentNN
import Testing
import Torch
import _TestSupport

/// A model with every container that discovery understands.
private final class Tree: Module {
  let first: Linear
  let gain = Parameter(Tensor.ones([2]))
  let blocks: [Sequential]
  let heads: [String: Linear]
  let absent: Linear?
  let present: Parameter?
  let steps = Buffer(Tensor([1, 2]), isSaved: false)
  let settings = (rate: 0.1, name: "tree")
  private(set) lazy var late = Linear(1, 1, bias: false, using: Generator(seed: 2))

  init(using generator: Generator) {
    first = Linear(2, 3, using: generator)
    blocks = (0..<2).map { _ in
      Sequential(Linear(3, 3, bias: false, using: generator), .relu, BatchNorm(3))
    }
    heads = [
      "b": Linear(3, 1, bias: false, using: generator),
      "a": Linear(3, 2, bias: false, using: generator),
    ]
    absent = nil
    present = Parameter(Tensor.zeros([1]))
    super.init()
    _ = late
  }
}

/// Two layers that share a weight, as a language model's embedding and output do.
private final class Tied: Module {
  let embedding: Embedding
  let again: Embedding
  init(using generator: Generator) {
    embedding = Embedding(4, 3, using: generator)
    again = embedding
  }
}

private class Base: Module {
  let low = Parameter(Tensor.zeros([1]))
}

private final class Derived: Base {
  let high = Parameter(Tensor.zeros([1]))
}

@Suite struct ModuleTests {
  @Test func findsPartsInEveryContainerInTheOrderOfDeclaration() {
    let tree = Tree(using: Generator(seed: 1))
    #expect(
      tree.parameters.map(\.path) == [
        "first.weight", "first.bias", "gain", "blocks.0.layers.0.weight",
        "blocks.0.layers.2.weight", "blocks.0.layers.2.bias", "blocks.1.layers.0.weight",
        "blocks.1.layers.2.weight", "blocks.1.layers.2.bias", "heads.a.weight", "heads.b.weight",
        "present", "late.weight",
      ])
    #expect(
      tree.buffers.map(\.path) == [
        "blocks.0.layers.2.runningMean", "blocks.0.layers.2.runningVariance",
        "blocks.0.layers.2.batchCount", "blocks.1.layers.2.runningMean",
        "blocks.1.layers.2.runningVariance", "blocks.1.layers.2.batchCount", "steps",
      ])
    #expect(tree.modules.map(\.path).prefix(3) == ["", "first", "blocks.0"])
    #expect(tree.parameterCount == 9 + 2 + 2 * (9 + 6) + 6 + 3 + 1 + 1)
  }

  @Test func findsPartsOfSuperclassesFirst() {
    #expect(Derived().parameters.map(\.path) == ["low", "high"])
  }

  @Test func tiedWeightsAppearOnce() throws {
    let tied = Tied(using: Generator(seed: 1))
    #expect(tied.parameters.map(\.path) == ["embedding.weight"])
    #expect(tied.parameterCount == 12)
    #expect(Array(tied.state.keys) == ["embedding.weight"])
    try tied.load(["embedding.weight": Tensor.ones([4, 3])])
    #expect(tied.again.weight.value.sum().item() == 12)
  }

  @Test func nothingOutlivesAModel() {
    expectNoTensorLeaks {
      let tree = Tree(using: Generator(seed: 1))
      _ = tree.state
      _ = "\(tree)"
      tree.to(.float64)
    }
  }

  @Test func freezingStopsGradientsByPath() {
    let tree = Tree(using: Generator(seed: 1))
    tree.freeze { $0.hasPrefix("blocks.") }
    #expect(tree.trainableParameters.count == tree.parameters.count - 6)
    #expect(!tree.blocks[0].parameters[0].parameter.value.requiresGradient)
    tree.unfreeze()
    #expect(tree.trainableParameters.count == tree.parameters.count)
  }

  @Test func parametersOwnTheirMemory() {
    let start = Tensor.zeros([2, 3]).transposed()
    let parameter = Parameter(start)
    #expect(parameter.value.isContiguous && parameter.value.requiresGradient)
    parameter.assign(Tensor.ones([3, 2]))
    #expect(start.sum().item() == 0)
  }

  @Test func bufferDropsTheGraph() {
    let buffer = Buffer(Tensor([1.0]))
    buffer.value = Tensor([2.0]).requiringGradient() * 3
    #expect(!buffer.value.requiresGradient)
    #expect(buffer.value.item() == 6)
  }

  @Test func printsTheTree() {
    let model = Sequential(
      Linear(20, 400, using: Generator(seed: 1)), .elu,
      Sequential(Linear(400, 2, bias: false, using: Generator(seed: 1)), BatchNorm(2)))
    model.layers[0].frozen()
    #expect(
      model.description == """
        Sequential (Linear, elu(alpha: 1.0), Sequential)  9,204 parameters
        ├─ layers.0: Linear 20 → 400                      weight [400, 20] frozen, bias [400] frozen
        └─ layers.2: Sequential (Linear, BatchNorm)
           ├─ layers.0: Linear 400 → 2, no bias           weight [2, 400]
           └─ layers.1: BatchNorm                         weight [2], bias [2], runningMean [2], \
        runningVariance [2], batchCount []
        """)
  }

  @Test func sequentialAppliesInOrder() {
    let model = Sequential(Function { $0 + 1 }, Function { $0 * 2 }, Flatten(), Unflatten([2, 2]))
    #expect(model(Tensor.ones([3, 2, 2])).isEqual(to: Tensor.full([3, 2, 2], 4.0)))
    #expect(Sequential()(Tensor([1.0])).item() == 1)
    #expect(Identity()(Tensor([1.0])).item() == 1)
  }
}

extension UnaryLayer {
  fileprivate func frozen() { (self as? Module)?.freeze() }
}
