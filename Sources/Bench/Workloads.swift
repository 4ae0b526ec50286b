extension Workload {
  /// All workloads, in the order in which they are timed.
  public static let all: [Workload] = [
    .mlpVAE(batchSize: 128, target: 1.05), .mlpVAE(batchSize: 32, target: 1.3),
    .mlpVAE(batchSize: 512, target: 1), .convVAE, .iwae, .betaTCVAE, .ddpm, .vqVAE, .gruVAE,
    .samplingStart, .sampling, .dataSprites, .dataDigits, .sweep,
  ]
}
