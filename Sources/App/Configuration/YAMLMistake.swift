import Yams

/// What the YAML parser could not make sense of, in the words of the other mistakes.
struct YAMLMistake {
  let position: ConfigurationRemark.Position?
  let text: String

  init(_ error: YamlError) {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      position = .init(line: mark.line, column: mark.column)
      text = Self.sentence(problem, context: context)
    case .duplicatedKeysInMapping(let names, let context):
      position = .init(line: context.mark.line, column: context.mark.column)
      let keys = names.map { "\"\($0)\"" }.joined(separator: ", ")
      text = "\(names.count == 1 ? "key" : "keys") \(keys) given more than once; keep one of each"
    case .reader(let problem, let offset, _, let yaml):
      position = offset.map { Self.position(offset: $0, in: yaml) }
      text = "not YAML: \(problem)"
    default:
      position = nil
      text = "not YAML: \(error)"
    }
  }

  private static func sentence(_ problem: String, context: YamlError.Context?) -> String {
    let hint =
      problem.contains("cannot start any token") || problem.contains("mapping values")
      ? "; is a value to be quoted, or an indent wrong?" : ""
    guard let context else { return "not YAML: \(problem)\(hint)" }
    return "not YAML: \(problem) \(context.text) (line \(context.mark.line))\(hint)"
  }

  private static func position(offset: Int, in yaml: String) -> ConfigurationRemark.Position {
    let before = yaml.prefix(offset)
    let line = before.count { $0.isNewline } + 1
    let column = before.reversed().prefix { !$0.isNewline }.count + 1
    return .init(line: line, column: column)
  }
}
