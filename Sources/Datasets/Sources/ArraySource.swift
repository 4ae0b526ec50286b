import Torch

/// Arrays as data sets: the first dimension counts examples, the rest decides what they are.
///
/// Bytes [n, h, w], [n, h, w, c] or [n, c, h, w] with 1 or 3 channels are images, and so are
/// floating-point numbers [n, c, h, w] whose first 1,024 examples lie within 0 … 1; everything else
/// is vectors, flattened. The option `kind=image|vector` decides otherwise.
enum ArraySource {
  static func idx(_ path: String, _ options: inout SourceOptions) throws -> any Dataset {
    try plain(IDX.read(path), path: path, &options)
  }

  /// An NPY file; one of more than 256 MB stays in its file, from which batches are read.
  static func npy(_ path: String, _ options: inout SourceOptions) throws -> any Dataset {
    let file = try InputFile(path)
    let layout = try NumPyLayout(file)
    let isLarge = file.count > Residence.limit
    guard isLarge else { return try plain(NumPyArray(path: path).tensor, path: path, &options) }
    guard layout.isPlain, let count = layout.shape.first else {
      throw FileError(
        path: path,
        problem: "expected little-endian numbers in row-major order above 256 MB, found others",
        remedy: "save it with numpy.save(path, numpy.ascontiguousarray(x))")
    }
    let source = RecordFile(
      file, start: layout.start, stride: layout.shape.dropFirst().reduce(layout.dtype.byteCount, *),
      count: count, rowShape: Array(layout.shape.dropFirst()), dtype: layout.dtype)
    file.expectScatteredReads()
    let sample = try source.rows(Array(0..<min(1024, count)))
    let reading = try Reading(sample, path: path, &options)
    guard !reading.isMoved else {
      throw FileError(
        path: path, problem: "expected channels before height and width above 256 MB",
        remedy: "transpose the array to [n, c, h, w]")
    }
    return StreamedDataset(
      name: FilePath.lastComponent(path), schema: reading.schema, source: source,
      divisor: reading.divisor)
  }

  private static func plain(
    _ array: Tensor, path: String, _ options: inout SourceOptions
  ) throws -> TensorDataset {
    try dataset(array, labels: nil, factors: nil, path: path, &options)
  }

  /// Examples with labels [n] of integers and factors [n, k] of integers, if there are any.
  static func dataset(
    _ array: Tensor, labels: Tensor?, factors: Tensor?, path: String,
    _ options: inout SourceOptions
  ) throws -> TensorDataset {
    let reading = try Reading(array, path: path, &options)
    if array.dtype.isFloatingPoint { try checkFinite(array, path) }
    var schema = reading.schema
    if let labels { schema.classNames = try classNames(labels, path) }
    if let factors { schema.factors = try factorNames(factors, path) }
    return try TensorDataset(
      name: FilePath.lastComponent(path), schema: schema, examples: reading.arranged(array),
      divisor: reading.divisor, labels: labels?.to(.int64), factors: factors?.to(.float32))
  }

  private static func checkFinite(_ array: Tensor, _ path: String) throws {
    let finite = array.isFinite.reshaped([array.size(0), -1]).all(dim: 1).to(.uint8)
    let worst = finite.argMin().integerItem()
    guard finite[worst].item() == 0 else { return }
    throw FileError(
      path: path, problem: "example \(worst): expected finite numbers, found NaN or infinity",
      remedy: "remove or fill in the missing values")
  }

  private static func classNames(_ labels: Tensor, _ path: String) throws -> [String] {
    let isWhole = !labels.dtype.isFloatingPoint && !labels.dtype.isComplex
    guard isWhole, labels.rank == 1, labels.count > 0 else {
      throw bad(path, "labels: expected integers [n], found \(labels.shape) \(labels.dtype)")
    }
    let wide = labels.to(.int64)
    let (low, high) = (wide.min().integerItem(), wide.max().integerItem())
    guard low >= 0, high < 100_000 else {
      throw bad(path, "labels: expected numbers from 0 to 99999, found \(low) to \(high)")
    }
    return (0...high).map(String.init)
  }

  private static func factorNames(_ factors: Tensor, _ path: String) throws -> [Factor] {
    let isWhole = !factors.dtype.isFloatingPoint && !factors.dtype.isComplex
    guard factors.rank == 2, factors.count > 0, factors.dtype.isFloatingPoint || isWhole else {
      throw bad(path, "factors: expected numbers [n, k], found \(factors.shape) \(factors.dtype)")
    }
    guard isWhole else { return (0..<factors.size(1)).map { Factor(continuous: "factor \($0)") } }
    let highest = factors.to(.int64).max(dims: [0]).scalars(as: Int.self)
    guard factors.to(.int64).min().integerItem() >= 0 else {
      throw bad(path, "factors: expected numbers of values from 0 up, found a negative one")
    }
    return highest.enumerated().map { Factor("factor \($0.offset)", size: $0.element + 1) }
  }

  static func bad(_ path: String, _ problem: String) -> FileError {
    FileError(path: path, problem: problem, remedy: "check which arrays the file holds")
  }
}
