"""Writes layers.safetensors: what PyTorch's layers compute, for the tests of LatentNN.

Run:  python3 layers.py        (needs torch and safetensors; the torch version is stored in the file)

Every case `C` holds
    C/parameter/NAME  C/buffer/before/NAME  C/input/NAME  C/weighting/NAME
    C/output/NAME     C/buffer/after/NAME   C/gradient/input/NAME  C/gradient/parameter/NAME
where the gradients are those of  sum over outputs of sum(output * weighting).  NAME is PyTorch's.
`initial/C/NAME` are the parameters that PyTorch draws for a new layer after torch.manual_seed(SEED).
"""

import math
import pathlib

import torch
from safetensors.torch import save_file
from torch import nn

SEED = 20130
F32, F64, BF16, F16 = torch.float32, torch.float64, torch.bfloat16, torch.float16
SUFFIX = {F32: "f32", F64: "f64", BF16: "bf16", F16: "f16"}
tensors = {}
generator = torch.Generator().manual_seed(SEED)


def randn(*shape):
    return torch.randn(*shape, generator=generator, dtype=F64)


def store(key, tensor):
    assert key not in tensors, key
    tensors[key] = tensor.detach().clone().contiguous()


def case(name, make, inputs, call=None, training=True, dtypes=(F32, F64)):
    """Records one layer. `inputs` maps names to float64 or integer or bool tensors."""
    torch.manual_seed(SEED)
    master = make().to(F64)
    for parameter in master.parameters():  # constants would hide mistakes
        with torch.no_grad():
            if parameter.numel() and (parameter == parameter.reshape(-1)[0]).all():
                parameter.add_(0.3 * randn(*parameter.shape))
    for key, buffer in master.named_buffers():
        if buffer.is_floating_point():
            with torch.no_grad():
                buffer.copy_(0.5 + torch.rand(buffer.shape, generator=generator, dtype=F64))
    weightings = None
    for dtype in dtypes:
        label = f"{name}.{SUFFIX[dtype]}"
        layer = make().to(F64)
        layer.load_state_dict(master.state_dict())
        layer = layer.to(dtype).train(training)
        arguments = {}
        for key, value in inputs.items():
            if value.is_floating_point():
                value = value.to(dtype).clone().requires_grad_()
            arguments[key] = value
            store(f"{label}/input/{key}", value)
        for key, value in layer.named_parameters():
            store(f"{label}/parameter/{key}", value)
        for key, value in layer.named_buffers():
            store(f"{label}/buffer/before/{key}", value)
        outputs = call(layer, **arguments) if call else layer(*arguments.values())
        if isinstance(outputs, torch.Tensor):
            outputs = {"output": outputs}
        if weightings is None:
            weightings = {key: randn(*value.shape) for key, value in outputs.items()}
        loss = sum((outputs[key] * weightings[key].to(dtype)).sum() for key in outputs)
        leaves = [(f"input/{k}", v) for k, v in arguments.items() if v.is_floating_point()]
        leaves += [(f"parameter/{k}", v) for k, v in layer.named_parameters()]
        gradients = torch.autograd.grad(loss, [v for _, v in leaves], materialize_grads=True)
        for key, value in outputs.items():
            store(f"{label}/output/{key}", value)
            store(f"{label}/weighting/{key}", weightings[key].to(dtype))
        for key, value in layer.named_buffers():
            store(f"{label}/buffer/after/{key}", value)
        for (key, _), gradient in zip(leaves, gradients):
            store(f"{label}/gradient/{key}", gradient)


def initial(name, make):
    """Records PyTorch's default initialisation under a known seed."""
    torch.manual_seed(SEED)
    for key, value in make().named_parameters():
        store(f"initial/{name}/{key}", value)


# ---------------------------------------------------------------------------------------- Linear

case("linear.plain", lambda: nn.Linear(4, 3), {"x": randn(5, 4)}, dtypes=(F32, F64, BF16, F16))
case("linear.noBias", lambda: nn.Linear(4, 3, bias=False), {"x": randn(2, 5, 4)})
case("linear.vector", lambda: nn.Linear(4, 3), {"x": randn(4)})
case("linear.batchOfOne", lambda: nn.Linear(4, 1), {"x": randn(1, 4)})
case("linear.emptyBatch", lambda: nn.Linear(4, 3), {"x": randn(0, 4)})
case("linear.rank4", lambda: nn.Linear(3, 2), {"x": randn(2, 1, 3, 3)})

# ----------------------------------------------------------------------------------- Convolution

case("conv1d.plain", lambda: nn.Conv1d(2, 3, 3), {"x": randn(2, 2, 7)})
case(
    "conv1d.strideDilationGroups",
    lambda: nn.Conv1d(4, 6, 3, stride=2, padding=2, dilation=2, groups=2, bias=False),
    {"x": randn(2, 4, 9)},
)
case("conv1d.same", lambda: nn.Conv1d(2, 3, 4, padding="same"), {"x": randn(1, 2, 6)})
case("conv2d.plain", lambda: nn.Conv2d(2, 3, 3), {"x": randn(2, 2, 5, 6)}, dtypes=(F32, F64, BF16))
case(
    "conv2d.stridePadding", lambda: nn.Conv2d(3, 4, 4, stride=2, padding=1), {"x": randn(2, 3, 8, 8)}
)
case(
    "conv2d.pairs",
    lambda: nn.Conv2d(2, 4, (3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 2)),
    {"x": randn(2, 2, 7, 6)},
)
case(
    "conv2d.depthwise",
    lambda: nn.Conv2d(4, 8, 3, padding=1, groups=4, bias=False),
    {"x": randn(1, 4, 4, 5)},
)
case("conv2d.same", lambda: nn.Conv2d(2, 2, (3, 4), padding="same"), {"x": randn(2, 2, 5, 5)})
case(
    "conv2d.sameDilated",
    lambda: nn.Conv2d(2, 2, 3, padding="same", dilation=2),
    {"x": randn(1, 2, 6, 6)},
)
for mode in ("reflect", "replicate", "circular"):
    case(
        f"conv2d.{mode}",
        lambda: nn.Conv2d(2, 2, 3, padding=(1, 2), padding_mode=mode),
        {"x": randn(1, 2, 5, 5)},
    )
case("conv2d.emptyBatch", lambda: nn.Conv2d(2, 3, 3, padding=1), {"x": randn(0, 2, 4, 4)})
case("conv2d.unbatched", lambda: nn.Conv2d(2, 3, 3), {"x": randn(2, 4, 4)})
case("conv2d.oneByOne", lambda: nn.Conv2d(3, 5, 1), {"x": randn(1, 3, 1, 1)})
case("conv3d.plain", lambda: nn.Conv3d(2, 3, 2), {"x": randn(1, 2, 3, 4, 3)})
case(
    "conv3d.strideGroups",
    lambda: nn.Conv3d(2, 4, (2, 3, 2), stride=(1, 2, 1), padding=(0, 1, 1), groups=2, bias=False),
    {"x": randn(2, 2, 3, 5, 3)},
)

# ------------------------------------------------------------------------ Transposed convolution

case("convTranspose1d.plain", lambda: nn.ConvTranspose1d(2, 3, 3), {"x": randn(2, 2, 4)})
case(
    "convTranspose1d.outputPadding",
    lambda: nn.ConvTranspose1d(
        4, 6, 3, stride=3, padding=1, output_padding=2, groups=2, dilation=2, bias=False
    ),
    {"x": randn(2, 4, 4)},
)
case(
    "convTranspose2d.doubling",
    lambda: nn.ConvTranspose2d(3, 2, 4, stride=2, padding=1),
    {"x": randn(2, 3, 4, 4)},
)
case(
    "convTranspose2d.outputPadding",
    lambda: nn.ConvTranspose2d(4, 2, 3, stride=2, padding=1, output_padding=1, groups=2),
    {"x": randn(1, 4, 3, 3)},
)
case(
    "convTranspose2d.pairs",
    lambda: nn.ConvTranspose2d(
        2, 3, (3, 2), stride=(2, 1), padding=(1, 0), output_padding=(1, 0), dilation=(1, 2), bias=False
    ),
    {"x": randn(2, 2, 3, 4)},
)
case(
    "convTranspose2d.emptyBatch",
    lambda: nn.ConvTranspose2d(2, 3, 3, stride=2),
    {"x": randn(0, 2, 3, 3)},
)
case(
    "convTranspose3d.plain",
    lambda: nn.ConvTranspose3d(2, 2, (2, 3, 2), stride=(1, 2, 1), padding=(0, 1, 0), output_padding=(0, 1, 0)),
    {"x": randn(1, 2, 2, 3, 2)},
)

# --------------------------------------------------------------------------------- Normalisation

case("batchNorm1d.train", lambda: nn.BatchNorm1d(3), {"x": randn(6, 3)})
case("batchNorm1d.eval", lambda: nn.BatchNorm1d(3), {"x": randn(6, 3)}, training=False)
case("batchNorm1d.sequence", lambda: nn.BatchNorm1d(3, momentum=0.3), {"x": randn(2, 3, 4)})
case("batchNorm1d.emptyEval", lambda: nn.BatchNorm1d(3), {"x": randn(0, 3)}, training=False)
case("batchNorm2d.train", lambda: nn.BatchNorm2d(3), {"x": randn(2, 3, 4, 3)})
case("batchNorm2d.eval", lambda: nn.BatchNorm2d(3), {"x": randn(2, 3, 4, 3)}, training=False)
case("batchNorm2d.batchOfOne", lambda: nn.BatchNorm2d(2), {"x": randn(1, 2, 3, 3)})
case(
    "batchNorm2d.cumulative",
    lambda: nn.BatchNorm2d(3, momentum=None, eps=1e-3),
    {"first": randn(2, 3, 3, 3), "second": randn(3, 3, 2, 2)},
    call=lambda layer, first, second: {"first": layer(first), "second": layer(second)},
)
case("batchNorm2d.notAffine", lambda: nn.BatchNorm2d(3, affine=False), {"x": randn(2, 3, 2, 2)})
case(
    "batchNorm2d.untracked",
    lambda: nn.BatchNorm2d(3, track_running_stats=False),
    {"x": randn(2, 3, 2, 2)},
    training=False,
)
case("layerNorm.plain", lambda: nn.LayerNorm(5), {"x": randn(3, 4, 5)}, dtypes=(F32, F64, BF16))
case("layerNorm.twoDims", lambda: nn.LayerNorm((3, 4), eps=1e-3), {"x": randn(2, 3, 4)})
case("layerNorm.noBias", lambda: nn.LayerNorm(5, bias=False), {"x": randn(3, 5)})
case("layerNorm.notAffine", lambda: nn.LayerNorm(5, elementwise_affine=False), {"x": randn(3, 5)})
case("layerNorm.emptyBatch", lambda: nn.LayerNorm(5), {"x": randn(0, 5)})
case("groupNorm.plain", lambda: nn.GroupNorm(2, 6), {"x": randn(2, 6, 3, 2)})
case("groupNorm.instance", lambda: nn.GroupNorm(4, 4, eps=1e-3), {"x": randn(2, 4, 5)})
case("groupNorm.notAffine", lambda: nn.GroupNorm(1, 4, affine=False), {"x": randn(3, 4)})
case("rmsNorm.plain", lambda: nn.RMSNorm(5), {"x": randn(3, 4, 5)})
case("rmsNorm.epsilon", lambda: nn.RMSNorm((2, 3), eps=1e-3), {"x": randn(4, 2, 3)})
case(
    "rmsNorm.notAffine",
    lambda: nn.RMSNorm(5, eps=1e-6, elementwise_affine=False),
    {"x": randn(3, 5)},
)

# ------------------------------------------------------------------------------------- Embedding

case("embedding.plain", lambda: nn.Embedding(7, 3), {"x": torch.tensor([[1, 6, 1], [0, 2, 6]])})
case(
    "embedding.padding",
    lambda: nn.Embedding(5, 3, padding_idx=2),
    {"x": torch.tensor([2, 4, 2, 0])},
)
case("embedding.empty", lambda: nn.Embedding(5, 3), {"x": torch.zeros(0, 2, dtype=torch.int64)})

# ------------------------------------------------------------------------------------- Recurrent


def gru(layer, x, h=None):
    output, state = layer(x, h)
    return {"output": output, "hidden": state}


def lstm(layer, x, h=None, c=None):
    output, (state, cell) = layer(x, None if h is None else (h, c))
    return {"output": output, "hidden": state, "cell": cell}


case("gru.plain", lambda: nn.GRU(3, 4, batch_first=True), {"x": randn(2, 5, 3)}, gru)
case(
    "gru.twoLayers",
    lambda: nn.GRU(3, 4, num_layers=2, batch_first=True),
    {"x": randn(2, 5, 3), "h": randn(2, 2, 4)},
    gru,
)
case(
    "gru.bidirectional",
    lambda: nn.GRU(3, 2, num_layers=2, bidirectional=True, batch_first=True),
    {"x": randn(3, 4, 3), "h": randn(4, 3, 2)},
    gru,
)
case("gru.noBias", lambda: nn.GRU(3, 4, bias=False, batch_first=True), {"x": randn(1, 3, 3)}, gru)
case("lstm.plain", lambda: nn.LSTM(3, 4, batch_first=True), {"x": randn(2, 5, 3)}, lstm)
case(
    "lstm.threeLayers",
    lambda: nn.LSTM(3, 2, num_layers=3, batch_first=True),
    {"x": randn(2, 4, 3), "h": randn(3, 2, 2), "c": randn(3, 2, 2)},
    lstm,
)
case(
    "lstm.bidirectional",
    lambda: nn.LSTM(3, 2, num_layers=2, bidirectional=True, batch_first=True),
    {"x": randn(2, 4, 3), "h": randn(4, 2, 2), "c": randn(4, 2, 2)},
    lstm,
)
case("lstm.noBias", lambda: nn.LSTM(3, 4, bias=False, batch_first=True), {"x": randn(1, 1, 3)}, lstm)
case("gruCell", lambda: nn.GRUCell(3, 4), {"x": randn(2, 3), "h": randn(2, 4)})


def lstm_cell(layer, x, h, c):
    hidden, cell = layer(x, (h, c))
    return {"hidden": hidden, "cell": cell}


case("lstmCell", lambda: nn.LSTMCell(3, 4), {"x": randn(2, 3), "h": randn(2, 4), "c": randn(2, 4)}, lstm_cell)

# ------------------------------------------------------------------------------------- Attention


def attention(**options):
    """Masks recorded here are True where attention is ALLOWED; PyTorch's module wants the opposite."""

    def call(layer, q, k=None, v=None, mask=None, bias=None, keep=None):
        if k is None:
            k, v = q, q
        if options.get("causal"):
            mask = torch.ones(q.shape[1], k.shape[1]).tril().bool()
        blocked = None if mask is None else ~mask
        if bias is not None:
            blocked = bias
        padding = None if keep is None else ~keep
        if padding is not None and blocked is not None and blocked.is_floating_point():
            padding = torch.zeros(padding.shape, dtype=q.dtype).masked_fill(padding, -math.inf)
        output, weights = layer(
            q, k, v, attn_mask=blocked, key_padding_mask=padding, average_attn_weights=False
        )
        return {"output": output, "weights": weights}

    return call


keep = torch.tensor([[True, True, False], [True, True, True]])
mask = torch.tensor([[True, False, True], [True, True, False], [False, True, True]])
cross = torch.tensor([[True, False, True], [True, True, True]])
mha = lambda **o: lambda: nn.MultiheadAttention(4, 2, batch_first=True, **o)
case("attention.self", mha(), {"q": randn(2, 3, 4)}, attention())
case("attention.causal", mha(), {"q": randn(2, 3, 4)}, attention(causal=True))
case("attention.mask", mha(), {"q": randn(2, 3, 4), "mask": mask}, attention())
case("attention.keyPadding", mha(), {"q": randn(2, 3, 4), "keep": keep}, attention())
case("attention.additive", mha(), {"q": randn(2, 3, 4), "bias": randn(3, 3)}, attention())
case("attention.causalPadding", mha(), {"q": randn(2, 3, 4), "keep": keep}, attention(causal=True))
case("attention.noBias", mha(bias=False), {"q": randn(1, 1, 4)}, attention())
case(
    "attention.cross",
    mha(),
    {"q": randn(2, 2, 4), "k": randn(2, 3, 4), "v": randn(2, 3, 4), "mask": cross},
    attention(),
)
case(
    "attention.widths",
    mha(kdim=3, vdim=5),
    {"q": randn(2, 2, 4), "k": randn(2, 3, 3), "v": randn(2, 3, 5)},
    attention(),
)

# ----------------------------------------------------------------------------------- Activations

ACTIVATIONS = {
    "relu": nn.ReLU(),
    "relu6": nn.ReLU6(),
    "leakyReLU": nn.LeakyReLU(),
    "leakyReLU.slope": nn.LeakyReLU(0.2),
    "elu": nn.ELU(),
    "elu.alpha": nn.ELU(0.7),
    "celu.alpha": nn.CELU(0.7),
    "selu": nn.SELU(),
    "gelu.exact": nn.GELU(),
    "gelu.tanh": nn.GELU(approximate="tanh"),
    "silu": nn.SiLU(),
    "softplus": nn.Softplus(),
    "softplus.beta": nn.Softplus(beta=2.0, threshold=3.0),
    "softsign": nn.Softsign(),
    "mish": nn.Mish(),
    "tanh": nn.Tanh(),
    "sigmoid": nn.Sigmoid(),
    "logSigmoid": nn.LogSigmoid(),
    "hardSigmoid": nn.Hardsigmoid(),
    "hardSwish": nn.Hardswish(),
    "hardTanh": nn.Hardtanh(-1.5, 2.0),
    "glu": nn.GLU(dim=-1),
    "softmax": nn.Softmax(dim=-1),
    "logSoftmax": nn.LogSoftmax(dim=1),
}
# Both tails, the neighbourhood of zero and the corners of the piecewise functions.
grid = torch.cat(
    [torch.linspace(-8, 8, 33, dtype=F64), torch.tensor([-30.0, 30.0, 1e-4, -1e-4, 0.3], dtype=F64)]
).reshape(2, 19)
even = torch.cat([grid, grid.flip(0)[:, :1]], dim=1)  # 2 x 20 for GLU
for name, module in ACTIVATIONS.items():
    case(f"activation.{name}", lambda: module, {"x": even}, dtypes=(F32, F64))
case("activation.gelu.exact.half", lambda: nn.GELU(), {"x": even}, dtypes=(BF16,))
case("activation.prelu", lambda: nn.PReLU(), {"x": even})
case("activation.prelu.channels", lambda: nn.PReLU(3, init=0.1), {"x": randn(2, 3, 4)})

# --------------------------------------------------------------------------------------- Dropout

torch.manual_seed(SEED)
ones = torch.ones(4, 6)
store("dropout/input", ones)
store("dropout/element", nn.functional.dropout(ones, 0.3, training=True))
torch.manual_seed(SEED)
volume = torch.ones(3, 5, 2, 2)
store("dropout/channelInput", volume)
store("dropout/channel", nn.functional.dropout2d(volume, 0.4, training=True))

# -------------------------------------------------------------------------------- Initialisation

initial("linear", lambda: nn.Linear(6, 5))
initial("linear.large", lambda: nn.Linear(40, 7))
initial("conv1d", lambda: nn.Conv1d(4, 6, 3, groups=2))
initial("conv2d", lambda: nn.Conv2d(3, 4, (3, 2)))
initial("conv3d", lambda: nn.Conv3d(2, 3, 2, bias=False))
initial("convTranspose1d", lambda: nn.ConvTranspose1d(4, 6, 3, groups=2))
initial("convTranspose2d", lambda: nn.ConvTranspose2d(3, 4, 4))
initial("convTranspose3d", lambda: nn.ConvTranspose3d(2, 3, 2))
initial("batchNorm2d", lambda: nn.BatchNorm2d(3))
initial("layerNorm", lambda: nn.LayerNorm(4))
initial("groupNorm", lambda: nn.GroupNorm(2, 4))
initial("rmsNorm", lambda: nn.RMSNorm(4))
initial("prelu", lambda: nn.PReLU(3))
initial("embedding", lambda: nn.Embedding(7, 3))
initial("embedding.padding", lambda: nn.Embedding(7, 3, padding_idx=-1))
initial("gru", lambda: nn.GRU(3, 4, num_layers=2, bidirectional=True))
initial("lstm", lambda: nn.LSTM(3, 4, num_layers=2))
initial("gruCell", lambda: nn.GRUCell(3, 4))
initial("lstmCell", lambda: nn.LSTMCell(3, 4))
initial("attention", lambda: nn.MultiheadAttention(4, 2))
initial("attention.widths", lambda: nn.MultiheadAttention(4, 2, kdim=3, vdim=5))
initial(
    "sequence",
    lambda: nn.Sequential(nn.Linear(20, 8), nn.ReLU(), nn.Linear(8, 3)),
)

INITIALISERS = {
    "uniform": lambda w: nn.init.uniform_(w, -0.2, 0.4),
    "normal": lambda w: nn.init.normal_(w, 0.1, 0.5),
    "truncatedNormal": lambda w: nn.init.trunc_normal_(w, 0.1, 0.5, -0.6, 0.9),
    "xavierUniform": lambda w: nn.init.xavier_uniform_(w),
    "xavierUniform.gain": lambda w: nn.init.xavier_uniform_(w, gain=nn.init.calculate_gain("tanh")),
    "xavierNormal": lambda w: nn.init.xavier_normal_(w),
    "kaimingUniform": lambda w: nn.init.kaiming_uniform_(w),
    "kaimingUniform.fanOut": lambda w: nn.init.kaiming_uniform_(w, a=0.2, mode="fan_out"),
    "kaimingNormal": lambda w: nn.init.kaiming_normal_(w),
    "orthogonal": lambda w: nn.init.orthogonal_(w),
    "orthogonal.gain": lambda w: nn.init.orthogonal_(w, gain=1.5),
}
for name, fill in INITIALISERS.items():
    for shape in ((5, 4), (4, 6), (3, 2, 3, 3)):
        torch.manual_seed(SEED)
        key = "x".join(str(n) for n in shape)
        store(f"initialiser/{name}/{key}", fill(torch.empty(*shape)))

path = pathlib.Path(__file__).with_suffix(".safetensors")
# One entry, because the order of several differs from run to run.
metadata = {"made by": f"{pathlib.Path(__file__).name}, torch {torch.__version__}, seed {SEED}"}
save_file(tensors, str(path), metadata=metadata)
print(f"{path.name}: {len(tensors)} tensors, {path.stat().st_size:,} bytes, torch {torch.__version__}")
