package import Monitor

package import struct FoundationEssentials.Date

/// What somebody wrote about a subject.
package struct Comment: Hashable, Sendable, Identifiable {
  package let id: String
  package let subject: Subject
  package let author: String
  package let text: String
  package let date: Date

  package init(id: String, subject: Subject, author: String, text: String, date: Date) {
    self.id = id
    self.subject = subject
    self.author = author
    self.text = text
    self.date = date.roundedToMilliseconds
  }
}
