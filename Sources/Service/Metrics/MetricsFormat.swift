/// The two texts that Prometheus and its like read.
package enum MetricsFormat: Sendable {
  /// `text/plain; version=0.0.4`.
  case text
  /// OpenMetrics 1.0.0.
  case openMetrics

  package var contentType: String {
    switch self {
    case .text: "text/plain; version=0.0.4; charset=utf-8"
    case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
    }
  }

  /// What a client accepts; OpenMetrics only if it names it and likes the other one no better.
  package init(accepted: String?) {
    var (open, plain) = (0.0, 0.0)
    for range in (accepted ?? "").split(separator: ",") {
      let parts = range.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
      let quality = parts.first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
      let version = parts.first { $0.hasPrefix("version=") }?.dropFirst("version=".count)
      switch parts.first {
      case "application/openmetrics-text" where version == nil || version == "1.0.0":
        open = max(open, quality)
      case "text/plain" where version == nil || version == "0.0.4": plain = max(plain, quality)
      default: break
      }
    }
    self = open > 0 && open >= plain ? .openMetrics : .text
  }
}

/// A family of metrics, which have a name and a meaning in common.
struct MetricFamily {
  enum Kind {
    case gauge
    case counter
    case histogram
    /// Text about something, as labels; its value is 1.
    case info
    /// One sample for each state that there is, of which one is 1.
    case states
  }

  /// Without the suffix that counters and texts have.
  let name: StaticString
  let kind: Kind
  let help: StaticString
  /// Whether it is in seconds, which its name says as well.
  var isInSeconds = false
}

/// Writes metrics, the samples of a family directly after its head.
struct MetricsWriter: ~Copyable {
  let format: MetricsFormat
  private var bytes: ByteWriter
  private var name: StaticString = ""
  private var suffix: StaticString = ""

  init(_ format: MetricsFormat, capacity: Int) {
    self.format = format
    bytes = ByteWriter(capacity: capacity)
  }

  consuming func finish() -> ResponseBytes {
    if format == .openMetrics { bytes.append("# EOF\n") }
    return bytes.finish()
  }

  mutating func begin(_ family: MetricFamily) {
    name = family.name
    suffix =
      switch family.kind {
      case .counter: "_total"
      case .info: "_info"
      case .gauge, .histogram, .states: ""
      }
    head("# HELP ", family, family.help)
    head("# TYPE ", family, type(of: family.kind))
    if family.isInSeconds, format == .openMetrics { head("# UNIT ", family, "seconds") }
  }

  /// In the older format the suffix belongs to the family's name.
  private mutating func head(_ word: StaticString, _ family: MetricFamily, _ text: StaticString) {
    bytes.append(word)
    bytes.append(family.name)
    if format == .text { bytes.append(suffix) }
    bytes.append(" ")
    bytes.append(text)
    bytes.append("\n")
  }

  private func type(of kind: MetricFamily.Kind) -> StaticString {
    switch kind {
    case .gauge: "gauge"
    case .counter: "counter"
    case .histogram: "histogram"
    case .info: format == .openMetrics ? "info" : "gauge"
    case .states: format == .openMetrics ? "stateset" : "gauge"
    }
  }

  /// Begins a sample; its value has to follow.
  ///
  /// - Parameters:
  ///   - labels: Such as `account="acme",provider="kapso"`; may be empty.
  ///   - label: One more, whose value needs no escaping.
  ///   - part: The suffix of a part of a histogram.
  @inline(__always)
  private mutating func sample(
    _ labels: UnsafeRawBufferPointer,
    _ label: (name: StaticString, value: StaticString)?,
    part: StaticString? = nil
  ) {
    bytes.append(name)
    bytes.append(part ?? suffix)
    if !labels.isEmpty || label != nil {
      bytes.append(UInt8(ascii: "{"))
      bytes.append(labels)
      if let label {
        if !labels.isEmpty { bytes.append(UInt8(ascii: ",")) }
        bytes.append(label.name)
        bytes.append("=\"")
        bytes.append(label.value)
        bytes.append(UInt8(ascii: "\""))
      }
      bytes.append(UInt8(ascii: "}"))
    }
    bytes.append(UInt8(ascii: " "))
  }

  @inline(__always)
  mutating func add(
    _ value: Int,
    _ labels: UnsafeRawBufferPointer,
    _ label: (name: StaticString, value: StaticString)? = nil,
    part: StaticString? = nil
  ) {
    sample(labels, label, part: part)
    bytes.append(value)
    bytes.append(UInt8(ascii: "\n"))
  }

  @inline(__always)
  mutating func add(milliseconds: Int, _ labels: UnsafeRawBufferPointer, part: StaticString? = nil)
  {
    sample(labels, nil, part: part)
    bytes.append(milliseconds / 1000)
    bytes.append(UInt8(ascii: "."))
    let rest = milliseconds % 1000
    for digit in [rest / 100, rest / 10 % 10, rest % 10] {
      bytes.append(UInt8(ascii: "0") + UInt8(digit))
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  mutating func addInfinity(_ labels: UnsafeRawBufferPointer) {
    sample(labels, nil)
    bytes.append("+Inf\n")
  }
}
