/// A document of a kind that is read, without the key it may be wrapped in.
struct Document {
  enum Kind: Equatable {
    case config, slo, theme, rotation
    case runbook(RunbookForm)
  }

  let kind: Kind
  let value: Value

  /// Recognizes a document and reports one that cannot be read.
  init?(_ root: Value) {
    let top = root.topLevel
    guard !top.isEmpty else {
      Document.reportShapeless(root)
      return nil
    }
    if let kind = DocumentKind.of(top) {
      self.init(kind, root)
    } else if top.count == 1, let inner = top.values.first,
      let kind = DocumentKind.of(inner.topLevel)
    {
      self.init(kind, inner)
    } else {
      Document.reportUnknown(root, top)
      return nil
    }
  }

  private init?(_ kind: DocumentKind, _ value: Value) {
    self.value = value
    switch kind {
    case .config: self.kind = .config
    case .slo: self.kind = .slo
    case .theme: self.kind = .theme
    case .rotation:
      self.kind = .rotation
      // The short forms have no header.
      if value.topLevel["kind"] == nil { return }
    case .runbook(let form):
      // Its own formats have a header of their own, or none.
      self.kind = .runbook(form)
      return
    case .unsupported(let format):
      value.report(.document(.unsupported(format)))
      return nil
    }
    let top = value.topLevel
    if top["apiVersion"] == nil || top["kind"] == nil {
      value.report(.document(.missingHeader(kind: self.kind.name)))
    }
  }

  private static func reportShapeless(_ root: Value) {
    if case .unsupported(let format) = DocumentKind.of(root.firstItem) {
      root.report(.document(.unsupported(format)))
    } else {
      root.report(.document(.notAMapping(found: root.found)))
    }
  }

  private static func reportUnknown(_ root: Value, _ top: [String: Value]) {
    let version = top["apiVersion"]
    if let version, let text = version.scalarText, text.hasPrefix("burnwatch/") {
      guard text == "burnwatch/v1" else {
        version.reportUnknown(text, "apiVersion", among: ["burnwatch/v1"])
        return
      }
      guard let kind = top["kind"], let name = kind.scalarText else {
        root.reportMissing("kind", example: "SLO")
        return
      }
      let nearest = NearestMatch.of(name, among: DocumentKind.names)
      kind.report(.document(.unknownKind(name, nearest: nearest)))
    } else {
      let keys = (root.entries() ?? []).prefix(3).map(\.name)
      root.report(.document(.unknown(keys: keys)))
    }
  }
}

extension Document.Kind {
  fileprivate var name: String {
    switch self {
    case .config: "Config"
    case .slo: "SLO"
    case .theme: "Theme"
    case .rotation: "Rotation"
    case .runbook: "Runbook"
    }
  }
}
