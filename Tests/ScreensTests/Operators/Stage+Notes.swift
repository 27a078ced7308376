import Foundation
import Health
import Monitor
import TestSupport

@testable import Screens

extension Stage {
  /// The incident with what operators said: a cause and a number are acknowledged, two are muted.
  static var noted: Stage {
    var stage = Stage.incident
    stage.state.letSay(
      OperatorNotes(
        acknowledgements: [
          Acknowledgement(
            id: "1",
            subject: .cause("entity/BUSINESS/778899001122"),
            author: "ops",
            comment: "ticket 8841",
            date: stage.now.date - 2000,
            state: .limited
          ),
          Acknowledgement(
            id: "2",
            subject: .number(stage.state.id(named: "Acme 3")),
            author: "ann",
            date: stage.now.date - 60,
            until: stage.now.date + 7000,
            state: .blocked
          ),
        ],
        mutes: [
          Mute(
            id: "3",
            filter: "name:hooli",
            author: "bob",
            comment: "campaign is over",
            date: stage.now.date - 80_000,
            until: stage.now.date + 3 * 86_400 - 3700
          )
        ]
      )
    )
    return stage
  }

  /// The incident in which that is said now, so that it is an event.
  static var notedNow: Stage {
    var stage = Stage.incident
    let date = stage.now.date
    let cause = Acknowledgement(
      id: "1",
      subject: .cause("entity/BUSINESS/778899001122"),
      author: "ops",
      comment: "ticket 8841",
      date: date,
      state: .limited
    )
    let number = Acknowledgement(
      id: "2",
      subject: .number(stage.state.id(named: "Acme 3")),
      author: "ann",
      date: date,
      state: .blocked
    )
    let mute = Mute(id: "3", filter: "name:hooli", author: "bob", date: date, until: date + 7200)
    stage.state.letSay(OperatorNotes(acknowledgements: [cause, number], mutes: [mute]))
    stage.state.letSay(OperatorNotes(acknowledgements: [cause]))
    return stage
  }
}

extension ScreenState {
  func id(named name: String) -> PhoneNumber.ID {
    fleet.records.first { $0.name == name }?.id ?? PhoneNumber.ID(account: name, target: nil)
  }

  /// Moves the cursor of the list to a number.
  mutating func choose(_ name: String) {
    let row = (0..<list.rows.count).first { record(at: $0).name == name }
    list.select(row: row ?? 0, in: fleet)
  }
}
