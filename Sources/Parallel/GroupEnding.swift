/// Why a group of processes has to end.
public enum GroupEnding: Sendable {
  /// A process died without a word: its number.
  case lost(Int)
  /// A process ends with an error: its number, the text for people, its exit code. Told to process 0 alone.
  case failed(Int, text: String, code: Int32)
  /// Process 0 has said what there is to say.
  case ended(code: Int32)
}
