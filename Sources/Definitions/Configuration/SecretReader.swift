import Reliability

/// Reads how requests prove who asks; no value of a secret reaches a diagnostic.
struct SecretReader {
  private enum AuthKey: String, SectionKey { case bearer, basic }
  private enum BasicKey: String, SectionKey { case username, password }
  private enum SecretKey: String, SectionKey { case env, file, command }

  let home: String?
  /// Why commands must not be run, by file.
  let commandProblems: [String: FileProblem]

  func auth(_ value: Value) -> SourceSettings.Auth? {
    guard let section = Section<AuthKey>(value),
      let (key, value) = section.exactlyOne(of: AuthKey.allCases)
    else { return nil }
    switch key {
    case .bearer: return secret(value).map(SourceSettings.Auth.bearer)
    case .basic: return basic(value)
    }
  }

  private func basic(_ value: Value) -> SourceSettings.Auth? {
    guard let section = Section<BasicKey>(value) else { return nil }
    let username = section.required(.username, example: "NAME")?.text()
    let password = section.required(.password, example: "{env: VARIABLE}").flatMap(secret)
    guard let username, let password else { return nil }
    return .basic(username: username, password: password)
  }

  /// A secret: `{env: NAME}`, `{file: PATH}`, `{command: [...]}`, or, with a warning, itself.
  func secret(_ value: Value) -> Secret? {
    guard value.scalarText == nil else {
      value.report(.source(.literalSecret))
      return value.text().map(Secret.literal)
    }
    return reference(value)
  }

  /// The value of a header, which is a secret only under some names.
  func header(_ entry: Value.Entry) -> Secret? {
    guard entry.value.scalarText != nil else { return reference(entry.value) }
    let name = entry.name.lowercased()
    let isSensitive = ["authorization", "cookie", "token", "key", "secret"].contains {
      name.contains($0)
    }
    return isSensitive ? secret(entry.value) : entry.value.text().map(Secret.literal)
  }

  private func reference(_ value: Value) -> Secret? {
    guard let section = Section<SecretKey>(value),
      let (key, place) = section.exactlyOne(of: SecretKey.allCases)
    else { return nil }
    switch key {
    case .env:
      return place.text().map(Secret.environment)
    case .file:
      return place.text().map { .file(FilePath.resolve($0, in: place.place.file, home: home)) }
    case .command:
      return command(place)
    }
  }

  private func command(_ value: Value) -> Secret? {
    if let problem = commandProblems[value.place.file] { value.report(.file(problem)) }
    guard let items = value.items() else { return nil }
    if items.isEmpty { value.report(.shape(.emptyList)) }
    return .command(items.compactMap { $0.text() })
  }
}
