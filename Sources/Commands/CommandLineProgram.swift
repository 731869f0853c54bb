import ArgumentParser
import CMemory
import Connectors
import Foundation

/// The program: reads the arguments, runs the command, ends with its exit code.
package enum CommandLineProgram {
  /// Runs the command that the process's arguments name, and ends the process.
  package static func main() -> Never {
    if CommandLine.arguments.dropFirst().first == ProcessWarden.argument {
      ProcessWarden.serve()
      exit(ExitStatus.fine.rawValue)
    }
    bw_give_freed_memory_back()
    exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  /// Runs a command.
  ///
  /// - Returns: The exit code.
  static func run(_ arguments: [String]) -> Int32 {
    do {
      try requireCommand(arguments.first)
      var command = try Burnwatch.parseAsRoot(arguments)
      try command.run()
      return ExitStatus.fine.rawValue
    } catch let failure as CommandFailure {
      return end(with: failure)
    } catch let end as ExitCode {
      return end.rawValue
    } catch {
      return end(with: error)
    }
  }

  /// A first word that is no command would be taken for an argument of the dashboard, which has none.
  private static func requireCommand(_ word: String?) throws(CommandFailure) {
    let commands = Burnwatch.configuration.subcommands.compactMap { $0.configuration.commandName }
    guard let word, !word.hasPrefix("-"), word != "help", !commands.contains(word) else { return }
    throw CommandFailure(
      "There is no command \"\(word)\". Choose one of \(commands.joined(separator: ", ")).", .usage)
  }

  /// Help and version go to standard output, mistakes in the arguments to standard error.
  private static func end(with error: any Error) -> Int32 {
    let code = Burnwatch.exitCode(for: error)
    let lines = Burnwatch.fullMessage(for: error).split(
      separator: "\n", omittingEmptySubsequences: false)
    guard code.isSuccess else {
      Console.complain(lines.map(String.init))
      return ExitStatus.usage.rawValue
    }
    do {
      try Console.write(lines.map(String.init))
      return ExitStatus.fine.rawValue
    } catch {
      return end(with: error)
    }
  }

  private static func end(with failure: CommandFailure) -> Int32 {
    Console.complain(failure.message.split(separator: "\n").map { "burnwatch: \($0)" })
    return failure.status.rawValue
  }
}

/// The root of the command line.
struct Burnwatch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "burnwatch",
    abstract: "Service levels, burn rates and error budgets in the terminal.",
    discussion: """
      Without a command it opens the dashboard.

      Examples:
        burnwatch demo                      a living fictional shop, no server needed
        burnwatch                           the dashboard on your configuration
        burnwatch check slos/               validate files
        burnwatch status --format json      one look, for scripts
        burnwatch ack alertname=DiskFull    tell everybody that you are looking
        burnwatch slo explain shop/latency  why its figures are what they are
        burnwatch doctor                    why something does not work

      --config, --theme and --ascii stand after the command; burnwatch dashboard --help lists them.

      Exit codes: 0 fine, 1 findings, 2 cannot tell, 64 usage, \
      69 no usable terminal, 74 output or journal, 77 refused, 78 configuration.
      """,
    version: "0.1.0",
    subcommands: [
      DashboardCommand.self, DemoCommand.self, CheckCommand.self, StatusCommand.self,
      AlertsCommand.self, AckCommand.self, UnackCommand.self, SilenceCommand.self,
      RunbookCommand.self, OnCallCommand.self, SLOCommand.self, DoctorCommand.self,
    ],
    defaultSubcommand: DashboardCommand.self)
}
