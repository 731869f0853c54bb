import ArgumentParser
import Definitions
import Operations
import Reliability

/// `burnwatch oncall handoff`.
struct OnCallHandOffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "handoff", abstract: "Write what the next person must know, as Markdown.",
    discussion: """
      It is about the shift of the team's first layer that is on, in the first hour after a hand-off \
      about the one before, and where nobody is on about the last one. Alerts and acknowledgements \
      are those that a running burnwatch has written into its journal; budgets are asked of the \
      sources, for the beginning and now.

      Exit code 0, or 2 when the note may not be all there is; it says why at its top.

      Examples:
        burnwatch oncall handoff > handoff.md
        burnwatch oncall handoff --team shop --note "the database move is half done"
        burnwatch oncall handoff --from 2026-11-20T12:00:00+01:00 --to 2026-11-27T12:00:00+01:00
      """)

  @OptionGroup var options: OnCallOptions

  @Option(
    name: .long, help: "The beginning, RFC 3339; the default is that of the shift. --to needs it.")
  var from: String?

  @Option(name: .long, help: "The end, RFC 3339; the default is now.")
  var to: String?

  @Option(name: .long, help: "What to add.")
  var note = ""

  mutating func run() throws {
    let surroundings = Surroundings.current
    let now = SystemClock().now
    let range = try range(at: now)
    let configuration = try options.file.read(surroundings).configuration
    let session = Session.live(
      configuration, isReadOnly: true, surroundings: surroundings)
    defer { _ = Blocking.wait(atMost: .milliseconds(50)) { await session.close() } }
    try OnCallDesk.requireConfigured(session.onCall)
    _ = Blocking.wait(atMost: options.waiting.limit) {
      async let teams = session.onCall.askAll()
      _ = await session.askDue(at: now)
      _ = await teams
    }
    let teams = Blocking.wait { await session.onCall.snapshot.teams } ?? []
    let team = try team(among: teams, configuration.identity, at: now)
    let wish = HandOffWish(team: team, words: note, range: range)
    let found = Blocking.wait(atMost: options.waiting.limit) {
      await session.handOffNote(wish, at: now)
    }
    guard let found, let note = found else {
      throw CommandFailure(
        "The sources have not answered within \(options.waiting.seconds) s. Give them longer "
          + "with --wait.", .output)
    }
    Console.complain(note.team.remarks.map { "\(note.team.id): \($0)." })
    try Console.write(HandOffText(note, at: now).lines)
    if !note.gaps.isEmpty { throw ExitCode(ExitStatus.cannotTell.rawValue) }
  }

  private func range(at now: Timestamp) throws(CommandFailure) -> Range<Timestamp>? {
    let end = try to.map { text throws(CommandFailure) in try Timestamp(option: "--to", text) }
    let start = try from.map { text throws(CommandFailure) in
      try Timestamp(option: "--from", text)
    }
    guard let start else {
      guard end == nil else { throw CommandFailure("--to needs --from. Add it.", .usage) }
      return nil
    }
    let last = min(end ?? now, now)
    guard start < last else {
      throw CommandFailure("--from must be before --to, and before now.", .usage)
    }
    return start..<last
  }

  /// The team that is named, the only one, or the operator's own.
  private func team(
    among teams: [TeamRoster], _ identity: Identity, at now: Timestamp
  ) throws(CommandFailure) -> String {
    if let name = options.team {
      return try OnCallDesk.team(name, among: teams).id
    }
    if teams.count == 1, let only = teams.first { return only.id }
    let snapshot = OnCallSnapshot(at: now, teams: teams)
    // Shortly after a hand-off the note is about the shift before, and later about the last there was.
    let own = [HandOffNote.Shifts.afterwards, OnCallEngine.past].lazy.compactMap {
      snapshot.team(of: identity.name, identity.email, at: now - $0)
    }.first
    guard let own else {
      throw CommandFailure(
        "A hand-off note is of one team. Name it with --team: "
          + "\(teams.map(\.id).joined(separator: ", ")).", .usage)
    }
    return own.id
  }
}
