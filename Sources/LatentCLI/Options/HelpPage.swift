struct HelpPage {
  let path: [any Command.Type]
  init(_ path: [any Command.Type]) { self.path = path }
  var text: String { "" }
}
