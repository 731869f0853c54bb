import Connectors
import Reliability

/// Looks at what was learnt of one metric source.
struct SourceCheck {
  let settings: SourceSettings
  /// The SLOs that ask it.
  let slos: [SLO]
  let facts: SourceFacts
  /// The proxy that the environment names for it.
  let proxy: ProxySettings?
  /// How long burnwatch waited.
  let wait: Duration
  let now: Timestamp

  var findings: [Finding] {
    [finding(address), finding(answer)] + [certificate, server, retention, skew].compactMap(\.self)
  }

  private func finding(_ observation: some Observation) -> Finding {
    Finding(.source(settings.name), observation)
  }

  private var address: AddressObservation {
    let parts = try? SourceAddress(settings.urls.first ?? "")
    let text = parts?.description ?? ""
    if settings.tls.skipsVerification, parts?.isSecure == true { return .unverified(text) }
    return proxy.map { .proxied(text, proxy: $0) } ?? .direct(text)
  }

  private var answer: AnswerObservation {
    switch facts.contact {
    case nil: .silent(wait)
    case .failure(.untrusted) where certificateFault != nil: .distrusted
    case .failure(let error): .failed(error, hasAuth: settings.auth != nil)
    case .success(let contact):
      contact.latency > AnswerObservation.slowLimit
        ? .slow(contact.latency) : .answered(contact.latency)
    }
  }

  /// The name that the certificate must have.
  private var host: String {
    settings.tls.serverName ?? (try? SourceAddress(settings.urls.first ?? ""))?.host ?? ""
  }

  private var certificateFault: ServerCertificate.Fault? {
    facts.certificate?.fault(for: host, at: now)
  }

  private var certificate: Finding? {
    guard let certificate = facts.certificate else { return nil }
    if let certificateFault {
      return finding(CertificateObservation.faulty(certificateFault, host: host))
    }
    let left = certificate.notAfter - now
    if left < CertificateObservation.notice {
      return finding(CertificateObservation.expiresSoon(certificate.notAfter, left: left))
    }
    return finding(CertificateObservation.valid(until: certificate.notAfter))
  }

  private var server: Finding? {
    facts.profile.map { finding(ServerObservation(profile: $0)) }
  }

  private var retention: Finding? {
    facts.profile.map { finding(observation(of: $0)) }
  }

  private func observation(of profile: ServerProfile) -> RetentionObservation {
    guard let retention = profile.retention else { return .untold(profile.kind) }
    guard let longest = slos.map(\.window.longest).max() else {
      return .unneeded(retention)
    }
    guard let length = retention.length else { return .bySize(retention) }
    guard length < longest.duration else { return .enough(retention, longest: longest) }
    let concerned = slos.filter { $0.window.longest == longest }
    return .tooShort(retention, longest: longest, slos: concerned.map(\.id))
  }

  private var skew: Finding? {
    guard case .success(let contact) = facts.contact else { return nil }
    guard let skew = contact.skew else { return finding(SkewObservation.untold) }
    return finding(skew.difference().map(SkewObservation.differs) ?? .agrees)
  }
}

extension ObjectiveWindow {
  /// The longest that the window can be: periods of the calendar differ.
  fileprivate var longest: Window {
    switch self {
    case .rolling(let window): return window
    case .calendar(let period):
      switch period.unit {
      case .day: return .hours(25)
      case .week: return .hours(7 * 24 + 1)
      case .month: return .days(31)
      case .quarter: return .days(92)
      }
    }
  }
}
