import FoundationEssentials
package import Health
package import History
import Monitor

/// An incident as it is told, with the names of its victims.
package struct HistoryIncident: Hashable, Sendable {
  package struct Victim: Hashable, Sendable {
    package let number: PhoneNumber.ID
    /// The phone number's id, if the provider said one.
    package let id: String?
    package let names: Names
    package let victim: Incident.Victim
  }

  package struct Template: Hashable, Sendable {
    package let waba: String
    package let id: String
    /// Its name and its language.
    package let names: Names
    package let victim: Incident.Victim
  }

  package let incident: Incident
  /// What the cause's entity is called today; nil where it has no name.
  package let name: String?
  /// The numbers that were asked for.
  package let victims: [Victim]
  /// The templates that numbers that were asked for may send.
  package let templates: [Template]

  static func all(of incidents: [Incident], _ selection: NumberSelection) -> [Self] {
    var known = TemplateSelection(selection)
    // The store has the latest first.
    return incidents.reversed().compactMap { incident in
      let victims = incident.victims.compactMap { victim -> Victim? in
        guard case .number(let id) = victim.subject, selection.contains(id) else { return nil }
        return Victim(
          number: id,
          id: selection.numbers.fleet[id]?.report?.phoneNumberID,
          names: selection.names(of: id),
          victim: victim
        )
      }
      let templates = incident.victims.compactMap { victim -> Template? in
        guard case .template(let waba, let id) = victim.subject, known.contains(waba) else {
          return nil
        }
        return Template(waba: waba, id: id, names: known.names(of: id, in: waba), victim: victim)
      }
      guard selection.isWhole || !victims.isEmpty || !templates.isEmpty else { return nil }
      let name = selection.numbers.name(of: incident.reason)
      return Self(incident: incident, name: name, victims: victims, templates: templates)
    }
  }

  /// The cause in the words of the screen.
  func words(withCode: Bool) -> String {
    HistoryWords.text(of: incident.reason, name: name, withCode: withCode)
  }

  /// Its first numbers and templates with their names, and how many more there are.
  func affected(first count: Int) -> String {
    let all = victims.lazy.map(\.names) + templates.lazy.map(\.names)
    let named = all.prefix(count).map { names in
      [names.text, names.detail].compactMap(\.self).joined(separator: " ")
    }
    let rest = victims.count + templates.count - named.count
    return (named + (rest > 0 ? ["\(rest) more"] : [])).joined(separator: ", ")
  }

  /// How many it hit, whether they were asked for or not.
  var count: VictimCount { VictimCount(of: incident.victims.lazy.map(\.subject)) }

  /// Nil while it goes on.
  var duration: Duration? { incident.end.map { .seconds($0.timeIntervalSince(incident.start)) } }
}

// For people.
extension HistoryReport {
  /// The lines of the text, such as
  /// `2026-11-01T12:18:01Z  2h14m  BLOCKED  9 numbers  payment failed: WABA 1029 (141006)  +4477…`.
  func incidentRows(_ clock: inout ReportClock) -> [[String]] {
    incidents.map { told in
      let incident = told.incident
      return [
        clock.timestamp(incident.start),
        told.duration.map { Age($0).text } ?? "goes on",
        incident.worst.word,
        told.count.text,
        told.words(withCode: true),
        told.affected(first: 3),
      ]
    }
  }
}

// For programs.
extension HistoryReport {
  package var incidentsCSV: String {
    let head = [
      "start", "end", "duration_seconds", "announced", "worst", "reason", "code", "numbers", "id",
      "name", "affected", "affected_targets", "affected_e164", "templates",
    ]
    var clock = ReportClock()
    let rows = incidents.map { told -> [String?] in
      let incident = told.incident
      return [
        clock.timestamp(incident.start), incident.end.map { clock.timestamp($0) },
        told.duration.map { "\($0.wholeSeconds)" }, incident.announced.map { clock.timestamp($0) },
        incident.worst.word, told.words(withCode: false), incident.reason.code,
        "\(told.count.numbers)", incident.id, told.name, told.affected(first: .max),
        // In the order of the names; a number that nobody said leaves its place empty.
        told.victims.map { "\($0.number.account)/\($0.number.target ?? "")" }.joined(
          separator: ";"
        ),
        told.victims.map { $0.names.e164 ?? "" }.joined(separator: ";"),
        "\(told.count.templates)",
      ]
    }
    return Self.csv([head] + rows)
  }
}

extension HistoryIncident {
  func write(to writer: inout JSONWriter, _ clock: inout ReportClock) {
    writer.object { writer in
      writer.member("id", incident.id)
      writer.member("start", clock.timestamp(incident.start))
      writer.member("end", incident.end.map { clock.timestamp($0) })
      writer.member("announced", incident.announced.map { clock.timestamp($0) })
      writer.member("worst", incident.worst.word)
      writer.member("reason", incident.reason)
      writer.member("name", name)
      writer.member("words", words(withCode: true))
      writer.list("numbers", of: victims) { writer, told in
        writer.object { writer in
          writer.member("account", told.number.account)
          writer.member("target", told.number.target)
          writer.member("id", told.id)
          writer.member("number", told.names.text)
          writer.member("e164", told.names.e164)
          writer.member("name", told.names.detail)
          writer.member("joined", clock.timestamp(told.victim.joined))
          writer.member("left", told.victim.left.map { clock.timestamp($0) })
        }
      }
      writer.list("templates", of: templates) { writer, told in
        writer.object { writer in
          writer.member("waba", told.waba)
          writer.member("id", told.id)
          writer.member("name", told.names.text)
          writer.member("language", told.names.detail)
          writer.member("joined", clock.timestamp(told.victim.joined))
          writer.member("left", told.victim.left.map { clock.timestamp($0) })
        }
      }
    }
  }
}
