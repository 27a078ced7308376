package import Health

import struct FoundationEssentials.Date

/// An answer whose body was parsed as JSON, whatever its content type is.
///
/// It has the steps that all providers' answers need. A provider first looks for its own error
/// envelope in `json`, since refusals come with any status, even 200. Then `content()` decides by
/// the status alone.
package struct ProviderResponse: Sendable {
  /// The display name: `Kapso`.
  package let provider: String
  package let answer: HTTPAnswer
  /// Nil if the body is not JSON.
  package let json: JSON?
  private let malformed: JSON.Malformed?

  package init(_ answer: HTTPAnswer, of provider: String) {
    self.provider = provider
    self.answer = answer
    do throws(JSON.Malformed) {
      json = try JSON.parse(answer.body)
      malformed = nil
    } catch {
      json = nil
      malformed = error
    }
  }

  package var isSuccess: Bool { (200..<300).contains(answer.status) }

  /// The body of a success.
  ///
  /// - Throws: The failure that the status names; `.unintelligible` for a 2xx without content: no
  ///   body, `null`, `[]`, `{}`, a web page, text, or truncated JSON.
  package func content() throws(ProviderError) -> JSON {
    if let failure = statusFailure { throw failure }
    guard let json else { throw error(.unintelligible, "\(unreadable).") }
    if json.isEmpty {
      throw error(
        .unintelligible,
        "\(provider) answered \(answer.status) without content (\(start))."
      )
    }
    if json.saysFailure {
      throw error(
        .providerError,
        "\(provider) answered \(answer.status) with success: false\(theirWords)."
      )
    }
    return json
  }

  /// What an error status means if no envelope says more; nil for a success.
  package var statusFailure: ProviderError? {
    switch answer.status {
    case 200..<300: nil
    case 300..<400: error(.unintelligible, "\(provider) redirects elsewhere (\(answer.status)).")
    case 401 where !isHTML:
      error(.credentialRejected, "\(provider) refused the key (401)\(theirWords).")
    case 403 where !isHTML, 404 where !isHTML, 410 where !isHTML:
      error(.numberRefused, "\(provider) refused this number (\(answer.status))\(theirWords).")
    case 408: error(.timedOut, "\(provider) gave up waiting (408)\(theirWords).")
    case 429: throttled("\(provider) asks to slow down (429)\(theirWords)")
    case 500...: error(.providerError, "\(provider) failed (\(answer.status))\(theirWords).")
    default: error(.providerError, "\(provider) answered \(answer.status)\(theirWords).")
    }
  }

  /// An error with this answer's status.
  package func error(
    _ kind: ProviderError.Kind,
    _ message: String,
    code: EntityError.Code? = nil
  ) -> ProviderError {
    ProviderError(kind, message, httpStatus: answer.status, code: code)
  }

  /// How long the headers ask the client to wait.
  package var retryAfter: Duration? { RateHeaders.signal(of: answer, now: Date()).retryAfter }

  /// Too many requests: `message` is one clause without its full stop.
  ///
  /// The wait is `wait` if the provider's text names it, otherwise the headers' wait.
  package func throttled(
    _ message: String,
    wait: Duration? = nil,
    code: EntityError.Code? = nil
  ) -> ProviderError {
    let wait = wait ?? retryAfter
    let asked = wait.map { "; wait \($0.wholeSeconds) s." } ?? "."
    return error(.throttled(retryAfter: wait), message + asked, code: code)
  }

  /// The error for a key that is wrong, expired, revoked or unpaid for, with the provider's text
  /// and the place to replace it.
  package func keyRefused(
    _ key: KeyHeader,
    account: String,
    code: EntityError.Code? = nil
  ) -> ProviderError {
    let shownCode = code?.text ?? String(answer.status)
    return error(
      .credentialRejected,
      "\(provider) refused the key of account \(account) (\(shownCode))\(theirWords)."
        + " Replace it in the configuration, \(key.place).",
      code: code
    )
  }

  /// Whether it is a web page, by its first byte or, if the body is not JSON, by its content type.
  package var isHTML: Bool {
    if json != nil { return false }
    let type = answer.header("Content-Type")?.lowercased() ?? ""
    return firstByte == UInt8(ascii: "<") || (type.contains("html") && firstByte != nil)
  }

  /// The text to quote from an error answer: the envelope's, the page's title, or the body.
  ///
  /// Starts with a colon, or is empty.
  package var theirWords: String {
    let words =
      if let json { json.errorWords } else if isHTML { title ?? "a web page" } else { text }
    guard let words, !words.isEmpty else { return "" }
    return ": \(words.quoted)"
  }
}

// Excerpts of the bytes, for messages.
extension ProviderResponse {
  private var firstByte: UInt8? {
    let body =
      answer.body.starts(with: [0xEF, 0xBB, 0xBF]) ? answer.body.dropFirst(3) : answer.body[...]
    return body.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
  }

  /// The first bytes as one line of text.
  private var text: String {
    String(decoding: answer.body.prefix(400), as: UTF8.self).onOneLine
  }

  private var start: String {
    let start = Secrets.blotted(text).prefix(60)
    return start.isEmpty ? "no body" : String(start)
  }

  /// A web page's title.
  private var title: String? {
    let page = String(decoding: answer.body.prefix(4_096), as: UTF8.self)
    guard let match = page.firstMatch(of: /(?i)<title[^>]*>([^<]*)/) else { return nil }
    let title = String(match.1).onOneLine
    return title.isEmpty ? nil : title
  }

  private var unreadable: String {
    let status = answer.status
    if firstByte == nil { return "\(provider) answered \(status) without a body" }
    if isHTML {
      let title = title.map { ": \($0.quoted)" } ?? ""
      return "\(provider) answered \(status) with a web page\(title)"
    }
    guard let malformed else { return "\(provider) answered \(status) without JSON" }
    if malformed.isTruncated {
      return
        "The answer of \(provider) is cut off after \(answer.body.count) bytes: \(start.quoted)"
    }
    return "\(provider) answered \(status) without JSON (byte \(malformed.offset)): \(start.quoted)"
  }
}

extension Duration {
  /// Rounded up: trying again before would be too soon.
  fileprivate var wholeSeconds: Int { Int((self / .seconds(1)).rounded(.up)) }
}

extension JSON {
  /// Whether it says that it is no success, whatever else it contains.
  fileprivate var saysFailure: Bool {
    guard isObject else { return false }
    return [self, self["data"], self["meta"]].contains { $0?.deniesSuccess == true }
  }

  /// Whether it has a `success` that is false.
  var deniesSuccess: Bool { self[anyOf: ["success", "Success"]]?.bool == false }

  /// An error next to other content; nil if it says that there is none.
  var errorBeside: JSON? {
    guard isObject else { return nil }
    return [self["error"], self["errors"]].compactMap(\.self).first { error in
      error.bool != false && error.summary != nil
    }
  }

  /// The sentence of an error envelope, in any of the forms that gateways and providers use.
  var errorWords: String? {
    let places = [
      self["error"]?["message"], self["error"], self["message"], self["detail"],
      self["meta"]?[anyOf: ["developer_message", "developerMessage"]], self["errors"],
      self["title"], self["reason"],
    ]
    return places.compactMap { $0?.summary }.first
  }
}

extension String {
  /// One line without control and bidi characters, for a message.
  var onOneLine: String {
    var line = ""
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator:
        if line.last != " ", !line.isEmpty { line.append(" ") }
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line.trimmingWhitespace()
  }

  /// A provider's text for use in a sentence: quoted, on one line, without secrets, and limited in
  /// length.
  package var quoted: String {
    let line = Secrets.blotted(onOneLine)
    let longest = 240
    let isLong = line.count > longest
    return "\"\(isLong ? line.prefix(longest) + "…" : line[...])\""
  }
}
