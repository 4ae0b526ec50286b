extension CompletionModel {
  /// The script for zsh, to be saved as `_latent` in a folder of `$fpath`.
  var zshScript: String {
    let name = "_" + functionName
    return """
      #compdef \(program)
      # Completion of \(program) for zsh; generated, do not edit.
      \(name)() {
        local node=\(program) previous="" word
        local -i place=0 index
        local -a entries
        for ((index = 2; index < CURRENT; index++)); do
          word="${words[index]}"
          previous="$word"
          case "$node $word" in
      \(valueCase("(( index + 1 < CURRENT )) && { (( index++ )); previous=\"\" }"))\
      \(childCase("node=\"$node $word\""))\
            *" -"*) ;;
            *) (( ++place )) ;;
          esac
        done
        if compset -P '--*='; then previous="${IPREFIX%=}"; fi
        case "$node $previous" in
      \(zshValues)\
        esac
        if [[ "$PREFIX" == -* ]]; then
          case "$node" in
      \(zshOptions)\
          esac
          _describe -o option entries
          return
        fi
        case "$node $place" in
      \(zshPlaces)\
        esac
      }
      if [[ "$funcstack[1]" == \(name) ]]; then
        \(name) "$@"
      else
        compdef \(name) \(program)
      fi

      """
  }

  private var zshValues: String {
    nodes.flatMap { node in
      node.named.compactMap { named in
        named.value.map { value in
          let patterns = named.words.map { "\"\(node.path) \($0)\"" }.joined(separator: " | ")
          return "    \(patterns)) \(zsh(value))return ;;\n"
        }
      }
    }.joined()
  }

  private var zshOptions: String {
    nodes.map { node in
      let entries = node.named.flatMap { named in
        named.words.map { zshEntry($0, named.help) }
      }
      return "      \"\(node.path)\") entries=(\(entries.joined(separator: " "))) ;;\n"
    }.joined()
  }

  private var zshPlaces: String {
    nodes.flatMap { node in
      if !node.children.isEmpty {
        let entries = node.children.map { zshEntry($0.name, $0.abstract) }
        return [
          "    \"\(node.path) 0\") entries=(\(entries.joined(separator: " "))); "
            + "_describe command entries ;;\n"
        ]
      }
      return node.places.enumerated().map { index, completion in
        let isOpen = node.repeatsLastPlace && index == node.places.count - 1
        return "    \"\(node.path) \"\(isOpen ? "*" : "\(index)")) \(zsh(completion)):;;\n"
      }
    }.joined()
  }

  private func zsh(_ completion: Completion) -> String {
    switch completion {
    case .none: ""
    case .files: "_files; "
    case .folders: "_files -/; "
    case .keys(let words):
      "compadd -S '' -- \(words.map { "\($0)=" }.joined(separator: " ")); "
    case .words(let words): "compadd -- \(words.joined(separator: " ")); "
    case .wordsAndFiles(let words): "compadd -- \(words.joined(separator: " ")); _files; "
    }
  }

  private func zshEntry(_ name: String, _ help: String) -> String {
    var text = ""
    for character in name { text += character == ":" ? "\\:" : String(character) }
    return "'" + (text + ":" + help).replacingQuotes(with: "'\\''") + "'"
  }
}

extension String {
  /// The text with every single quote replaced.
  func replacingQuotes(with replacement: String) -> String {
    split(separator: "'", omittingEmptySubsequences: false).joined(separator: replacement)
  }
}
