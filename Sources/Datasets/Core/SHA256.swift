#if canImport(CommonCrypto)
  import CommonCrypto
#else
  import CCrypto
#endif

/// SHA-256 (FIPS 180-4) of bytes that arrive piece by piece, by the system's library.
package final class SHA256 {
  #if canImport(CommonCrypto)
    private var context = CC_SHA256_CTX()

    package init() { CC_SHA256_Init(&context) }

    /// Takes in the next bytes.
    package func update(_ bytes: UnsafeRawBufferPointer) {
      // CommonCrypto counts in 32 bits.
      var rest = bytes
      while !rest.isEmpty {
        let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
        CC_SHA256_Update(&context, piece.baseAddress, CC_LONG(piece.count))
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece.count))
      }
    }

    private func finish(_ digest: inout [UInt8]) { CC_SHA256_Final(&digest, &context) }
  #else
    private let context: OpaquePointer

    package init() {
      guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
      else { preconditionFailure("libcrypto offers no SHA-256: this is a bug of its installation") }
      self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Takes in the next bytes.
    package func update(_ bytes: UnsafeRawBufferPointer) {
      guard bytes.count > 0 else { return }
      let done = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
      precondition(done == 1, "libcrypto could not go on hashing: this is a bug")
    }

    private func finish(_ digest: inout [UInt8]) {
      let done = EVP_DigestFinal_ex(context, &digest, nil)
      precondition(done == 1, "libcrypto could not finish hashing: this is a bug")
    }
  #endif

  /// Takes in a text in UTF-8.
  package func update(_ text: String) {
    var text = text
    text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
  }

  /// The 64 hexadecimal digits of the hash; nothing may be taken in afterwards.
  package func hexDigest() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    finish(&digest)
    let digits = Array("0123456789abcdef")
    return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
