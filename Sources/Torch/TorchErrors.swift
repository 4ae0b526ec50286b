public import TorchRaw

/// Runs `body` and throws the first error of an operation in it, which would stop the process
/// otherwise.
///
/// Until the scope ends, a failed operation leaves the undefined tensor, whose numbers are NaN and
/// whose shape is empty.
public func withTorchErrors<Result>(_ body: () throws -> Result) throws -> Result {
  let collector = ErrorCollector()
  let result: Swift.Result<Result, any Error> = ErrorCollector.$current.withValue(collector) {
    Swift.Result { try body() }
  }
  if let error = collector.first { throw error }
  return try result.get()
}

/// A failed operation: which, on what, and why.
public typealias TorchError = TorchRaw.TorchError
