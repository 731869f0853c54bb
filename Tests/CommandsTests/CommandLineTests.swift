import Foundation
import Testing

@testable import Commands

/// Exit codes of the command line; what it prints is proven end to end.
@Suite struct CommandLineTests {
  @Test(
    "Mistakes in the arguments are 64",
    arguments: [
      ["dance"], ["--colour"], ["status", "--format", "xml"], ["status", "--at", "noon"],
      ["status", "--wait", "-1"], ["demo", "--speed", "0"],
      ["demo", "--headless", "--size", "big"],
      ["demo", "--headless", "--now", "later"], ["demo", "--headless", "--theme", "neon"],
      ["demo", "--headless", "--script", "/nowhere/keys.txt"],
    ])
  func usage(_ arguments: [String]) {
    #expect(CommandLineProgram.run(arguments) == 64)
  }

  @Test("A configuration that is not there is 78", arguments: [["status"], ["dashboard"]])
  func noConfiguration(_ command: [String]) {
    #expect(CommandLineProgram.run(command + ["--config", "/nowhere/config.yaml"]) == 78)
  }

  @Test("check finds nothing wrong with a good file and says 1 for a bad one")
  func check() throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let good = directory.appending(path: "good.yaml")
    let bad = directory.appending(path: "bad.yaml")
    try "apiVersion: burnwatch/v1\nkind: Config\n".write(
      to: good, atomically: true, encoding: .utf8)
    try "apiVersion: burnwatch/v1\nkind: SLO\nobjective: 100\n".write(
      to: bad, atomically: true, encoding: .utf8)
    #expect(CommandLineProgram.run(["check", good.path]) == 0)
    #expect(CommandLineProgram.run(["check", bad.path]) == 1)
    #expect(CommandLineProgram.run(["check", "--format", "json", bad.path]) == 1)
  }

  @Test("Help and version are 0", arguments: [["--help"], ["--version"], ["status", "--help"]])
  func help(_ arguments: [String]) {
    #expect(CommandLineProgram.run(arguments) == 0)
  }
}
