"""An epoch of MNIST: the compressed IDX file read, then shuffled batches of 128 as numbers of 0 … 1."""

import gzip

import numpy as np
import torch
from torch.utils.data import DataLoader, TensorDataset


def job(side, task, options):
    def epoch():
        with gzip.open(task["start"]) as file:
            pixels = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 1, 28, 28)
        data = TensorDataset(torch.from_numpy(pixels).float() / 255)
        # Batches by a sampler's list of numbers: one indexing a batch, no process of its own.
        order = torch.utils.data.BatchSampler(torch.utils.data.RandomSampler(data), 128, drop_last=False)
        count, total = 0, 0.0
        for (images,) in DataLoader(data, sampler=order, batch_size=None):
            count, total = count + len(images), total + images[0, 0, 14, 14].item()
        return [count, float(data.tensors[0].mean())]

    return epoch
