import Yams

/// A YAML value with its place, to be read as some type.
///
/// Reading never throws: a value of another type is reported and read as `nil`.
struct Value {
  let node: Node
  let place: Place
  let findings: Findings

  func report(_ problem: Problem) {
    findings.report(problem, at: place)
  }

  /// Whether nothing is written here, or `null` or `~`, which all count as absent.
  var isNull: Bool {
    guard case .scalar(let scalar) = node, scalar.style == .plain else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  /// The text of a scalar that is not null, whatever its style.
  var scalarText: String? {
    guard case .scalar(let scalar) = node, !isNull else { return nil }
    return scalar.string
  }

  /// What stands here, for a sentence.
  var found: String {
    switch node {
    case .scalar(let scalar): isNull ? "nothing" : "the text \(scalar.string.quoted)"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }

  func expected(_ type: ExpectedType) {
    report(.shape(.wrongType(expected: type, found: found)))
  }

  /// Reports a key that a mapping must have.
  func reportMissing(_ key: String, example: String) {
    let path = place.path(to: key)
    at(node, path: path).report(.shape(.missing(key, example: "\(key): \(example)")))
  }

  /// The value at another node under this one's path.
  func at(_ node: Node, path: String) -> Value {
    let line = node.mark?.line ?? place.line
    let column = node.mark?.column ?? place.column
    return Value(
      node: node, place: Place(file: place.file, line: line, column: column, path: path),
      findings: findings)
  }
}

// MARK: - Lists and mappings

extension Value {
  /// One key of a mapping.
  struct Entry {
    let name: String
    let key: Value
    let value: Value
  }

  /// The items of a list.
  func items() -> [Value]? {
    guard case .sequence(let sequence) = node else {
      expected(.list)
      return nil
    }
    return sequence.enumerated().map { index, item in at(item, path: place.path(to: index)) }
  }

  /// The items of a list, or a single value as a list of one.
  func itemsOrOne() -> [Value] {
    guard case .sequence = node else { return [self] }
    return items() ?? []
  }

  /// The keys of a mapping in the file's order, merge keys (`<<`) resolved.
  func entries() -> [Entry]? {
    guard case .mapping(let mapping) = node else {
      expected(.mapping)
      return nil
    }
    var entries: [Entry] = []
    var merged: [Value] = []
    for (keyNode, valueNode) in mapping {
      guard let name = keyNode.scalar?.string else {
        at(keyNode, path: place.path).report(.yaml(.keyNotText))
        continue
      }
      let value = at(valueNode, path: place.path(to: name))
      if name == "<<" {
        merged += at(valueNode, path: place.path).mergeSources()
      } else {
        entries.append(Entry(name: name, key: at(keyNode, path: value.place.path), value: value))
      }
    }
    var names = Set(entries.map(\.name))
    for entry in merged.flatMap({ $0.entries() ?? [] }) where names.insert(entry.name).inserted {
      entries.append(entry)
    }
    return entries
  }

  private func mergeSources() -> [Value] {
    let sources =
      if case .sequence(let sequence) = node {
        sequence.map { at($0, path: place.path) }
      } else {
        [self]
      }
    return sources.filter { source in
      if case .mapping = source.node { return true }
      source.report(.yaml(.mergeWithoutMapping))
      return false
    }
  }
}
