import Yams

/// The documents of one YAML text.
enum YAMLStream {
  /// More values than any real file has; aliases of aliases of aliases reach it fast.
  static let valueLimit = 200_000

  /// Reads all documents up to the first that is no YAML, which is reported.
  static func documents(in text: String, file: String, findings: Findings) -> [Value] {
    let body = text.withoutByteOrderMark
    var roots: [Value] = []
    do {
      // The basic resolver gives no scalar a type: values are read from their text.
      var stream = try Yams.compose_all(yaml: body, .basic)
      var aliases = try AliasGuard(body)
      while true {
        if let alias = try aliases?.aliasInNextDocument() {
          let place = Place(
            file: file, line: alias.mark?.line ?? 1, column: alias.mark?.column ?? 1)
          findings.report(.yaml(.aliasInKey), at: place)
          return roots
        }
        guard let node = stream.next() else { break }
        let root = Value(node: node, place: Place(file: file), findings: findings)
          .at(node, path: "")
        guard isWithinLimit(node) else {
          root.report(.yaml(.tooManyValues(limit: valueLimit)))
          continue
        }
        if !root.isNull { roots.append(root) }
      }
      if let error = stream.error { throw error }
    } catch {
      let failure = YAMLFailure(error, in: body)
      let place = Place(file: file, line: failure.line, column: failure.column)
      findings.report(failure.problem, at: place)
    }
    return roots
  }

  private static func isWithinLimit(_ node: Node) -> Bool {
    var left = valueLimit
    return spend(&left, on: node)
  }

  private static func spend(_ left: inout Int, on node: Node) -> Bool {
    left -= 1
    guard left >= 0 else { return false }
    switch node {
    case .scalar, .alias:
      return true
    case .sequence(let items):
      return items.allSatisfy { spend(&left, on: $0) }
    case .mapping(let pairs):
      return pairs.allSatisfy { spend(&left, on: $0.key) && spend(&left, on: $0.value) }
    }
  }
}

extension String {
  fileprivate var withoutByteOrderMark: String {
    unicodeScalars.first == "\u{FEFF}" ? String(unicodeScalars.dropFirst()) : self
  }
}
