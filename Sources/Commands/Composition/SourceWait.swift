import ArgumentParser

/// How long a command that asks sources once waits for them.
struct SourceWait: ParsableArguments {
  @Option(name: .customLong("wait"), help: "How many seconds to wait for sources.")
  var seconds = 10.0

  mutating func validate() throws {
    guard (0...3600).contains(seconds) else {
      throw ValidationError("--wait \(seconds) is out of range; choose 0 to 3600 seconds.")
    }
  }

  /// The longest wait.
  var limit: Duration { .milliseconds(Int64(seconds * 1000)) }
}
