import Testing
import Torch
import _TestSupport

@Suite struct IndexingTests {
  @Test func placesAreThoseOfNumPy() throws {
    var f = try RecordedFamily("indexing")
    let a = try f.input("grid")
    f.check("at", a[1])
    f.check("negative", a[-1])
    f.check("two", a[0, -2])
    f.check("range", a[1..<3])
    f.check("range_inner", a[.all, 1..<3, 2])
    f.check("open", a[1..., ..<2])
    f.check("through", a[.ellipsis, ...2])
    f.check("negative_ends", a[.all, -3 ..< -1])
    f.check("last_three", a[.ellipsis, -3 ... -1])
    f.check("step", a[.all, .every(2)])
    f.check("step_between", a[.all, .every(2, from: 1, to: 4), .every(3)])
    f.check("empty", a[2..<2])
    f.check("beyond", a[1..<99])
    f.check("ellipsis", a[.ellipsis, 0])
    f.check("ellipsis_middle", a[1, .ellipsis, 2])
    f.check("ellipsis_nothing", a[0, 1, .ellipsis, 2])
    f.check("new_axis", a[.newAxis, 1, .all, .newAxis])
    f.check("new_axis_ellipsis", a[.ellipsis, .newAxis])
    try checkTensors(&f, a)
    f.finish()
  }

  private func checkTensors(_ f: inout RecordedFamily, _ a: Tensor) throws {
    let (m, m2, r, c) = try (f.input("mask"), f.input("mask2"), f.input("rows"), f.input("cols"))
    f.check("mask", a[m])
    f.check("mask_rank2", a[m2])
    f.check("mask_rank2_at", a[m2, 1])
    f.check("mask_rank2_last", a[0][.ellipsis, m2[0], .all])
    f.check("indices", a[r[.all, 0]])
    f.check("indices_inner", a[.all, c])
    f.check("indices_last", a[.ellipsis, c])
    f.check("two_broadcast", a[r, c])
    f.check("two_apart", a[r, .all, c])
    f.check("two_inner", a[.all, r, c])
    f.check("with_range", a[1..., c, 2..<4])
    f.check("with_new_axis", a[.newAxis, .all, c])
    f.check("with_ellipsis", a[r[.all, 0], .ellipsis, 1..<3])
    f.check("mask_and_step", a[m, .every(2)])
    expectClose(a[.all, c.to(.int32)], a[.all, c])
  }

  @Test func settingGivesANewTensor() throws {
    var f = try RecordedFamily("setting")
    let a = try f.input("grid")
    let (m2, r, c) = try (f.input("mask2"), f.input("rows"), f.input("cols"))
    f.check("at", a.setting(-1, at: 1))
    f.check("range", a.setting(-Tensor.arange(5), at: .all, .every(2, from: 1, to: 4)))
    f.check("mask", a.setting(-2, at: m2))
    f.check("indices", a.setting(-Tensor.arange(5), at: r, c))
    f.check("corner", a.setting(-a[.ellipsis, 0], at: .ellipsis, -1))
    f.check("element", a.setting(0, at: 1, 2, 3))
    f.finish()
    expectClose(a, Tensor.arange(60).reshaped([3, 4, 5]))
  }

  @Test func gradientsFlowThroughPartsAndSetting() {
    let g = Generator(seed: 5)
    let x = Tensor.randn([3, 4], using: g, dtype: .float64)
    let v = Tensor.randn([2], using: g, dtype: .float64)
    let twice = Tensor([0, 0])
    expectGradientsMatchDifferences(at: [x, v]) {
      let changed = squared($0[0]).setting($0[1], at: 1, .every(2))
      return (changed[twice, ..<3] * changed[1..., ..<3]).sum() + changed[x .> 0].sum()
    }
  }

  @Test(arguments: [
    ("step", "subscript of [3, 4] float32: expected a step from 1 up, found -1; "),
    ("places", "subscript of [3, 4] float32: 3 places for 2 dimensions"),
    ("ellipses", "subscript of [3, 4] float32: expected at most one ellipsis, found 2"),
    ("type", "subscript of [3, 4] float32: expected int64 indices or a bool mask, found float32"),
    ("scalar mask", "subscript of [3, 4] float32: expected a mask with dimensions, found a scalar"),
    ("range", "select of [3, 4] float32: select(): index 3 out of range for tensor of size"),
    ("index", "index of [3, 4] float32 and [1] int64: index 7 is out of bounds for dimension 0"),
    ("mask", "index of [3, 4] float32 and [2] bool: The shape of the mask [2] at index 0 does"),
  ])
  func wrongPlacesAreNamed(_ name: String, _ sentence: String) {
    let x = Tensor.zeros([3, 4])
    let text = message {
      try withTorchErrors {
        switch name {
        case "step": x[.every(-1)]
        case "places": x[0, .all, 1]
        case "ellipses": x[.ellipsis, .ellipsis]
        case "type": x[Tensor([1.0])]
        case "scalar mask": x[Tensor(true, dtype: .bool)]
        case "range": x[3]
        case "index": x[Tensor([7])]
        default: x[Tensor([true, false], shape: [2])]
        }
      }
    }
    #expect(text.hasPrefix(sentence), "\(text)")
  }

  @Test func selectionIsThatOfPyTorch() throws {
    var f = try RecordedFamily("selection")
    let (x, y, i, j) = try (f.input("x"), f.input("y"), f.input("i"), f.input("j"))
    let (index, cols) = try (f.input("index"), f.input("cols"))
    f.check("select", x.selected(cols[0..<2], dim: 1))
    f.check("gather", x.gathered(index, dim: 0))
    f.check("scatter", x.scattering(y[..<2], at: index, dim: 0))
    f.check("scatter_add", x.scatterAdding(y[..<2], at: index, dim: 0))
    f.check("index_add", x.indexAdding(y[..<2], at: Tensor([0, 0]), dim: 0))
    f.check(
      "reduce_mean",
      x.scatterReducing(y[..<2], at: index, dim: 0, by: .mean, includingSelf: false))
    f.check("reduce_max", x.scatterReducing(y[..<2], at: index, dim: 0, by: .max))
    f.check("masked", x.selected(where: x .> 0))
    f.check("nonzero", i.nonzero())
    f.check("sort_values", x.sorted(dim: 1, descending: true).values)
    f.check("sort_indices", x.sorted(dim: 1, descending: true).indices)
    f.check("argsort", i.argSorted(dim: 1))
    f.check("top_values", x.top(2).values)
    f.check("top_indices", x.top(2).indices)
    f.check("low_values", x.top(2, dim: 0, largest: false).values)
    f.check("low_indices", x.top(2, dim: 0, largest: false).indices)
    f.check("unique", i.unique().values)
    f.check("unique_counts", i.unique().counts)
    let slices = Tensor([[1, 1, 0], [2, 2, 5]], dtype: .int64).uniqueSlices(dim: 1)
    f.check("slices", slices.values)
    f.check("slices_inverse", slices.inverse)
    f.check("slices_counts", slices.counts)
    f.check("search", Tensor([0, 0.5, 1]).insertionIndices(of: x))
    f.check("search_right", Tensor([0, 1, 3]).insertionIndices(of: i, right: true))
    f.check("bucket", x.bucketed(Tensor([-0.5, 0.5])))
    f.check("one_hot", j.oneHot(classes: 5))
    f.check("along", x.takenAlong(x.argSorted(dim: 1), dim: 1))
    f.check("embedding", embedding(index, table: concatenated([x, y])))
    f.finish()
  }

  @Test func anEmbeddingsPaddingRowHasNoGradient() {
    let table = Tensor.ones([3, 2])
    let indices = Tensor([0, 1, 1, 2])
    let found = gradient(at: table) { embedding(indices, table: $0, paddingIndex: 1).sum() }
    expectClose(found, Tensor([[1, 1], [0, 0], [1, 1]]))
  }
}
