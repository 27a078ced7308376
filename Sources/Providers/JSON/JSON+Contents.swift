import Health

// The contents of an object or a list.
extension JSON {
  /// One member of an object.
  package struct Member: Sendable {
    fileprivate let nameNode: JSON
    package let value: JSON

    /// The bytes of name and value, and all between them.
    var source: ArraySlice<UInt8> {
      nameNode.document.bytes[nameNode.source.startIndex..<value.source.endIndex]
    }

    package var name: String { nameNode.document.text(of: nameNode.node) }

    package func isNamed(_ name: String) -> Bool {
      nameNode.document.node(nameNode.node, says: name)
    }

    /// Visits the bytes of name and value if both are plain text and the value is not blank.
    fileprivate func withPlainBytes<Result>(
      _ body: (_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result? {
      guard nameNode.isPlain, value.isScalar, value.isPlain else { return nil }
      return nameNode.document.withBytes(of: nameNode.node) { name in
        value.document.withBytes(of: value.node) { value in
          guard let first = value.first, (0x21..<0x7F).contains(first) else { return nil }
          return body(name, value)
        }
      }
    }

    fileprivate func isNamedLike(_ other: Member) -> Bool {
      nameNode.isPlain && other.nameNode.isPlain
        ? nameNode.content.elementsEqual(other.nameNode.content) : name == other.name
    }
  }

  /// The value of a key; nil for an absent key, for JSON `null`, and in anything but an object.
  ///
  /// If a key is there twice, the last one counts.
  package subscript(_ key: String) -> JSON? {
    guard kind == .object else { return nil }
    let end = Int(document.nodes[node].next)
    var found: Int?
    var name = node + 1
    while name < end {
      if document.node(name, says: key) { found = name + 1 }
      name = Int(document.nodes[name + 1].next)
    }
    guard let found, document.nodes[found].kind != .null else { return nil }
    return JSON(document, found)
  }

  /// The value under the first of several spellings of a key.
  package subscript(anyOf keys: [String]) -> JSON? {
    for key in keys {
      if let value = self[key] { return value }
    }
    return nil
  }

  /// An object's members, each name once (the last one sent wins); empty for anything else.
  package var members: [Member] {
    var members: [Member] = []
    // Enough for nearly all objects.
    members.reserveCapacity(min(8, Int(document.nodes[node].next) - node))
    forEachMember { members.append($0) }
    return Self.hasDuplicates(members) ? Self.withoutDuplicates(members) : members
  }

  /// An object's members as sent, duplicates included.
  private func forEachMember(_ body: (Member) -> Void) {
    guard kind == .object else { return }
    let end = Int(document.nodes[node].next)
    var name = node + 1
    while name < end {
      body(Member(nameNode: JSON(document, name), value: JSON(document, name + 1)))
      name = Int(document.nodes[name + 1].next)
    }
  }

  /// Whether an object has a name with a prefix that is not among the known ones.
  func hasMember(withPrefix prefix: String, otherThan known: [String]) -> Bool {
    guard kind == .object else { return false }
    let end = Int(document.nodes[node].next)
    var name = node + 1
    while name < end {
      let isMeant = document.withBytes(of: name) { $0.starts(with: prefix.utf8) }
      if isMeant || !document.nodes[name].isPlain {
        let text = document.text(of: name)
        if text.hasPrefix(prefix), !known.contains(text) { return true }
      }
      name = Int(document.nodes[name + 1].next)
    }
    return false
  }

  private static func withoutDuplicates(_ members: [Member]) -> [Member] {
    var positions: [String: Int] = [:]
    var kept: [Member] = []
    for member in members {
      if let position = positions[member.name] {
        kept[position] = member
      } else {
        positions[member.name] = kept.count
        kept.append(member)
      }
    }
    return kept
  }

  /// Objects are small, and comparing a few names is faster than hashing them.
  private static func hasDuplicates(_ members: [Member]) -> Bool {
    guard members.count <= 32 else { return true }
    for (index, member) in members.enumerated() {
      if members[..<index].contains(where: { $0.isNamedLike(member) }) { return true }
    }
    return false
  }

  /// The value as a list, in whatever form it was sent.
  ///
  /// These are an array's elements, nothing for `null`, and one element for anything else. An array
  /// or object that was sent as a string is parsed first.
  package var list: [JSON] {
    switch kind {
    case .null: []
    case .array: elements
    case .string:
      if let value = embedded { value.isArray ? value.elements : [value] } else { [self] }
    case .true, .false, .number, .object: [self]
    }
  }

  var elements: [JSON] {
    var elements: [JSON] = []
    elements.reserveCapacity(min(4, Int(document.nodes[node].next) - node))
    let end = Int(document.nodes[node].next)
    var element = node + 1
    while element < end {
      elements.append(JSON(document, element))
      element = Int(document.nodes[element].next)
    }
    return elements
  }

  /// The array or object that a string contains as text.
  package var embedded: JSON? {
    guard kind == .string else { return nil }
    let text = document.text(of: node)
    guard let first = text.first(where: { !$0.isWhitespace }), first == "[" || first == "{" else {
      return nil
    }
    return try? Self.parse(Array(text.utf8))
  }
}

extension PackedFacts {
  /// The members of an object as facts of one line each; empty for anything else.
  init(membersOf json: JSON) {
    self.init()
    let members = json.members
    guard !members.isEmpty else { return }
    reserve(members.count, bytes: json.source.count)
    for member in members {
      let name = member.name
      let isAppended =
        Secrets.isSecret(name: name)
        ? nil
        : member.withPlainBytes { name, value in
          // An address may contain a token.
          guard !value.contains(UInt8(ascii: "=")) else { return false }
          append(name: name, value: value)
          return true
        }
      if isAppended != true, let summary = member.value.summary {
        append(Fact(name, Secrets.shown(summary, of: name)))
      }
    }
  }
}
