/// What can be wrong with a file before its content is looked at.
package enum FileProblem: Hashable, Sendable {
  /// The texts of the first four are paths, the reason is the system's.
  case notFound(String)
  case unreadable(String, reason: String)
  case isDirectory(String)
  /// A pipe, a socket or a device.
  case notRegular(String)
  /// The limit in bytes.
  case tooLarge(limit: Int)
  /// Reported at the first byte that is not.
  case notUTF8
  /// No document at all, or only comments.
  case empty
  /// A directory given to `check`.
  case directoryWithoutDefinitions
  /// The file holds a command and belongs to somebody who is neither the operator nor root.
  case commandInForeignFile(owner: UInt32)
  /// The file holds a command and others can write it.
  case commandInWritableFile(String, permissions: UInt16)
  /// The folder of a file with commands belongs to somebody who is neither the operator nor root.
  case commandInForeignFolder(String, owner: UInt32)
  /// Others can put a file with other commands into the folder.
  case commandInWritableFolder(String, permissions: UInt16)

  var explanation: Explanation {
    switch self {
    case .notFound(let path):
      .error("There is no file \(path.quoted).", hint: "Check the path, or create the file.")
    case .unreadable(let path, let reason):
      .error(
        "The file \(path.quoted) cannot be read: \(reason.escaped).",
        hint: "Make it readable for the user who runs burnwatch.")
    case .isDirectory(let path):
      .error(
        "\(path.quoted) is a directory, not a file.",
        hint: "Name the file in it, such as \("\(path)/config.yaml".quoted).")
    case .notRegular(let path):
      .error(
        "\(path.quoted) is a pipe, a socket or a device, not a regular file.",
        hint: "Write its content to a file, and name that.")
    case .tooLarge(let limit):
      .error(
        "The file is larger than \(limit >> 20) MiB.",
        hint: "Split it, and name the parts under include.")
    case .notUTF8:
      .error("The file is not UTF-8 text from here on.", hint: "Save it as UTF-8.")
    case .empty:
      .warning("The file holds no document.", hint: "Write a definition, or remove the file.")
    case .directoryWithoutDefinitions:
      .warning("The directory holds no *.yaml or *.yml file.")
    case .commandInForeignFile(let owner):
      .error(
        "The file holds a command but belongs to user \(owner), who could make it run anything.",
        hint: "Make it yours with \"chown\".")
    case .commandInWritableFile(let path, let permissions):
      .error(
        "The file holds a command and others can write it "
          + "(mode \(String(permissions, radix: 8))).",
        hint: "Run: chmod go-w \(path.shellQuoted)")
    case .commandInForeignFolder(let path, let owner):
      .error(
        "The file holds a command, and its folder \(path.quoted) belongs to user \(owner), who "
          + "could put another in its place.",
        hint: "Make the folder yours with \"chown\", or move the file to one that is.")
    case .commandInWritableFolder(let path, let permissions):
      .error(
        "The file holds a command, and others can put another in its place, as they can write its "
          + "folder \(path.quoted) (mode \(String(permissions, radix: 8))).",
        hint: "Run: chmod go-w \(path.shellQuoted)")
    }
  }
}

extension String {
  /// The text as one word of a POSIX shell.
  fileprivate var shellQuoted: String {
    let isPlain = unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || "0123456789/._-".unicodeScalars.contains($0))
    }
    return isPlain ? self : "'\(escaped.replacing("'", with: #"'\''"#))'"
  }
}

extension FileProblem {
  /// What is wrong, as a clause without its stop.
  var clause: String {
    let message = explanation.message
    let start = message.prefix(1).lowercased() + message.dropFirst()
    return String(start.hasSuffix(".") ? start.dropLast() : start[...])
  }
}
