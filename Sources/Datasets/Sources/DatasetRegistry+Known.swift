extension DatasetRegistry {
  /// The public sets that are looked up under `$LATENT_DATA`.
  static let known: [Entry] = [
    Entry(
      name: "mnist", summary: "60,000 + 10,000 handwritten digits, 28×28 grey, 10 classes",
      address: "https://ossci-datasets.s3.amazonaws.com/mnist/",
      origin: "Y. LeCun, C. Cortes, C. Burges 1998, CC BY-SA 3.0"
    ) {
      try MNIST.splits(
        name: "mnist", folder: $0.folder, classNames: (0..<10).map(String.init), plan: $0.plan)
    },
    Entry(
      name: "fashion-mnist", summary: "60,000 + 10,000 garments, 28×28 grey, 10 classes",
      address: "https://github.com/zalandoresearch/fashion-mnist",
      origin: "H. Xiao, K. Rasul, R. Vollgraf 2017, arXiv:1708.07747, MIT"
    ) {
      try MNIST.splits(
        name: "fashion-mnist", folder: $0.folder,
        classNames: [
          "t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag",
          "ankle boot",
        ], plan: $0.plan)
    },
  ]
}
