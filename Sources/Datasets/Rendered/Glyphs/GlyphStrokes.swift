/// The digits as curves of a pen in a box of side 1, x to the right and y down.
enum GlyphStrokes {
  typealias Point = (x: Float, y: Float)

  /// A curve through points: two points are a straight line.
  static let digits: [[[Point]]] = [
    [
      [
        (0.5, 0.05), (0.85, 0.25), (0.9, 0.5), (0.85, 0.75), (0.5, 0.95), (0.15, 0.75), (0.1, 0.5),
        (0.15, 0.25), (0.5, 0.05),
      ]
    ],
    [[(0.3, 0.25), (0.55, 0.05)], [(0.55, 0.05), (0.55, 0.95)]],
    [
      [(0.12, 0.28), (0.3, 0.07), (0.65, 0.07), (0.83, 0.3), (0.6, 0.58), (0.12, 0.95)],
      [(0.12, 0.95), (0.88, 0.95)],
    ],
    [
      [(0.15, 0.12), (0.5, 0.04), (0.8, 0.24), (0.45, 0.47)],
      [(0.45, 0.47), (0.87, 0.68), (0.55, 0.96), (0.12, 0.85)],
    ],
    [[(0.65, 0.05), (0.1, 0.65)], [(0.1, 0.65), (0.92, 0.65)], [(0.68, 0.35), (0.68, 0.97)]],
    [
      [(0.82, 0.06), (0.25, 0.06)], [(0.25, 0.06), (0.2, 0.45)],
      [(0.2, 0.45), (0.55, 0.36), (0.86, 0.64), (0.55, 0.96), (0.13, 0.86)],
    ],
    [
      [
        (0.75, 0.07), (0.35, 0.3), (0.14, 0.68), (0.48, 0.96), (0.85, 0.7), (0.5, 0.47),
        (0.17, 0.68),
      ]
    ],
    [[(0.1, 0.06), (0.88, 0.06)], [(0.88, 0.06), (0.6, 0.45), (0.4, 0.96)]],
    [
      [
        (0.5, 0.48), (0.17, 0.25), (0.5, 0.04), (0.83, 0.25), (0.5, 0.48), (0.13, 0.74),
        (0.5, 0.96), (0.87, 0.74), (0.5, 0.48),
      ]
    ],
    [
      [
        (0.83, 0.32), (0.5, 0.53), (0.15, 0.3), (0.52, 0.04), (0.86, 0.32), (0.65, 0.7),
        (0.4, 0.95),
      ]
    ],
  ]

  /// The line segments of a curve: a Catmull–Rom spline through the points (E. Catmull, R. Rom
  /// 1974), cut into six pieces between neighbours.
  static func segments(_ points: [Point]) -> [(Point, Point)] {
    guard points.count > 2 else { return [(points[0], points[points.count - 1])] }
    let pieces = 6
    var path: [Point] = [points[0]]
    for i in 0..<points.count - 1 {
      let before = points[max(0, i - 1)]
      let after = points[min(points.count - 1, i + 2)]
      for k in 1...pieces {
        let t = Float(k) / Float(pieces)
        path.append(
          (
            spline(before.x, points[i].x, points[i + 1].x, after.x, t),
            spline(before.y, points[i].y, points[i + 1].y, after.y, t)
          ))
      }
    }
    return Array(zip(path, path.dropFirst()))
  }

  private static func spline(_ a: Float, _ b: Float, _ c: Float, _ d: Float, _ t: Float) -> Float {
    let slope = c - a
    let bend = 2 * a - 5 * b + 4 * c - d
    let twist = 3 * b - a - 3 * c + d
    return b + 0.5 * t * (slope + t * (bend + t * twist))
  }
}
