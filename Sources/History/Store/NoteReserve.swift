/// Port: room for notes that was taken while there was some, so that they need none on a full disk.
///
/// What a process noted is there for others once it is gone, however it ended.
package protocol NoteReserve: Sendable {
  /// Notes a line without line breaks; false where no room is left for it.
  func add(_ line: String) -> Bool

  /// Forgets all lines: what they say is written elsewhere by now.
  func clear()

  /// The lines of processes that are gone, each handed out once; they stay noted until all is cleared.
  func takeLeft() -> [String]
}
