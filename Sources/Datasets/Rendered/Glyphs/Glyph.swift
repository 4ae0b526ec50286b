/// One digit as the pen writes it.
struct Glyph {
  let digit: Int
  let slant: Double
  let thickness: Double
  let height: Double
  let x: Double
  let y: Double
  let hue: Double
  private var segments: [(GlyphStrokes.Point, GlyphStrokes.Point)] = []

  init(digit: Int, wobble: Double, using random: inout ExampleRandom) {
    self.digit = digit
    slant = random.uniform(-0.35, 0.35)
    thickness = random.uniform(0.05, 0.14)
    height = random.uniform(0.5, 0.72)
    x = random.uniform(-0.07, 0.07)
    y = random.uniform(-0.07, 0.07)
    hue = random.uniform(0, 1)
    for stroke in GlyphStrokes.digits[digit] {
      let moved = stroke.map { point -> GlyphStrokes.Point in
        let v = Double(point.y) - 0.5 + wobble * random.normal()
        // A digit is two thirds as wide as it is high.
        let u = (Double(point.x) - 0.5) * 0.66 + wobble * random.normal()
        let (across, along) = (u - slant * v, v)
        return (Float(0.5 + x + across * height), Float(0.5 + y + along * height))
      }
      segments += GlyphStrokes.segments(moved)
    }
  }

  /// In the order of the data set's factors.
  var factors: [Float] {
    [Float(digit)] + [slant, thickness, height, x, y, hue].map { Float($0) }
  }

  /// The ink of each pixel: 1 within half the thickness of the path, falling to 0 over a pixel.
  func coverage(size: Int) -> [Float] {
    let side = Float(size)
    let reach = Float(thickness) * side / 2
    var nearest = [Float](repeating: .infinity, count: size * size)
    for (start, end) in segments {
      let (ax, ay) = (start.x * side, start.y * side)
      let (dx, dy) = (end.x * side - ax, end.y * side - ay)
      let squared = max(dx * dx + dy * dy, 1e-12)
      let far = reach + 1
      let rows = clampedRange(min(ay, ay + dy) - far, max(ay, ay + dy) + far, size)
      let columns = clampedRange(min(ax, ax + dx) - far, max(ax, ax + dx) + far, size)
      for row in rows {
        let py = Float(row) + 0.5 - ay
        for column in columns {
          let px = Float(column) + 0.5 - ax
          let t = min(1, max(0, (px * dx + py * dy) / squared))
          let (ex, ey) = (px - t * dx, py - t * dy)
          let place = row * size + column
          nearest[place] = min(nearest[place], ex * ex + ey * ey)
        }
      }
    }
    return nearest.map { distance in
      distance == .infinity ? 0 : min(1, max(0, reach + 0.5 - distance.squareRoot()))
    }
  }

  private func clampedRange(_ low: Float, _ high: Float, _ size: Int) -> Range<Int> {
    let first = min(size, max(0, Int(low)))
    return first..<max(first, min(size, Int(high) + 1))
  }
}
