internal import Foundation
internal import Synchronization

/// A second process that ends the commands of this one when it dies, however it dies.
///
/// It is this same program, started anew with ``Self/argument``; it reads the numbers of process
/// groups from a pipe, and when the pipe ends before a group was taken off its list, this process is
/// gone and the group is ended. A crash and `kill -9` leave no command running unseen.
package final class ProcessWarden: Sendable {
  /// The command-line argument with which the program is its own warden.
  package static let argument = "__end-commands"

  private let program: String
  private let list = Mutex(List())

  /// What runs, and the way to the process that is told of it.
  private struct List: Sendable {
    var groups: Set<Int32> = []
    var pipe: FileHandle?
  }

  /// Makes a warden; its process starts with the first command.
  ///
  /// - Parameter program: The path of this program.
  package init(program: String) {
    self.program = program
  }

  /// Puts a process group on the list.
  package func watch(group: Int32) {
    list.withLock { list in
      list.groups.insert(group)
      tell("+\(group)\n", &list)
    }
  }

  /// Takes a process group off the list.
  package func forget(group: Int32) {
    list.withLock { list in
      list.groups.remove(group)
      tell("-\(group)\n", &list)
    }
  }

  private func tell(_ line: String, _ list: inout List) {
    if let pipe = list.pipe, (try? pipe.write(contentsOf: Data(line.utf8))) != nil { return }
    // There is none yet, or somebody has ended it: a new one is told of all that runs.
    list.pipe = start()
    let lines = list.groups.map { "+\($0)\n" }.joined()
    try? list.pipe?.write(contentsOf: Data(lines.utf8))
  }

  private func start() -> FileHandle? {
    let input = Pipe()
    // Other children must not hold the end that tells of this process's death.
    _ = fcntl(input.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = [ProcessWarden.argument]
    process.environment = [:]
    process.currentDirectoryURL = URL(fileURLWithPath: "/")
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      return nil
    }
    return input.fileHandleForWriting
  }

  /// Does the second process's work: returns when the first one is gone and its commands are ended.
  package static func serve() {
    // The terminal's keys are for the first process.
    setsid()
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE] { Foundation.signal(signal, SIG_IGN) }
    var groups: Set<Int32> = []
    while let line = readLine() {
      guard let group = Int32(line.dropFirst()), group > 1 else { continue }
      if line.hasPrefix("+") { groups.insert(group) } else { groups.remove(group) }
    }
    for group in groups {
      kill(-group, SIGTERM)
      kill(-group, SIGCONT)
    }
    // So long may they take to end by themselves.
    for _ in 0..<20 where groups.contains(where: { kill(-$0, 0) == 0 }) { usleep(100_000) }
    for group in groups { kill(-group, SIGKILL) }
  }
}
