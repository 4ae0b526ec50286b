import LatentCore

extension ELBO {
  /// β of recipes that train by the bound: a factor of the rate, without unit.
  static let betaKey = ConfigKey(
    "beta", default: 1.0, in: .between(0, 1e6), "Weight of the rate; 1 is the ELBO.")
}
