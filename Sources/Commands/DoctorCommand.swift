import ArgumentParser
import Operations

/// `burnwatch doctor`: looks at the terminal, the files and each source, and says what to do.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Find out why something does not work.",
    discussion: """
      Looks at the terminal, the clock, permissions, the configuration, and asks
      each metric source live: whether it answers, who it is, how long it keeps
      data, what every SLO's expressions give. Nothing is changed anywhere.

      Exit code 0 when there is no error, 1 when there is, 2 when a source cannot
      be reached, 78 without a configuration. Warnings alone give 0.

      Examples:
        burnwatch doctor
        burnwatch doctor --wait 60
        burnwatch doctor --format json | jq '.[] | select(.status == "error")'
      """)

  /// How findings are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @OptionGroup var file: ConfigurationOption

  @Option(name: .long, help: "text or json.")
  var format = Format.text

  @Option(name: .long, help: "How many seconds to wait for sources.")
  var wait = 10.0

  mutating func validate() throws {
    guard (0...3600).contains(wait) else {
      throw ValidationError("--wait \(wait) is out of range; choose 0 to 3600 seconds.")
    }
  }

  mutating func run() throws {
    let examination = Examination(
      surroundings: .current, option: file.config,
      wait: .milliseconds(Int64(wait * 1000)), clock: SystemClock())
    let checkup = examination.checkup()
    switch format {
    case .text: try Console.write(checkup.text)
    case .json: try Console.write(json: checkup.json)
    }
    throw ExitCode(checkup.status.rawValue)
  }
}
