extension DatasetRegistry {
  /// The sets that are part of the package or rendered by it.
  static let builtIn: [Entry] = [
    Entry(
      name: "digits", summary: "1,797 handwritten digits, 8×8 grey, 10 classes", address: nil,
      origin: "E. Alpaydin, C. Kaynak 1998, UCI Machine Learning Repository, CC BY 4.0"
    ) { request in
      try request.options.finish()
      return try Digits.splits(request.plan)
    }
  ]
}
