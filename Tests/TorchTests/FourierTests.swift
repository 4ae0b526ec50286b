import Testing
import Torch
import _TestSupport

@Suite struct FourierTests {
  @Test func transformsAreThoseOfNumPy() throws {
    var f = try RecordedFamily("fourier")
    let (wave, plane, parts) = try (f.input("wave"), f.input("plane"), f.input("spectrum"))
    typealias FT = FourierTransform
    f.check("fft", FT.fft(wave))
    f.check("fft_padded", FT.fft(wave, count: 11, dim: 0))
    f.check("fft_ortho", FT.fft(wave, norm: .ortho))
    f.check("ifft", FT.ifft(wave))
    f.check("rfft", FT.rfft(wave))
    f.check("rfft_forward", FT.rfft(wave, norm: .forward))
    f.check("fft2", FT.fft2(plane))
    f.check("ifft2", FT.ifft2(plane))
    f.check("rfft2", FT.rfft2(plane))
    f.check("fftn", FT.fftn(plane))
    f.check("ifftn", FT.ifftn(plane, dims: [0, 2]))
    f.check("frequencies", FT.frequencies(7, spacing: 0.5))
    f.check("real_frequencies", FT.realFrequencies(7, spacing: 0.5))
    f.check("shifted", FT.shifted(wave))
    f.check("unshifted", FT.unshifted(wave, dims: [1]))
    f.check("conj", parts.to(.float64).asComplex.conjugate)
    f.check("angle", parts.asComplex.angle)
    f.finish()
  }

  @Test(arguments: [FourierNormalization.backward, .ortho, .forward])
  func inversesInvert(_ norm: FourierNormalization) {
    let x = Tensor.randn([2, 4, 7], using: Generator(seed: 2), dtype: .float64)
    typealias FT = FourierTransform
    expectClose(FT.irfft(FT.rfft(x, norm: norm), count: 7, norm: norm), x)
    expectClose(FT.ifft(FT.fft(x, norm: norm), norm: norm).real, x)
    expectClose(FT.irfft2(FT.rfft2(x, norm: norm), size: [4, 7], norm: norm), x)
    expectClose(FT.ifft2(FT.fft2(x, norm: norm), norm: norm).real, x)
    expectClose(FT.ifftn(FT.fftn(x, norm: norm), norm: norm).real, x)
    expectClose(FT.unshifted(FT.shifted(x)), x)
  }

  @Test func complexPartsComeBack() {
    let re = Tensor([1.0, -2.0])
    let im = Tensor([0.5, 3.0])
    let z = Tensor.complex(real: re, imaginary: im)
    #expect(z.dtype == .complex64)
    expectClose(z.real, re)
    expectClose(z.imaginary, im)
    expectClose(z.asReal.asComplex.conjugate.imaginary, -im)
    // LibTorch leaves the conjugate of an inverse transform to whoever reads it.
    let wave = FourierTransform.ifft(Tensor([1.0, 2.0, 4.0], dtype: .float64))
    let parts = wave.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
    #expect(parts == wave.asReal.flattened().scalars(as: Double.self))
    expectClose(wave.imaginary, wave.asReal[.all, 1])
  }

  @Test func gradientsFlowThroughTransforms() {
    let x = Tensor.randn([6], using: Generator(seed: 3), dtype: .float64)
    expectGradientsMatchDifferences(at: [x]) { squared(FourierTransform.rfft($0[0]).asReal).sum() }
  }
}
