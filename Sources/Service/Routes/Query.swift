import Monitor
import Reports

import struct FoundationEssentials.Date

/// The parameters of a request, of which each is known and given once.
///
/// A misspelt one would silently do nothing.
struct Query {
  private let values: [String: String]

  init(_ request: HTTPRequest, knowing names: [String]) throws(QueryError) {
    guard let parameters = request.parameters else {
      throw QueryError("the query is not well-formed: %XX has two digits, and all of it is UTF-8")
    }
    var values: [String: String] = [:]
    for (name, value) in parameters {
      guard names.contains(name) else {
        let near = NearestName.suggestion(for: String(name.prefix(64)), among: names)
        let all = names.joined(separator: ", ")
        let known = names.isEmpty ? "; there are none here" : "; known are \(all)"
        throw QueryError("there is no such parameter\(near.isEmpty ? known : near)", in: name)
      }
      guard values.updateValue(value, forKey: name) == nil else {
        throw QueryError("it is given twice", in: name)
      }
    }
    self.values = values
  }

  /// Nil if it is absent or empty.
  subscript(name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

  /// The numbers that are meant: an expression, or the name of one with `=` in front.
  func filter(named names: OperatorNames) throws(QueryError) -> Filter {
    guard let text = self["filter"] else { return Filter() }
    do throws(FilterError) {
      return try SavedFilters(names.filters).filter(text)
    } catch {
      throw QueryError(error.text, in: "filter", at: error.range)
    }
  }

  /// A time, which is UTC unless it says otherwise.
  func time(_ name: String, at now: Date) throws(QueryError) -> Date? {
    guard let text = self[name] else { return nil }
    // In a query an unescaped + is a blank.
    guard let words = TimeWords(text) ?? TimeWords(text.replacing(" ", with: "+")) else {
      throw QueryError("expected \(TimeWords.forms)", in: name)
    }
    guard let date = words.date(at: now, isUTC: true) else {
      throw QueryError("there is no such day", in: name)
    }
    return date
  }

  func choice<Value: RawRepresentable<String> & CaseIterable>(
    _ name: String,
    _ type: Value.Type
  ) throws(QueryError) -> Value? {
    guard let text = self[name] else { return nil }
    guard let value = Value(rawValue: text) else {
      let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
      throw QueryError("expected one of \(words)", in: name)
    }
    return value
  }
}

/// What is wrong with the parameters of a request.
struct QueryError: Error {
  let text: String
  let parameter: String?
  /// The characters of the value that are wrong, counted from 0.
  let range: Range<Int>?

  init(_ text: String, in parameter: String? = nil, at range: Range<Int>? = nil) {
    self.text = text
    self.parameter = parameter
    self.range = range
  }

  var response: HTTPResponse { .failure(text, status: 400, parameter: parameter, at: range) }
}

extension HTTPResponse {
  static let jsonType = "application/json; charset=utf-8"

  /// A failure for programs.
  static func failure(
    _ text: String,
    status: Int,
    parameter: String? = nil,
    at range: Range<Int>? = nil,
    headers: [(name: String, value: String)] = []
  ) -> Self {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", 1)
      writer.object("error") { writer in
        writer.member("message", text)
        writer.member("parameter", parameter)
        writer.member("start", range?.lowerBound)
        writer.member("end", range?.upperBound)
      }
    }
    return Self(status: status, type: jsonType, headers: headers, ResponseBytes(writer.finish()))
  }
}
