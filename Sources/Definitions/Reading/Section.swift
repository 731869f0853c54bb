/// The keys of one kind of mapping, as written in files.
protocol SectionKey: RawRepresentable<String>, CaseIterable, Hashable {}

/// A mapping whose keys are known: the reader of a definition asks it for values by key.
///
/// Keys that begin with `x-` are the operator's own, such as holders of anchors.
///
/// The type asks nothing of its keys, and holds values by the keys' names: otherwise each kind of
/// section would cost the start of the program a search through all conformances of the binary.
struct Section<Key> {
  let value: Value
  private let entries: [String: Value]
}

extension Section where Key: SectionKey {
  /// Opens a mapping and warns about its unknown keys.
  ///
  /// - Returns: `nil` when the value is no mapping, which is reported.
  init?(_ value: Value) {
    guard let written = value.entries() else { return nil }
    var entries: [String: Value] = [:]
    for entry in written {
      if Key(rawValue: entry.name) != nil {
        entries[entry.name] = entry.value
      } else if !entry.name.hasPrefix("x-") {
        let known = Key.allCases.map(\.rawValue)
        let nearest = NearestMatch.of(entry.name, among: known)
        entry.key.report(.shape(.unknownKey(entry.name, nearest: nearest, known: known)))
      }
    }
    self.init(value: value, entries: entries)
  }

  /// The value of a key, unless it is absent or null.
  subscript(_ key: Key) -> Value? {
    entries[key.rawValue].flatMap { $0.isNull ? nil : $0 }
  }

  /// The value of a key that must be there; `example` is what to write after the colon when it is not.
  func required(_ key: Key, example: String) -> Value? {
    if let value = self[key] { return value }
    value.reportMissing(key.rawValue, example: example)
    return nil
  }

  /// The key that stands there where exactly one of several must, with its value.
  func exactlyOne(of keys: [Key]) -> (key: Key, value: Value)? {
    let present = keys.filter { entries[$0.rawValue] != nil }
    guard let key = present.first, let value = entries[key.rawValue] else {
      value.report(.shape(.missingOneOf(keys.map(\.rawValue))))
      return nil
    }
    guard present.count == 1 else {
      self.value.report(.shape(.severalOf(present.map(\.rawValue))))
      return nil
    }
    return (key, value)
  }
}
