"""Pictures from the decoder of conv_vae.py."""

import torch
from torch import nn

from with_torch import conv_vae

CODES = conv_vae.CODES
sample = True


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = conv_vae.encoder()
        self.moments = nn.Linear(256, 2 * CODES)
        self.decoder = conv_vae.decoder()

    def forward(self, codes):
        return torch.sigmoid(self.decoder(codes))
