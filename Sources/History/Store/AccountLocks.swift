/// Port: locks of accounts between the processes of one machine, which need no room on a disk.
///
/// They end with their process, however it ends.
package protocol AccountLocks: Sendable {
  /// Takes a lock; false while another process has it.
  ///
  /// Where there can be no locks, each process gets them.
  func take(_ account: String) -> Bool

  func release(_ account: String)
}
