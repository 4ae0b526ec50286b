"""Writes the small NPY, NPZ and safetensors files that FileTests reads.

Run with a Python that has numpy, safetensors and torch:  python3 files.py
Each array holds k - 3 for k = 0, 1, ... in its shape, or k where the type has no sign.
"""

import pathlib

import numpy as np
import safetensors.torch
import torch

HERE = pathlib.Path(__file__).resolve().parent / "files"


def ramp(dtype, shape=(2, 3)):
    start = 0 if np.dtype(dtype).kind in "ub" else -3
    return (np.arange(np.prod(shape, dtype=int)) + start).reshape(shape).astype(dtype)


def main():
    HERE.mkdir(exist_ok=True)
    for name in ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "c8", "c16", "b1"]:
        np.save(HERE / f"little-{name}.npy", ramp("<" + name))
        np.save(HERE / f"big-{name}.npy", ramp(">" + name))
    np.save(HERE / "fortran.npy", np.asfortranarray(ramp("<f4", (2, 3, 4))))
    np.save(HERE / "scalar.npy", np.float64(2.5))
    np.save(HERE / "empty.npy", np.zeros((0, 3), "<f4"))
    np.save(HERE / "vector.npy", ramp("<i8", (5,)))
    for version in [(2, 0), (3, 0)]:
        with open(HERE / f"version-{version[0]}.npy", "wb") as file:
            np.lib.format.write_array(file, ramp("<f4"), version=version)
    np.save(HERE / "refused-objects.npy", np.array([{"a": 1}], object), allow_pickle=True)
    np.save(HERE / "refused-text.npy", np.array(["one", "two"]))
    np.save(HERE / "refused-uint64.npy", np.array([1], "<u8"))
    np.save(HERE / "refused-dates.npy", np.array(["2020-01-01"], "datetime64[D]"))
    np.save(HERE / "refused-records.npy", np.zeros(2, [("a", "<f4"), ("b", "<i4")]))
    arrays = {"weights": ramp("<f4"), "labels": ramp("<i8", (5,)), "flags": ramp("b1"),
              "long": np.zeros(200, "<f8"), "none": np.zeros((0, 2), "<f4")}
    np.savez(HERE / "stored.npz", **arrays)
    np.savez_compressed(HERE / "deflated.npz", **arrays)
    tensors = {"half": torch.tensor(ramp("<f2")), "bfloat": torch.tensor(ramp("<f4")).bfloat16(),
               "bytes": torch.tensor(ramp("<u1")), "short": torch.tensor(ramp("<i2")),
               "double": torch.tensor(ramp("<f8")), "none": torch.zeros(0, 2)}
    versions = {"torch": torch.__version__, "numpy": np.__version__}
    safetensors.torch.save_file(tensors, HERE / "plain.safetensors", metadata=versions)


if __name__ == "__main__":
    main()
