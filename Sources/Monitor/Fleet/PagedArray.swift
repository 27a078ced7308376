/// An array whose copies share all pages that stay the same.
///
/// A snapshot of a hundred thousand numbers costs a reference to each page, and a change after it
/// copies one page. Elements are large, so they are read in place.
package struct PagedArray<Element: Sendable>: Sendable {
  @usableFromInline var pages: [Page] = []
  @usableFromInline var length = 0

  @inlinable package init() {}

  @usableFromInline
  static var pageSize: Int { @inlinable get { 16 } }

  /// The memory of one page.
  ///
  /// Unchecked, because it is written only through a unique reference: shared pages never change.
  @usableFromInline
  final class Page: @unchecked Sendable {
    @usableFromInline let elements: UnsafeMutablePointer<Element>
    @usableFromInline var count: Int

    @inlinable
    init(copying other: Page? = nil) {
      elements = .allocate(capacity: PagedArray.pageSize)
      count = other?.count ?? 0
      if let other { elements.initialize(from: other.elements, count: other.count) }
    }

    @inlinable
    deinit {
      elements.deinitialize(count: count)
      elements.deallocate()
    }
  }

  @inlinable
  mutating func makeUnique(_ page: Int) {
    if !isKnownUniquelyReferenced(&pages[page]) { pages[page] = Page(copying: pages[page]) }
  }
}

extension PagedArray {
  @inlinable
  package mutating func append(_ element: Element) {
    if length % Self.pageSize == 0 { pages.append(Page()) }
    makeUnique(pages.count - 1)
    let page = pages[pages.count - 1]
    (page.elements + page.count).initialize(to: element)
    page.count += 1
    length += 1
  }

  @inlinable
  package mutating func removeLast() {
    makeUnique(pages.count - 1)
    let page = pages[pages.count - 1]
    page.count -= 1
    (page.elements + page.count).deinitialize(count: 1)
    if page.count == 0 { pages.removeLast() }
    length -= 1
  }

  /// Reads an element in place.
  @inlinable
  package func withElement<Result>(
    at index: Int,
    _ body: (UnsafePointer<Element>) -> Result
  ) -> Result {
    precondition(index >= 0 && index < length)
    let page = pages[index / Self.pageSize]
    // withExtendedLifetime isn't specialized here: it looks up its types' metadata for each element.
    defer { extendLifetime(page) }
    return body(UnsafePointer(page.elements + index % Self.pageSize))
  }
}

extension PagedArray<NumberRecord> {
  /// The same for records: the general one is not specialized for callers in other modules, where it
  /// looks up the metadata of its page for each element.
  package func withElement<Result>(
    at index: Int,
    _ body: (UnsafePointer<NumberRecord>) -> Result
  ) -> Result {
    precondition(index >= 0 && index < length)
    let page = pages[index / Self.pageSize]
    defer { extendLifetime(page) }
    return body(UnsafePointer(page.elements + index % Self.pageSize))
  }
}

extension PagedArray: RandomAccessCollection, MutableCollection {
  /// The collection's own would count by the distance of its indices, in general code.
  @inlinable package var count: Int { length }

  @inlinable package var startIndex: Int { 0 }
  @inlinable package var endIndex: Int { length }

  @inlinable
  package subscript(index: Int) -> Element {
    _read {
      precondition(index >= 0 && index < length)
      let page = pages[index / Self.pageSize]
      defer { extendLifetime(page) }
      yield page.elements[index % Self.pageSize]
    }
    _modify {
      precondition(index >= 0 && index < length)
      makeUnique(index / Self.pageSize)
      let page = pages[index / Self.pageSize]
      defer { extendLifetime(page) }
      yield &page.elements[index % Self.pageSize]
    }
  }
}
