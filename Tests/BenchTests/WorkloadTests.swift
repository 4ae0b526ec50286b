import Datasets
import Foundation
import LatentCore
import Runs
import Testing
import Torch

@testable import Bench

/// Our side of every workload.
@Suite struct WorkloadTests {
  static let names = Workload.all.map(\.name)

  private func workload(_ name: String) throws -> Workload {
    try #require(Workload.all.first { $0.name == name })
  }

  @Test func namesAreDistinct() { #expect(Set(Self.names).count == Self.names.count) }

  /// The same seeds give the same losses, and a few steps lower them.
  @Test(arguments: names) func learnsAndCanBeRepeated(_ name: String) throws {
    let workload = try workload(name)
    guard case .training = workload.work else { return }
    func losses() throws -> [Double] {
      let run = try TrainingRun(workload, batchSize: 4)
      return (0..<3).map { _ in run.step() }
    }
    let (first, second) = (try losses(), try losses())
    #expect(first == second)
    let areFinite = first.allSatisfy { $0.isFinite }
    #expect(areFinite)
    #expect(first[2] < first[0])
  }

  /// Products in bfloat16 change the losses by their rounding and no more.
  @Test(arguments: names) func learnsAlikeInBFloat16(_ name: String) throws {
    let workload = try workload(name)
    guard case .training = workload.work, Device.cpu.supportsBFloat16 else { return }
    func losses(_ precision: Precision) throws -> [Double] {
      let run = try TrainingRun(workload, precision: precision, batchSize: 4)
      return (0..<3).map { _ in run.step() }
    }
    let (full, lower) = (try losses(.float32), try losses(.bfloat16))
    #expect(full != lower)
    for (first, second) in zip(full, lower) {
      #expect(abs(first - second) < 0.01 * abs(first), "\(first) and \(second)")
    }
  }

  @Test(arguments: names) func batchesHaveTheirShape(_ name: String) throws {
    let workload = try workload(name)
    #expect(workload.makeBatch(of: 3).examples.shape == [3] + workload.schema.exampleShape)
  }

  @Test func aSamplerDrawsFromTheWeightsOfAFile() throws {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "bench-\(UUID().uuidString).safetensors")
    defer { try? FileManager.default.removeItem(at: file) }
    let first = try SamplingRun(.sampling)
    try first.write(to: file.path)
    let second = try SamplingRun(.sampling)
    try second.load(file.path)
    #expect(first.mean(of: 2) == second.mean(of: 2))
  }

  @Test func peersFilesAreNamedAsTheWorkloads() {
    #expect(Workload.mlpVAE(batchSize: 32, target: 1).peerModule == "mlp_vae")
    #expect(Workload.betaTCVAE.peerModule == "beta_tcvae")
    #expect(Workload.samplingStart.peerModule == "sampling")
  }
}
