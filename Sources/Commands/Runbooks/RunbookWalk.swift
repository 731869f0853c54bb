import Foundation
import Operations
import Reliability

/// A walk through the steps of a runbook on the command line: each is shown, asked about, and done.
struct RunbookWalk {
  let desk: RunbookDesk
  let runbook: Runbook
  let subject: RunSubject
  let steps: [RunbookReport.Step]
  /// Whether somebody is asked before something runs.
  let asks: Bool
  /// Whether only the outcome is printed.
  let isQuiet: Bool
  /// The run so far; `nil` before anything was done.
  var record: RunRecord?

  /// What somebody answers to a step that is done by hand.
  private enum Answer { case done(note: String), skip(reason: String), later, stop }

  /// Walks through the steps; one that is required and fails ends it.
  mutating func run(_ indices: [Int]) throws -> ExitStatus {
    for index in indices where record?.steps[index].isSettled != true {
      say(["", RunbookReport.heading(index, steps[index])])
      say(RunbookReport.body(steps[index]).map { "   \($0)" })
      guard steps[index].record.status != .notApplicable else { continue }
      guard let status = try perform(index) else { continue }
      if status != .fine { return status }
    }
    return record.map { $0.outcome == .failed } == true ? .findings : .fine
  }

  /// Does one step.
  ///
  /// - Returns: The exit code that ends the walk; `nil` to go on.
  private mutating func perform(_ index: Int) throws -> ExitStatus? {
    let step = steps[index].step
    switch step.action {
    case .manual, .link: return try settleByHand(index)
    case .query(let query) where query.program == nil && query.language != "promql":
      return try settleByHand(index)
    case .command, .query, .metric, .verify:
      if step.runsProgram, let refusal = steps[index].preview.refusal {
        Console.complain([refusal])
        if desk.isForbidden(runbook) { return .refused }
        return step.isRequired ? .usage : nil
      }
      if step.runsProgram, asks, !isAgreed(step) {
        Console.complain(["Not run."])
        return step.isRequired ? .refused : nil
      }
      do throws(CommandFailure) {
        record = try desk.run(index, of: target)?.record ?? record
      } catch {
        // What is optional and cannot be run is told of, and the rest goes on.
        guard !step.isRequired, error.status == .usage else { throw error }
        Console.complain([error.message])
        return nil
      }
      guard let ended = record?.steps[index] else { return nil }
      say(["   \(ended.status.word)" + (ended.detail.map { ": \($0)" } ?? "")])
      return ended.hasFailed && step.isRequired ? .findings : nil
    }
  }

  private var target: RunTarget {
    record.map { .run($0.id) } ?? .new(runbook.id, subject, edition: runbook.edition)
  }

  private mutating func settleByHand(_ index: Int) throws -> ExitStatus? {
    guard asks, isatty(0) == 1 else {
      say(["   left for somebody to do"])
      return nil
    }
    let wish: StepWish
    switch RunbookWalk.ask(isRequired: steps[index].record.isRequired) {
    case .done(let note): wish = .check(note: note)
    case .skip(let reason): wish = .skip(reason: reason)
    case .later: return nil
    case .stop: return .refused
    }
    record = try desk.perform(.step(wish, index, of: target))?.record ?? record
    return nil
  }

  /// Asks whether a command may run; one that changes production wants a word.
  private func isAgreed(_ step: RunbookStep) -> Bool {
    guard isatty(0) == 1 else {
      Console.complain(["Add --yes to run it without asking."])
      return false
    }
    guard step.options.isDangerous else {
      return RunbookWalk.answer("Run it? [y/N] ").lowercased().hasPrefix("y")
    }
    let word = runbook.confirmationWord
    return RunbookWalk.answer("It changes production. Type \(word) to run it: ") == word
  }

  private static func ask(isRequired: Bool) -> Answer {
    let text = answer("Done? [y, y NOTE, s REASON to skip, Enter for later, q to stop] ")
    let rest = String(text.dropFirst().drop { $0 == " " })
    switch text.first {
    case "y": return .done(note: rest)
    case "s": return .skip(reason: rest.isEmpty ? "skipped on the command line" : rest)
    case "q": return .stop
    default: return .later
    }
  }

  private static func answer(_ question: String) -> String {
    FileHandle.standardError.write(Data(question.utf8))
    return readLine() ?? "q"
  }

  private func say(_ lines: [String]) {
    if !isQuiet { try? Console.write(lines) }
  }
}

/// Prints what commands write while they write it; a step on the terminal has it for itself.
struct EchoingProcesses: ProcessRunner {
  private let real: any ProcessRunner

  init(_ real: any ProcessRunner) {
    self.real = real
  }

  func run(
    _ command: PreparedCommand, output: @escaping @Sendable ([UInt8]) async -> Void
  ) async -> ProcessEnd {
    let lines = LineBuffer()
    let end = await real.run(command) { bytes in
      try? Console.write(await lines.take(bytes).map { "   > \($0)" })
      await output(bytes)
    }
    try? Console.write(await lines.rest().map { "   > \($0)" })
    return end
  }

  /// Bytes until they are lines.
  private actor LineBuffer {
    private static let longestLine = 8192
    private var open: [UInt8] = []

    func take(_ bytes: [UInt8]) -> [String] {
      open += bytes
      var lines = open.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let rest = lines.removeLast()
      open = Array(rest)
      var whole = lines.map { String(decoding: $0, as: UTF8.self) }
      if open.count > LineBuffer.longestLine { whole += self.rest() }
      return whole
    }

    func rest() -> [String] {
      defer { open = [] }
      return open.isEmpty ? [] : [String(decoding: open, as: UTF8.self)]
    }
  }
}
