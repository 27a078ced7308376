import Health

extension Fleet {
  /// The name of an entity, if known; for an account, its provider.
  package func name(of id: CauseID) -> String? {
    switch id {
    case .entity(let reference):
      if let name = facts(of: reference)?.name { return name }
      let worst = numbers(sharing: reference, first: 1).first.map { records[$0] }
      if reference.type == .phoneNumber { return worst.flatMap { $0.number.label ?? $0.name } }
      return worst?.report?.entities.first { $0.reference == reference }?.name
    case .account(let name, _): return condition(of: name)?.account.provider
    case .signal, .provider, .offline, .templates: return nil
    }
  }
}
