import Torch

/// Images of a folder as rows [c, h, w] of bytes, decoded when they are asked for.
///
/// Images of another size than the rows' are cut to the middle of the rows' aspect and averaged to
/// size.
final class ImageFolder: RowSource {
  let path: String
  let rowShape: [Int]
  let dtype = DType.uint8
  /// The classes in order: the subfolders' names; nil when images lie in the folder itself.
  let classNames: [String]?
  /// The class of each image.
  let labels: [Int]
  private let files: [String]
  private let isResizing: Bool

  /// Lists a folder and reads the head of every image.
  ///
  /// With `size` images become size × size; without it all must have one size. They are grey if
  /// `colour` is false, or if it is nil and every image is. Throws `FileError` for a folder without
  /// images, an image that is none, and images of two sizes.
  init(_ path: String, size: Int?, colour: Bool?, classNames expected: [String]? = nil) throws {
    self.path = path
    let listing = try Self.list(path, expected)
    files = listing.files
    labels = listing.labels
    classNames = listing.classes
    var isGrey = true
    var shape = size.map { [$0, $0] }
    for file in files {
      let head = try Picture.head(InputFile(file))
      isGrey = isGrey && head.isGrey
      guard size == nil else { continue }
      let found = [head.height, head.width]
      guard shape == nil || shape == found else { throw Self.mixed(file, shape ?? [], found) }
      shape = found
    }
    isResizing = size != nil
    rowShape = [colour ?? !isGrey ? 3 : 1] + (shape ?? [])
  }

  var count: Int { files.count }

  func rows(_ indices: [Int]) throws -> Tensor {
    let pictures = try indices.map { try tensor(files[$0]) }
    return pictures.isEmpty ? .zeros([0] + rowShape, dtype: .uint8) : stacked(pictures)
  }

  private func tensor(_ file: String) throws -> Tensor {
    let picture = try Picture.decode(InputFile(file), grey: rowShape[0] == 1)
    let found = [picture.height, picture.width]
    let pixels = picture.bytes.withUnsafeBytes {
      Tensor(bytes: $0, shape: found + [picture.channels], dtype: .uint8)
    }.permuted([2, 0, 1])
    let wanted = Array(rowShape.dropFirst())
    if found == wanted { return pixels.contiguous() }
    guard isResizing else { throw Self.mixed(file, wanted, found) }
    return pixels.resizedPicture(height: wanted[0], width: wanted[1])
  }

  private static func list(
    _ path: String, _ expected: [String]?
  ) throws -> (files: [String], labels: [Int], classes: [String]?) {
    let names = try FolderListing.names(path)
    let folders = names.filter { FilePath.isFolder("\(path)/\($0)") }
    let own = names.filter(isImage).map { "\(path)/\($0)" }
    if !own.isEmpty, expected == nil { return (own, own.map { _ in 0 }, nil) }
    let classes = expected ?? folders
    var files: [String] = []
    var labels: [Int] = []
    for (label, name) in classes.enumerated() where folders.contains(name) {
      let members = try FolderListing.names("\(path)/\(name)").filter(isImage)
      files += members.map { "\(path)/\(name)/\($0)" }
      labels += members.map { _ in label }
    }
    if let unknown = folders.first(where: { !classes.contains($0) }) {
      throw FileError(
        path: "\(path)/\(unknown)", problem: "this class does not occur in the training part",
        remedy: "give every part the same subfolders")
    }
    guard !files.isEmpty else {
      throw FileError(
        path: path,
        problem: "expected .png, .jpg or .jpeg files in it or its subfolders, found none",
        remedy: "name a folder of images")
    }
    return (files, labels, classes)
  }

  private static func isImage(_ name: String) -> Bool {
    ["png", "jpg", "jpeg"].contains(FilePath.suffix(name))
  }

  private static func mixed(_ file: String, _ expected: [Int], _ found: [Int]) -> FileError {
    FileError(
      path: file,
      problem: "expected \(expected[1])×\(expected[0]) pixels as in the first image, "
        + "found \(found[1])×\(found[0])",
      remedy: "bring all images to one size with the option size, as in FOLDER:size=64")
  }
}

extension Tensor {
  /// The middle of an image [c, h, w] of bytes at another size.
  ///
  /// Pixels are averaged over the area that they cover in the old image, so that making an image
  /// smaller does not alias; making it larger interpolates linearly.
  func resizedPicture(height: Int, width: Int) -> Tensor {
    let (_, oldHeight, oldWidth) = shape3
    let cutHeight = Swift.max(1, Swift.min(oldHeight, oldWidth * height / width))
    let cutWidth = Swift.max(1, Swift.min(oldWidth, oldHeight * width / height))
    let (top, left) = ((oldHeight - cutHeight) / 2, (oldWidth - cutWidth) / 2)
    let cut = self[.all, top..<top + cutHeight, left..<left + cutWidth].to(.float32)
    let rows = Self.averaging(from: cutHeight, to: height)
    let columns = Self.averaging(from: cutWidth, to: width)
    let result = matmul(matmul(rows, cut), columns.transposed())
    return (result + 0.5).clamped(min: 0, max: 255.5).to(.uint8)
  }

  /// The weights [new, old] of a row of pixels: overlaps of intervals, or hats when it grows.
  private static func averaging(from old: Int, to new: Int) -> Tensor {
    let ratio = Double(old) / Double(new)
    var weights = [Float](repeating: 0, count: new * old)
    for target in 0..<new {
      let middle = (Double(target) + 0.5) * ratio
      let reach = Swift.max(ratio / 2, 0.5)
      var sum = 0.0
      var row = [Double](repeating: 0, count: old)
      for source in 0..<old {
        let weight: Double
        if ratio > 1 {
          let low = Swift.max(Double(source), middle - reach)
          weight = Swift.max(0, Swift.min(Double(source + 1), middle + reach) - low)
        } else {
          weight = Swift.max(0, 1 - Swift.abs(Double(source) + 0.5 - middle))
        }
        row[source] = weight
        sum += weight
      }
      for source in 0..<old { weights[target * old + source] = Float(row[source] / sum) }
    }
    return Tensor(weights, shape: [new, old])
  }
}
