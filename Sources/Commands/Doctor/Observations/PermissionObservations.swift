// What is seen of the operator's files: who can change them, who can read secrets.

/// A definition file.
enum FileObservation: Observation {
  case safe(count: Int)
  case writableByOthers(String, mode: String)
  case foreign(String, owner: UInt32)

  var check: String { "files" }

  var verdict: Verdict {
    switch self {
    case .safe(let count):
      .ok(
        count == 1
          ? "Only you or root can change the configuration file."
          : "Only you or root can change the \(count) configuration files.")
    case .writableByOthers(let path, let mode):
      .warning(
        "The file \(path) has mode \(mode): others than its owner can change it.",
        "Run chmod go-w \(path).")
    case .foreign(let path, let owner):
      .warning(
        "The file \(path) belongs to user \(owner), neither you nor root.",
        "Take it over with chown; burnwatch runs no command out of such a file.")
    }
  }
}

/// The file of a secret or of a private key.
enum SecretObservation: Observation {
  case none
  case safe(count: Int)
  case missing(String, source: String)
  case unreadable(String, source: String)
  case worldReadable(String, mode: String)

  var check: String { "secrets" }

  var verdict: Verdict {
    switch self {
    case .none: .ok("No secret comes from a file.")
    case .safe(let count):
      .ok(
        count == 1
          ? "The secret file is readable, and not by everyone."
          : "The \(count) secret files are readable, and not by everyone.")
    case .missing(let path, let source):
      .error(
        "The secret file \(path) of source \(source) is not there.",
        "Write it, or correct the path in the source's auth, headers or tls.")
    case .unreadable(let path, let source):
      .error(
        "The secret file \(path) of source \(source) cannot be read.",
        "Run chown or chmod so that you can read it.")
    case .worldReadable(let path, let mode):
      .warning(
        "The secret file \(path) has mode \(mode): everyone on this machine can read it.",
        "Run chmod 600 \(path).")
    }
  }
}

/// A directory of the operator.
enum DirectoryObservation: Observation {
  case usable(String)
  case absent(String)
  case noDirectory(String)
  case writableByOthers(String, mode: String)
  case unreadable(String)
  case homeUnknown

  var check: String { "directory" }

  var verdict: Verdict {
    switch self {
    case .usable(let path): .ok("The directory \(path) is yours.")
    case .absent(let path): .ok("The directory \(path) is not there, and need not be.")
    case .noDirectory(let path):
      .error("\(path) is no directory.", "Move it away; burnwatch looks for its own files there.")
    case .writableByOthers(let path, let mode):
      .warning(
        "The directory \(path) has mode \(mode): others can put files into it.",
        "Run chmod go-w \(path).")
    case .unreadable(let path):
      .error("The directory \(path) cannot be read.", "Run chown or chmod so that you can.")
    case .homeUnknown:
      .warning(
        "Neither HOME nor XDG_CONFIG_HOME is set, so own themes and the usual configuration are "
          + "not found.", "Set HOME, or name the configuration with --config.")
    }
  }
}
