import Reliability
import Screen

/// The line in which the operator says something about a step: why it is left out, or what was done.
struct StepNote: Sendable {
  /// What the line is for.
  enum Purpose: Hashable, Sendable { case check, skip }

  let purpose: Purpose
  var input = TextInput()

  init(_ purpose: Purpose) {
    self.purpose = purpose
  }

  func draw(in bar: Rect, on canvas: inout Canvas) {
    canvas.fill(bar, role: .input)
    let label = purpose == .skip ? " why is it skipped: " : " note: "
    let used = canvas.draw(label, in: bar, role: .keyName)
    input.draw(in: bar.splitLeft(used).rest, on: &canvas)
  }
}

extension Dashboard {
  /// Takes a key or a paste while a note is written; skipping needs a reason.
  mutating func handle(_ input: InputEvent, in note: StepNote) -> [Effect] {
    var note = note
    if input == .key(.escape) {
      overlay = nil
    } else if input == .key(.enter) {
      switch note.purpose {
      case .check:
        overlay = nil
        return checkStep(note: note.input.value)
      case .skip:
        guard note.input.value.contains(where: { $0 != " " }) else {
          notice = "Say in a few words why; others read it. Esc leaves the step as it is."
          return []
        }
        overlay = nil
        return skipStep(reason: note.input.value)
      }
    } else if note.input.handle(input) {
      overlay = .stepNote(note)
    }
    return []
  }

  /// Takes a key or a paste while a word is asked for.
  mutating func handle(_ input: InputEvent, in question: TypedConfirmation) -> [Effect] {
    var question = question
    let answer = question.handle(input)
    overlay = answer == nil ? .typedConfirmation(question) : nil
    guard answer == true else {
      if answer == false { notice = "Nothing was run." }
      return []
    }
    return begun(question.effects)
  }

  // MARK: - Intents

  /// Carries out an intent about runbooks.
  mutating func performInRunbook(_ intent: Intent) -> [Effect] {
    switch intent {
    case .openRunbook:
      return trail.current == .runbooks ? openListedRunbook() : openMatchingRunbook()
    case .runStep: return runStep()
    case .dryRun: if let place = runbookPlace { travel { $0.open(.dryRun(place)) } }
    case .checkStepWithNote: overlay = .stepNote(StepNote(.check))
    case .skipStep: overlay = .stepNote(StepNote(.skip))
    case .cancelStep: return cancelStep()
    case .rollBack: rollBackRun()
    case .startOver:
      guard let place = runbookPlace else { return [] }
      runbookPane.startOver(at: now, height: stepHeight(place))
      notice = "The next key begins a new run; the one before stays in the list of runs."
    case .openLink: return openLink()
    case .exportRun: return exportRun()
    default: break
    }
    return []
  }

  // MARK: - Leaving

  /// Leaves at once, unless a step would be cut off.
  mutating func leave() -> [Effect] {
    guard let question = leavingQuestion else { return [.quit] }
    overlay = .confirmation(question)
    return []
  }

  /// What leaving would cut off; `nil` when nothing runs.
  var leavingQuestion: Confirmation? {
    let running = runSnapshot.runs.filter { $0.record.outcome == .running }
    guard !running.isEmpty else { return nil }
    let names = running.flatMap { run in
      run.record.steps.indices.filter { run.record.steps[$0].isRunning }
        .map { "\(run.record.runbook), step \($0 + 1): \(run.record.steps[$0].name)" }
    }
    return Confirmation(
      title: "Leave",
      lines: ["Leaving ends what runs now; its record will say interrupted:"] + names.prefix(5),
      effects: [.quit])
  }
}
