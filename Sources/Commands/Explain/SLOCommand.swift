import ArgumentParser

/// `burnwatch slo`: what concerns one service level objective.
struct SLOCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "slo",
    abstract: "Look into one service level objective.",
    subcommands: [ExplainCommand.self])
}
