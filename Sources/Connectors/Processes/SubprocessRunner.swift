internal import Foundation
internal import Subprocess
package import Reliability

#if canImport(System)
internal import System
#else
internal import SystemPackage
#endif

/// Runs commands of runbooks, each in a session of its own without a terminal, so that it and all it
/// starts are one process group that can be ended as a whole.
///
/// Nothing of a command outlives its step: when it has ended, what it left in its group is ended too.
package struct SubprocessRunner: ProcessRunner {
  /// How long a group has between being told to end and being ended.
  private static let grace = Duration.seconds(2)
  /// How long output is waited for when the command is gone but something holds its pipe.
  private static let drainLimit = Duration.milliseconds(500)
  private static let pollInterval = Duration.milliseconds(20)

  private let warden: ProcessWarden?

  /// Makes a runner.
  ///
  /// - Parameter warden: Ends what runs when this process dies; `nil` leaves it to itself then.
  package init(warden: ProcessWarden? = nil) {
    self.warden = warden
  }

  /// Runs a command until it and all it has started are gone.
  package func run(
    _ command: PreparedCommand, output: @escaping @Sendable ([UInt8]) async -> Void
  ) async -> ProcessEnd {
    let (cancellations, cancel) = AsyncStream.makeStream(of: Void.self)
    // A task of its own: cancelled children would lose output that is on its way.
    let work = Task { await start(command, cancellations, output) }
    return await withTaskCancellationHandler {
      await work.value
    } onCancel: {
      cancel.yield()
    }
  }

  private func start(
    _ command: PreparedCommand, _ cancellations: AsyncStream<Void>,
    _ output: @escaping @Sendable ([UInt8]) async -> Void
  ) async -> ProcessEnd {
    do {
      let configuration = try Configuration(running: command)
      if let input = command.input {
        return try await Subprocess.run(
          configuration, input: .array(Array(input.utf8)), output: .sequence,
          error: .combinedWithOutput
        ) { execution in
          await attend(
            execution.processIdentifier.value, command.timeout, cancellations,
            execution.standardOutput, output)
        }.closureResult
      }
      return try await Subprocess.run(
        configuration, input: .none, output: .sequence, error: .combinedWithOutput
      ) { execution in
        await attend(
          execution.processIdentifier.value, command.timeout, cancellations,
          execution.standardOutput, output)
      }.closureResult
    } catch let error as SubprocessError where error.code == .executableNotFound {
      return .notStarted(reason: "there is no program \"\(command.arguments.first ?? "")\"")
    } catch let error as SubprocessError where error.code == .failedToChangeWorkingDirectory {
      return .notStarted(reason: "the directory \(command.directory) cannot be entered")
    } catch {
      return .notStarted(reason: Excerpt(String(describing: error)).bare)
    }
  }

  fileprivate enum Happening: Sendable {
    case drained, exited(ProcessEnd), timeOver, cancelled, graceOver, drainOver
  }

  /// Reads a command's output until it is gone, and ends its group when its time is over or the
  /// operator says so.
  private func attend(
    _ leader: pid_t, _ timeout: Duration?, _ cancellations: AsyncStream<Void>,
    _ stream: SubprocessOutputSequence, _ output: @escaping @Sendable ([UInt8]) async -> Void
  ) async -> ProcessEnd {
    warden?.watch(group: leader)
    defer { warden?.forget(group: leader) }
    // The leader stays a zombie until this returns, so its group's number is nobody else's.
    defer { kill(-leader, SIGKILL) }
    return await withTaskGroup(of: Happening.self) { tasks in
      tasks.addTask {
        await Self.drain(stream, into: output)
        return .drained
      }
      tasks.addTask { .exited(await Self.end(of: leader)) }
      tasks.addTask {
        for await _ in cancellations { return .cancelled }
        return .cancelled
      }
      if let timeout { tasks.addTask { await Self.after(timeout, .timeOver) } }
      var (end, reason): (ProcessEnd?, ProcessEnd?) = (nil, nil)
      var isDrained = false
      while end == nil || !isDrained, let happening = await tasks.next() {
        switch happening {
        case .drained: isDrained = true
        case .exited(let own):
          end = own
          // What it left behind must not hold the pipe, nor go on unseen.
          kill(-leader, SIGTERM)
          tasks.addTask { await Self.after(Self.drainLimit, .drainOver) }
        case .timeOver, .cancelled:
          guard end == nil, reason == nil else { continue }
          reason = happening.isCancellation ? .cancelled : .timedOut(timeout ?? .zero)
          kill(-leader, SIGTERM)
          // A stopped process hears nothing before it goes on.
          kill(-leader, SIGCONT)
          tasks.addTask { await Self.after(Self.grace, .graceOver) }
        case .graceOver: kill(-leader, SIGKILL)
        case .drainOver:
          kill(-leader, SIGKILL)
          isDrained = true
        }
      }
      tasks.cancelAll()
      return reason ?? end ?? .cancelled
    }
  }

  private static func drain(
    _ stream: SubprocessOutputSequence, into output: @Sendable ([UInt8]) async -> Void
  ) async {
    do {
      for try await buffer in stream {
        await output(buffer.withUnsafeBytes { Array($0) })
      }
    } catch {
      // The pipe was closed because something held it for too long; what came is there.
    }
  }

  private static func after(_ length: Duration, _ happening: Happening) async -> Happening {
    try? await Task.sleep(for: length)
    return happening
  }

  /// Waits for a process to end without reaping it, which the library does afterwards.
  private static func end(of leader: pid_t) async -> ProcessEnd {
    while true {
      var info = siginfo_t()
      let status = waitid(P_PID, id_t(leader), &info, WEXITED | WNOHANG | WNOWAIT)
      if status == 0, info.si_signo == SIGCHLD { return ProcessEnd(info) }
      if status != 0, errno != EINTR { return .exited(-1) }
      guard (try? await Task.sleep(for: pollInterval)) != nil else { return .cancelled }
    }
  }
}

extension SubprocessRunner.Happening {
  fileprivate var isCancellation: Bool {
    if case .cancelled = self { true } else { false }
  }
}

extension ProcessEnd {
  fileprivate init(_ info: siginfo_t) {
    #if os(Linux)
    let status = info._sifields._sigchld.si_status
    #else
    let status = info.si_status
    #endif
    self = info.si_code == CLD_EXITED ? .exited(status) : .signalled(status)
  }
}

extension Configuration {
  /// Turns a prepared command into the library's words.
  fileprivate init(running command: PreparedCommand) throws {
    var options = PlatformOptions()
    options.createSession = true
    var variables: [Environment.Key: String] = [:]
    for (name, value) in command.environment {
      if let key = Environment.Key(rawValue: name) { variables[key] = value }
    }
    let program = command.arguments.first ?? ""
    self.init(
      executable: program.contains("/") ? .path(FilePath(program)) : .name(program),
      arguments: Arguments(Array(command.arguments.dropFirst())),
      environment: .custom(variables),
      workingDirectory: FilePath(command.directory), platformOptions: options)
  }
}
