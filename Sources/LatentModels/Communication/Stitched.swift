public import LatentCore
public import Torch

/// The encoder of one model before the decoder of another, with a translation of codes between them or none.
public struct Stitched: Encodes, Decodes, Reconstructs {
  /// Who encodes.
  public let encoder: any Encodes
  /// Who decodes.
  public let decoder: any Encodes & Decodes
  /// What codes go through; nil where they are handed over as they are.
  public let translation: LatentTranslation?

  /// A stitched model; **fails** (stops) at its use if codes are handed over between different shapes.
  public init(
    _ encoder: any Encodes, to decoder: any Encodes & Decodes,
    through translation: LatentTranslation? = nil
  ) {
    (self.encoder, self.decoder, self.translation) = (encoder, decoder, translation)
  }

  /// The decoder's.
  public var codeShape: [Int] { decoder.codeShape }

  /// The codes as the decoder takes them.
  public func encode(_ examples: Tensor) -> Tensor {
    let codes = encoder.encode(examples)
    return translation.map { $0(codes) } ?? codes
  }

  /// The decoder's examples.
  public func decode(_ codes: Tensor) -> Tensor { decoder.decode(codes) }
}
