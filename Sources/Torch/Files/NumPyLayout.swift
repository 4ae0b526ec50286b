/// Where the elements of an NPY file lie, for readers that fetch rows without reading the whole.
package struct NumPyLayout {
  /// The array's shape.
  package let shape: [Int]
  /// The type that the elements are read as.
  package let dtype: DType
  /// The place of the first element in the file.
  package let start: Int
  /// Whether the bytes are those of a tensor: little-endian, row-major and of a tensor's type.
  package let isPlain: Bool

  /// Reads and checks the head; throws `FileError` as `NumPyArray` does.
  package init(_ file: InputFile) throws {
    let header = try NumPyHeader(FileStream(file, offset: 0, count: file.count))
    shape = header.shape
    dtype = header.type.dtype
    start = file.count - header.dataCount
    isPlain =
      !header.isBigEndian && !header.isFortranOrder
      && header.type.stored == header.type.dtype.rawValue
  }
}
