/// The files of the page, compiled in; `Tools/page-files.py` writes this list.
enum PageFiles {
  /// Each file by its name.
  static var all: [String: [UInt8]] {
    [
      "index.html": PackageResources.index_html
    ]
  }
}
