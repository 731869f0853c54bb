/// Reads one file as text, with what its permissions forbid.
struct FileReader {
  /// A file as text.
  struct SourceText {
    let text: String
    /// Why commands in this file must not be run.
    let commandProblem: FileProblem?
  }

  let loader: Loader

  /// Reads a file; one that cannot be read is reported at `place`: its own start, or the include that
  /// names it.
  func text(of path: String, reportingAt place: Place, _ findings: Findings) -> SourceText? {
    do {
      let contents = try loader.files.contents(of: path, limit: Loader.sizeLimit)
      guard contents.bytes.count <= Loader.sizeLimit else {
        findings.report(.file(.tooLarge(limit: Loader.sizeLimit)), at: Place(file: path))
        return nil
      }
      guard let text = String(validating: contents.bytes, as: UTF8.self) else {
        let position = FileReader.firstInvalid(in: contents.bytes)
        let place = Place(file: path, line: position.line, column: position.column)
        findings.report(.file(.notUTF8), at: place)
        return nil
      }
      let access = FileAccess(owner: contents.owner, permissions: contents.permissions)
      return SourceText(text: text, commandProblem: commandProblem(ofFile: access, at: path))
    } catch {
      findings.report(.file(FileReader.problem(error, at: path)), at: place)
      return nil
    }
  }

  private static func problem(_ error: FileError, at path: String) -> FileProblem {
    switch error {
    case .notFound: .notFound(path)
    case .isDirectory: .isDirectory(path)
    case .notRegular: .notRegular(path)
    case .other(let reason): .unreadable(path, reason: reason)
    }
  }

  /// Why commands in a file must not be run at all: somebody else can write it.
  func commandProblem(ofFile access: FileAccess, at path: String) -> FileProblem? {
    guard access.owner == loader.operatorID || access.owner == 0 else {
      return .commandInForeignFile(owner: access.owner)
    }
    guard access.permissions & 0o022 == 0 else {
      return .commandInWritableFile(path, permissions: access.permissions)
    }
    return nil
  }

  /// Why commands that are run at a key must not be: a file that is safe lies in folders in which
  /// somebody else could put another in its place.
  ///
  /// - Parameters:
  ///   - problem: What is wrong with the file itself.
  ///   - path: Its path.
  /// - Returns: The problem of the file, else that of the nearest folder with one.
  func commandProblem(_ problem: FileProblem?, at path: String) -> FileProblem? {
    if let problem { return problem }
    return FilePath.folders(of: path).lazy.compactMap(commandProblem(ofFolder:)).first
  }

  private func commandProblem(ofFolder folder: String) -> FileProblem? {
    guard let access = loader.files.access(to: folder) else { return nil }
    guard access.owner == loader.operatorID || access.owner == 0 else {
      return .commandInForeignFolder(folder, owner: access.owner)
    }
    // In a folder with the sticky bit, such as /tmp, only owners replace their files.
    guard access.permissions & 0o022 == 0 || access.permissions & 0o1000 != 0 else {
      return .commandInWritableFolder(folder, permissions: access.permissions)
    }
    return nil
  }

  private static func firstInvalid(in bytes: [UInt8]) -> (line: Int, column: Int) {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var (line, column) = (1, 1)
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      column = scalar == "\n" ? 1 : column + 1
      if scalar == "\n" { line += 1 }
    }
    return (line, column)
  }
}
