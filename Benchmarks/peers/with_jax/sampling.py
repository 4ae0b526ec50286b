"""Pictures from the decoder of conv_vae.py."""

import jax

from with_jax.conv_vae import CODES, decode, weights  # noqa: F401


def sample(p, codes):
    return jax.nn.sigmoid(decode(p, codes))
