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
kl("standardNormal", "normal"), kl("standardNormal", "standardNormal"), kl("normalScale", "normal"), kl("diagonal", "diagonal2")
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
case("standardVector4", D.Independent(D.Normal(torch.zeros(4), torch.ones(4)), 1), randn(4, 4))
standard = D.MultivariateNormal(torch.zeros(4), torch.eye(4))
put("kl.lowRank.standardVector4", D.kl_divergence(twins["lowRank"], standard))

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

# Spheres, by mpmath
def von_mises_fisher(name, d, kappas):
    direction = randn(len(kappas), d)
    mu = direction / direction.norm(dim=-1, keepdim=True)
    value = randn(4, len(kappas), d)
    value = value / value.norm(dim=-1, keepdim=True)
    nu = mp.mpf(d) / 2 - 1
    log_c, length = [], []
    for k in map(mp.mpf, kappas):
        log_i = mp.log(mp.besseli(nu, k))
        log_c.append(nu * mp.log(k) - mp.mpf(d) / 2 * mp.log(2 * mp.pi) - log_i)
        length.append(mp.besseli(nu + 1, k) / mp.besseli(nu, k))
    number = lambda rows: torch.tensor([float(x) for x in rows])
    k, a = torch.tensor(kappas), number(length)
    ratio = number([x / y for x, y in zip(length, kappas)])
    along = number([1 - (d - 1) * x / y - x**2 for x, y in zip(length, kappas)])
    exact(
        name, value, {"direction": direction, "concentration": k},
        logProbability=k * (mu * value).sum(-1) + number(log_c),
        entropy=number([-c - x * y for c, x, y in zip(log_c, length, kappas)]), mean=a[:, None] * mu,
        variance=ratio[:, None] * (1 - mu**2) + along[:, None] * mu**2)
    twins[name] = mu, [mp.mpf(x) for x in kappas], log_c, length


von_mises_fisher("circle", 2, [0.01, 2.0, 40.0])
von_mises_fisher("sphere", 3, [0.3, 5.0, 60.0])
von_mises_fisher("sphere2", 3, [0.5, 4.0, 50.0])
von_mises_fisher("sphere20", 20, [1.0, 25.0, 800.0])
von_mises_fisher("sphere500", 500, [10.0, 3000.0])
scipy_vmf = st.vonmises_fisher(twins["sphere"][0][1].numpy(), 5.0)
assert np.allclose(scipy_vmf.logpdf(out["sphere.value"][:, 1].numpy()), out["sphere.logProbability"][:, 1])
(mu, k, c, a), (mu2, k2, c2, _) = twins["sphere"], twins["sphere2"]
cosine = (mu * mu2).sum(-1)
put("kl.sphere.sphere2", [float(a[i] * (k[i] - k2[i] * float(cosine[i])) + c[i] - c2[i]) for i in range(3)])
area3 = mp.log(4 * mp.pi)
exact("sphereUniform", out["sphere.value"], {}, logProbability=torch.full((4, 3), -float(area3)), entropy=float(area3), mean=torch.zeros(3), variance=torch.full((3,), 1 / 3))
put("kl.sphere.sphereUniform", [float(k[i] * a[i] + c[i] + area3) for i in range(3)])
put("uniform.area", [float(mp.log(2 * mp.pi ** (mp.mpf(d) / 2) / mp.gamma(mp.mpf(d) / 2))) for d in (2, 3, 20, 500)])

# Log-Bessel values by order and argument
orders, arguments = [0.0, 0.5, 9.0, 61.0, 249.0, 1500.0], [0.0, 1e-3, 1.0, 30.0, 1000.0, 1e5]
mp.mp.dps = 60
def scaled_bessel(nu, x):
    nu, x = mp.mpf(nu), mp.mpf(x)
    return float(-nu * mp.log(2) - mp.loggamma(nu + 1)) if x == 0 else float(mp.log(mp.besseli(nu, x)) - nu * mp.log(x))
put("bessel", [[scaled_bessel(nu, x) for x in arguments] for nu in orders])
mp.mp.dps = 50

# Hyperbolic space: the density carried to the origin by a Lorentz boost
def boost(tangent):
    r = tangent.norm()
    unit = tangent / r
    matrix = torch.eye(len(tangent) + 1)
    matrix[0, 0] = torch.cosh(r)
    matrix[0, 1:] = matrix[1:, 0] = torch.sinh(r) * unit
    matrix[1:, 1:] += (torch.cosh(r) - 1) * torch.outer(unit, unit)
    return matrix


tangent, deviation, n = randn(2, 3), (0.4 * randn(2, 3)).exp(), 3
lift = lambda x: torch.cat([(1 + (x * x).sum(-1, keepdim=True)).sqrt(), x], -1)
value = lift(1.5 * randn(4, 2, n))
log_p = torch.zeros(4, 2)
for b in range(2):
    moved = value[:, b] @ torch.linalg.inv(boost(tangent[b])).T
    r = torch.acosh(moved[:, 0])
    v = moved[:, 1:] * (r / torch.sinh(r))[:, None]
    log_p[:, b] = D.Normal(torch.zeros(n), deviation[b]).log_prob(v).sum(-1) - (n - 1) * torch.log(torch.sinh(r) / r)
exact("hyperbolic", value, {"tangent": tangent, "standardDeviation": deviation}, logProbability=log_p)

# Discretised logistic mixtures, from differences of distribution functions
def discretized(name, levels, logits, means, log_scales, value, coefficients=None):
    channels = means.shape[-2]
    total = torch.log_softmax(logits, -1)
    half = 1 / (levels - 1)
    for c in range(channels):
        m = means[..., c, :]
        for earlier in range(c if coefficients is not None else 0):
            m = m + coefficients[..., c - 1 + earlier, :] * value[..., earlier, None]
        x, s = value[..., c, None], log_scales[..., c, :].exp()
        upper = torch.where(x > 1 - half, torch.ones(()), torch.sigmoid((x + half - m) / s))
        lower_cdf = torch.where(x < -1 + half, torch.zeros(()), torch.sigmoid((x - half - m) / s))
        total = total + torch.log(upper - lower_cdf)
    parameters = {"logits": logits, "means": means, "logScales": log_scales}
    if coefficients is not None:
        parameters["coefficients"] = coefficients
    exact(name, value, parameters, logProbability=torch.logsumexp(total, -1))


levels = lambda n, *shape: torch.randint(0, n, shape).double() * 2 / (n - 1) - 1
value = levels(256, 6, 2, 3)
value[0], value[1] = -1, 1
discretized("pixels", 256, randn(2, 4), 0.5 * randn(2, 3, 4), 0.3 * randn(2, 3, 4) - 2, value, randn(2, 3, 4).tanh())
discretized("grey", 5, randn(2, 3), 0.5 * randn(2, 1, 3), 0.3 * randn(2, 1, 3) - 1, levels(5, 6, 2, 1))

here = os.path.dirname(os.path.abspath(__file__))
metadata = {"torch": torch.__version__, "scipy": scipy.__version__, "numpy": np.__version__}
save_file(out, os.path.join(here, "distributions.safetensors"), metadata=metadata)
print(len(out), "tensors", metadata)
