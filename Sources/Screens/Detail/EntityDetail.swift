package import Health
import Monitor

/// What there is to know of the chosen node: sections of lines, so that the view only lays them out.
package struct EntityDetail: Hashable, Sendable {
  /// The type and id, such as `WABA 102938475610`.
  package let title: String
  package let subtitle: String?
  package let sections: [DetailSection]

  package init(title: String, subtitle: String? = nil, sections: [DetailSection]) {
    self.title = title
    self.subtitle = subtitle
    self.sections = sections.filter { !$0.lines.isEmpty }
  }

  /// The same with a section after the one that says the state.
  func adding(_ section: DetailSection) -> EntityDetail {
    let ofState = sections.firstIndex { $0.lines.first?.label == "state" }
    var sections = sections
    sections.insert(section, at: ofState.map { $0 + 1 } ?? sections.count)
    return EntityDetail(title: title, subtitle: subtitle, sections: sections)
  }

  /// The first address in it.
  var link: String? {
    sections.lazy.flatMap(\.lines).compactMap { line in
      if case .link(let link) = line.value { link } else { nil }
    }.first
  }
}

package struct DetailSection: Hashable, Sendable {
  package let heading: String?
  package let lines: [DetailLine]

  package init(_ heading: String? = nil, _ lines: [DetailLine]) {
    self.heading = heading
    self.lines = lines
  }
}

/// A label and its value; texts are as sent, whole, and not sanitized.
package struct DetailLine: Hashable, Sendable {
  package enum Value: Hashable, Sendable {
    case text(String)
    /// A state and the word for it, as sent where a provider sent it.
    case state(HealthState, String)
    /// Shown as an age or a time, as chosen by the operator.
    case moment(Moment)
    case link(String)
    /// States over time, the oldest first; nil where nothing is known.
    case strip([HealthState?])
  }

  package enum Kind: Hashable, Sendable {
    /// A label with a short value.
    case field
    /// The provider's own words: a whole paragraph.
    case words
    /// Our words: what it means.
    case meaning
    /// Our words: what to do.
    case remedy
    /// Something could not be read, or is not as expected.
    case note
  }

  /// Nil if the value needs no label.
  package let label: String?
  package let value: Value
  package let kind: Kind

  package init(_ label: String?, _ value: Value, _ kind: Kind = .field) {
    self.label = label
    self.value = value
    self.kind = kind
  }
}
