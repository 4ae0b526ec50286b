/// The colours and type of all pages, light and dark.
package enum PagePalette {
  /// CSS that sets the variables of `:root`.
  package static var style: [UInt8] { PackageResources.palette_css }
}

/// The style and the program of a page, which lie beside this file as what they are.
enum PageResources {
  static var style: String {
    String(decoding: PagePalette.style + PackageResources.report_css, as: UTF8.self)
  }
  static var script: String { String(decoding: PackageResources.report_js, as: UTF8.self) }

  /// Sets the remembered theme before anything is painted.
  static let firstScript = """
    try { const t = localStorage.getItem("latent-report-theme"); \
    if (t === "dark" || t === "light") document.documentElement.dataset.theme = t; } catch { }
    """

  /// Refuses every connection, whatever a script may try.
  static let policy =
    "default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; "
    + "script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
}
