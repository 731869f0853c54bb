import Reliability
import Screen

// What the operator does with runbooks. Nothing runs from here: the program loop hands what is
// wanted to the runner.

extension Dashboard {
  /// The runbook that is open, where one is.
  var runbookPlace: RunbookPlace? {
    if case .runbook(let place) = trail.current { return place }
    if case .dryRun(let place) = trail.current { return place }
    return nil
  }

  // MARK: - Opening

  /// The runbooks that belong to what is selected, the best first.
  var matchingRunbooks: [RunbookPlace] {
    let library = settings.runbooks.library
    if let alert = chosenAlerts.first {
      let subject = RunSubject(alert)
      return library.matches(for: alert).map { RunbookPlace($0.runbook.id, for: subject) }
    }
    let state: ServiceLevelState? =
      switch trail.current {
      case .overview where overviewFocus == .serviceLevels: serviceLevels.selected
      case .service: service.selected
      case .debug(let id): snapshot.serviceLevels.first { $0.id == id }
      case .overview, .alerts, .alert, .silences, .sources, .problems, .help, .runbooks, .runbook,
        .dryRun, .onCall, .person:
        nil
      }
    guard let slo = state?.slo else { return [] }
    let subject = RunSubject(service: slo.service)
    return library.runbooks(of: slo).map { RunbookPlace($0.id, for: subject) }
  }

  /// Opens the best runbook; from an open one the next that belongs to the same alert.
  mutating func openMatchingRunbook() -> [Effect] {
    if let place = runbookPlace {
      guard let next = nextRunbook(after: place) else { return [] }
      trail.close()
      return open(next)
    }
    guard let first = matchingRunbooks.first else { return [] }
    return open(first)
  }

  /// The next runbook that belongs to the alert of the open one.
  private func nextRunbook(after place: RunbookPlace) -> RunbookPlace? {
    let all = siblings(of: place)
    guard all.count > 1, let index = all.firstIndex(of: place.runbook) else { return nil }
    return RunbookPlace(all[(index + 1) % all.count], for: place.subject)
  }

  /// The runbooks that belong to what an open one is for.
  private func siblings(of place: RunbookPlace) -> [Runbook.ID] {
    let library = settings.runbooks.library
    if let alert = place.subject.alertID.flatMap(alert) {
      return library.matches(for: alert).map(\.runbook.id)
    }
    return library.runbooks.filter { $0.service == place.subject.service }.map(\.id)
  }

  /// Opens a runbook, at the step where its run goes on.
  mutating func open(_ place: RunbookPlace) -> [Effect] {
    travel { $0.open(.runbook(place)) }
    return [.runbook(.view(place.runbook, place.subject))]
  }

  /// Puts the pane in order for the place the operator has come to.
  mutating func showRunbook(_ place: RunbookPlace) {
    guard runbookPane.place != place else { return }
    let count = settings.runbooks.library.runbook(named: place.runbook)?.steps.count ?? 0
    runbookPane.open(place, stepCount: count, at: 0, height: 1)
    guard let runbook = openRunbook(place) else { return }
    let record = shownRun
    runbookPane.open(
      place, stepCount: runbook.steps.count, at: record?.nextStep ?? 0,
      height: stepHeight(place))
  }

  /// Opens the runbook that is selected in the list.
  mutating func openListedRunbook() -> [Effect] {
    guard let runbook = listedRunbook else { return [] }
    return open(RunbookPlace(runbook.id, for: RunSubject(service: runbook.service)))
  }

  var listedRunbook: Runbook? {
    let all = settings.runbooks.library.runbooks
    return all.indices.contains(runbookList.selection) ? all[runbookList.selection] : nil
  }

  // MARK: - Steps

  /// Why no program of a runbook runs here, as a clause.
  func runRefusal(of runbook: Runbook) -> String? {
    settings.refusals[.runbooks] ?? settings.runbooks.permissions.refusal(of: runbook.id)
      ?? runbook.commandRefusal
  }

  /// The run that the next wish is about.
  private func target(_ runbook: Runbook, _ place: RunbookPlace) -> RunTarget {
    shownRun.map { .run($0.id) }
      ?? .new(place.runbook, place.subject, edition: runbook.edition)
  }

  /// What the open runbook runs for: the labels its run began with, else those of now.
  func runSubject(_ place: RunbookPlace) -> RunSubject { shownRun?.subject ?? place.subject }

  /// Runs the selected step, after a question where it runs a program.
  mutating func runStep() -> [Effect] {
    guard let place = runbookPlace, let runbook = openRunbook(place) else { return [] }
    let index = runbookPane.list.selection
    let step = runbook.steps[index]
    let preview = StepPreview(
      of: step, in: runbook, for: runSubject(place), settings.runbooks.running,
      forbidden: runRefusal(of: runbook))
    if let refusal = preview.refusal, step.runsProgram {
      notice = refusal
      return []
    }
    let effects = [Effect.runbook(.step(.run, index, of: target(runbook, place)))]
    guard step.runsProgram else { return begun(effects) }
    let lines = question(preview, open: openBefore(index, runbook, place))
    if step.options.isDangerous {
      overlay = .typedConfirmation(
        TypedConfirmation(
          title: "Step \(index + 1): \(step.name)", lines: lines,
          word: runbook.confirmationWord, effects: effects))
    } else {
      overlay = .confirmation(
        Confirmation(title: "Step \(index + 1): \(step.name)", lines: lines, effects: effects))
    }
    return []
  }

  /// What will run, exactly; a text that does not fit says how much of it is missing.
  private func question(_ preview: StepPreview, open: [Int]) -> [String] {
    var tail = [""] + preview.facts
    if !open.isEmpty {
      let numbers = open.map { String($0 + 1) }.joined(separator: ", ")
      tail.append("not done before it: \(open.count == 1 ? "step" : "steps") \(numbers)")
    }
    return fitting(preview.text, tail, more: "Esc, then Tab and the arrows show all")
  }

  /// The lines of a question in the rows there are: the tail always, and what is missing of the text is
  /// counted.
  private func fitting(_ text: [String], _ tail: [String], more way: String) -> [String] {
    let width = max(body.columns - Dashboard.questionFrame.columns, 1)
    let rows = text.flatMap { WordWrap.lines(of: $0, width: width, glyphs: glyphs) }
    let tailRows = tail.reduce(0) {
      $0 + WordWrap.lines(of: $1, width: width, glyphs: glyphs).count
    }
    let room = max(body.rows - Dashboard.questionFrame.rows - tailRows, 2)
    guard rows.count > room else { return text + tail }
    let missing = rows.count - (room - 1)
    return rows.prefix(room - 1) + ["... \(Words.count(missing, "more line")); \(way)"] + tail
  }

  /// What a question needs beside its text: the frame, a blank row and an answer of two rows.
  private static let questionFrame = Size(columns: 4, rows: 5)

  /// The required steps before one that nobody has done.
  private func openBefore(_ index: Int, _ runbook: Runbook, _ place: RunbookPlace) -> [Int] {
    let steps = stepRecords(runbook, place)
    return steps.indices.filter { $0 < index && steps[$0].isRequired && !steps[$0].isSettled }
  }

  /// A wish is on its way: the same key again must not be a second one.
  mutating func begun(_ effects: [Effect]) -> [Effect] {
    let isStep = effects.contains { effect in
      if case .runbook(.step) = effect { return true }
      if case .runbook(.rollBack) = effect { return true }
      return false
    }
    if isStep { runbookPane.pendingSince = now }
    return effects
  }

  /// Checks the selected step off.
  mutating func checkStep(note: String = "") -> [Effect] { settleStep(.check(note: note)) }

  /// Leaves the selected step out.
  mutating func skipStep(reason: String) -> [Effect] { settleStep(.skip(reason: reason)) }

  private mutating func settleStep(_ wish: StepWish) -> [Effect] {
    guard let place = runbookPlace, let runbook = openRunbook(place) else { return [] }
    return begun([
      .runbook(.step(wish, runbookPane.list.selection, of: target(runbook, place)))
    ])
  }

  /// Ends the selected step.
  func cancelStep() -> [Effect] {
    guard let record = shownRun else { return [] }
    return [.runbook(.step(.cancel, runbookPane.list.selection, of: .run(record.id)))]
  }

  /// Asks before what was done is taken back.
  mutating func rollBackRun() {
    guard let place = runbookPlace, let runbook = openRunbook(place),
      let record = shownRun
    else { return }
    let preparation = StepPreparation(runbook, for: record.subject, settings.runbooks.running)
    let order = record.rollbackOrder
    let lines = order.flatMap { index -> [String] in
      let step = runbook.steps[index]
      let text = (try? preparation.rollback(of: step).text) ?? step.options.rollback?.source ?? ""
      return ["\(index + 1) \(step.name):"] + text.split(separator: "\n").map { "  \($0)" }
    }
    overlay = .typedConfirmation(
      TypedConfirmation(
        title: "Roll back \(Words.count(order.count, "step")), the last one first",
        lines: fitting(lines, [], more: "Esc, then each step shows what takes it back"),
        word: runbook.confirmationWord,
        effects: [.runbook(.rollBack(record.id))]))
  }

  /// What `y` copies: the selected step's text as it would run, or as written.
  var stepCopyText: String? {
    guard let place = runbookPlace, let runbook = openRunbook(place),
      runbook.steps.indices.contains(runbookPane.list.selection)
    else { return nil }
    let step = runbook.steps[runbookPane.list.selection]
    guard !step.written.isEmpty else { return nil }
    return StepPreview(of: step, in: runbook, for: runSubject(place), settings.runbooks.running)
      .text.joined(separator: "\n")
  }

  /// Opens the selected link.
  mutating func openLink() -> [Effect] {
    guard let place = runbookPlace, let runbook = openRunbook(place) else { return [] }
    let step = runbook.steps[runbookPane.list.selection]
    do throws(StepRefusal) {
      let command = try StepPreparation(
        runbook, for: runSubject(place), settings.runbooks.running
      ).command(of: step)
      notice = "Opening \(command.text)."
      return [.open(command)]
    } catch {
      notice = error.description
      return []
    }
  }

  /// Copies the run as Markdown.
  mutating func exportRun() -> [Effect] {
    guard let record = shownRun else { return [] }
    notice = "Copied as Markdown. burnwatch runbook export \(record.id.prefix(8)) writes it too."
    return [.copy(RunReport(record).markdown)]
  }

  // MARK: - Moving

  /// Moves among the steps, or in the text beside them.
  mutating func moveInRunbook(_ place: RunbookPlace, _ movement: Movement) {
    guard runbookPane.focus == .details, let runbook = openRunbook(place) else {
      return runbookPane.move(movement, height: stepHeight(place))
    }
    let rect = runbookLayout(place).details
    let count = stepLines(of: runbook, place, width: rect.columns - 4).count
    var position = detailsPosition(lines: count, in: rect)
    ScrolledLines.move(
      &position, movement, lineCount: count, page: ScrolledLines.page(of: rect))
    runbookPane.scroll = position
  }
}
