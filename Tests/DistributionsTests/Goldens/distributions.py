"""Records distributions.safetensors: what PyTorch and SciPy give for the table in Cases.swift.

Run: python Tests/DistributionsTests/Goldens/distributions.py
Everything is float64. A case NAME holds NAME.parameters.<label>, NAME.value, NAME.logProbability and, where
the twin has them, NAME.entropy, NAME.mean, NAME.variance; kl.P.Q holds KL(P||Q).
"""

import os

import mpmath as mp
import numpy as np
import scipy
import scipy.stats as st
import torch
import torch.distributions as D
from safetensors.torch import save_file

torch.set_default_dtype(torch.float64)
torch.manual_seed(20261120)
out, twins = {}, {}


def put(name, value):
    out[name] = torch.as_tensor(value, dtype=torch.float64).contiguous().clone()


def case(name, twin, value, moments=True, entropy=True, **parameters):
    """Records a PyTorch twin."""
    twins[name] = twin
    for key, parameter in parameters.items():
        put(f"{name}.parameters.{key}", parameter)
    put(f"{name}.value", value)
    put(f"{name}.logProbability", twin.log_prob(torch.as_tensor(value)))
    if entropy:
        put(f"{name}.entropy", twin.entropy())
    if moments:
        put(f"{name}.mean", twin.mean)
        put(f"{name}.variance", twin.variance)


def exact(name, value, parameters, **expected):
    """Records expected values worked out here, where PyTorch has no twin or a coarse one."""
    for key, parameter in parameters.items():
        put(f"{name}.parameters.{key}", parameter)
    put(f"{name}.value", value)
    for key, result in expected.items():
        put(f"{name}.{key}", result)


def scipy_case(name, twin, value, **parameters):
    """Records a SciPy twin over numbers."""
    mean, variance = twin.stats("mv")
    exact(name, value, parameters, logProbability=twin.logpdf(value), entropy=twin.entropy(), mean=mean, variance=variance)


def kl(p, q):
    put(f"kl.{p}.{q}", D.kl_divergence(twins[p], twins[q]))


def randn(*shape):
    return torch.randn(shape)


# Normal, Bernoulli, Categorical
for name in ("normal", "normal2"):
    mean, log_variance = randn(3), randn(3)
    case(name, D.Normal(mean, (0.5 * log_variance).exp()), randn(5, 3), mean=mean, logVariance=log_variance)
sigma = randn(2, 3).exp()
mean = randn(1, 3)
case("normalScale", D.Normal(mean, sigma), randn(2, 3), mean=mean, standardDeviation=sigma)
case("standardNormal", D.Normal(torch.zeros(3), torch.ones(3)), randn(5, 3))
for name in ("diagonal", "diagonal2"):
    mean, log_variance = randn(2, 3), randn(2, 3)
    twin = D.Independent(D.Normal(mean, (0.5 * log_variance).exp()), 1)
    case(name, twin, randn(4, 2, 3), mean=mean, logVariance=log_variance)
kl("normal", "normal2"), kl("normal2", "normal"), kl("normal", "standardNormal")
kl("standardNormal", "normal"), kl("normalScale", "normal"), kl("diagonal", "diagonal2")
for name in ("bernoulli", "bernoulli2"):
    logits = 3 * randn(4)
    case(name, D.Bernoulli(logits=logits), torch.tensor([[0.0, 1, 0, 1], [1, 1, 0, 0]]), logits=logits)
kl("bernoulli", "bernoulli2")
for name in ("categorical", "categorical2"):
    logits = 2 * randn(3, 5)
    twin = D.Categorical(logits=logits)
    case(name, twin, torch.tensor([[0, 4, 2], [1, 3, 3]]), moments=False, logits=logits)
kl("categorical", "categorical2")

# Numbers on the line
for name in ("laplace", "laplace2", "gumbel", "gumbel2"):
    location, scale = randn(4), (0.5 * randn(4)).exp()
    family = D.Laplace if name.startswith("laplace") else D.Gumbel
    case(name, family(location, scale), 2 * randn(3, 4), location=location, scale=scale)
kl("laplace", "laplace2"), kl("gumbel", "gumbel2"), kl("gumbel2", "gumbel")
location, scale = randn(4), (0.5 * randn(4)).exp()
scipy_case("logistic", st.logistic(location, scale), 3 * randn(3, 4), location=location, scale=scale)
lower, width = randn(3), randn(3).exp()
fraction = torch.rand(4, 3)
case("uniform", D.Uniform(lower, lower + width), lower + width * fraction, lower=lower, upper=lower + width)
wide = D.Uniform(lower - 1, lower + width + 0.5)
case("uniform2", wide, lower + width * fraction, lower=lower - 1, upper=lower + width + 0.5)
kl("uniform", "uniform2")
freedom, location, scale = torch.tensor([4.5, 7.0, 30.0]), randn(3), randn(3).exp()
case("studentT", D.StudentT(freedom, location, scale), 4 * randn(4, 3), degreesOfFreedom=freedom, location=location, scale=scale)

# Positive numbers, parts of one
for name in ("gamma", "gamma2"):
    concentration, rate = randn(4).exp() + 0.3, randn(4).exp()
    case(name, D.Gamma(concentration, rate), randn(3, 4).exp(), concentration=concentration, rate=rate)
for name in ("beta", "beta2"):
    alpha, beta = randn(4).exp() + 0.4, randn(4).exp() + 0.4
    case(name, D.Beta(alpha, beta), torch.rand(3, 4), alpha=alpha, beta=beta)
for name in ("dirichlet", "dirichlet2"):
    concentration = randn(2, 4).exp() + 0.4
    case(name, D.Dirichlet(concentration), torch.softmax(randn(3, 2, 4), -1), concentration=concentration)
kl("gamma", "gamma2"), kl("beta", "beta2"), kl("dirichlet", "dirichlet2")

# Continuous Bernoulli; PyTorch's series near 1/2 is coarse, so the near case is worked out by mpmath
for name in ("continuousBernoulli", "continuousBernoulli2"):
    logits = torch.tensor([-6.0, -1.5, 2.0, 5.0]) + 0.3 * randn(4)
    case(name, D.ContinuousBernoulli(logits=logits), torch.rand(3, 4), logits=logits)
kl("continuousBernoulli", "continuousBernoulli2")
mp.mp.dps = 50
logits = [1e-7, -1e-4, 0.019, 0.021, -0.3, 0.59, 0.61, -40.0, 700.0]
value = torch.rand(2, len(logits))
log_z = [mp.log((mp.exp(l) - 1) / l) for l in map(mp.mpf, logits)]
mean = [1 / (1 - mp.exp(-l)) - 1 / l for l in map(mp.mpf, logits)]
variance = [1 / l**2 - mp.exp(-l) / (1 - mp.exp(-l)) ** 2 for l in map(mp.mpf, logits)]
exact(
    "continuousBernoulliNear", value, {"logits": logits},
    logProbability=[[float(mp.mpf(float(x)) * l - z) for x, l, z in zip(row, logits, log_z)] for row in value],
    entropy=[float(z - l * m) for l, z, m in zip(logits, log_z, mean)],
    mean=[float(m) for m in mean], variance=[float(v) for v in variance])

# Counts
for name in ("poisson", "poisson2"):
    log_rate = 0.7 * randn(4) + 0.5
    case(name, D.Poisson(log_rate.exp()), torch.poisson(4 * torch.ones(3, 4)), entropy=False, logRate=log_rate)
kl("poisson", "poisson2")
count, logits = randn(4).exp() + 0.5, randn(4)
case("negativeBinomial", D.NegativeBinomial(count, logits=logits), torch.poisson(4 * torch.ones(3, 4)), entropy=False, totalCount=count, logits=logits)

# Vectors
def lower(*shape):
    factor = torch.tril(0.5 * randn(*shape, shape[-1]))
    diagonal = (0.3 * randn(*shape)).exp()
    return factor - torch.diag_embed(torch.diagonal(factor, dim1=-2, dim2=-1)) + torch.diag_embed(diagonal)


for name in ("multivariate", "multivariate2"):
    mean, factor = randn(2, 3), lower(2, 3)
    twin = D.MultivariateNormal(mean, scale_tril=factor)
    case(name, twin, randn(4, 2, 3), mean=mean, scaleFactor=factor)
for name in ("lowRank", "lowRank2"):
    mean, factor, diagonal = randn(2, 4), randn(2, 4, 2), randn(2, 4).exp() + 0.3
    twin = D.LowRankMultivariateNormal(mean, factor, diagonal)
    case(name, twin, randn(4, 2, 4), mean=mean, factor=factor, diagonal=diagonal)
kl("multivariate", "multivariate2"), kl("lowRank", "lowRank2")
mean, deviation = randn(2, 3), (0.5 * randn(2, 3)).exp()
case("diagonal3", D.Independent(D.Normal(mean, deviation), 1), randn(4, 2, 3), mean=mean, standardDeviation=deviation)
diagonal_as_full = D.MultivariateNormal(mean, torch.diag_embed(deviation**2))
mean, deviation = randn(2, 4), randn(2, 4).exp()
case("diagonal4", D.Independent(D.Normal(mean, deviation), 1), randn(4, 2, 4), mean=mean, standardDeviation=deviation)
full = D.MultivariateNormal(mean, torch.diag_embed(deviation**2))
put("kl.multivariate.diagonal3", D.kl_divergence(twins["multivariate"], diagonal_as_full))
put("kl.diagonal3.multivariate", D.kl_divergence(diagonal_as_full, twins["multivariate"]))
put("kl.lowRank.diagonal4", D.kl_divergence(twins["lowRank"], full))
standard = D.MultivariateNormal(torch.zeros(3), torch.eye(3))
case("standardVector", D.Independent(D.Normal(torch.zeros(3), torch.ones(3)), 1), randn(4, 3))
put("kl.multivariate.standardVector", D.kl_divergence(twins["multivariate"], standard))

# One-hot vectors, hard and soft
for name in ("oneHot", "oneHot2"):
    logits = 1.5 * randn(2, 4)
    twin = D.OneHotCategorical(logits=logits)
    case(name, twin, twin.sample((3,)), logits=logits)
kl("oneHot", "oneHot2")
logits = randn(2, 4)
case("relaxed", D.RelaxedOneHotCategorical(torch.tensor(0.7), logits=logits), torch.softmax(randn(3, 2, 4), -1), moments=False, entropy=False, logits=logits)

# Mixtures and images
logits, mean, log_variance = randn(2, 3), 2 * randn(2, 3), 0.5 * randn(2, 3)
twin = D.MixtureSameFamily(D.Categorical(logits=logits), D.Normal(mean, (0.5 * log_variance).exp()))
case("mixture", twin, 3 * randn(4, 2), entropy=False, logits=logits, mean=mean, logVariance=log_variance)
logits, mean, log_variance = randn(3), 2 * randn(2, 3, 2), 0.5 * randn(2, 3, 2)
components = D.Independent(D.Normal(mean, (0.5 * log_variance).exp()), 1)
twin = D.MixtureSameFamily(D.Categorical(logits=logits.expand(2, 3)), components)
case("vectorMixture", twin, 3 * randn(4, 2, 2), entropy=False, logits=logits.expand(2, 3), mean=mean, logVariance=log_variance)
mean, log_variance = randn(3), 0.5 * randn(3)
base = D.Normal(mean, (0.5 * log_variance).exp())
T = D.transforms
for name, transform in {
    "logNormal": T.ExpTransform(), "softplusNormal": T.SoftplusTransform(), "sigmoidNormal": T.SigmoidTransform(),
    "tanhNormal": T.TanhTransform(), "affineNormal": T.AffineTransform(1.5, -2.0),
    "chainNormal": T.ComposeTransform([T.AffineTransform(0.5, 0.7), T.TanhTransform(), T.AffineTransform(1.0, 3.0)]),
}.items():
    twin = D.TransformedDistribution(base, transform)
    case(name, twin, transform(0.8 * randn(4, 3)), moments=False, entropy=False, mean=mean, logVariance=log_variance)

here = os.path.dirname(os.path.abspath(__file__))
metadata = {"torch": torch.__version__, "scipy": scipy.__version__, "numpy": np.__version__}
save_file(out, os.path.join(here, "distributions.safetensors"), metadata=metadata)
print(len(out), "tensors", metadata)
