import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A random window of an image, resized to the whole: crop, turn, mirror and shift in one sampling.
///
/// A point (u, v) of the result, in −1 … 1 along the width and the height, takes the image's value at
/// t + diag(a, b) R (± u, v): R turns by an angle on the pixels' grid, a b is the window's share of the area
/// and a/b its change of proportions, t its place, which keeps the window inside the image (or the image
/// inside a larger window) before `shift` moves it. One bilinear sampling, so that little is blurred.
/// **Shapes**: `[n, c, h, w]`, unchanged. **Source**: Szegedy et al. 2014, arXiv:1409.4842, section 6 (the
/// crop). PyTorch: torchvision's `RandomResizedCrop`, `RandomHorizontalFlip` and `RandomAffine`.
public struct RandomWarp: Sendable, Hashable, Codable {
  /// What stands outside of an image.
  public enum Border: String, Sendable, Hashable, Codable, CaseIterable {
    /// Zeros.
    case zeros
    /// The nearest pixel.
    case edge
    /// The image, mirrored.
    case mirror
  }

  /// The window's share of the area is uniform from here …
  public var smallestArea: Double
  /// … to here; above 1 the image is shrunk.
  public var largestArea: Double
  /// The window's proportions change by a factor between 1/r and r, uniform in its logarithm.
  public var aspect: Double
  /// The probability of a mirror image, left to right.
  public var flip: Double
  /// The angle is uniform in ± this many degrees.
  public var degrees: Double
  /// The place moves by up to this part of the side, both ways.
  public var shift: Double
  /// What stands outside of an image.
  public var border: Border

  /// A warp that does nothing unless told.
  ///
  /// **Fails** (stops) unless 0 < smallest ≤ largest area, r ≥ 1, and the rest is not negative.
  public init(
    area smallestArea: Double = 1, to largestArea: Double = 1, aspect: Double = 1, flip: Double = 0,
    degrees: Double = 0, shift: Double = 0, border: Border = .zeros
  ) {
    precondition(
      smallestArea > 0 && smallestArea <= largestArea && aspect >= 1 && flip >= 0 && degrees >= 0
        && shift >= 0,
      "a warp expects 0 < area ≤ largest area, aspect ≥ 1 and nothing negative")
    self.smallestArea = smallestArea
    self.largestArea = largestArea
    self.aspect = aspect
    self.flip = flip
    self.degrees = degrees
    self.shift = shift
    self.border = border
  }

  func apply(_ x: Tensor, _ generator: Generator) -> Tensor {
    let (n, _, height, width) = x.shape4
    let grid = affineGrid(
      transforms(n, height, width, generator).to(x.dtype), size: [height, width])
    let padding: GridPadding =
      switch border {
      case .zeros: .zeros
      case .edge: .border
      case .mirror: .reflection
      }
    return withoutGradients { gridSampled(x, grid: grid, padding: padding) }
  }

  /// The affine maps from places of the result to places of the image, `[n, 2, 3]`.
  func transforms(_ n: Int, _ height: Int, _ width: Int, _ generator: Generator) -> Tensor {
    func uniform(_ lower: Double, _ upper: Double) -> Tensor {
      Tensor.uniform([n], from: lower, to: upper, using: generator)
    }
    let area = uniform(smallestArea, largestArea)
    let proportions = exp(uniform(-log(aspect), log(aspect)))
    // A window of less than the image's area must not be wider or higher than the image.
    let limit = Swift.max(1, largestArea.squareRoot() * aspect.squareRoot())
    let most = largestArea > 1 ? limit : 1
    let a = sqrt(area * proportions).clamped(max: most)
    let b = sqrt(area / proportions).clamped(max: most)
    let x = uniform(-1, 1) * abs(1 - a) + uniform(-1, 1) * (2 * shift)
    let y = uniform(-1, 1) * abs(1 - b) + uniform(-1, 1) * (2 * shift)
    let isMirrored = (uniform(0, 1) .< flip).to(.float32)
    let sign = 1 - 2 * isMirrored
    let angle = uniform(-1, 1) * (degrees * Double.pi / 180)
    let (cosine, sine) = (cos(angle), sin(angle))
    // Angles are of pixels, places of −1 … 1 along sides that may differ.
    let ratio = Double(height) / Double(width)
    let rows = [
      stacked([a * sign * cosine, -a * sine * ratio, x], dim: 1),
      stacked([b * sign * sine / ratio, b * cosine, y], dim: 1),
    ]
    return stacked(rows, dim: 1)
  }
}
