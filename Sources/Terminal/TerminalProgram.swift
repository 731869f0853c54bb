import CTerminal

/// A program that runs on the terminal itself while the full screen is left.
package struct TerminalProgram: Hashable, Sendable {
  /// The program with its arguments.
  package let arguments: [String]
  /// All variables of its environment, except TERM, which stays that of the terminal.
  package let environment: [String: String]
  /// The directory it runs in.
  package let directory: String

  /// Makes a program.
  package init(arguments: [String], environment: [String: String], directory: String) {
    self.arguments = arguments
    self.environment = environment
    self.directory = directory
  }

  /// How it ended.
  package enum End: Hashable, Sendable {
    /// By itself, with an exit code.
    case exited(Int32)
    /// By a signal.
    case signalled(Int32)
    /// It never began; a clause says why.
    case notStarted(reason: String)
  }
}

extension TerminalProgram {
  /// Runs it on the terminal of this process, which has no full screen.
  ///
  /// - Parameters:
  ///   - type: The terminal type as TERM has it.
  ///   - watch: Told of its process group, and when that is gone.
  /// - Returns: How it ended.
  package func runHere(type: String?, watch: (Int32, _ isOver: Bool) -> Void) -> End {
    let child = withCStrings(type: type ?? "dumb") { bw_start_here($0, $1, directory) }
    guard child > 0 else { return .notStarted(reason: String(cString: bw_last_error())) }
    watch(child, false)
    let result = bw_finish_here(child)
    watch(child, true)
    return End(result)
  }

  /// Calls C with the arguments and variables as it wants them.
  fileprivate func withCStrings<Value>(
    type: String, _ body: (CStringList, CStringList) -> Value
  ) -> Value {
    let variables = environment.merging(["TERM": type]) { $1 }.sorted { $0.key < $1.key }
      .map { "\($0.key)=\($0.value)" }
    return arguments.withCStrings { arguments in
      variables.withCStrings { body(arguments, $0) }
    }
  }
}

/// Texts of C, the last of which is null.
private typealias CStringList = UnsafePointer<UnsafePointer<CChar>?>?

extension [String] {
  fileprivate func withCStrings<Value>(_ body: (CStringList) -> Value) -> Value {
    let characters = flatMap { Array<CChar>($0.utf8CString) }
    return characters.withUnsafeBufferPointer { buffer in
      var start = buffer.baseAddress
      var pointers: [UnsafePointer<CChar>?] = []
      for text in self {
        pointers.append(start)
        start = start.map { $0 + text.utf8.count + 1 }
      }
      return (pointers + [nil]).withUnsafeBufferPointer { body($0.baseAddress) }
    }
  }
}

extension TerminalProgram.End {
  /// What C says: an exit code, or a signal as a negative number.
  fileprivate init(_ result: Int32) {
    self = result >= 0 ? .exited(result) : .signalled(-result)
  }
}

extension CursesDisplay {
  /// Leaves the full screen to a program until it has ended and the operator has read what it wrote.
  package func lend(
    to program: TerminalProgram, watch: (Int32, _ isOver: Bool) -> Void
  ) -> TerminalProgram.End {
    let type = String(cString: bw_terminal_type())
    let child = program.withCStrings(type: type) { bw_lend($0, $1, program.directory) }
    guard child > 0 else {
      return .notStarted(reason: String(cString: bw_last_error()))
    }
    watch(child, false)
    let result = bw_take_back(child)
    watch(child, true)
    noteReturn()
    return TerminalProgram.End(result)
  }
}
