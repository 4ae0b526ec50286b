import Torch

/// Minimisation of a smooth function of one tensor by limited-memory BFGS.
///
/// The direction comes from the last `memory` steps, the step length from a search that satisfies the strong Wolfe
/// conditions (c₁ = 1e-4, c₂ = 0.9). Source: Nocedal and Wright 2006, Numerical Optimization, algorithms 3.5, 3.6, 7.5.
struct LBFGS {
  /// How many steps the direction remembers.
  var memory = 10
  /// The largest number of steps.
  var maximumSteps = 500
  /// Ends when no component of the gradient is larger.
  var gradientTolerance = 1e-8

  /// A minimiser and how it was reached.
  struct Result {
    let point: Tensor
    let value: Double
    let steps: Int
    let hasConverged: Bool
  }

  /// Minimises `function`, which gives value and gradient at a float64 tensor.
  func minimize(
    from start: Tensor, _ function: @escaping (Tensor) -> (value: Double, gradient: Tensor)
  ) -> Result {
    var x = start
    var (f, g) = function(x)
    var history: [(s: Tensor, y: Tensor, rho: Double)] = []
    for step in 0..<maximumSteps {
      if abs(g).max().item() <= gradientTolerance {
        return Result(point: x, value: f, steps: step, hasConverged: true)
      }
      var direction: Tensor = -twoLoop(g, history)
      if (direction * g).sum().item() >= 0 {
        history = []
        direction = -g
      }
      let first = history.isEmpty ? Swift.min(1, 1 / g.norm().item()) : 1
      guard
        let found = WolfeSearch(x: x, direction: direction, f: f, g: g, function: function)
          .run(from: first)
      else {
        // No lower point within rounding: the end of what float64 can say.
        return Result(point: x, value: f, steps: step, hasConverged: abs(g).max().item() < 1e-6)
      }
      let (s, y) = (found.point - x, found.gradient - g)
      let curvature = (s * y).sum().item()
      if curvature > 1e-300 {
        history.append((s, y, 1 / curvature))
        if history.count > memory { history.removeFirst() }
      }
      (x, f, g) = (found.point, found.value, found.gradient)
    }
    return Result(point: x, value: f, steps: maximumSteps, hasConverged: false)
  }

  private func twoLoop(_ g: Tensor, _ history: [(s: Tensor, y: Tensor, rho: Double)]) -> Tensor {
    var q = g
    var alphas: [Double] = []
    for (s, y, rho) in history.reversed() {
      let alpha = rho * (s * q).sum().item()
      alphas.append(alpha)
      q -= y * alpha
    }
    if let last = history.last { q *= 1 / (last.rho * squared(last.y).sum().item()) }
    for ((s, y, rho), alpha) in zip(history, alphas.reversed()) {
      q += s * (alpha - rho * (y * q).sum().item())
    }
    return q
  }
}

/// A step length along a direction that satisfies the strong Wolfe conditions.
private struct WolfeSearch {
  let x: Tensor
  let direction: Tensor
  let f: Double
  let g: Tensor
  let function: (Tensor) -> (value: Double, gradient: Tensor)

  struct Trial {
    let step: Double
    let point: Tensor
    let value: Double
    let gradient: Tensor
    let slope: Double
  }

  func run(from first: Double) -> Trial? {
    let slope = (direction * g).sum().item()
    let start = Trial(step: 0, point: x, value: f, gradient: g, slope: slope)
    var previous = start
    var step = first
    for index in 0..<20 {
      let trial = trial(step)
      if !trial.value.isFinite || trial.value > f + 1e-4 * step * slope
        || (index > 0 && trial.value >= previous.value)
      {
        return zoom(previous, trial, start)
      }
      if Swift.abs(trial.slope) <= -0.9 * slope { return trial }
      if trial.slope >= 0 { return zoom(trial, previous, start) }
      previous = trial
      step *= 2
    }
    return previous.step > 0 ? previous : nil
  }

  private func trial(_ step: Double) -> Trial {
    let point = x + direction * step
    let (value, gradient) = function(point)
    return Trial(
      step: step, point: point, value: value, gradient: gradient,
      slope: (direction * gradient).sum().item())
  }

  private func zoom(_ low: Trial, _ high: Trial, _ start: Trial) -> Trial? {
    var (low, high) = (low, high)
    for _ in 0..<30 {
      let trial = trial(interpolated(low, high))
      if !trial.value.isFinite || trial.value > start.value + 1e-4 * trial.step * start.slope
        || trial.value >= low.value
      {
        high = trial
      } else {
        if Swift.abs(trial.slope) <= -0.9 * start.slope { return trial }
        if trial.slope * (high.step - low.step) >= 0 { high = low }
        low = trial
      }
    }
    return low.step > 0 && low.value < start.value ? low : nil
  }

  /// The minimum of the parabola through low's value and slope and high's value, kept off both ends.
  private func interpolated(_ low: Trial, _ high: Trial) -> Double {
    let width = high.step - low.step
    let bend = high.value - low.value - low.slope * width
    let best = bend > 0 ? -low.slope * width * width / (2 * bend) : width / 2
    let share = best / width
    guard share.isFinite else { return low.step + width / 2 }
    return low.step + Swift.min(Swift.max(share, 0.1), 0.9) * width
  }
}
