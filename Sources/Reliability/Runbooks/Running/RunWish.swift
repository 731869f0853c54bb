/// What the operator wants done with a runbook.
package enum RunWish: Hashable, Sendable {
  /// It was opened and read.
  case view(Runbook.ID, RunSubject)
  /// Something with one of its steps.
  case step(StepWish, Int, of: RunTarget)
  /// Take back what was done, the last step first.
  case rollBack(RunRecord.ID)
}

/// What the operator wants done with a step.
package enum StepWish: Hashable, Sendable {
  /// Run it, again where it has run.
  case run
  /// It is done by hand, with a note that may be empty.
  case check(note: String)
  /// Leave it out.
  case skip(reason: String)
  /// End it.
  case cancel
  /// It has ended on the terminal.
  case ended(ProcessEnd)
}

/// The run that is meant.
package enum RunTarget: Hashable, Sendable {
  /// One that has begun.
  case run(RunRecord.ID)
  /// One that begins with this, of the edition that was shown.
  case new(Runbook.ID, RunSubject, edition: UInt64)
}

extension RunRecord {
  /// Why something cannot be done with a step now, as a sentence; `nil` when it can.
  package func obstacle(to wish: StepWish, on index: Int) -> String? {
    guard steps.indices.contains(index) else { return "There is no step \(index + 1)." }
    let step = steps[index]
    let isTakenBack = steps.contains { $0.status == .rollingBack }
    switch wish {
    case .run, .check, .skip:
      if isTakenBack, !step.isRunning { return "Steps are being taken back; K ends that." }
    case .cancel, .ended: break
    }
    switch wish {
    case .run:
      if step.isRunning { return "Step \(index + 1) runs; K cancels it." }
      return stop(before: index)
    case .check:
      if step.isRunning { return "Step \(index + 1) runs; K cancels it." }
      if step.status == .done { return "Step \(index + 1) is done already." }
      return stop(before: index)
    case .skip:
      if step.isRunning { return "Step \(index + 1) runs; K cancels it." }
      return step.isSettled ? "Step \(index + 1) is \(step.status.word) already." : nil
    case .cancel, .ended: return step.isRunning ? nil : "Step \(index + 1) does not run."
    }
  }

  /// Why nothing can be taken back, as a sentence; `nil` when something can.
  package var rollbackObstacle: String? {
    if steps.contains(where: \.isRunning) { return "A step runs; K cancels it." }
    return rollbackOrder.isEmpty ? "No step that was done has something that takes it back." : nil
  }

  private func stop(before index: Int) -> String? {
    blocker(before: index).map { blocker in
      "Step \(blocker + 1) is required and \(steps[blocker].status.word): run it again with x, or "
        + "skip it with X and a reason."
    }
  }
}
