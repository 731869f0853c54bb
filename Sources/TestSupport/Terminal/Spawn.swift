// Starting a program as a terminal would, and learning how it ended.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

enum Spawn {
  /// POSIX_SPAWN_SETSID, which the headers keep from Swift on Linux.
  #if canImport(Darwin)
  private static let newSession: Int32 = 0x400
  #else
  private static let newSession: Int32 = 0x80
  #endif

  /// Starts a program as leader of a new session that owns the terminal at this path.
  ///
  /// Opening the terminal makes it the controlling one, because the session has none. Signals have
  /// their default actions, whatever the test runner ignores.
  static func start(
    _ program: String, arguments: [String], environment: [String: String], terminal: String
  ) throws -> Int32 {
    #if canImport(Darwin)
    var actions: posix_spawn_file_actions_t?
    var attributes: posix_spawnattr_t?
    #else
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)

    keepDescriptors()
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    let flags = newSession | Int32(POSIX_SPAWN_SETSIGDEF)
    posix_spawnattr_setflags(&attributes, Int16(flags | Int32(POSIX_SPAWN_SETSIGMASK)))

    var process: pid_t = 0
    let settings = environment.map { "\($0.key)=\($0.value)" }
    let result = withStrings([program] + arguments) { arguments in
      withStrings(settings) { settings in
        posix_spawn(&process, program, &actions, &attributes, arguments, settings)
      }
    }
    guard result == 0 else { throw PseudoTerminalError(call: "posix_spawn", number: result) }
    return process
  }

  /// Lets nothing but the terminal into the child: sockets of tests that run meanwhile would stay open
  /// in it, and their other ends would wait.
  private static func keepDescriptors() {
    for descriptor in 3..<Int32(1024) where fcntl(descriptor, F_GETFD) >= 0 {
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }
  }

  /// How a child ended; nil while it runs.
  static func status(of process: Int32) -> ProgramEnd? {
    var status: Int32 = 0
    guard waitpid(process, &status, WNOHANG) == process else { return nil }
    let signal = status & 0x7F
    return signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
  }

  /// Calls `body` with a list of C strings that ends in nil.
  private static func withStrings(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Int32
  ) -> Int32 {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}
