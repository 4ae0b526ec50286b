public import Datasets
import FoundationEssentials
import Torch

extension RunFolder {
  /// Writes into the record that the run's data are found at `source` on this machine.
  ///
  /// `form` brings them into the form that the recipe learns from.
  /// Throws `FileError` if they are not what the run was trained on, and what opening them throws;
  /// then the record is as it was.
  public func point(
    to source: String, known dataFolder: String? = nil,
    form: (DatasetSplits) throws -> DatasetSplits = { $0 }
  ) throws {
    var record = try record()
    let found = try form(DatasetRegistry.open(source, dataFolder: dataFolder)).fingerprint
    guard found == record.data.fingerprint else {
      throw FileError(
        path: source,
        problem: "is not what the run was trained on: expected \(record.data.fingerprint), found "
          + found,
        remedy: "name the data whose fingerprint latent data inspect shows so")
    }
    record.data.source = source
    try write(record)
  }

  /// Removes the run with everything in it, as far as it can be removed.
  public func remove() { try? FileManager.default.removeItem(atPath: path) }
}
