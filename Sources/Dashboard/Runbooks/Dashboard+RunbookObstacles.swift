import Reliability
import Screen

// Why keys about runbooks do nothing now; the key bar names only those that do something.

extension Dashboard {
  /// Why an intent about runbooks can do nothing now; `nil` when it can.
  func runbookObstacle(_ intent: Intent) -> String? {
    switch intent {
    case .openRunbook: return openRunbookObstacle
    case .dryRun:
      guard case .runbook(let place) = trail.current, openRunbook(place) != nil else {
        return Dashboard.needsRunbook
      }
      return nil
    case .runStep: return stepObstacle(.run)
    case .checkStepWithNote: return stepObstacle(.check(note: ""))
    case .skipStep: return stepObstacle(.skip(reason: ""))
    case .cancelStep: return cancelObstacle
    case .rollBack: return rollbackObstacle
    case .startOver:
      guard let record = shownRun else { return "This runbook has no run to leave behind." }
      return record.outcome == .running ? "A step runs; K cancels it." : nil
    case .openLink: return linkObstacle
    case .exportRun: return shownRun == nil ? "There is no run to export yet." : nil
    default: return nil
    }
  }

  private static let needsRunbook = "Open a runbook first: r on an alert, or 6 for the list."

  /// The run that the open runbook shows.
  var shownRun: RunRecord? {
    runbookPlace == nil ? nil : runbookPane.run(in: runSnapshot, at: now)
  }

  /// Why the run that is shown cannot go on: its steps are those of another edition of the file.
  private func editionObstacle(_ runbook: Runbook) -> String? {
    guard let record = shownRun, record.edition != runbook.edition else { return nil }
    return "\(runbook.id) has changed since this run; N begins a new one."
  }

  private var openRunbookObstacle: String? {
    if settings.runbooks.library.runbooks.isEmpty {
      return "No runbook is configured; name their folder under runbooks: directories."
    }
    if let place = runbookPlace {
      return hasSiblings(place) ? nil : "No other runbook belongs to this."
    }
    if trail.current == .runbooks { return listedRunbook == nil ? "There is no runbook." : nil }
    return matchingRunbooks.isEmpty ? "No runbook belongs to this. 6 lists all of them." : nil
  }

  private func hasSiblings(_ place: RunbookPlace) -> Bool {
    let library = settings.runbooks.library
    if let alert = place.subject.alertID.flatMap(alert) {
      return library.matches(for: alert).count > 1
    }
    return library.runbooks.count { $0.service == place.subject.service } > 1
  }

  /// Why the wish about the selected step makes no sense.
  func stepObstacle(_ wish: StepWish) -> String? {
    guard case .runbook(let place) = trail.current, let runbook = openRunbook(place) else {
      return Dashboard.needsRunbook
    }
    let index = runbookPane.list.selection
    guard runbook.steps.indices.contains(index) else { return "This runbook has no steps." }
    if runbookPane.pendingSince != nil { return "The last key is on its way." }
    if let reason = editionObstacle(runbook) { return reason }
    let record =
      shownRun
      ?? RunRecord(
        id: "", of: runbook, for: place.subject, actor: "", host: "", at: now)
    return record.obstacle(to: wish, on: index)
  }

  private var cancelObstacle: String? {
    guard let record = shownRun else { return Dashboard.needsRunbook }
    return record.obstacle(to: .cancel, on: runbookPane.list.selection)
  }

  private var rollbackObstacle: String? {
    guard let place = runbookPlace, let runbook = openRunbook(place), let record = shownRun else {
      return "There is nothing to roll back yet."
    }
    if let reason = editionObstacle(runbook) { return reason }
    if let reason = runRefusal(of: runbook) { return StepRefusal.forbidden(reason).description }
    return record.rollbackObstacle
  }

  private var linkObstacle: String? {
    guard let place = runbookPlace, let runbook = openRunbook(place),
      runbook.steps.indices.contains(runbookPane.list.selection)
    else { return Dashboard.needsRunbook }
    guard case .link = runbook.steps[runbookPane.list.selection].action else {
      return "This step has no link."
    }
    if settings.runbooks.running.opener == nil { return StepRefusal.noOpener.description }
    return settings.refusals[.runbooks].map { "Not opened: \($0)." }
  }
}
