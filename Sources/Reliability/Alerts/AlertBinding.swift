/// Finds the SLO that an alert is a rule of, by the labels that rule generators write.
///
/// Sloth writes `sloth_id`, Pyrra `slo` beside the labels of its indicator, burnwatch `burnwatch_id`.
package struct AlertBinding: Hashable, Sendable {
  private let byID: Set<SLO.ID>
  private let bySlothID: [String: SLO.ID]
  private let byPyrraName: [String: [SLO]]

  /// Makes a binding to some SLOs.
  package init(_ slos: [SLO]) {
    byID = Set(slos.map(\.id))
    let named = Dictionary(grouping: slos) { $0.route.slothID ?? "\($0.service)-\($0.name)" }
    bySlothID = named.compactMapValues { $0.count == 1 ? $0.first?.id : nil }
    byPyrraName = Dictionary(grouping: slos) { $0.route.pyrraName ?? $0.name }
  }

  /// The SLO behind an alert or a rule with these labels; `nil` unless it is exactly one.
  package func slo(of labels: LabelSet) -> SLO.ID? {
    let own = labels["burnwatch_id"]
    if !own.isEmpty { return byID.contains(own) ? own : nil }
    let sloth = labels["sloth_id"]
    if !sloth.isEmpty { return bySlothID[sloth] }
    let pyrra = labels["slo"]
    guard !pyrra.isEmpty, let candidates = byPyrraName[pyrra] else { return nil }
    let service = labels["service"]
    let fitting = candidates.filter { service.isEmpty || $0.service == service }
    return fitting.count == 1 ? fitting.first?.id : nil
  }
}
