/// A value that lies on the heap once, however many hold it.
///
/// Readings and entities are large, and a fleet keeps thousands of them: behind this a copy is a
/// reference, and two that share it are equal without a look at what they hold.
package final class Shared<Value: Hashable & Sendable>: Hashable, Sendable {
  package let value: Value

  package init(_ value: Value) { self.value = value }

  package static func == (left: Shared, right: Shared) -> Bool {
    left === right || left.value == right.value
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
