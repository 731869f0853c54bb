package import Reliability

/// Reads secrets from where the configuration says they are, and keeps them while they work.
package actor SecretResolver {
  /// Runs a command and gives its standard output.
  package typealias CommandRunner =
    @Sendable (_ command: [String]) async throws(SecretError) -> [UInt8]
  /// Reads a file's bytes.
  package typealias FileReader = @Sendable (_ path: String) throws(SecretError) -> [UInt8]

  private let environment: [String: String]
  private let readFile: FileReader
  private let runCommand: CommandRunner
  private var known: [Secret: Task<Result<String, SecretError>, Never>] = [:]

  /// Makes a resolver.
  ///
  /// - Parameters:
  ///   - environment: The process's environment.
  ///   - readFile: How files are read.
  ///   - runCommand: How commands are run.
  package init(
    environment: [String: String], readFile: @escaping FileReader,
    runCommand: @escaping CommandRunner
  ) {
    self.environment = environment
    self.readFile = readFile
    self.runCommand = runCommand
  }

  /// The secret's value; several who ask at once wait for one reading.
  ///
  /// - Throws: A `SecretError` that names the place. A failure is not kept.
  package func value(of secret: Secret) async throws(SecretError) -> String {
    let task = known[secret] ?? Task { await self.read(secret) }
    known[secret] = task
    switch await task.value {
    case .success(let value): return value
    case .failure(let error):
      if known[secret] == task { known[secret] = nil }
      throw error
    }
  }

  /// Forgets a value that a server refused, unless it was replaced meanwhile.
  package func forget(_ secret: Secret, value: String) async {
    guard let task = known[secret], case .success(value) = await task.value, known[secret] == task
    else { return }
    known[secret] = nil
  }

  private func read(_ secret: Secret) async -> Result<String, SecretError> {
    do throws(SecretError) {
      switch secret {
      case .literal(let value): return .success(try checked(value, "the configuration"))
      case .environment(let name):
        guard let value = environment[name] else { throw .unsetVariable(name) }
        return .success(try checked(value, "the environment variable \(name)"))
      case .file(let path):
        let bytes = try readFile(path)
        return .success(
          try checked(String(decoding: bytes, as: UTF8.self), "the file \(Excerpt(path))"))
      case .command(let command):
        let bytes = try await runCommand(command)
        let name = command.first ?? ""
        return .success(
          try checked(String(decoding: bytes, as: UTF8.self), "the command \(Excerpt(name))"))
      }
    } catch {
      return .failure(error)
    }
  }

  private func checked(_ text: String, _ place: String) throws(SecretError) -> String {
    var scalars = text.unicodeScalars[...]
    while let last = scalars.last, last == "\n" || last == "\r" { scalars.removeLast() }
    guard !scalars.isEmpty else { throw .empty(place: place) }
    guard scalars.allSatisfy({ $0.value >= 32 && $0.value != 127 }) else {
      throw .unsuitable(place: place)
    }
    return String(scalars)
  }
}
