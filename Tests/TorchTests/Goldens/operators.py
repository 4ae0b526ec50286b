"""Writes operators.safetensors: inputs and what PyTorch, NumPy and SciPy make of them.

Run with a Python that has torch, numpy, scipy and safetensors:  python3 operators.py
Keys are in/NAME for inputs and FAMILY/NAME for results. Families special and part of indexing come
from SciPy and NumPy, the rest from PyTorch. Random tensors come from generators of their own.
"""

import pathlib

import numpy as np
import scipy
import scipy.special as sp
import torch
import torch.nn.functional as F
from safetensors.torch import save_file

HERE = pathlib.Path(__file__).resolve().parent
out, inputs = {}, {}


def draw(seed, *shape, dtype=torch.float32):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=dtype)


def given(**tensors):
    inputs.update(tensors)
    return tensors.values()


def record(family, **results):
    for name, value in results.items():
        value = torch.as_tensor(np.asarray(value) if not torch.is_tensor(value) else value)
        if value.is_complex() and value.dtype == torch.complex128:
            value = torch.view_as_real(value)
        out[f"{family}/{name}"] = value.detach()


x, y, row = given(x=draw(1, 3, 4), y=draw(2, 3, 4), row=draw(3, 4))
p, u = given(p=draw(4, 3, 4).abs() + 0.1, u=torch.sigmoid(draw(5, 3, 4)))
i, j = given(i=torch.arange(12).reshape(3, 4) * 5 % 7 - 2, j=torch.arange(12).reshape(3, 4) % 3 + 1)
cube, = given(cube=draw(6, 2, 3, 4))
gap, = given(gap=torch.tensor([[1.0, float("nan"), 2.0], [float("inf"), -1.0, -float("inf")]]))


def arithmetic():
    record("arithmetic", add=x + y, subtract=x - row, multiply=x * row, divide=x / p, negative=-x,
           add_scalar=x + 2.5, scalar_minus=1 - x, scalar_over=2 / p, divide_scalar=i / 2,
           remainder=torch.remainder(i, 3), remainder_tensor=torch.remainder(i, j),
           floor_divide=torch.div(i, j, rounding_mode="floor"), power=p ** 2.5,
           power_tensor=torch.pow(p, x), power_base=torch.pow(2.0, x), lerp=torch.lerp(x, y, 0.3),
           maximum=torch.maximum(x, row), minimum=torch.minimum(x, row), atan2=torch.atan2(x, y),
           log_add_exp=torch.logaddexp(x, y), x_log_y=torch.xlogy(x, p), hypot=torch.hypot(x, y))
    a, b = torch.meshgrid(torch.tensor([True, False]), torch.tensor([True, False]), indexing="ij")
    record("comparison", eq=i == j, ne=i != j, lt=x < y, le=i <= j, gt=x > y, ge=i >= j,
           eq_scalar=i == 1, ne_scalar=i != 1, lt_scalar=x < 0.5, le_scalar=i <= 1,
           gt_scalar=x > 0.5, ge_scalar=i >= 1, conj=a & b, disj=a | b, either=a ^ b, inverse=~a,
           nan=gap.isnan(), inf=gap.isinf(), finite=gap.isfinite(), where=torch.where(x > 0, y, x),
           fill=x.masked_fill(x > 0, -1), finite_numbers=torch.nan_to_num(gap, 7.0, 8.0, -8.0),
           close=torch.isclose(x, x + 1e-6 * y), isin=torch.isin(i, torch.tensor([1, 3])))


def elementwise():
    for name in "abs sign exp exp2 expm1 sin cos tan atan sinh cosh tanh asinh floor ceil round trunc frac square sigmoid".split():
        record("elementwise", **{name: getattr(torch, name)(x)})
    for name in "log log2 log10 log1p sqrt rsqrt reciprocal".split():
        record("elementwise", **{name: getattr(torch, name)(p)})
    for name in "asin acos atanh logit".split():
        record("elementwise", **{name: getattr(torch, name)(u)})
    record("elementwise", acosh=torch.acosh(p + 1), clamp=x.clamp(-0.5, 0.7), clamp_min=x.clamp(0.1),
           clamp_tensor=torch.clamp(x, row - 0.1, row + 0.1), half=torch.tensor([0.5, 1.5, 2.5]).round())
    a = {"relu": F.relu(x), "leaky": F.leaky_relu(x, 0.2), "prelu": F.prelu(x, row), "elu": F.elu(x, 1.5),
         "selu": F.selu(x), "celu": F.celu(x, 1.5), "gelu": F.gelu(x), "gelu_tanh": F.gelu(x, approximate="tanh"),
         "silu": F.silu(x), "mish": F.mish(x), "softplus": F.softplus(x, 2.0, 1.0), "hardswish": F.hardswish(x),
         "hardsigmoid": F.hardsigmoid(x), "hardtanh": F.hardtanh(x, -0.3, 0.4), "glu": F.glu(x, 1),
         "softmax": F.softmax(x, 0), "log_softmax": F.log_softmax(x, -1), "log_sigmoid": F.logsigmoid(x),
         "softshrink": F.softshrink(x, 0.2), "hardshrink": F.hardshrink(x, 0.2)}
    record("activation", **a)


def reductions():
    values, where = x.max(1)
    lows, lowest = x.min(0)
    cmax, cmaxi = x.cummax(1)
    cmin, cmini = x.cummin(0)
    med, medi = x.median(1)
    kth, kthi = x.kthvalue(2, 1)
    record("reduction", sum=x.sum(), sum_dim=cube.sum((0, 2)), sum_keep=x.sum(1, keepdim=True), sum_int=i.sum(),
           mean=x.mean(), mean_dim=cube.mean((-1,)), prod=x.prod(), prod_dim=x.prod(0), var=x.var(),
           var_dim=x.var(1, correction=0), std=x.std(0), amax=x.amax(), amax_dim=cube.amax((0, 1)), amin=x.amin(1),
           max_values=values, max_indices=where, min_values=lows, min_indices=lowest, argmax=x.argmax(),
           argmax_dim=x.argmax(1, keepdim=True), argmin=x.argmin(0), all=(x > -9).all(), all_dim=(x > 0).all(1),
           any=(x > 9).any(), any_dim=(x > 0).any(0), logsumexp=x.logsumexp((0, 1)), logsumexp_dim=x.logsumexp(1),
           norm=torch.linalg.vector_norm(x), norm1=torch.linalg.vector_norm(x, 1, dim=0), median=x.median(),
           median_values=med, median_indices=medi, quantile=torch.quantile(x, torch.tensor([0.1, 0.5]), dim=1),
           count_nonzero=i.count_nonzero((1,)), cumsum=x.cumsum(1), cumprod=x.cumprod(0), cummax=cmax,
           cummax_indices=cmaxi, cummin=cmin, cummin_indices=cmini, logcumsumexp=x.logcumsumexp(1),
           bincount=torch.bincount(j.flatten(), minlength=6), histogram=torch.histc(x, 5, -1, 1),
           nansum=gap[0].nansum(), nanmean=gap[0].nanmean(), kth_values=kth, kth_indices=kthi,
           diff=torch.diff(x, 2, 1), cov=torch.cov(x), corr=torch.corrcoef(x))


def shapes():
    record("shape", reshape=x.reshape(2, -1), flatten=cube.flatten(1), unflatten=x.unflatten(1, (2, -1)),
           permute=cube.permute(2, 0, 1), transpose=cube.transpose(-2, -1), movedim=cube.movedim((0, 1), (2, 0)),
           squeeze=cube[:1].squeeze(), unsqueeze=x.unsqueeze(1), expand=row.expand(2, 3, 4), repeat=x.repeat(2, 1, 2),
           interleave=x.repeat_interleave(2, 0), flip=x.flip((0, 1)), roll=x.roll(1, 1), split=x.split(3, 1)[1],
           split_sizes=x.split((1, 3), 1)[1], chunk=x.chunk(2, 0)[1], unbind=cube.unbind(1)[2],
           diagonal=cube.diagonal(1, -2, -1), diag_embed=torch.diag_embed(x), tril=x.tril(-1), triu=x.triu(1),
           unfold=x.unfold(1, 2, 2), pad=F.pad(x, (1, 2), value=3.0), pad_reflect=F.pad(cube, (1, 1), "reflect"),
           pad_replicate=F.pad(cube, (2, 0), "replicate"), pad_circular=F.pad(cube, (0, 2), "circular"),
           shuffle=F.pixel_shuffle(draw(7, 1, 4, 2, 3), 2), unshuffle=F.pixel_unshuffle(draw(8, 1, 1, 4, 2), 2),
           cat=torch.cat([x, y], 1), stack=torch.stack([x, y], 2), broadcast=torch.broadcast_tensors(x, row)[1],
           meshgrid=torch.meshgrid(row, x[:, 0], indexing="ij")[1], arange=torch.arange(1.0, 2.0, 0.25),
           linspace=torch.linspace(-1, 1, 5), logspace=torch.logspace(0, 2, 5, base=2.0), eye=torch.eye(3),
           block_diag=torch.block_diag(x, y[:2, :2]))
    given(shuffled=draw(7, 1, 4, 2, 3), unshuffled=draw(8, 1, 1, 4, 2))


def indexing():
    grid, = given(grid=torch.arange(60).reshape(3, 4, 5))
    n = grid.numpy()
    mask, mask2, rows, cols = given(mask=torch.tensor([True, False, True]), mask2=grid[..., 0] % 2 == 0,
                                    rows=torch.tensor([[2], [0]]), cols=torch.tensor([1, 3, -1]))
    m, m2, r, c = (t.numpy() for t in (mask, mask2, rows, cols))
    cases = {
        "at": lambda a: a[1], "negative": lambda a: a[-1], "two": lambda a: a[0, -2], "range": lambda a: a[1:3],
        "range_inner": lambda a: a[:, 1:3, 2], "open": lambda a: a[1:, :2], "through": lambda a: a[..., :3],
        "negative_ends": lambda a: a[:, -3:-1], "last_three": lambda a: a[..., -3:], "step": lambda a: a[:, ::2],
        "step_between": lambda a: a[:, 1:4:2, ::3], "empty": lambda a: a[2:2], "beyond": lambda a: a[1:99],
        "ellipsis": lambda a: a[..., 0], "ellipsis_middle": lambda a: a[1, ..., 2], "ellipsis_nothing": lambda a: a[0, 1, ..., 2],
        "new_axis": lambda a: a[None, 1, :, None], "new_axis_ellipsis": lambda a: a[..., None],
    }
    tensor_cases = {
        "mask": lambda a, m, m2, r, c: a[m], "mask_rank2": lambda a, m, m2, r, c: a[m2],
        "mask_rank2_at": lambda a, m, m2, r, c: a[m2, 1], "mask_rank2_last": lambda a, m, m2, r, c: a[0][..., m2[0], :],
        "indices": lambda a, m, m2, r, c: a[r[:, 0]], "indices_inner": lambda a, m, m2, r, c: a[:, c],
        "indices_last": lambda a, m, m2, r, c: a[..., c], "two_broadcast": lambda a, m, m2, r, c: a[r, c],
        "two_apart": lambda a, m, m2, r, c: a[r, :, c], "two_inner": lambda a, m, m2, r, c: a[:, r, c],
        "with_range": lambda a, m, m2, r, c: a[1:, c, 2:4], "with_new_axis": lambda a, m, m2, r, c: a[None, :, c],
        "with_ellipsis": lambda a, m, m2, r, c: a[r[:, 0], ..., 1:3], "mask_and_step": lambda a, m, m2, r, c: a[m, ::2],
    }
    for name, case in cases.items():
        assert np.array_equal(case(n), case(grid).numpy()), name
        record("indexing", **{name: np.array(case(n), order="C")})
    for name, case in tensor_cases.items():
        assert np.array_equal(case(n, m, m2, r, c), case(grid, mask, mask2, rows, cols).numpy()), name
        record("indexing", **{name: np.array(case(n, m, m2, r, c), order="C")})

    def put(name, change):
        a = n.copy()
        change(a)
        record("setting", **{name: a})

    put("at", lambda a: a.__setitem__(1, -1))
    put("range", lambda a: a.__setitem__((slice(None), slice(1, 4, 2)), -np.arange(5)))
    put("mask", lambda a: a.__setitem__(m2, -2))
    put("indices", lambda a: a.__setitem__((r, c), -np.arange(5)))
    put("corner", lambda a: a.__setitem__((..., -1), -n[..., 0]))
    put("element", lambda a: a.__setitem__((1, 2, 3), 0))

    index, = given(index=torch.tensor([[0, 2, 1, 0], [1, 1, 0, 2]]))
    sorted_, order = x.sort(dim=1, descending=True, stable=True)
    top, places = x.topk(2, 1)
    low, low_places = x.topk(2, 0, largest=False)
    distinct, counts = i.unique(return_counts=True)
    slices, inverse, slice_counts = torch.tensor([[1, 1, 0], [2, 2, 5]]).unique(dim=1, return_inverse=True, return_counts=True)
    record("selection", select=x.index_select(1, cols[:2]), gather=x.gather(0, index), scatter=x.scatter(0, index, y[:2]),
           scatter_add=x.scatter_add(0, index, y[:2]), index_add=x.index_add(0, torch.tensor([0, 0]), y[:2]),
           reduce_mean=x.scatter_reduce(0, index, y[:2], "mean", include_self=False),
           reduce_max=x.scatter_reduce(0, index, y[:2], "amax"), masked=x[x > 0], nonzero=i.nonzero(), sort_values=sorted_,
           sort_indices=order, argsort=i.argsort(dim=1, stable=True), top_values=top, top_indices=places, low_values=low,
           low_indices=low_places, unique=distinct, unique_counts=counts, slices=slices, slices_inverse=inverse,
           slices_counts=slice_counts, search=torch.searchsorted(torch.tensor([0.0, 0.5, 1.0]), x),
           search_right=torch.searchsorted(torch.tensor([0, 1, 3]), i, right=True),
           bucket=torch.bucketize(x, torch.tensor([-0.5, 0.5])), one_hot=F.one_hot(j, 5),
           along=torch.take_along_dim(x, x.argsort(1), 1), embedding=F.embedding(index, torch.cat([x, y])))


def products():
    a, b, v = given(a=draw(10, 2, 3, 4), b=draw(11, 2, 4, 5), v=draw(12, 4))
    record("product", matmul=a @ b, matvec=a @ v, dot=v @ row, einsum=torch.einsum("bij,bjk->bk", a, b),
           einsum_trace=torch.einsum("ii->", x[:, :3]), einsum_outer=torch.einsum("i,j->ij", v, row),
           outer=torch.outer(v, row), linear=F.linear(a, b[0].T.contiguous(), draw(13, 5)), cdist=torch.cdist(x, y),
           cdist1=torch.cdist(x, y, 1.0), cosine=F.cosine_similarity(x, y, 1), kron=torch.kron(x[:2, :2], y),
           tensordot=torch.tensordot(a, b, ([0, 2], [0, 1])))
    given(bias=draw(13, 5))


def convolutions():
    for n in (1, 2, 3):
        size = (7, 6, 5)[:n]
        image, = given(**{f"image{n}": draw(20 + n, 2, 4, *size)})
        kernel, = given(**{f"kernel{n}": draw(30 + n, 6, 2, *(3, 2, 3)[:n]) * 0.3})
        back, = given(**{f"back{n}": draw(40 + n, 4, 3, *(3, 2, 3)[:n]) * 0.3})
        bias, = given(**{f"bias{n}": draw(50 + n, 6)})
        conv = getattr(F, f"conv{n}d")
        transposed = getattr(F, f"conv_transpose{n}d")
        mode = ("linear", "bilinear", "trilinear")[n - 1]
        target = (9, 4, 7)[:n]
        record("convolution", **{
            f"conv{n}": conv(image, kernel, bias, stride=2, padding=1, dilation=1, groups=2),
            f"dilated{n}": conv(image, kernel, None, dilation=(2, 1, 1)[:n], groups=2),
            f"transposed{n}": transposed(image, back, bias, stride=2, padding=1, output_padding=1, groups=2)})
        record("pooling", **{
            f"max{n}": getattr(F, f"max_pool{n}d")(image, 2), f"max_overlap{n}": getattr(F, f"max_pool{n}d")(image, 3, 2, 1),
            f"avg{n}": getattr(F, f"avg_pool{n}d")(image, 2), f"avg_inner{n}": getattr(F, f"avg_pool{n}d")(image, 3, 2, 1, count_include_pad=False),
            f"adaptive{n}": getattr(F, f"adaptive_avg_pool{n}d")(image, (3, 2, 2)[:n]),
            f"adaptive_max{n}": getattr(F, f"adaptive_max_pool{n}d")(image, (3, 2, 2)[:n])})
        record("interpolation", **{
            f"nearest{n}": F.interpolate(image, target), f"linear{n}": F.interpolate(image, target, mode=mode),
            f"aligned{n}": F.interpolate(image, target, mode=mode, align_corners=True)})
    image = inputs["image2"]
    theta, = given(theta=torch.tensor([[[0.8, 0.2, 0.1], [-0.1, 0.9, 0.0]]]).repeat(2, 1, 1))
    grid = F.affine_grid(theta, (2, 1, 4, 5), align_corners=False)
    record("interpolation", cubic2=F.interpolate(image, (9, 4), mode="bicubic"), affine=grid,
           sampled=F.grid_sample(image, grid, align_corners=False))
    columns = F.unfold(image, (3, 2), padding=1, stride=2)
    record("convolution", unfold=columns, fold=F.fold(columns, (7, 6), (3, 2), padding=1, stride=2))


def normalizations():
    image, scale, shift = given(picture=draw(60, 2, 6, 4, 3), scale=draw(61, 6), shift=draw(62, 6))
    record("normalization", layer=F.layer_norm(x, (4,), row, row, 1e-3), layer2=F.layer_norm(cube, (3, 4)),
           group=F.group_norm(image, 3, scale, shift), instance=F.instance_norm(image, weight=scale, bias=shift),
           rms=F.rms_norm(x, (4,), row, 1e-6), rms_default=F.rms_norm(x, (4,)), normalize=F.normalize(x, dim=1),
           normalize1=F.normalize(x, 1.0, 0))
    q, k, w = given(q=draw(63, 2, 3, 5, 4), k=draw(64, 2, 3, 5, 4), w=draw(65, 2, 3, 5, 4))
    open_ = torch.ones(5, 5, dtype=torch.bool).tril(1)
    record("normalization", attention=F.scaled_dot_product_attention(q, k, w),
           causal=F.scaled_dot_product_attention(q, k, w, is_causal=True),
           masked=F.scaled_dot_product_attention(q, k, w, attn_mask=open_),
           biased=F.scaled_dot_product_attention(q, k, w, attn_mask=open_.float()))


def losses():
    target, soft, weight = given(target=torch.tensor([1, 3, 0]), soft=(u > 0.5).float(), weight=row.abs())
    for name in ("none", "mean", "sum"):
        record("loss", **{f"mse_{name}": F.mse_loss(x, y, reduction=name), f"l1_{name}": F.l1_loss(x, y, reduction=name),
                          f"cross_{name}": F.cross_entropy(x, target, reduction=name)})
    record("loss", huber=F.huber_loss(x, y, delta=0.5), smooth=F.smooth_l1_loss(x, y, beta=0.5),
           bce_logits=F.binary_cross_entropy_with_logits(x, soft), bce=F.binary_cross_entropy(u, soft),
           bce_weighted=F.binary_cross_entropy_with_logits(x, soft, pos_weight=weight),
           nll=F.nll_loss(F.log_softmax(x, 1), target), cross_ignored=F.cross_entropy(x, target, ignore_index=3),
           cross_smooth=F.cross_entropy(x, target, label_smoothing=0.1), cross_weighted=F.cross_entropy(x, target, weight),
           kl=F.kl_div(F.log_softmax(x, 1), F.softmax(y, 1), reduction="sum"), poisson=F.poisson_nll_loss(x, j.float()),
           triplet=F.triplet_margin_loss(x, y, x + 0.1 * y))


def special():
    s, = given(s=torch.tensor([-4.5, -2.2, -0.7, -1e-3, 1e-3, 0.4, 1.0, 2.5, 8.0, 30.0], dtype=torch.float64))
    t, = given(t=s.abs())
    unit, = given(unit=torch.tensor([-0.95, -0.3, 0.0, 1e-6, 0.6, 0.999], dtype=torch.float64))
    n, m, h = s.numpy(), t.numpy(), unit.numpy()
    q = (h + 1) / 2
    record("special", erf=sp.erf(n), erfc=sp.erfc(n), erfinv=sp.erfinv(h), lgamma=sp.gammaln(n), digamma=sp.digamma(n),
           i0=sp.i0(n), i0e=sp.i0e(n), i1=sp.i1(n), i1e=sp.i1e(n), ndtr=sp.ndtr(n), ndtri=sp.ndtri(q),
           log_ndtr=sp.log_ndtr(n), sinc=np.sinc(n), polygamma1=sp.polygamma(1, m), polygamma2=sp.polygamma(2, m),
           gammainc=sp.gammainc(m, m[::-1]), gammaincc=sp.gammaincc(m, m[::-1]), zeta=sp.zeta(m + 1.5, m),
           mvlgamma=np.array([sp.multigammaln(v + 1, 3) for v in m]), erfcx=sp.erfcx(n), entr=sp.entr(n), j0=sp.j0(n),
           j1=sp.j1(n))


def fourier():
    wave, picture, complex_ = given(wave=draw(70, 3, 8, dtype=torch.float64), plane=draw(71, 2, 4, 6, dtype=torch.float64),
                                    spectrum=torch.view_as_real(torch.complex(draw(72, 2, 5), draw(73, 2, 5))))
    f, z = np.fft, complex_.numpy()[..., 0] + 1j * complex_.numpy()[..., 1]
    w, pic = wave.numpy(), picture.numpy()
    record("fourier", fft=f.fft(w), fft_padded=f.fft(w, 11, 0), fft_ortho=f.fft(w, norm="ortho"), ifft=f.ifft(w), rfft=f.rfft(w),
           rfft_forward=f.rfft(w, norm="forward"), fft2=f.fft2(pic), ifft2=f.ifft2(pic), rfft2=f.rfft2(pic), fftn=f.fftn(pic),
           ifftn=f.ifftn(pic, axes=(0, 2)), frequencies=f.fftfreq(7, 0.5).astype("f4"), real_frequencies=f.rfftfreq(7, 0.5).astype("f4"),
           shifted=f.fftshift(w), unshifted=f.ifftshift(w, axes=1), conj=np.conj(z).astype("c16"), angle=np.angle(z).astype("f4"))


def promotion():
    rows = []
    kinds = {"bool": torch.bool, "int64": torch.int64, "float16": torch.float16, "bfloat16": torch.bfloat16,
             "float32": torch.float32, "float64": torch.float64}
    operations = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b}
    for name, dtype in kinds.items():
        tensor = torch.ones(2, dtype=dtype)
        for kind, scalar in {"Int": 3, "Double": 2.5, "Bool": True}.items():
            for symbol, operation in operations.items():
                for side, pair in {"left": (tensor, scalar), "right": (scalar, tensor)}.items():
                    try:
                        result = operation(*pair)
                    except RuntimeError:
                        continue
                    rows.append(f"{name} {kind} {symbol} {side} {str(result.dtype)[6:]} {result[0].item() * 1.0!r}")
    return "\n".join(rows)


def random():
    def g():
        return torch.Generator().manual_seed(20261120)

    given(rates=p * 3, weights=F.softmax(x, 1))
    record("random", randn=torch.randn(5, 7, generator=g()), randn64=torch.randn(20, generator=g(), dtype=torch.float64),
           rand=torch.rand(3, 4, generator=g()), randint=torch.randint(-5, 17, (20,), generator=g()),
           randperm=torch.randperm(30, generator=g()), bernoulli=torch.bernoulli(u, generator=g()),
           multinomial=torch.multinomial(inputs["weights"], 6, True, generator=g()),
           without=torch.multinomial(inputs["weights"], 3, False, generator=g()),
           uniform=torch.zeros(9).uniform_(-2, 3, generator=g()), normal=torch.zeros(20).normal_(1.5, 0.3, generator=g()),
           exponential=torch.zeros(9).exponential_(1.7, generator=g()), poisson=torch.poisson(inputs["rates"], generator=g()),
           gamma=torch._standard_gamma(p, generator=g()), dirichlet=torch._sample_dirichlet(p, generator=g()),
           binomial=torch.binomial(torch.full_like(u, 9), u, generator=g()))


def main():
    for family in (arithmetic, elementwise, reductions, shapes, indexing, products, convolutions, normalizations, losses,
                   special, fourier, random):
        family()
    tensors = {f"in/{name}": tensor for name, tensor in inputs.items()} | out
    metadata = {"torch": torch.__version__, "numpy": np.__version__, "scipy": scipy.__version__, "promotion": promotion()}
    save_file({name: tensor.contiguous().clone() for name, tensor in tensors.items()}, HERE / "operators.safetensors", metadata)


if __name__ == "__main__":
    main()
