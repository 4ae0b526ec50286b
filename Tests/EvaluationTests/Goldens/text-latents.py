#!/usr/bin/env python3
"""Prints the similarities that TextLatentTests holds: scikit-learn's TF-IDF and truncated SVD."""

from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

texts = [
    "posterior collapse in variational autoencoders", "the decoder ignores the latent code",
    "latent code collapse when the decoder is strong", "normalizing flows for density estimation",
    "density estimation with autoregressive flows", "graph embedding by random walks",
    "random walks on graph nodes for embedding",
]


def words(text):
    found = ["".join(c for c in word if c.isalnum()) for word in text.lower().split()]
    keeps = ("ss", "us", "is")
    return [w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith(keeps) else w for w in found if len(w) > 1]


vectors = TfidfVectorizer(analyzer=words, sublinear_tf=True)
rows = vectors.fit_transform(texts)
space = TruncatedSVD(4, algorithm="arpack")
latents = space.fit_transform(rows)
query = space.transform(vectors.transform(["collapse of the latent code"]))
print([round(float(value), 8) for value in cosine_similarity(latents, query)[:, 0]])
