/// What can be wrong with a document as a whole.
package enum DocumentProblem: Hashable, Sendable {
  /// A document that is no mapping; what it is instead, in words.
  case notAMapping(found: String)
  /// A document of no known kind, with the first keys at its top.
  case unknown(keys: [String])
  /// A `kind` of burnwatch's own that there is not.
  case unknownKind(String, nearest: String?)
  /// The document is recognized, but no version of this program before it can be read.
  case unsupported(String)
  /// The kind was recognized by the document's keys.
  case missingHeader(kind: String)
  /// The root file has documents, none of kind Config.
  case noConfigDocument

  var explanation: Explanation {
    switch self {
    case .notAMapping(let found):
      .error(
        "A definition is expected here, not \(found).",
        hint: "Begin with \"apiVersion: burnwatch/v1\" and \"kind: SLO\", \"Config\" or \"Theme\".")
    case .unknown(let keys):
      .error(
        "Nothing that burnwatch reads looks like this document; its first keys are "
          + "\(keys.map(\.quoted).joined(lastBy: "and")).",
        hint: "Begin with \"apiVersion: burnwatch/v1\" and \"kind: SLO\", \"Config\" or \"Theme\".")
    case .unknownKind(let kind, let nearest):
      .error(
        "The kind \(kind.quoted) is unknown.",
        hint: nearest.map { "Write \"kind: \($0)\"." }
          ?? "Write \"kind: SLO\", \"Config\" or \"Theme\".")
    case .unsupported(let format):
      .error(
        "\(format) is not supported in this version.",
        hint: "Leave the document out of the files that burnwatch reads.")
    case .missingHeader(let kind):
      .warning(
        "The document is read as kind \(kind) but does not say so.",
        hint: "Write \"apiVersion: burnwatch/v1\" and \"kind: \(kind)\" at its top.")
    case .noConfigDocument:
      .error(
        "The file holds no configuration.",
        hint: "Write a document with \"apiVersion: burnwatch/v1\" and \"kind: Config\".")
    }
  }
}

/// What can be wrong with includes.
package enum IncludeProblem: Hashable, Sendable {
  /// The files that include each other, the first one repeated at the end.
  case cycle([String])
  /// More files lead to this one than the limit.
  case tooDeep(limit: Int)
  /// A pattern under `include`.
  case matchesNothing(String)
  /// A section that counts only in the first Config document of the root file.
  case ignoredOutsideRoot(String)

  var explanation: Explanation {
    switch self {
    case .cycle(let files):
      .error(
        "The includes run in a circle: "
          + "\(files.map(\.escaped).joined(separator: " -> ")).",
        hint: "Remove one of these includes.")
    case .tooDeep(let limit):
      .error(
        "Includes nest more than \(limit) deep.", hint: "Include the file from a higher one.")
    case .matchesNothing(let pattern):
      .warning("No file matches \(pattern.quoted).", hint: "Check the pattern, or remove it.")
    case .ignoredOutsideRoot(let key):
      .warning(
        "The section \(key.quoted) counts only in the first document of the root file, "
          + "so it is ignored here.",
        hint: "Move it to the configuration file that includes this one.")
    }
  }
}
