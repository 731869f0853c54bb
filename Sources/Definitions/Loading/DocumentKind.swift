import Yams

/// What a document is, recognized by its content and never by the name of its file.
enum DocumentKind {
  case config, slo, theme, rotation
  case runbook(RunbookForm)
  /// Another known format, with its name in a sentence.
  case unsupported(String)

  /// The own kinds, as written after `kind:`.
  private static let own: [String: DocumentKind] = [
    "Config": .config, "Rotation": .rotation, "SLO": .slo, "Theme": .theme,
  ]

  /// Own kinds that are known but not read yet.
  private static let later = [
    "ErrorBudgetPolicy": "An error budget policy",
    "Policy": "An error budget policy", "Runbook": "A runbook",
    "IncidentSettings": "The format of incident settings",
  ]

  /// All kinds that can stand after `kind:`.
  static let names = own.keys.sorted() + later.keys.sorted()

  /// Recognizes a document by the keys at its top level.
  ///
  /// - Returns: `nil` when it is nothing that is known.
  static func of(_ top: [String: Value]) -> DocumentKind? {
    func text(_ key: String) -> String { top[key]?.scalarText ?? "" }
    let version = text("apiVersion")
    if version == "burnwatch/v1" {
      return own[text("kind")] ?? later[text("kind")].map(unsupported)
    }
    if version == "runbook/v1" { return .runbook(.incident) }
    if let foreign = foreignName(version: version, sloth: text("version")) {
      return .unsupported(foreign)
    }
    return version.isEmpty ? own[text("kind")] ?? ofBareKeys(top) : nil
  }

  private static func ofBareKeys(_ top: [String: Value]) -> DocumentKind? {
    if top["sources"] != nil || top["include"] != nil { return .config }
    if top["slos"]?.firstItem["objective"] != nil { return .config }
    if top["sli"] != nil, top["objective"] != nil { return .slo }
    if top["rotations"] != nil || RotationReader.shortKeys.contains(where: { top[$0] != nil }) {
      return .rotation
    }
    let shape = shapes.first { shape in shape.keys.contains { top[$0] != nil } }
    return shape.map { .unsupported($0.name) } ?? runbookForm(top).map(DocumentKind.runbook)
  }

  private static func runbookForm(_ top: [String: Value]) -> RunbookForm? {
    if ["triage", "diagnosis", "symptoms"].contains(where: { top[$0] != nil }) { return .template }
    return top["steps"] != nil || top["escalation_path"] != nil ? .list : nil
  }

  private static func foreignName(version: String, sloth: String) -> String? {
    if sloth == "prometheus/v1" || version.hasPrefix("sloth.slok.dev/") { return "Sloth's format" }
    if version.hasPrefix("openslo") { return "OpenSLO" }
    if version.hasPrefix("pyrra.dev/") { return "Pyrra's format" }
    if version.hasPrefix("sre.google.com/") { return "The format of slo-generator" }
    switch version {
    case "slo/v1": return "The format slo/v1"
    case "policy/v1": return "The format policy/v1"
    default: return nil
    }
  }

  /// Formats without a header, by a key that only they have at the top (formats.md 4 to 9).
  private static let shapes: [(keys: [String], name: String)] = [
    (["services", "slos"], "The list of services with SLOs"),
    (["objectives", "measurement"], "The SLO document"),
    (
      ["zones", "error_budget_policy", "budget_policy", "budget_remaining", "consumption_50"],
      "An error budget policy"
    ),
    (
      ["severity_levels", "incident_severity", "saturation_thresholds"],
      "The format of incident settings"
    ),
  ]
}

extension Value {
  /// The keys of a mapping without merged ones; nothing is reported.
  var topLevel: [String: Value] {
    guard case .mapping(let mapping) = node else { return [:] }
    let pairs = mapping.compactMap { key, value in
      key.scalar.map { ($0.string, at(value, path: place.path(to: $0.string))) }
    }
    return Dictionary(pairs) { first, _ in first }
  }

  /// The keys of a list's first item; nothing is reported.
  var firstItem: [String: Value] {
    guard case .sequence(let sequence) = node, let first = sequence.first else { return [:] }
    return at(first, path: place.path(to: 0)).topLevel
  }
}
