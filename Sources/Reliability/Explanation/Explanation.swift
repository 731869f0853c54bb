/// Why the figures of a service level are what they are: from the answers of its source to the last
/// figure, in steps that a reader can repeat by hand.
///
/// Every number has a name that no other has, `bad(1h)` for instance, and every formula uses only
/// names that stand above it. Names are those of `burnwatch status --format json`.
package struct Explanation: Hashable, Sendable {
  /// The id of the SLO.
  package let id: SLO.ID
  /// The instant that ages are counted to.
  package let at: Timestamp
  /// What was found, in the order of the reckoning.
  package let sections: [Section]

  /// Explains a state as of an instant.
  package init(_ state: ServiceLevelState, at instant: Timestamp) {
    let explainer = Explainer(state: state, now: instant)
    id = state.id
    at = instant
    sections =
      [explainer.trust, explainer.objective] + explainer.windows
      + [explainer.budgetSection, explainer.forecasts] + explainer.conditions
      + [explainer.zone, explainer.coverage]
  }

  /// Steps that belong together.
  package struct Section: Hashable, Sendable {
    /// What the steps are about: `Window 1h`.
    package let title: String
    /// The steps, each resting on those before it.
    package let steps: [Step]
  }

  /// One fact or one figure, with how it came about.
  package struct Step: Hashable, Sendable {
    /// What it is, such as `burnRate(1h)`.
    package let name: String
    /// What was found.
    package let value: Value
    /// How the value follows from values above; `nil` for what is given.
    package let formula: Formula?
    /// What to know beside it, a clause without its stop.
    package let note: String?

    init(_ name: String, _ value: Value, by formula: Formula? = nil, note: String? = nil) {
      self.name = name
      self.value = value
      self.formula = formula
      self.note = note
    }
  }

  /// What a step found.
  package enum Value: Hashable, Sendable {
    /// A measured or reckoned number.
    case number(Double, Unit? = nil)
    /// An exact number.
    case exact(Fraction)
    /// Whether a comparison holds.
    case verdict(Bool)
    /// How figures are to be believed, and why.
    case status(ServiceLevelStatus, reason: String?)
    /// Words, or a text from outside as it was received.
    case text(String)
  }

  /// What a number counts, where it is a time.
  package enum Unit: String, Hashable, Sendable {
    /// The raw values are the signs of the units.
    case seconds = "s"
    case minutes = "min"
    case hours = "h"
  }
}

extension Explanation.Value: CustomStringConvertible {
  /// The value in full precision with its unit; `yes` or `no` for a comparison.
  package var description: String {
    switch self {
    case .number(let number, let unit):
      Formula.text(of: number) + (unit.map { " \($0.rawValue)" } ?? "")
    case .exact(let fraction): fraction.description
    case .verdict(let holds): holds ? "yes" : "no"
    case .status(let status, let reason): status.words + (reason.map { ": \($0)" } ?? "")
    case .text(let text): text
    }
  }
}

extension ServiceLevelStatus {
  fileprivate var words: String {
    switch self {
    case .noData: "no data"
    case .ok, .waiting, .stale, .partial, .invalid, .failed: rawValue
    }
  }
}
