import ArgumentParser
import Definitions
import Foundation
import Operations
import Reliability
import Screen

/// The options that all commands about alerts share.
struct AlertOptions: ParsableArguments {
  @OptionGroup var file: ConfigurationOption

  @OptionGroup var waiting: SourceWait
}

/// The options of commands that change something.
struct DeliveryOptions: ParsableArguments {
  @OptionGroup var readOnly: ReadOnlyOption

  @Flag(name: .long, help: "Write it down and end; another burnwatch, or the next, sends it.")
  var noWait = false

  @Flag(name: .long, help: "Do it without asking, whatever it hits.")
  var yes = false
}

/// One look at the alerts, and the outbox behind it, for commands that act and end.
struct AlertDesk {
  private let session: Session
  private let limit: Duration
  let snapshot: AlertSnapshot
  /// Who is on call, where a policy says whom pages go to.
  let onCall: OnCallSnapshot
  let configuration: Configuration

  /// Reads the configuration and asks all sources once.
  ///
  /// - Parameters:
  ///   - options: What the commands have in common.
  ///   - isReadOnly: Whether nothing outside may be changed.
  ///   - asksWhoIsOnCall: Whether calendars are read, for whom pages go to.
  /// - Returns: The desk.
  /// - Throws: `CommandFailure` when there is no usable configuration.
  static func open(
    _ options: AlertOptions, isReadOnly: Bool, asksWhoIsOnCall: Bool = false
  ) throws(CommandFailure) -> AlertDesk {
    let surroundings = Surroundings.current
    let configuration = try options.file.read(surroundings).configuration
    let clock = SystemClock()
    let session = Session.live(
      configuration, isReadOnly: isReadOnly, surroundings: surroundings, clock: clock)
    let limit = options.waiting.limit
    let hasPolicy = asksWhoIsOnCall && !configuration.onCall.escalations.isEmpty
    _ = Blocking.wait(atMost: limit) {
      async let alerts = session.askDue(at: clock.now)
      if hasPolicy { await session.onCall.askAll() }
      _ = await alerts
    }
    let found = Blocking.wait {
      (await session.alerts.snapshot, await session.onCall.snapshot.teams)
    }
    let snapshot = found?.0 ?? AlertSnapshot(at: clock.now, alerts: [])
    return AlertDesk(
      session: session, limit: limit, snapshot: snapshot,
      onCall: OnCallSnapshot(at: snapshot.at, teams: found?.1 ?? []),
      configuration: configuration)
  }

  /// The alerts that a filter finds; without words those within the configured scope.
  ///
  /// - Throws: `CommandFailure` for a filter that is none.
  func alerts(matching words: [String], allTeams: Bool = false) throws(CommandFailure) -> [Alert] {
    let scope = allTeams ? "" : configuration.alerts.scope
    let filters = try [scope, words.joined(separator: " ")].map(AlertDesk.filter)
    return snapshot.alerts.filter { alert in
      filters.allSatisfy { $0.matches(alert, at: snapshot.at) }
    }
  }

  private static func filter(_ text: String) throws(CommandFailure) -> AlertFilter {
    do throws(AlertFilter.Failure) {
      return try AlertFilter(parsing: text)
    } catch {
      throw CommandFailure("\"\(text)\" is no filter: \(error.message).", .usage)
    }
  }

  /// The sources that keep the list from being all there is.
  ///
  /// - Returns: Whether there are any, in which case nothing can be said for sure.
  func complainOfGaps() -> Bool {
    Console.complain(snapshot.warnings.map { "\($0)." })
    return !snapshot.silentSources.isEmpty || snapshot.isWatchdogMissing
  }

  /// Writes requests down, and unless told otherwise waits until they are delivered.
  ///
  /// - Returns: The exit code.
  /// - Throws: `CommandFailure` when one is refused or cannot be written down.
  func submit(
    _ actions: [ActionRequest.Action], _ delivery: DeliveryOptions
  ) throws -> ExitStatus {
    try confirm(actions, delivery)
    let outbox = session.alerts.outbox
    var taken: [ActionRecord] = []
    for action in actions {
      let result = Blocking.wait { () -> Result<ActionRecord, ActionRefusal> in
        do throws(ActionRefusal) {
          return .success(try await outbox.submit(action))
        } catch {
          return .failure(error)
        }
      }
      switch result {
      case .success(let record)?: taken.append(record)
      case .failure(let refusal)?: throw CommandFailure(refusal)
      case nil: break
      }
    }
    guard !delivery.noWait else {
      try Console.write(taken.map { "\($0.request.action.subject): written down" })
      return .fine
    }
    return try report(on: taken.map(\.id), outbox)
  }

  /// Asks where the configuration wants to be asked.
  private func confirm(
    _ actions: [ActionRequest.Action], _ delivery: DeliveryOptions
  ) throws(CommandFailure) {
    let gate = ActionGate(rules: configuration.permissions)
    let asked = actions.filter { gate.asksFirst(about: $0.permission) }
    guard !asked.isEmpty, !delivery.yes else { return }
    guard
      AlertDesk.confirm([
        "permissions: confirm asks about: \(asked.map(\.subject).joined(separator: ", "))."
      ])
    else { throw CommandFailure("Nothing was done.", .refused) }
  }

  /// Works the outbox off and says what became of each request.
  private func report(on ids: [ActionRequest.ID], _ outbox: Outbox) throws -> ExitStatus {
    _ = Blocking.wait(atMost: limit) { await outbox.workOff() }
    let left = Blocking.wait { await outbox.journalRecords(of: ids) } ?? []
    var status = ExitStatus.fine
    for id in ids {
      guard let record = left.first(where: { $0.id == id }) else { continue }
      let subject = record.request.action.subject
      let reason = record.reason.map { ": \($0)" } ?? ""
      switch record.state {
      case .sent, .confirmed:
        let until = record.until.map { " until \($0.dateAndTime) UTC" } ?? ""
        try Console.write(["\(subject): acknowledged\(until)"])
      case .ended:
        let id = record.silenceID.map { ", \($0)" } ?? ""
        try Console.write(["\(subject): \(record.reason ?? "done")\(id)"])
      case .queued:
        Console.complain(["\(subject): written down, not delivered yet\(reason)."])
        status = .cannotTell
      case .failed:
        Console.complain(["\(subject): refused\(reason)."])
        status = status == .cannotTell ? status : .findings
      }
    }
    return status
  }

  /// Lets go of all sources.
  func close() {
    _ = Blocking.wait(atMost: .seconds(1)) { await session.close() }
  }

  /// Asks on the terminal; without one the answer is no.
  static func confirm(_ lines: [String]) -> Bool {
    Console.complain(lines)
    guard isatty(0) == 1 else {
      Console.complain(["Add --yes to do it without asking."])
      return false
    }
    FileHandle.standardError.write(Data("Go on? [y/N] ".utf8))
    return (readLine() ?? "").lowercased().hasPrefix("y")
  }
}

extension CommandFailure {
  /// A refusal with its exit code.
  init(_ refusal: ActionRefusal) {
    switch refusal {
    case .notAllowed: self.init(refusal.sentence, .refused)
    case .journal: self.init(refusal.sentence, .journal)
    case .unsuitable: self.init(refusal.sentence, .usage)
    }
  }
}
