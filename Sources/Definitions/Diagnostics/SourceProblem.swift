package import Reliability

/// What can be wrong with a source.
package enum SourceProblem: Hashable, Sendable {
  /// The value as written.
  case notAURL(String)
  /// What is no URL may hold a password, so it is not repeated.
  case notAURLButSecret
  /// A host and port without `http://`.
  case urlWithoutScheme(String)
  /// A scheme other than http and https.
  case urlScheme(String)
  /// The URL holds a user name or a password, which are not repeated here.
  case credentialsInURL(host: String)
  /// A query or a fragment, whose text is not repeated: it may hold a token.
  case parametersInURL
  /// A secret written out in the file.
  case literalSecret
  /// `insecureSkipVerify` is on.
  case insecureTLS
  /// Client certificates need both files; the data are the key that is there and the one that is not.
  case loneCertificateKey(String, missing: String)
  /// A key that this type of source does not have, with what to write instead.
  case keyOfAnotherType(String, type: SourceSettings.Kind, hint: String)
  /// What PagerDuty cannot know a user by.
  case notAMailAddress(String)
  /// A name and the place, as `file:line`, of the source that has it already.
  case duplicateName(String, first: String)

  var explanation: Explanation {
    switch self {
    case .notAURL(let text):
      .error("\(text.quoted) is no URL.", hint: "Write one such as http://127.0.0.1:9090.")
    case .notAURLButSecret:
      .error(
        "The value is no URL; it is not repeated here since it may hold a password.",
        hint: "Write a URL such as http://127.0.0.1:9090, and credentials under auth.")
    case .urlWithoutScheme(let text):
      .error("The URL \(text.quoted) has no scheme.", hint: "Write \("http://\(text)".quoted).")
    case .urlScheme(let scheme):
      .error(
        "The URL's scheme \(scheme.quoted) is not supported.", hint: "Write http:// or https://.")
    case .credentialsInURL(let host):
      .error(
        "The URL of \(host.quoted) holds a user name or password.",
        hint: "Remove them, and write auth: {basic: {username: NAME, password: {env: VARIABLE}}}.")
    case .parametersInURL:
      .error(
        "The URL holds parameters or a fragment.", hint: "Write the parameters under query.")
    case .literalSecret:
      .warning(
        "A secret stands in the file itself.",
        hint: "Write {env: VARIABLE}, {file: PATH} or {command: [PROGRAM, ARGUMENT]}.")
    case .insecureTLS:
      .warning(
        "The server's certificate is not verified, so anybody on the way can read and answer.",
        hint: "Name the authority's certificate with caFile instead.")
    case .loneCertificateKey(let key, let missing):
      .error(
        "\(key.quoted) needs \(missing.quoted) beside it.", hint: "Name both files, or neither.")
    case .keyOfAnotherType(let key, let type, let hint):
      .error("A source of type \(type.rawValue) has no \(key.quoted).", hint: hint)
    case .notAMailAddress(let text):
      .warning(
        "\(text.quoted) is no mail address, by which PagerDuty knows its users.",
        hint: "Write the address you log in to PagerDuty with.")
    case .duplicateName(let name, let first):
      .error(
        "The source \(name.quoted) is already defined at \(first).",
        hint: "Give one of them another name.")
    }
  }
}
