import Reliability

/// Looks at who can change the configuration and read secrets.
struct PermissionsCheck {
  /// The configuration files that were read.
  let files: [String]
  let sources: [SourceSettings]
  /// The operator's own directory; `nil` when the environment names no place for it.
  let directory: String?
  let operatorID: UInt32
  /// Looks at a path; `nil` when nothing is there.
  let look: (String) -> FileFacts?

  var findings: [Finding] {
    fileObservations.map { Finding(.permissions, $0) }
      + secretObservations.map { Finding(.permissions, $0) }
      + [Finding(.permissions, directoryObservation)]
  }

  private var fileObservations: [FileObservation] {
    let seen = files.compactMap { path in look(path).map { (path, $0) } }
    let unsafe = seen.compactMap { path, facts -> FileObservation? in
      if facts.owner != operatorID, facts.owner != 0 {
        return .foreign(path, owner: facts.owner)
      }
      return facts.isGroupOrWorldWritable ? .writableByOthers(path, mode: facts.mode) : nil
    }
    return unsafe.isEmpty && !seen.isEmpty ? [.safe(count: seen.count)] : unsafe
  }

  private var secretObservations: [SecretObservation] {
    let named = sources.flatMap { source in source.secretFiles.map { (source.name, $0) } }
    guard !named.isEmpty else { return [.none] }
    let unsafe = named.compactMap { source, path -> SecretObservation? in
      guard let facts = look(path) else { return .missing(path, source: source) }
      guard facts.isReadable, !facts.isDirectory else {
        return .unreadable(path, source: source)
      }
      return facts.isWorldReadable ? .worldReadable(path, mode: facts.mode) : nil
    }
    return unsafe.isEmpty ? [.safe(count: Set(named.map(\.1)).count)] : unsafe
  }

  private var directoryObservation: DirectoryObservation {
    guard let directory else { return .homeUnknown }
    guard let facts = look(directory) else { return .absent(directory) }
    if !facts.isDirectory { return .noDirectory(directory) }
    if !facts.isReadable { return .unreadable(directory) }
    let isOpen = facts.isGroupOrWorldWritable
    return isOpen ? .writableByOthers(directory, mode: facts.mode) : .usable(directory)
  }
}

extension SourceSettings {
  /// The files whose content must stay secret: of credentials, headers and the private key.
  fileprivate var secretFiles: [String] {
    let credential: Secret? =
      switch auth {
      case .bearer(let secret), .token(let secret): secret
      case .basic(_, let secret): secret
      case nil: nil
      }
    let secrets = headers.map(\.value) + [credential].compactMap(\.self)
    let files = secrets.compactMap { secret -> String? in
      switch secret {
      case .file(let path): path
      case .literal, .environment, .command: nil
      }
    }
    return files + [tls.keyFile].compactMap(\.self)
  }
}
