#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where a figure stands on a square canvas, in pixels.
struct SpritePose {
  var shape: SpriteShape
  /// The radius of the disc that holds the figure.
  var radius: Float
  var angle: Float
  var x: Float
  var y: Float
}

/// Drawing of figures by sampling each pixel at 4 × 4 places.
enum SpriteRaster {
  private static let samples = 4

  /// Writes the part of each pixel that the figure covers, or 1 where that is at least a half and
  /// 0 elsewhere, into `size` × `size` zeros.
  ///
  /// Pixels wholly inside the figure's inner disc or outside its outer disc are not sampled.
  static func draw(
    _ pose: SpritePose, size: Int, binary: Bool, into canvas: UnsafeMutablePointer<Float>
  ) {
    let reach = pose.radius + 1
    let rows = max(0, Int(pose.y - reach))...min(size - 1, Int(pose.y + reach))
    let columns = max(0, Int(pose.x - reach))...min(size - 1, Int(pose.x + reach))
    // A pixel's corner is at most 0.71 from its middle.
    let outer = (pose.radius + 0.71) * (pose.radius + 0.71)
    let sure = max(0, pose.radius * pose.shape.innerRadius - 0.71)
    let inner = sure * sure
    let cosine = cos(pose.angle) / pose.radius
    let sine = sin(pose.angle) / pose.radius
    for row in rows {
      let dy = Float(row) + 0.5 - pose.y
      for column in columns {
        let dx = Float(column) + 0.5 - pose.x
        let distance = dx * dx + dy * dy
        if distance >= outer { continue }
        let place = row * size + column
        if distance <= inner {
          canvas[place] = 1
          continue
        }
        let covered = coverage(pose.shape, dx, dy, cosine, sine)
        canvas[place] = binary ? (covered >= 0.5 ? 1 : 0) : covered
      }
    }
  }

  /// The part of the samples of the pixel around (dx, dy) that lie in the turned figure.
  @inline(__always) private static func coverage(
    _ shape: SpriteShape, _ dx: Float, _ dy: Float, _ cosine: Float, _ sine: Float
  ) -> Float {
    var hits = 0
    for i in 0..<samples {
      let y = dy + (Float(i) + 0.5) / Float(samples) - 0.5
      for j in 0..<samples {
        let x = dx + (Float(j) + 0.5) / Float(samples) - 0.5
        // Turned back by the angle; rows count downwards, the figure's v upwards.
        let u = cosine * x - sine * y
        let v = -sine * x - cosine * y
        hits += shape.contains(u, v) ? 1 : 0
      }
    }
    return Float(hits) / Float(samples * samples)
  }
}
