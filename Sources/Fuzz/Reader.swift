/// A reader of files as the fuzzer sees it: right files to begin with, and how one is read.
struct Reader {
  /// The format's name, such as `npy`.
  let name: String
  /// Where a mutation is put below the fuzzer's folder; its ending tells the format.
  let path: String
  /// Right files.
  let seeds: [[UInt8]]
  /// Makes sums right again; used for every second mutation.
  var repair: (([UInt8]) -> [UInt8])?
  /// Large files that are made to cost as much as possible.
  var hostile: [[UInt8]] = []
  /// The ways in which users have the file read, which throw what they would see.
  let reads: [(_ path: String) throws -> Void]

  /// The mutation with this number.
  func mutation(_ number: Int, seed: UInt64) -> [UInt8] {
    let bytes = Mutator(seeds: seeds).mutation(number, seed: seed)
    guard let repair, number % 2 == 1 else { return bytes }
    return repair(bytes)
  }
}
