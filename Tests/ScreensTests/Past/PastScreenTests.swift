import Canvas
import Foundation
import Health
import TestSupport
import Testing

@testable import Screens

/// The screens of the past that a person reviews.
@Suite struct PastScreenTests {
  struct Recording: Sendable, CustomTestStringConvertible {
    let name: String
    let width: Int
    let height: Int
    var commands: [Command] = []
    var marks = Marks.unicode
    var hasGap = false

    var testDescription: String { name }
  }

  static let recordings = [
    Recording(name: "past-list-80x24", width: 80, height: 24),
    Recording(name: "past-list-160x50", width: 160, height: 50),
    Recording(name: "past-list-ascii-80x24", width: 80, height: 24, marks: .ascii),
    Recording(name: "past-gap-80x24", width: 80, height: 24, hasGap: true),
    Recording(name: "past-tiles-80x24", width: 80, height: 24, commands: [.show(.tiles)]),
    Recording(name: "past-tiles-160x50", width: 160, height: 50, commands: [.show(.tiles)]),
    Recording(name: "past-tree-80x24", width: 80, height: 24, commands: [.open, .move(.down)]),
    Recording(name: "past-causes-80x24", width: 80, height: 24, commands: [.show(.causes)]),
  ]

  @Test(arguments: recordings) func `is as recorded`(_ recording: Recording) async throws {
    let start = Moment.sample(ago: .seconds(1100)).date
    let gap = start..<start.addingTimeInterval(200)
    let incident = try await RememberedIncident(gap: recording.hasGap ? gap : nil)
    var stage = try await incident.after(.travel(.to(Moment.sample(ago: .seconds(1000)).date)))
    for command in recording.commands { stage = stage.after(command) }
    let canvas = stage.draw(recording.width, recording.height, recording.marks)
    expectScreen(canvas, recording.name, callerPath: #filePath.replacing("/Past/", with: "/"))
  }
}
