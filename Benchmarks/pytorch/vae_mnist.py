"""The VAE of `latent train vae --data mnist`, in PyTorch, drawing the same random numbers.

    python vae_mnist.py --data FOLDER/mnist [--seed 0] [--epochs 10] [--threads 2] [--losses losses.json]

Network 784-400-20 with ReLU, Bernoulli likelihood, Adam 1e-3, batch 128, dynamic binarisation. Prints the negative ELBO of the first
50 steps and, at the end, the ELBO of the test images in nats with one draw an image.

The protocol, which the Swift side follows too: each purpose has a generator of its own (see `seed_for`). Weights: encoder, moments, decoder,
layer by layer, weight before bias. Order: one `randperm` an epoch, the smaller last batch kept. Noise of a step: `bernoulli` of the
grey values, then `randn` for the code. Test: batches of 512 in the file's order, the same two draws a batch.

Needs torch (2.13) and the four files of MNIST, plain or .gz.
"""

import argparse
import gzip
import json
import math
import pathlib
import time

import torch
from torch.nn import functional as F

INITIALISATION, ORDER, NOISE, VALIDATION, TEST = 1, 2, 3, 4, 5


def seed_for(purpose, seed):
    """SplitMix64 (Steele, Lea, Flood 2014) of the run's seed and the purpose's number."""
    mask = (1 << 64) - 1
    z = (seed + purpose * 0x9E3779B97F4A7C15) & mask
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
    return z ^ (z >> 31)


def generator(purpose, seed):
    return torch.Generator().manual_seed(seed_for(purpose, seed))


def read_images(folder, part):
    path = pathlib.Path(folder) / f"{part}-images-idx3-ubyte"
    data = path.read_bytes() if path.exists() else gzip.open(f"{path}.gz").read()
    count, height, width = (int.from_bytes(data[4 * i : 4 * i + 4], "big") for i in (1, 2, 3))
    return torch.frombuffer(bytearray(data[16:]), dtype=torch.uint8).reshape(count, 1, height, width)


def linear(inputs, outputs, g):
    """nn.Linear with weights from a generator of their own."""
    layer = torch.nn.utils.skip_init(torch.nn.Linear, inputs, outputs)
    torch.nn.init.kaiming_uniform_(layer.weight, a=math.sqrt(5), generator=g)
    bound = 1 / math.sqrt(inputs)
    torch.nn.init.uniform_(layer.bias, -bound, bound, generator=g)
    return layer


class VAE(torch.nn.Module):
    def __init__(self, g, pixels=784, hidden=400, latent=20):
        super().__init__()
        self.encoder = linear(pixels, hidden, g)
        self.moments = linear(hidden, 2 * latent, g)
        self.decoder = torch.nn.ModuleList([linear(latent, hidden, g), linear(hidden, pixels, g)])

    def parts(self, x, noise):
        """Distortion and rate of each binary image, in nats."""
        mean, log_variance = self.moments(F.relu(self.encoder(x))).chunk(2, dim=-1)
        code = mean + torch.exp(0.5 * log_variance) * noise
        logits = self.decoder[1](F.relu(self.decoder[0](code)))
        distortion = F.binary_cross_entropy_with_logits(logits, x, reduction="none")
        rate = 0.5 * (torch.exp(log_variance) - 1 - log_variance + mean.square())
        return distortion, rate

    def negative_elbo(self, x, noise):
        """The mean over the batch; the sums run as in the Swift objective."""
        distortion, rate = self.parts(x, noise)
        return distortion.sum() / x.shape[0] + rate.sum() / x.shape[0]


def draw(grey, g, latent=20):
    """One example's binarisation and the code's noise, in the order of the protocol."""
    x = torch.bernoulli(grey, generator=g).flatten(1)
    return x, torch.randn(grey.shape[0], latent, generator=g)


def steps(model, images, seed, epochs):
    """Trains; yields the epoch, the number of examples and the loss before each update."""
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
    order, noise = generator(ORDER, seed), generator(NOISE, seed)
    for epoch in range(epochs):
        for rows in torch.randperm(len(images), generator=order).split(128):
            x, epsilon = draw(images[rows].float() / 255, noise)
            loss = model.negative_elbo(x, epsilon)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            yield epoch, len(rows), loss.item()


def first_losses(folder, seed, count, threads):
    torch.set_num_threads(threads)
    run = steps(VAE(generator(INITIALISATION, seed)), read_images(folder, "train"), seed, epochs=1 + count // 469)
    return [loss for _, (_, _, loss) in zip(range(count), run)]


def train(arguments):
    torch.set_num_threads(arguments.threads)
    images = read_images(arguments.data, "train")
    model = VAE(generator(INITIALISATION, arguments.seed))
    losses, totals, start = [], [0.0] * arguments.epochs, time.perf_counter()
    done = 0
    for epoch, count, loss in steps(model, images, arguments.seed, arguments.epochs):
        totals[epoch] += loss * count
        done += count
        if len(losses) < 50:
            losses.append(loss)
            print(f"step {len(losses):2}  loss {loss:.6f} nats")
        if done % len(images) == 0:
            seconds = time.perf_counter() - start
            print(f"epoch {epoch + 1:2}  mean loss {totals[epoch] / len(images):.4f} nats  {seconds:.1f} s", flush=True)
    return model, losses


@torch.no_grad()
def test_elbo(model, arguments):
    images, g = read_images(arguments.data, "t10k"), generator(TEST, arguments.seed)
    total = 0.0
    for grey in images.split(512):
        distortion, rate = model.parts(*draw(grey.float() / 255, g))
        total -= (distortion.sum(1) + rate.sum(1)).double().sum().item()
    return total / len(images)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", required=True, help="folder with the four files of MNIST")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--losses", help="write the first losses and the test ELBO to this JSON file")
    arguments = parser.parse_args()
    model, losses = train(arguments)
    elbo = test_elbo(model, arguments)
    print(f"test ELBO {elbo:.3f} nats")
    if arguments.losses:
        record = {"seed": arguments.seed, "torch": torch.__version__, "losses": losses, "testELBO": elbo}
        pathlib.Path(arguments.losses).write_text(json.dumps(record, indent=1) + "\n")
