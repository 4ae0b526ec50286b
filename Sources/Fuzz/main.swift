import CAllocationMeter
import Foundation
import Torch

// Reads mutated files with every reader and says what came of them; bin/fuzz builds and starts it.

let usage = """
  usage: fuzz [--count N] [--from N] [--seed N] [--reader NAME]… [--folder FOLDER]

    --count N        mutations of each reader's files (20000)
    --from N         number of the first one, to make a fault again (0)
    --seed N         another seed, other mutations (1)
    --reader NAME    only this reader; may be repeated
    --folder FOLDER  where the files are put (a new one among the temporary files)
  """

func refuse(_ problem: String) -> Never {
  FileHandle.standardError.write(Data("error: \(problem)\n\(usage)\n".utf8))
  exit(2)
}

var numbers = ["--count": 20_000, "--from": 0, "--seed": 1]
var names: [String] = []
var folder = NSTemporaryDirectory() + "latent-fuzz-\(getpid())"
var words = CommandLine.arguments.dropFirst()
while let word = words.popFirst() {
  guard let value = words.popFirst() else { refuse("\(word): expected a value or another option") }
  switch word {
  case "--reader": names.append(value)
  case "--folder": folder = value
  default:
    guard numbers[word] != nil, let number = Int(value), number >= 0 else {
      refuse("expected an option and a number, found \(word) \(value)")
    }
    numbers[word] = number
  }
}

TorchRuntime.onError { error in
  FileHandle.standardError.write(Data("fault: an operator stopped: \(error)\n".utf8))
  exit(1)
}
let isMetered = latent_meter_start() == 1
print(isMetered ? "the heap is metered" : "the heap is not metered: no sanitizer in this build")
let all: [Reader]
do {
  try TorchRuntime.start(threads: 1)
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  all = Reader.data + (try Reader.runs(in: folder))
} catch { refuse("\(folder): \(error)") }
if let wrong = names.first(where: { name in !all.contains { $0.name == name } }) {
  refuse("no reader '\(wrong)'; there are \(all.map(\.name).joined(separator: ", "))")
}
let watch = Watch()
let from = numbers["--from"] ?? 0
var isRight = true
for reader in all where names.isEmpty || names.contains(reader.name) {
  let campaign = Campaign(reader: reader, seed: UInt64(numbers["--seed"] ?? 1), folder: folder)
  let start = ContinuousClock.now
  let tally: Campaign.Tally
  do {
    tally = try campaign.run(from..<from + (numbers["--count"] ?? 0), watch: watch)
  } catch { refuse("\(folder): \(error)") }
  let passed = start.duration(to: .now).components.seconds
  let most = isMetered ? ", most heap \(tally.largest >> 20) MB" : ""
  print(
    "\(reader.name): \(tally.accepted) read, \(tally.refused) refused, "
      + "\(tally.faults.count) faults, slowest \(Int(tally.slowest * 1000)) ms\(most), \(passed) s")
  for fault in tally.faults.prefix(20) { print("  fault \(fault)") }
  isRight = isRight && tally.faults.isEmpty
  fflush(nil)
}
if isRight { try? FileManager.default.removeItem(atPath: folder) }
exit(isRight ? 0 : 1)
