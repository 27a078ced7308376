/// A value that is stored once on the heap and shared by reference.
///
/// Readings and entities are large, and a fleet keeps thousands of them. This makes a copy a
/// reference, and comparing two that share a value costs nothing.
package final class Shared<Value: Hashable & Sendable>: Hashable, Sendable {
  package let value: Value

  package init(_ value: Value) { self.value = value }

  package static func == (left: Shared, right: Shared) -> Bool {
    left === right || left.value == right.value
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
