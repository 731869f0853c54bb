/// How an SLO as a whole is to be believed.
package enum ServiceLevelStatus: String, CaseIterable, Hashable, Sendable {
  /// From figures to be believed to none at all.
  /// || `stale` is older than its window's limit, `partial` came with a warning, `invalid` is no
  /// possible ratio, `failed` was refused or never answered.
  case ok, waiting, stale, partial, noData, invalid, failed
}

/// One window of an SLO: what is known of its events and how it may be believed.
package struct WindowState: Hashable, Sendable {
  /// The window's name in output: `5m`, `30d`, `month`.
  package let name: String
  /// How the figures are to be believed.
  package let status: ServiceLevelStatus
  /// Why the status is not `ok`, or what to know beside a figure that is.
  package let reason: String?
  /// The events, or `nil` while unknown.
  ///
  /// Kept beside a `stale` or `failed` status as the last known.
  package let share: EventShare?
  /// The burn rate, 1 spending exactly the budget; in a calendar period its pace.
  package let burnRate: Double?
  /// When the source evaluated it.
  package let observedAt: Timestamp?
  /// The last instant at which the figures are not stale yet.
  package let freshUntil: Timestamp?
  /// What the source said, as it came; the figures follow from it.
  package let answer: Reading.Answer?
  /// How the source came to the figures; `nil` while unknown.
  package let provenance: Provenance?

  /// Makes the state of one window.
  package init(
    name: String, status: ServiceLevelStatus, reason: String? = nil, share: EventShare? = nil,
    burnRate: Double? = nil, observedAt: Timestamp? = nil, freshUntil: Timestamp? = nil,
    answer: Reading.Answer? = nil, provenance: Provenance? = nil
  ) {
    self.name = name
    self.status = status
    self.reason = reason
    self.share = share
    self.burnRate = burnRate
    self.observedAt = observedAt
    self.freshUntil = freshUntil
    self.answer = answer
    self.provenance = provenance
  }
}

/// Everything known of one SLO at one instant.
///
/// The fields lie in one shared block: lists of states are copied, filtered and compared with every
/// snapshot, and a copy of each field would cost the thread that draws milliseconds.
package struct ServiceLevelState: Identifiable, Sendable {
  /// The definition.
  package var slo: SLO { block.fields.slo }
  /// The worst status of the windows that the shown figures rest on.
  package var status: ServiceLevelStatus { block.fields.status }
  /// Why the status is not `ok`, or what to know beside figures that are; a sentence without its stop.
  package var reason: String? { block.fields.reason }
  /// The evaluation time of the 5 m window.
  package var observedAt: Timestamp? { block.fields.observedAt }
  /// Seconds of data behind the SLO window.
  package var coverage: Double? { block.fields.coverage }
  /// When the coverage was counted; it is counted less often than events are.
  package var coverageObservedAt: Timestamp? { block.fields.coverageObservedAt }
  /// How the source came to the coverage.
  package var coverageProvenance: Provenance? { block.fields.coverageProvenance }
  /// The span of a calendar window's current period.
  package var period: Range<Timestamp>? { block.fields.period }
  /// The burn windows, shortest first.
  package var burnWindows: [BurnWindow] { block.fields.burnWindows }
  /// The whole SLO window, or the period so far.
  package var objectiveWindow: WindowState { block.fields.objectiveWindow }
  /// The error budget, or `nil` while unknown.
  package var budget: Budget? { block.fields.budget }
  /// When the budget runs out at the last hour's burn; `nil` while unknown.
  package var forecast: Forecast? { block.fields.forecast }
  /// When the budget runs out at the last six hours' burn; `nil` while unknown.
  package var trend: Forecast? { block.fields.trend }
  /// The burn-rate conditions with what they found, in the order of the definition.
  package var conditions: [ConditionState] { block.fields.conditions }
  /// The policy's zone of the remaining budget; `nil` while unknown.
  package var zone: Zone? { block.fields.zone }
  /// Whether a condition's long window has too few events for one to mean much.
  package var isLowTraffic: Bool { block.fields.isLowTraffic }
  /// Recent error ratios, oldest first.
  package var history: [HistorySample] { block.fields.history }
  /// The next instant at which something here turns stale by itself.
  package var staleAt: Timestamp? { block.fields.staleAt }
  /// The most urgent active condition's severity.
  package var activeSeverity: Severity? { block.activeSeverity }

  /// The SLO's id.
  package var id: SLO.ID { slo.id }

  private let block: Block

  private final class Block: Sendable {
    let fields: Fields
    let activeSeverity: Severity?

    init(_ fields: Fields) {
      self.fields = fields
      let active = fields.conditions.filter(\.isActive).map(\.condition.severity)
      activeSeverity = Severity.allCases.first(where: active.contains)
    }
  }

  private struct Fields: Hashable, Sendable {
    let slo: SLO
    let status: ServiceLevelStatus
    let reason: String?
    let observedAt: Timestamp?
    let coverage: Double?
    let coverageObservedAt: Timestamp?
    let coverageProvenance: Provenance?
    let period: Range<Timestamp>?
    let burnWindows: [BurnWindow]
    let objectiveWindow: WindowState
    let budget: Budget?
    let forecast: Forecast?
    let trend: Forecast?
    let conditions: [ConditionState]
    let zone: Zone?
    let isLowTraffic: Bool
    let history: [HistorySample]
    let staleAt: Timestamp?
  }

  /// Makes a state; deciding what it says is the evaluator's.
  package init(
    slo: SLO, status: ServiceLevelStatus, reason: String?, observedAt: Timestamp?,
    coverage: Double?, coverageObservedAt: Timestamp? = nil,
    coverageProvenance: Provenance? = nil, period: Range<Timestamp>?, burnWindows: [BurnWindow],
    objectiveWindow: WindowState, budget: Budget?, forecast: Forecast?, trend: Forecast?,
    conditions: [ConditionState], zone: Zone?, isLowTraffic: Bool, history: [HistorySample],
    staleAt: Timestamp?
  ) {
    block = Block(
      Fields(
        slo: slo, status: status, reason: reason, observedAt: observedAt, coverage: coverage,
        coverageObservedAt: coverageObservedAt, coverageProvenance: coverageProvenance,
        period: period, burnWindows: burnWindows, objectiveWindow: objectiveWindow, budget: budget,
        forecast: forecast, trend: trend, conditions: conditions, zone: zone,
        isLowTraffic: isLowTraffic, history: history, staleAt: staleAt))
  }

  /// A burn window beside what is known of it.
  package struct BurnWindow: Hashable, Sendable {
    /// The look-back.
    package let window: Window
    /// What is known of it.
    package let state: WindowState

    /// Makes a burn window.
    package init(window: Window, state: WindowState) {
      self.window = window
      self.state = state
    }
  }

  /// What is known of one burn window.
  package func burn(over window: Window) -> WindowState? {
    if case .rolling(window) = slo.window { return objectiveWindow }
    return burnWindows.first { $0.window == window }?.state
  }

  /// The share of the SLO window that has data, 0...1.
  package var coverageShare: Double? {
    coverage.map { min($0 / expectedCoverage, 1) }
  }

  /// Seconds of data that a fully covered SLO window has.
  var expectedCoverage: Double {
    if case .rolling(let window) = slo.window { return Double(window.seconds) }
    guard let period, let observed = coverageObservedAt ?? objectiveWindow.observedAt
    else { return 1 }
    return max((observed - period.lowerBound).inSeconds, 1)
  }
}

extension ServiceLevelState: Hashable {
  /// Whether everything is equal; two copies of one state are, without a look at the fields.
  package static func == (left: ServiceLevelState, right: ServiceLevelState) -> Bool {
    left.block === right.block || left.block.fields == right.block.fields
  }

  /// Feeds the fields.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(block.fields)
  }
}
