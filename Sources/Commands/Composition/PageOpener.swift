import Foundation
import Reliability

/// Starts the operator's program that opens web pages; it goes on by itself, as a browser does, and
/// nobody ends it.
struct PageOpener: Sendable {
  /// How a program finds the desktop it is to appear on.
  private static let desktopVariables = [
    "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR", "XDG_SESSION_TYPE",
    "XDG_CURRENT_DESKTOP", "DBUS_SESSION_BUS_ADDRESS", "BROWSER", "TMUX",
  ]

  /// The environment of this process.
  let environment: [String: String]

  /// Starts the program.
  ///
  /// - Parameters:
  ///   - command: What opens the page.
  ///   - complain: Told, on any thread, why the page is not open, as a sentence.
  func open(_ command: PreparedCommand, complain: @escaping @Sendable (String) -> Void) {
    guard let program = command.arguments.first else { return }
    let process = Process()
    // It finds the program on the PATH.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["--", program] + command.arguments.dropFirst()
    process.environment = environment.filter { PageOpener.desktopVariables.contains($0.key) }
      .merging(command.environment) { $1 }
    process.currentDirectoryURL = URL(fileURLWithPath: "/")
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.terminationHandler = { process in
      let end: ProcessEnd =
        process.terminationReason == .exit
        ? .exited(process.terminationStatus) : .signalled(process.terminationStatus)
      if !end.isSuccess { complain("\(program) did not open \(command.text): \(end).") }
    }
    do {
      try process.run()
    } catch {
      complain("\(program) did not open \(command.text): it could not be started.")
    }
  }
}
