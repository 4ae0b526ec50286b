import LatentNN
import Testing
import Torch

private func generator() -> Generator { Generator(seed: 1) }

private final class InTuple: Module {
  let pair = (Linear(1, 1, using: generator()), 3)
}

private struct Head {
  let name = "head"
  let weight = Parameter(Tensor.zeros([1]))
}

private final class InStruct: Module {
  let heads = [Head()]
}

private final class InSet: Module {
  let names: Set<Named> = [Named()]
}

private final class Named: Hashable {
  let buffer = Buffer(Tensor.zeros([1]))
  static func == (a: Named, b: Named) -> Bool { a === b }
  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

private final class InDictionary: Module {
  let layers = [3: Linear(1, 1, using: generator())]
}

private enum Choice {
  case layer(Linear)
}

private final class InEnum: Module {
  let inner = Inner()
  final class Inner: Module {
    let choice = Choice.layer(Linear(1, 1, using: generator()))
  }
}

private final class Loop: Module {
  var other: Loop?
}

private final class Twice: Module {
  let heads: [String: [String: Parameter]] = [
    "a": ["b": Parameter(Tensor.zeros([1]))], "a.b": [:],
  ]
  let _heads = ["a.b": Parameter(Tensor.zeros([1]))]
}

private final class Plain: Module {
  let numbers = [Double](repeating: 0, count: 100_000)
  let table = ["a": [1, 2], "b": []]
  let action: (Tensor) -> Tensor = { $0 }
  let tensor = Tensor.zeros([2])
  let random = generator()
}

@Suite struct ModuleStructureTests {
  private func message(_ module: Module) -> String {
    do {
      try module.checkStructure()
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  private let remedy = """
    Remedy: hold it in a property of a Module, an optional, an array or a dictionary with String \
    keys, such as `let layers: [Linear]`.
    """

  @Test func partInATuple() {
    #expect(
      message(InTuple()) == """
        Linear at `InTuple.pair.0` sits in a tuple, where it would be trained and saved by nobody.
        \(remedy)
        """)
  }

  @Test func partInAStructInAnArray() {
    #expect(
      message(InStruct()) == """
        Parameter at `InStruct.heads.0.weight` sits in the struct Head, where it would be trained \
        and saved by nobody.
        \(remedy)
        """)
  }

  @Test func partInAClassInASet() {
    #expect(
      message(InSet()) == """
        Buffer at `InSet.names.0.buffer` sits in the class Named, which is no Module, where it \
        would be trained and saved by nobody.
        \(remedy)
        """)
  }

  @Test func partInADictionaryWithOtherKeys() {
    #expect(
      message(InDictionary()) == """
        Linear at `InDictionary.layers.3` sits in a dictionary whose keys are not strings, \
        where it would be trained and saved by nobody.
        \(remedy)
        """)
  }

  @Test func partInAnEnumOfAChild() {
    #expect(
      message(InEnum()) == """
        Linear at `InEnum.inner.choice.layer` sits in the enum Choice, where it would be trained \
        and saved by nobody.
        \(remedy)
        """)
  }

  @Test func moduleInItself() {
    let loop = Loop()
    loop.other = Loop()
    loop.other?.other = loop
    defer { loop.other = nil }
    #expect(
      message(loop) == """
        the module at `Loop.other.other` contains itself, so its parameters have no finite path.
        Remedy: hold the way back as an `unowned` or `weak` reference outside the module, or not \
        at all.
        """)
  }

  @Test func twoPartsOfOnePath() {
    #expect(
      message(Twice()) == """
        two parts have the path `Twice.heads.a.b`, so a checkpoint could hold only one of them.
        Remedy: rename a property or a dictionary's key; underscores in front and dots do not tell \
        them apart.
        """)
  }

  @Test func everythingElseIsPassedOver() {
    #expect(message(Plain()) == "no error")
    #expect(Plain().parameters.isEmpty)
  }

  @Test func useOfABrokenModelStopsWithTheSameSentence() async {
    await #expect(processExitsWith: .failure) { _ = InTuple().parameters }
  }

  @Test func changedStructureIsNotSaved() async {
    await #expect(processExitsWith: .failure) {
      let loop = Loop()
      _ = loop.parameters
      let other = Holder()
      _ = other.parameters
      other.layer = Linear(1, 1, using: generator())
      _ = other.state
    }
  }
}

private final class Holder: Module {
  var layer: Linear?
}
