extension CompletionModel {
  /// The script for fish, to be saved as `~/.config/fish/completions/latent.fish`.
  var fishScript: String {
    let name = "__\(functionName)_at"
    return """
      # Completion of \(program) for fish; generated, do not edit.
      function \(name) --description 'Whether the line is at a command, and at a place of it'
        set -l node \(program)
        set -l place 0
        set -l skip 0
        for word in (commandline -opc)[2..-1]
          if test $skip = 1
            set skip 0
            continue
          end
          switch "$node $word"
      \(fishBranch(nodes.flatMap { node in node.valueWords.map { "\(node.path) \($0)" } }, "set skip 1"))\
      \(fishBranch(nodes.dropFirst().map(\.path), "set node \"$node $word\""))\
            case '* -*'
            case '*'
              set place (math $place + 1)
          end
        end
        test "$node" = "$argv[1]"; or return 1
        test (count $argv) -lt 2; or test $place -ge $argv[2] -a $place -le $argv[3]
      end
      complete -c \(program) -f
      \(nodes.flatMap { fishLines($0, name) }.joined(separator: "\n"))

      """
  }

  private func fishBranch(_ patterns: [String], _ action: String) -> String {
    guard !patterns.isEmpty else { return "" }
    let quoted = patterns.map { "'\($0)'" }.joined(separator: " ")
    return "      case \(quoted)\n        \(action)\n"
  }

  private func fishLines(_ node: Node, _ name: String) -> [String] {
    let start = "complete -c \(program) -n \"\(name) '\(node.path)'"
    var lines = node.children.map { child in
      "\(start) 0 0\" -a \(child.name) -d \(fishQuoted(child.abstract))"
    }
    for named in node.named {
      let names = named.words.map { word in
        word.hasPrefix("--") ? "-l \(word.dropFirst(2))" : "-s \(word.dropFirst())"
      }
      lines.append(
        "\(start)\" \(names.joined(separator: " ")) -d \(fishQuoted(named.help))"
          + (named.value.map { " -r" + fish($0) } ?? ""))
    }
    for (index, completion) in node.places.enumerated() where completion != .none {
      let isOpen = node.repeatsLastPlace && index == node.places.count - 1
      lines.append("\(start) \(index) \(isOpen ? 9999 : index)\"\(fish(completion))")
    }
    return lines
  }

  private func fish(_ completion: Completion) -> String {
    switch completion {
    case .none: " -f"
    case .files: " -F"
    case .folders: " -f -a '(__fish_complete_directories)'"
    case .keys(let words):
      " -f -a \(fishQuoted(words.map { "\($0)=" }.joined(separator: " ")))"
    case .words(let words): " -f -a \(fishQuoted(words.joined(separator: " ")))"
    case .wordsAndFiles(let words): " -F -a \(fishQuoted(words.joined(separator: " ")))"
    }
  }

  private func fishQuoted(_ text: String) -> String {
    var escaped = ""
    for character in text { escaped += character == "\\" ? "\\\\" : String(character) }
    return "'" + escaped.replacingQuotes(with: "\\'") + "'"
  }
}
