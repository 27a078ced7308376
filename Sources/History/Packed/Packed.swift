package import Health

/// How an answer is written down: a version, what it is, and the value.
///
/// Bytes of another version are as good as none: the number is asked again anyway.
package enum Packed {
  static let version = 1

  private enum Kind: Int {
    case report = 1
    case failure
    case entity
    case templates
  }

  package static func bytes(of result: Result<HealthReport, ProviderError>) -> [UInt8] {
    switch result {
    case .success(let report): bytes(.report) { $0.pack(report) }
    case .failure(let error): bytes(.failure) { $0.pack(error) }
    }
  }

  package static func bytes(of facts: EntityFacts) -> [UInt8] { bytes(.entity) { $0.pack(facts) } }

  package static func bytes(of list: TemplateList) -> [UInt8] {
    bytes(.templates) { $0.pack(list) }
  }

  private static func bytes(_ kind: Kind, _ pack: (inout Packer) -> Void) -> [UInt8] {
    var packer = Packer()
    packer.pack(version)
    packer.pack(kind.rawValue)
    pack(&packer)
    return packer.bytes
  }

  /// Reads an answer; parts that are equal to some that were read before share these.
  package static func result(
    from bytes: some Collection<UInt8>,
    sharing pool: PackedPool
  ) throws(PackedError) -> Result<HealthReport, ProviderError> {
    var unpacker = Unpacker(bytes)
    switch try kind(&unpacker) {
    case .report: return .success(try unpacker.report(sharing: pool))
    case .failure: return .failure(try unpacker.failure())
    case .entity, .templates: throw PackedError()
    }
  }

  package static func entity(
    from bytes: some Collection<UInt8>
  ) throws(PackedError) -> EntityFacts {
    var unpacker = Unpacker(bytes)
    guard try kind(&unpacker) == .entity else { throw PackedError() }
    return try unpacker.entityFacts()
  }

  package static func templates(
    from bytes: some Collection<UInt8>
  ) throws(PackedError) -> TemplateList {
    var unpacker = Unpacker(bytes)
    guard try kind(&unpacker) == .templates else { throw PackedError() }
    return try unpacker.templateList()
  }

  private static func kind(_ unpacker: inout Unpacker) throws(PackedError) -> Kind {
    guard try unpacker.number() == version, let kind = Kind(rawValue: try unpacker.number()) else {
      throw PackedError()
    }
    return kind
  }
}

/// Entities that were read from bytes, by these bytes: thousands of numbers share a WABA.
package final class PackedPool {
  var entities: [ArraySlice<UInt8>: HealthEntity] = [:]

  package init() {}

  package var count: Int { entities.count }
}
