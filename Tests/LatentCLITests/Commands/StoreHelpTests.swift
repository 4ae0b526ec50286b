import Testing

@testable import LatentCLI

/// The help texts of the commands that keep runs and look at data.
@Suite struct StoreHelpTests {
  @Test func listRuns() {
    #expect(
      latent("list", "runs", "--help").out == """
        latent list runs: Show the run folders in a place, filtered and sorted by any
        key.

        Usage: latent list runs [options]

        Keys are name, status, recipe, data, seed, start, end, minutes, budget, device,
        version, commit, libtorch and fingerprint, every setting of a run, and every
        metric: those of evaluation.json and those of the last validation. A name that
        is both is the setting, or else the metric of evaluation.json; config.NAME,
        test.NAME and validation.NAME choose.

        Numbers are compared as numbers, all else as text; ~ asks whether a text is part
        of the value. A run that lacks a key meets no condition on it and comes last in
        an order by it.

        The answer comes out of an index, .index.sqlite in the folder of runs, which
        follows the run folders by itself and may be deleted at any time.

        Options
          --out <folder>       Folder that run folders are in. (default: runs)
          --where <condition>  Only runs that meet this, with = != < <= > >= or ~; may
                               be repeated.
          --sort <key>         Order by this key, the smallest first.
          --descending         Largest first.
          --limit <n>          The most runs to show. (at least 1)
          --show <key>         Show this key as well; may be repeated.
          --rebuild            Read every run anew instead of those that have changed.

        General
          --json               Print one JSON document on stdout; all else goes to
                               stderr.
          -h, --help           Show this help.

        Examples
          latent list runs --where beta=4 --sort elbo --descending
              the best of one setting
          latent list runs --where recipe=vae --where 'elbo>-100' --limit 20
              conditions add up; quotes keep the shell away from < and >
          latent list runs --where status=running --show seed
              what is at work, with seeds

        """)
  }

  @Test func export() {
    #expect(
      latent("export", "--help").out == """
        latent export: Write a run as one .tar file that another machine evaluates.

        Usage: latent export <run> [options]

        The archive holds the run's folder with the SHA-256 of every file: record, log,
        weights, figures and report. latent import makes a run of it again.

        An evaluation there needs the same data, told by their fingerprint. Sets that
        come with the package or are rendered by it need nothing but their name, known
        sets need their files under $LATENT_DATA; --with-data puts own files, or those
        of a known set, into the archive.

        Arguments
          <run>            Run folder.

        Options
          --out <out>      File to write; the run's name and .tar if left out.
          --with-data      Put the files of the data in.
          --without-state  Leave out what only latent resume needs, about two thirds of
                           the weights' size.

        General
          --json           Print one JSON document on stdout; all else goes to stderr.
          -h, --help       Show this help.

        Examples
          latent export runs/2026-11-20-vae-digits-a3f9
              writes 2026-11-20-vae-digits-a3f9.tar
          latent export RUN --out run.tar --with-data
              with the data it was trained on

        """)
  }

  @Test func importing() {
    #expect(
      latent("import", "--help").out == """
        latent import: Make a run folder out of a file that latent export wrote.

        Usage: latent import <file> [options]

        Every file is checked against the archive's own list; an archive that is
        damaged, incomplete, or leads out of the run's folder is refused and leaves
        nothing behind.

        Data that the run was trained on and that lie elsewhere here are named with
        --data; they must have the fingerprint that the run's record holds.

        Arguments
          <file>           File that latent export wrote.

        Options
          --out <folder>   Folder that the run folder is made in. (default: runs)
          --name <name>    Name of the run folder; the run's own if left out.
          --data <source>  Where the run's data are on this machine.

        General
          --json           Print one JSON document on stdout; all else goes to stderr.
          -h, --help       Show this help.

        Examples
          latent import run.tar
              makes a folder in runs
          latent import run.tar --data /data/birds.npy
              says where the data are here

        """)
  }

  @Test func inspect() {
    #expect(
      latent("data", "inspect", "--help").out == """
        latent data inspect: Show what a source holds: kind, counts, ranges, examples,
        factors, fingerprint.

        Usage: latent data inspect <source> [options]

        Counts are those of the parts that a training learns from, chooses by and is
        judged by. Figures and the ten rows come from the part to learn from, of large
        sets from 10,000 examples spread evenly over it. The fingerprint is what a run's
        record holds.

        Arguments
          <source>     Source: a name or a path.

        Options
          --out <out>  Picture to write, a contact sheet of 64 images.

        General
          --json       Print one JSON document on stdout; all else goes to stderr.
          -h, --help   Show this help.

        Examples
          latent data inspect digits
              the digits that come with the package
          latent data inspect sprites --out sheet.png
              64 examples as one picture
          latent data inspect table.csv:label=last
              columns, ranges and ten rows of a table

        """)
  }
}
