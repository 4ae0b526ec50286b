import Runs
import Testing

@testable import LatentCLI

/// The help texts as people see them.
@Suite struct HelpTests {
  @Test func theProgram() {
    #expect(
      latent("--help").out == """
        latent: A workbench for latent representations: train, evaluate, sample, report.

        Usage: latent <command> [options]

        Commands
          train        Train a recipe on data and write a run folder with a report.
          resume       Go on with a run that was interrupted, bit for bit.
          evaluate     Measure a run on its test data and write evaluation.json.
          sample       Draw new examples from a run's model.
          reconstruct  Pass held-out examples through a run's code and back.
          encode       Write the codes of a run's test data.
          report       Write a run's report.html anew.
          list         Show what there is.
          data         Look at data.
          export       Write a run as one .tar file that another machine evaluates.
          import       Make a run folder out of a file that latent export wrote.
          reproduce    Measure a paper's own claim and say whether it holds.
          studio       Show the runs of a folder as a local web page.
          doctor       Show what is installed and loaded, and check that tensors and
                       gradients work.
          completions  Print a script that completes commands and options in a shell.

        General
          --json       Print one JSON document on stdout; all else goes to stderr.
          -h, --help   Show this help.
          --version    Show the version.

        Examples
          latent train vae --data digits
              trains on handwritten digits and writes a report
          latent list recipes
              shows what can be trained
          latent doctor
              shows what is installed and checks that it works

        'latent <command> --help' shows a command's options and examples.

        """)
  }

  @Test func train() {
    #expect(
      latent("train", "--help").out == """
        latent train: Train a recipe on data and write a run folder with a report.

        Usage: latent train <recipe> --data <source> [options]

        The data is a built-in name, the name of a known set under $LATENT_DATA, or a
        path. The run folder holds config, seed, weights, the log of all terms, figures
        and report.html.

        Ctrl-C finishes the step, keeps everything and says how to go on. The settings
        of a recipe: latent list recipes RECIPE.

        Arguments
          <recipe>           Recipe to train; latent list recipes shows them.

        Options
          --data <source>    Where the data comes from. (required)
          --set <key=value>  Set a key of the recipe or of the training; may be
                             repeated.
          --epochs <n>       Passes over the training data. (at least 1)
          --steps <n>        Updates. (at least 1)
          --minutes <m>      Minutes at work. (above 0)
          --seed <n>         Number that all randomness comes from. (at least 0;
                             default: 0)

        Place
          --device <device>  Where to compute: cpu, cuda, cuda:1 or mps. (default: cpu)
          --threads <n>      Threads of one operation; LibTorch's choice if left out.
                             (at least 1)
          --out <folder>     Folder that run folders are made in. (default: runs)
          --name <name>      Name of the run folder; made of date, recipe and data if
                             left out.

        General
          --json             Print one JSON document on stdout; all else goes to stderr.
          -h, --help         Show this help.

        Examples
          latent train vae --data digits
              trains on the digits that come with the package
          latent train vae --data mnist --epochs 10 --set latent=10
              MNIST from $LATENT_DATA, ten code dimensions
          latent train vae --data digits --steps 200 --out /tmp/runs
              a quick look

        """)
  }

  @Test func resume() {
    #expect(
      latent("resume", "--help").out == """
        latent resume: Go on with a run that was interrupted, bit for bit.

        Usage: latent resume <run> [options]

        Arguments
          <run>              Run folder.

        Place
          --device <device>  Where to compute: cpu, cuda, cuda:1 or mps; the run's own
                             if left out.
          --threads <n>      Threads of one operation; the run's own if left out. (at
                             least 1)

        General
          --json             Print one JSON document on stdout; all else goes to stderr.
          -h, --help         Show this help.

        Examples
          latent resume runs/2026-11-20-vae-digits-a3f9
              goes on to its budget

        """)
  }

  @Test func sample() {
    #expect(
      latent("sample", "--help").out == """
        latent sample: Draw new examples from a run's model.

        Usage: latent sample <run> [options]

        Arguments
          <run>              Run folder.

        Options
          -n, --count <n>    Number of samples. (from 1 to 100000; default: 64)
          --out <out>        File to write: .png for a contact sheet, .npy for numbers.
                             (default: samples.png)
          --seed <n>         Number that the samples come from. (at least 0; default: 0)

        Place
          --device <device>  Where to compute: cpu, cuda, cuda:1 or mps. (default: cpu)
          --threads <n>      Threads of one operation; LibTorch's choice if left out.
                             (at least 1)

        General
          --json             Print one JSON document on stdout; all else goes to stderr.
          -h, --help         Show this help.

        Examples
          latent sample RUN -n 64 --out grid.png
              64 samples as one picture

        """)
  }

  @Test func everyCommandHasHelpWithoutWork() {
    func visit(_ type: any Command.Type, _ path: [String]) {
      let outcome = latent(path + ["--help"])
      #expect(outcome.code == .done)
      #expect(outcome.out.hasPrefix((["latent"] + path).joined(separator: " ") + ": "))
      for child in type.subcommands { visit(child, path + [child.summary.name]) }
    }
    visit(LatentCommand.self, [])
  }

  @Test func theVersion() {
    #expect(latent("--version").out == "latent \(PackageIdentity.version)\n")
  }
}
