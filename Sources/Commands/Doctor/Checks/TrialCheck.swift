import Connectors
import Reliability

/// Looks at what an SLO's expressions gave.
struct TrialCheck {
  /// The share of the SLO window below which its coverage is worth a word, as in the dashboard.
  private static let enoughCoverage = 0.95

  let trial: Trial
  let facts: SourceFacts
  /// How long burnwatch waited.
  let wait: Duration

  var findings: [Finding] {
    let form = isBareRatio ? [finding(FormObservation.bareRatio)] : []
    return [finding(observation)] + warnings + form + (coverage.map { [finding($0)] } ?? [])
  }

  private func finding(_ observation: some Observation) -> Finding {
    Finding(.serviceLevel(trial.slo.id), observation)
  }

  private var observation: TrialObservation {
    guard let readings = facts.readings else {
      if case .success = facts.contact { return .late(wait) }
      return .unasked
    }
    switch readings[trial.events] {
    case .success(let reading): return observation(of: reading.answer)
    case .failure(let failure): return .failed(failure)
    case nil: return .late(wait)
    }
  }

  private func observation(of answer: Reading.Answer) -> TrialObservation {
    switch Measurement(answer, of: trial.slo.sli) {
    case .noData: return hasZeroTotal(answer) ? .quiet : silence
    case .invalid(let reason):
      return isWrongBucket(answer) ? .wrongBucket(reason) : .invalid(reason)
    case .measured(let share):
      if share.total == nil { return .ratio(share) }
      return isAllBad(answer) ? .allBad(share) : .events(share)
    }
  }

  private var silence: TrialObservation {
    let expression = trial.slo.sli.parts(over: TrialObservation.window).last?.expression ?? ""
    guard let seconds = coveredSeconds, seconds > 0 else {
      return .absent(expression: expression, window: trial.slo.window.name)
    }
    return .ceased(expression: expression)
  }

  private func hasZeroTotal(_ answer: Reading.Answer) -> Bool {
    switch answer {
    case .events(_, let total, _), .errorRatio(_, let total): total == 0
    case .coverage, .history: false
    }
  }

  private func isWrongBucket(_ answer: Reading.Answer) -> Bool {
    guard case .events(.none, _, _) = answer else { return false }
    return trial.slo.sli.numeratorKind == .bucket
  }

  private func isAllBad(_ answer: Reading.Answer) -> Bool {
    guard case .events(.none, _, _) = answer else { return false }
    return trial.slo.sli.numeratorKind == .good
  }

  private var warnings: [Finding] {
    guard case .success(let reading) = facts.readings?[trial.events],
      !reading.provenance.warnings.isEmpty
    else { return [] }
    return [finding(WarningObservation(warnings: reading.provenance.warnings))]
  }

  private var isBareRatio: Bool {
    if case .goodRatio = trial.slo.sli { true } else { false }
  }

  private var coveredSeconds: Double? {
    guard case .success(let reading) = facts.readings?[trial.coverage],
      case .coverage(let seconds) = reading.answer
    else { return nil }
    return seconds
  }

  /// Nothing at all is the expressions' finding, not this one.
  private var coverage: CoverageObservation? {
    let window = trial.slo.window.name
    if let seconds = coveredSeconds {
      let expected = Double(trial.lookback.seconds)
      guard seconds > 0 else { return nil }
      return seconds / expected < TrialCheck.enoughCoverage
        ? .part(seconds: seconds, expected: expected, window: window) : .whole(window: window)
    }
    guard case .failure(let failure) = facts.readings?[trial.coverage] else { return nil }
    if case .failure(failure) = facts.readings?[trial.events] { return nil }
    return .unknown(failure.message)
  }
}
