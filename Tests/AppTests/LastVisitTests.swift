import Foundation
import TestSupport
import Testing

@testable import App

/// When a user was last here.
@Suite struct LastVisitTests {
  @Test func `is kept for each user, and only the user can read it`() throws {
    let folder = try TemporaryFolder()
    let visit = LastVisit(in: folder.path, user: 7)
    #expect(visit.date == nil)
    let date = Date(timeIntervalSince1970: 1_795_271_527)
    visit.note(date.addingTimeInterval(-86_400))
    visit.note(date)
    #expect(visit.date == date)
    #expect(LastVisit(in: folder.path, user: 8).date == nil)
    let path = "\(folder.path)/last-visit-7"
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func `a directory that is not there, or a file that makes no sense, is no visit`() throws {
    let folder = try TemporaryFolder()
    LastVisit(in: "\(folder.path)/none", user: 7).note(Date())
    #expect(LastVisit(in: "\(folder.path)/none", user: 7).date == nil)
    _ = try folder.write("yesterday", to: "last-visit-7")
    #expect(LastVisit(in: folder.path, user: 7).date == nil)
  }
}
