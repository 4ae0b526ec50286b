import TorchRaw

extension Tensor {
  /// Standard normal numbers. PyTorch: `torch.randn`.
  public static func randn(
    _ shape: [Int], using generator: Generator, dtype: DType = .float32
  ) -> Tensor {
    drawn(shape) { shape in
      Tensor(
        call(
          .randn, .ints(shape), generator.argument, dtype.argument, nil, generator.device.argument))
    }
  }

  /// Uniform numbers in [0, 1). PyTorch: `torch.rand`.
  public static func rand(
    _ shape: [Int], using generator: Generator, dtype: DType = .float32
  ) -> Tensor {
    drawn(shape) { shape in
      Tensor(
        call(
          .rand, .ints(shape), generator.argument, dtype.argument, nil, generator.device.argument))
    }
  }

  /// Uniform numbers in [`lower`, `upper`). PyTorch: `uniform_`.
  public static func uniform(
    _ shape: [Int], from lower: Double, to upper: Double, using generator: Generator,
    dtype: DType = .float32
  ) -> Tensor {
    drawn(shape) { shape in
      let result = Tensor.zeros(shape, dtype: dtype, device: generator.device)
      let bounds: (Argument, Argument) = (.double(lower), .double(upper))
      return Tensor(
        call(.uniformInPlace, result.argument, bounds.0, bounds.1, generator.argument))
    }
  }

  /// Normal numbers of a mean and standard deviation. PyTorch: `normal_`.
  public static func normal(
    _ shape: [Int], mean: Double = 0, standardDeviation: Double = 1, using generator: Generator,
    dtype: DType = .float32
  ) -> Tensor {
    drawn(shape) { shape in
      let result = Tensor.zeros(shape, dtype: dtype, device: generator.device)
      let moments: (Argument, Argument) = (.double(mean), .double(standardDeviation))
      return Tensor(
        call(.normalInPlace, result.argument, moments.0, moments.1, generator.argument))
    }
  }

  /// Exponential numbers of rate `rate`. PyTorch: `exponential_`.
  public static func exponential(
    _ shape: [Int], rate: Double = 1, using generator: Generator, dtype: DType = .float32
  ) -> Tensor {
    drawn(shape) { shape in
      let result = Tensor.zeros(shape, dtype: dtype, device: generator.device)
      return Tensor(call(.exponentialInPlace, result.argument, .double(rate), generator.argument))
    }
  }

  /// Uniform integers in `range`, int64. PyTorch: `torch.randint`.
  public static func randint(
    _ range: Range<Int>, _ shape: [Int], using generator: Generator
  ) -> Tensor {
    drawn(shape) { shape in
      Tensor(
        call(
          .randint, .int(range.lowerBound), .int(range.upperBound), .ints(shape),
          generator.argument, DType.int64.argument, nil, generator.device.argument))
    }
  }

  /// The integers 0 ..< `count` in random order, int64. PyTorch: `torch.randperm`.
  public static func randperm(_ count: Int, using generator: Generator) -> Tensor {
    Tensor(
      call(
        .randperm, .int(count), generator.argument, DType.int64.argument, nil,
        generator.device.argument))
  }

  /// 0 or 1 with these probabilities of 1, in their type. PyTorch: `torch.bernoulli`.
  public static func bernoulli(_ probabilities: Tensor, using generator: Generator) -> Tensor {
    drawn(from: probabilities, filler: 0) { whole in
      Tensor(call(.bernoulli, whole[0].argument, generator.argument))
    }
  }

  /// Indices drawn from rows of weights [..., classes], [..., count]. PyTorch: `multinomial`.
  public static func multinomial(
    _ weights: Tensor, count: Int, replacement: Bool = true, using generator: Generator
  ) -> Tensor {
    func draw(_ weights: Tensor) -> Tensor {
      Tensor(
        call(
          .multinomial, weights.argument, .int(count), .bool(replacement), generator.argument))
    }
    return weights.rank < 2 ? draw(weights) : drawn(from: weights, filler: 1) { draw($0[0]) }
  }

  /// Poisson counts with these rates, in their type. PyTorch: `torch.poisson`.
  public static func poisson(_ rates: Tensor, using generator: Generator) -> Tensor {
    drawn(from: rates, filler: 1) { whole in
      Tensor(call(.poisson, whole[0].argument, generator.argument))
    }
  }

  /// Successes in `trials` attempts of these probabilities, floating-point tensors of one shape, in
  /// their type. PyTorch: `torch.binomial`.
  public static func binomial(
    trials: Tensor, probabilities: Tensor, using generator: Generator
  ) -> Tensor {
    drawn(from: trials, probabilities, filler: 0) { whole in
      Tensor(call(.binomial, whole[0].argument, whole[1].argument, generator.argument))
    }
  }

  /// Rows on the simplex from a Dirichlet law with concentrations [..., k], differentiable in them.
  /// PyTorch: `torch._sample_dirichlet`.
  public static func dirichlet(_ concentrations: Tensor, using generator: Generator) -> Tensor {
    drawn(from: concentrations, filler: 1) { whole in
      Tensor(call(.sampleDirichlet, whole[0].argument, generator.argument))
    }
  }

  /// Gamma numbers of these shapes and rate 1, differentiable in the shape by implicit
  /// reparameterisation. PyTorch: `torch._standard_gamma`.
  public static func standardGamma(_ shapes: Tensor, using generator: Generator) -> Tensor {
    drawn(from: shapes, filler: 1) { whole in
      Tensor(call(.standardGamma, whole[0].argument, generator.argument))
    }
  }
}
