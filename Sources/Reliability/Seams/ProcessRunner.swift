/// What runs commands on this machine.
package protocol ProcessRunner: Sendable {
  /// Runs a command in a process group of its own, until it and all it has started are gone.
  ///
  /// When the task is cancelled, the group is told to end, and is ended when it does not.
  ///
  /// - Parameters:
  ///   - command: What to run.
  ///   - output: Receives what the command writes, both streams in the order of arrival; the command
  ///     waits while it works.
  /// - Returns: How it ended.
  func run(
    _ command: PreparedCommand, output: @escaping @Sendable ([UInt8]) async -> Void
  ) async -> ProcessEnd
}

/// How a command ended.
package enum ProcessEnd: Hashable, Sendable {
  /// By itself, with an exit code.
  case exited(Int32)
  /// By a signal that nobody here sent.
  case signalled(Int32)
  /// Its time was over.
  case timedOut(Duration)
  /// The operator ended it.
  case cancelled
  /// It never began; a clause says why.
  case notStarted(reason: String)

  /// Whether it did what it was to do.
  package var isSuccess: Bool { self == .exited(0) }
}

extension ProcessEnd: CustomStringConvertible {
  /// How it ended, as a clause.
  package var description: String {
    switch self {
    case .exited(0): "exit code 0"
    case .exited(126): "exit code 126: a program of it may not be executed"
    case .exited(127): "exit code 127: a program of it was not found"
    case .exited(let code) where (129...159).contains(code):
      "exit code \(code): signal \(code - 128) ended a part of it"
    case .exited(let code): "exit code \(code)"
    case .signalled(let signal): "signal \(signal) ended it"
    case .timedOut(let limit): "it took longer than \(limit.brief) and was ended"
    case .cancelled: "cancelled"
    case .notStarted(let reason): "it did not start: \(reason)"
    }
  }
}

/// Where the whole output of commands is kept.
package protocol OutputStore: Sendable {
  /// Opens a place for one output of a run.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - name: What the output is called within the run, such as `3-1`.
  /// - Returns: The place; `nil` when there is none, and then only the screen has the output.
  func open(run: RunRecord.ID, name: String) async -> (any OutputSink)?
}

/// One output that is being kept.
package protocol OutputSink: Sendable {
  /// Adds what was written.
  func write(_ bytes: [UInt8]) async
  /// Ends it, and says what there is.
  func close() async -> StepRecord.Output
}
