import Reliability

/// A place in a file that nobody looks at.
let runbookOrigin = Runbook.Origin(file: "/etc/burnwatch/runbooks/shop.yaml", line: 3)

extension RunbookStep {
  /// A command step.
  static func command(
    _ text: String, name: String = "act", shell: String? = nil, gap: String? = nil,
    _ options: Options = Options()
  ) throws -> RunbookStep {
    RunbookStep(
      .command(Command(try TemplateText(parsing: text), shell: shell, gap: gap)), name: name,
      options: options, origin: runbookOrigin)
  }

  /// A step that somebody does.
  static func manual(_ name: String = "look", required: Bool? = nil) -> RunbookStep {
    RunbookStep(
      .manual, name: name, options: Options(isRequired: required), origin: runbookOrigin)
  }
}

extension Runbook {
  /// A runbook of steps.
  static func sample(
    _ steps: [RunbookStep], id: String = "shop", service: String? = "checkout",
    metrics: [String: String] = [:]
  ) -> Runbook {
    Runbook(
      id: id, title: "Shop", service: service, steps: steps, metrics: metrics,
      origin: runbookOrigin)
  }
}

extension RunSubject {
  /// The subject of an alert with labels and annotations.
  static func alert(
    _ labels: [String: String] = [:], annotations: [String: String] = [:],
    service: String? = "checkout"
  ) -> RunSubject {
    RunSubject(
      Alert(
        Alert.Facts(
          id: Alert.ID(cluster: "am", fingerprint: "f1"),
          labels: LabelSet(labels.merging(["alertname": "Burn"]) { own, _ in own }),
          annotations: LabelSet(annotations), severity: .page, service: service,
          startsAt: .epoch)))
  }
}
