/// Things with a name that are known by their index inside: a name is hashed once, at the door.
///
/// An index stays the same thing's until that is removed, and is then another's.
struct SlotMap<Element: Sendable>: Sendable {
  private var elements: [Element] = []
  /// What was removed lies there until its place is needed.
  private var isThere: [Bool] = []
  private var free: [Int] = []
  private var places: [String: Int] = [:]

  var isEmpty: Bool { places.isEmpty }

  /// Of the things that there are, in the order of their places.
  var indices: [Int] { elements.indices.filter { isThere[$0] } }

  var values: [Element] { indices.map { elements[$0] } }

  func index(of name: String) -> Int? { places[name] }

  subscript(index: Int) -> Element {
    _read { yield elements[index] }
    _modify { yield &elements[index] }
  }

  mutating func insert(_ element: Element, as name: String) -> Int {
    let index = free.popLast() ?? elements.count
    if index == elements.count {
      elements.append(element)
      isThere.append(true)
    } else {
      elements[index] = element
      isThere[index] = true
    }
    places[name] = index
    return index
  }

  @discardableResult
  mutating func remove(_ index: Int, as name: String) -> Element {
    isThere[index] = false
    free.append(index)
    places[name] = nil
    return elements[index]
  }
}
