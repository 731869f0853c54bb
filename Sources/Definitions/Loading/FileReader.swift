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
      return SourceText(text: text, commandProblem: commandProblem(of: contents, at: path))
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

  private func commandProblem(of contents: FileContents, at path: String) -> FileProblem? {
    guard contents.owner == loader.operatorID || contents.owner == 0 else {
      return .commandInForeignFile(owner: contents.owner)
    }
    guard contents.permissions & 0o022 == 0 else {
      return .commandInWritableFile(path, permissions: contents.permissions)
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
