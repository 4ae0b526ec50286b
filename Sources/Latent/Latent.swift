// What `import Latent` brings: tensors, layers, learning, distributions, data, models, evaluation,
// runs, the catalogue, reproductions and reports.
@_exported public import Catalogue
@_exported public import Datasets
@_exported public import Distributions
@_exported public import Evaluation
@_exported public import LatentCore
@_exported public import LatentLearning
@_exported public import LatentModels
@_exported public import LatentNN
@_exported public import Parallel
@_exported public import Report
@_exported public import Reproductions
@_exported public import Runs
@_exported public import Torch
