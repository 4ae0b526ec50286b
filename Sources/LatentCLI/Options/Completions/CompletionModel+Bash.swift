extension CompletionModel {
  /// The script for bash 3.2 and later, to be read with `source <(latent completions bash)`.
  var bashScript: String {
    let name = "_" + functionName
    return """
      # Completion of \(program) for bash; generated, do not edit.
      \(name)_words() { COMPREPLY=($(compgen -W "$1" -- "$cur")); }
      \(name)_files() {
        local IFS=$'\\n'
        compopt -o filenames 2>/dev/null
        COMPREPLY+=($(compgen "$1" -- "$cur"))
      }
      \(name)_keys() {
        compopt -o nospace 2>/dev/null
        \(name)_words "$1"
      }
      # Bash sets '=' and ':' apart: '--seed=7' is three words, of which this skips the last two.
      \(name)_rest() {
        while ((index + 2 < COMP_CWORD)) && [[ ${COMP_WORDS[index+1]} == [=:] ]]; do
          ((index += 2))
        done
      }
      \(name)() {
        local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}"
        local node=\(program) place=0 index start word
        COMPREPLY=()
        if [[ $cur == "=" ]]; then
          cur=""
        elif [[ $prev == "=" ]]; then
          prev="${COMP_WORDS[COMP_CWORD-2]}"
        fi
        # What follows a word's own '=' or ':' is not known here.
        if [[ $cur == ":" || $prev == ":" ]]; then return; fi
        if [[ $prev != -* && ( ${COMP_WORDS[COMP_CWORD]} == "=" || ${COMP_WORDS[COMP_CWORD-1]} == "=" ) ]]; then
          return
        fi
        for ((index = 1; index < COMP_CWORD; index++)); do
          word="${COMP_WORDS[index]}"
          start=$index
          \(name)_rest
          case "$node $word" in
      \(valueCase("if ((index == start)); then ((index++)); \(name)_rest; fi"))\
      \(childCase("node=\"$node $word\""))\
            *" -"*) ;;
            *) ((place++)) ;;
          esac
        done
        case "$node $prev" in
      \(bashValues)\
        esac
        if [[ $cur == -* ]]; then
          case "$node" in
      \(bashOptions)\
          esac
          return
        fi
        case "$node $place" in
      \(bashPlaces)\
        esac
      }
      complete -F \(name) \(program)

      """
  }

  private var bashValues: String {
    nodes.flatMap { node in
      node.named.compactMap { named in
        named.value.map { value in
          let patterns = named.words.map { "\"\(node.path) \($0)\"" }.joined(separator: " | ")
          return "    \(patterns)) \(bash(value))return ;;\n"
        }
      }
    }.joined()
  }

  private var bashOptions: String {
    nodes.map { node in
      let words = node.named.flatMap(\.words).joined(separator: " ")
      return "      \"\(node.path)\") _\(functionName)_words \"\(words)\" ;;\n"
    }.joined()
  }

  private var bashPlaces: String {
    nodes.flatMap { node in
      if !node.children.isEmpty {
        let words = node.children.map(\.name).joined(separator: " ")
        return ["    \"\(node.path) 0\") _\(functionName)_words \"\(words)\" ;;\n"]
      }
      return node.places.enumerated().map { index, completion in
        let isOpen = node.repeatsLastPlace && index == node.places.count - 1
        return "    \"\(node.path) \"\(isOpen ? "*" : "\(index)")) \(bash(completion)):;;\n"
      }
    }.joined()
  }

  /// Commands that fill `COMPREPLY`, each followed by `; `.
  private func bash(_ completion: Completion) -> String {
    let name = "_" + functionName
    return switch completion {
    case .none: ""
    case .files: "\(name)_files -f; "
    case .folders: "\(name)_files -d; "
    case .words(let words): "\(name)_words \"\(words.joined(separator: " "))\"; "
    case .keys(let words): "\(name)_keys \"\(words.map { "\($0)=" }.joined(separator: " "))\"; "
    case .wordsAndFiles(let words):
      "\(name)_words \"\(words.joined(separator: " "))\"; \(name)_files -f; "
    }
  }

  /// A branch of `case "$node $word"` for options that take a value.
  func valueCase(_ action: String) -> String {
    let patterns = nodes.flatMap { node in node.valueWords.map { "\"\(node.path) \($0)\"" } }
    return branch(patterns, action)
  }

  /// A branch of `case "$node $word"` for the names of commands.
  func childCase(_ action: String) -> String {
    let patterns = nodes.dropFirst().map { "\"\($0.path)\"" }
    return branch(Array(patterns), action)
  }

  private func branch(_ patterns: [String], _ action: String) -> String {
    patterns.isEmpty ? "" : "      \(patterns.joined(separator: " | "))) \(action) ;;\n"
  }
}
