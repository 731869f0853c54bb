import ArgumentParser
import Operations

/// `burnwatch doctor`: looks at the terminal, the files and each source, and says what to do.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Find out why something does not work.",
    discussion: """
      Looks at the terminal, the clock, permissions, the configuration, and asks \
      each metric source live: whether it answers, who it is, how long it keeps \
      data, what every SLO's expressions give. Nothing is changed anywhere.

      Exit code 0 when there is no error, 1 when there is, 2 when a source cannot \
      be reached, 78 without a configuration. Warnings alone give 0.

      Examples:
        burnwatch doctor
        burnwatch doctor --wait 60
        burnwatch doctor --format json | jq '.[] | select(.status == "error")'
      """)

  @OptionGroup var file: ConfigurationOption

  @Option(name: .long, help: "text or json.")
  var format = TextOrJSON.text

  @OptionGroup var waiting: SourceWait

  mutating func run() throws {
    let examination = Examination(
      surroundings: .current, option: file.config,
      wait: waiting.limit, clock: SystemClock())
    let checkup = examination.checkup()
    switch format {
    case .text: try Console.write(checkup.text)
    case .json: try Console.write(json: checkup.json)
    }
    throw ExitCode(checkup.status.rawValue)
  }
}
