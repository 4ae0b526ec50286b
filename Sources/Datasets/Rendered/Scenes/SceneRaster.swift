#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a scene shows, in pixels.
struct ScenePose {
  var shape: SceneShape
  var texture: SceneTexture
  var radius: Float
  var angle: Float
  var x: Float
  var y: Float
  var colour: (Float, Float, Float)
  var background: (Float, Float, Float)
}

/// Drawing of coloured scenes by sampling each pixel of the figure at 3 × 3 places.
enum SceneRaster {
  private static let samples = 3

  /// Writes red, green and blue planes of `size` × `size` and the mask: 1 where at least half of
  /// the pixel is the figure.
  static func draw(
    _ pose: ScenePose, size: Int, planes: UnsafeMutablePointer<Float>,
    mask: UnsafeMutablePointer<Float>
  ) {
    let area = size * size
    let (red, green, blue) = (planes, planes + area, planes + 2 * area)
    for row in 0..<size {
      // The background darkens by a fifth from top to bottom.
      let shade = 1 - 0.2 * Float(row) / Float(size)
      for place in row * size..<(row + 1) * size {
        red[place] = pose.background.0 * shade
        green[place] = pose.background.1 * shade
        blue[place] = pose.background.2 * shade
      }
    }
    let reach = pose.radius + 1
    for row in max(0, Int(pose.y - reach))...min(size - 1, Int(pose.y + reach)) {
      for column in max(0, Int(pose.x - reach))...min(size - 1, Int(pose.x + reach)) {
        let (covered, light) = sample(pose, Float(column) - pose.x, Float(row) - pose.y)
        guard covered > 0 else { continue }
        let place = row * size + column
        red[place] = red[place] * (1 - covered) + pose.colour.0 * light
        green[place] = green[place] * (1 - covered) + pose.colour.1 * light
        blue[place] = blue[place] * (1 - covered) + pose.colour.2 * light
        mask[place] = covered >= 0.5 ? 1 : 0
      }
    }
  }

  /// The part of a pixel that the figure covers, and the sum of its brightness over the samples.
  private static func sample(
    _ pose: ScenePose, _ left: Float, _ top: Float
  ) -> (covered: Float, light: Float) {
    let cosine = cos(pose.angle) / pose.radius
    let sine = sin(pose.angle) / pose.radius
    var hits: Float = 0
    var light: Float = 0
    for i in 0..<samples {
      let y = top + (Float(i) + 0.5) / Float(samples)
      for j in 0..<samples {
        let x = left + (Float(j) + 0.5) / Float(samples)
        let u = cosine * x + sine * y
        let v = cosine * y - sine * x
        guard pose.shape.contains(u, v) else { continue }
        hits += 1
        light += pose.texture.brightness(u, v)
      }
    }
    let total = Float(samples * samples)
    return (hits / total, light / total)
  }

  /// Red, green and blue of a hue (0 red, 1/3 green, 2/3 blue) with this saturation and value.
  static func colour(
    hue: Double, saturation: Double, value: Double
  ) -> (Float, Float, Float) {
    func channel(_ offset: Double) -> Float {
      let k = (offset + hue * 6).truncatingRemainder(dividingBy: 6)
      return Float(value - value * saturation * max(0, min(k, 4 - k, 1)))
    }
    return (channel(5), channel(3), channel(1))
  }
}
