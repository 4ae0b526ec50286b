import CAllocationMeter
import Foundation
import Synchronization

/// Ends the process when one file takes too long, after it has said which.
final class Watch: Sendable {
  private struct Present {
    var what = ""
    var start: ContinuousClock.Instant?
    var processorStart = 0.0
  }

  private let present = Mutex(Present())

  /// Begins to look, four times a second.
  init() {
    Thread { [self] in
      while true {
        Thread.sleep(forTimeInterval: 0.25)
        let now = present.withLock { $0 }
        guard let start = now.start else { continue }
        // The machine may be busy with other things, so that much less is done than time passes.
        let used = Self.processorSeconds() - now.processorStart
        if used > 10 * Verdict.secondLimit || ContinuousClock.now - start > .seconds(300) {
          FileHandle.standardError.write(Data("fault: \(now.what): still reading\n".utf8))
          exit(1)
        }
      }
    }.start()
  }

  /// Runs `body`, which may not take long, and gives the processor seconds and the bytes it took.
  func timed(_ what: String, _ body: () -> Void) -> (seconds: Double, bytes: Int) {
    let start = Self.processorSeconds()
    present.withLock { $0 = Present(what: what, start: .now, processorStart: start) }
    latent_meter_reset()
    body()
    let seconds = Self.processorSeconds() - start
    let bytes = Int(latent_meter_peak())
    present.withLock { $0.start = nil }
    return (seconds, bytes)
  }

  private static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
