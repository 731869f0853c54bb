import Reliability

/// A source as far as SLOs need to know it.
struct DeclaredSource {
  let name: String
  /// `nil` when the type is missing or unknown.
  let kind: SourceSettings.Kind?
  let place: Place
  /// `nil` when the source has errors.
  let settings: SourceSettings?
}

/// Reads one item of `sources`.
struct SourceReader {
  private enum Key: String, SectionKey {
    case name, type, url, urls, auth, token, from, tls, headers, query, timeout, refresh, limits
    case offset
  }
  private enum LimitKey: String, SectionKey {
    case requestsPerSecond, concurrent, responseBytes, queryBytes
  }

  let home: String?
  /// Why commands must not be run, by file.
  let commandProblems: [String: FileProblem]
  /// The refresh of a source that does not set its own.
  let defaultRefresh: Duration

  /// Reads a source.
  ///
  /// - Returns: `nil` when it is no mapping or has no name.
  func read(_ value: Value) -> DeclaredSource? {
    guard let section = Section<Key>(value),
      let name = section.required(.name, example: "prom-eu"), let text = name.text()
    else { return nil }
    let kind = section.required(.type, example: "prometheus")?
      .name("type", of: SourceSettings.Kind.self)
    let settings = value.findings.whole { () -> SourceSettings? in
      kind.flatMap { self.settings(section, name: text, kind: $0) }
    }
    return DeclaredSource(name: text, kind: kind, place: name.place, settings: settings)
  }

  private func settings(
    _ section: Section<Key>, name: String, kind: SourceSettings.Kind
  ) -> SourceSettings? {
    let limits = section[.limits].flatMap(self.limits)
    let tls = section[.tls].flatMap { TLSReader(home: home).read($0) }
    let parameters = (section[.query]?.entries() ?? []).compactMap { entry in
      entry.value.text().map { SourceSettings.Parameter(name: entry.name, value: $0) }
    }
    return SourceSettings(
      name: name, kind: kind, urls: urls(section, kind), auth: auth(section, kind),
      tls: tls ?? SourceSettings.TLS(), headers: headers(section), parameters: parameters,
      timeout: section[.timeout]?.duration() ?? .seconds(10),
      refresh: section[.refresh]?.duration(atLeast: .seconds(1)) ?? defaultRefresh,
      limits: limits ?? SourceSettings.Limits(),
      offset: section[.offset]?.duration(atLeast: .zero) ?? .zero, from: from(section, kind))
  }

  private func urls(_ section: Section<Key>, _ kind: SourceSettings.Kind) -> [String] {
    if kind == .pagerduty, section[.url] == nil, section[.urls] == nil {
      return ["https://api.pagerduty.com"]
    }
    guard let (_, value) = section.exactlyOne(of: [.url, .urls]) else { return [] }
    let items = value.itemsOrOne()
    if items.isEmpty { value.report(.shape(.emptyList)) }
    return items.compactMap { $0.sourceURL() }
  }

  /// PagerDuty has its token where the others have `auth`.
  private func auth(_ section: Section<Key>, _ kind: SourceSettings.Kind) -> SourceSettings.Auth? {
    let secrets = SecretReader(home: home, commandProblems: commandProblems)
    switch kind {
    case .prometheus, .alertmanager:
      reject(section[.token], "token", kind, hint: "Write auth: {bearer: {env: VARIABLE}}.")
      return section[.auth].flatMap(secrets.auth)
    case .pagerduty:
      reject(section[.auth], "auth", kind, hint: "Write token: {env: VARIABLE}.")
      let token = section.required(.token, example: "{env: PAGERDUTY_TOKEN}")
      return token.flatMap(secrets.secret).map(SourceSettings.Auth.token)
    }
  }

  private func headers(_ section: Section<Key>) -> [SourceSettings.Header] {
    let secrets = SecretReader(home: home, commandProblems: commandProblems)
    return (section[.headers]?.entries() ?? []).compactMap { entry in
      secrets.header(entry).map { SourceSettings.Header(name: entry.name, value: $0) }
    }
  }

  /// Whom PagerDuty is told that it acts for.
  private func from(_ section: Section<Key>, _ kind: SourceSettings.Kind) -> String? {
    switch kind {
    case .prometheus, .alertmanager:
      reject(section[.from], "from", kind, hint: "Write it under headers, or remove it.")
      return nil
    case .pagerduty:
      guard let value = section[.from], let text = value.text() else { return nil }
      if !text.isMailAddress { value.report(.source(.notAMailAddress(text))) }
      return text
    }
  }

  private func reject(
    _ value: Value?, _ key: String, _ kind: SourceSettings.Kind, hint: String
  ) {
    value?.report(.source(.keyOfAnotherType(key, type: kind, hint: hint)))
  }

  private func limits(_ value: Value) -> SourceSettings.Limits? {
    guard let section = Section<LimitKey>(value) else { return nil }
    let standard = SourceSettings.Limits()
    return SourceSettings.Limits(
      requestsPerSecond: section[.requestsPerSecond]?.positiveNumber(upTo: 10_000)?.doubleValue
        ?? standard.requestsPerSecond,
      concurrentRequests: section[.concurrent]?.wholeNumber(1...256)
        ?? standard.concurrentRequests,
      responseBytes: section[.responseBytes]?.wholeNumber(1024...1 << 30)
        ?? standard.responseBytes,
      queryBytes: section[.queryBytes]?.wholeNumber(256...1 << 24) ?? standard.queryBytes)
  }
}

extension String {
  /// Whether it may be a mail address: something on both sides of one `@`, and no blanks.
  fileprivate var isMailAddress: Bool {
    let parts = split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !contains { $0.isWhitespace }
  }
}
