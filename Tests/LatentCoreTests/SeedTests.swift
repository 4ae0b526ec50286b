import LatentCore
import Testing

@Suite struct SeedTests {
  /// The first outputs of SplitMix64 from state 0, as its authors' program prints them.
  @Test func seedsAreSplitMix64() {
    let expected: [UInt64] = [
      0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F, 0xF88B_B8A8_724C_81EC,
    ]
    #expect(SeedPurpose.allCases.prefix(4).map { $0.seed(for: 0) } == expected)
  }

  @Test func purposesOfNeighbouringRunsDoNotMeet() {
    let seeds = (0..<1000).flatMap { run in SeedPurpose.allCases.map { $0.seed(for: run) } }
    #expect(Set(seeds).count == seeds.count)
  }
}
