/// How one source is reached: what the configuration says and what a connector needs.
package struct SourceSettings: Hashable, Sendable {
  /// The name that SLOs refer to.
  package let name: String
  /// What kind of server answers.
  package let kind: Kind
  /// One URL, or the peers of a cluster.
  package private(set) var urls: [String]
  /// How requests prove who asks; `nil` asks without credentials.
  package let auth: Auth?
  /// How the server's certificate is checked and ours is shown.
  package let tls: TLS
  /// Extra request headers, such as a tenant's.
  package let headers: [Header]
  /// Extra parameters of every request, such as `dedup=false`.
  package let parameters: [Parameter]
  /// The time one request may take.
  package let timeout: Duration
  /// The time between two polls.
  package let refresh: Duration
  /// Bounds on what is asked.
  package let limits: Limits
  /// How far behind the clock questions are evaluated, for sources whose newest data comes late.
  package let offset: Duration
  /// The mail address of the PagerDuty user on whose behalf it acts; `nil` leaves it to the token.
  package let from: String?

  /// Makes settings; what is left out has its standard value.
  package init(
    name: String, kind: Kind, urls: [String], auth: Auth? = nil, tls: TLS = TLS(),
    headers: [Header] = [], parameters: [Parameter] = [], timeout: Duration = .seconds(10),
    refresh: Duration = .seconds(15), limits: Limits = Limits(), offset: Duration = .zero,
    from: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.urls = urls
    self.auth = auth
    self.tls = tls
    self.headers = headers
    self.parameters = parameters
    self.timeout = timeout
    self.refresh = refresh
    self.limits = limits
    self.offset = offset
    self.from = from
  }

  /// The settings of one member of a cluster.
  package func member(at url: String) -> SourceSettings {
    var copy = self
    copy.urls = [url]
    return copy
  }

  /// What kind of server answers.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    /// The values of `type` in the configuration.
    case prometheus, alertmanager, pagerduty
  }

  /// How requests prove who asks.
  package enum Auth: Hashable, Sendable {
    /// A token in the field `Authorization: Bearer`.
    case bearer(Secret)
    /// PagerDuty's own form, `Authorization: Token token=`.
    case token(Secret)
    /// A user name and password (RFC 7617).
    case basic(username: String, password: Secret)
  }

  /// An extra request header.
  package struct Header: Hashable, Sendable {
    /// The field's name.
    package let name: String
    /// The field's value, which may be a secret.
    package let value: Secret

    /// Makes a header.
    package init(name: String, value: Secret) {
      self.name = name
      self.value = value
    }
  }

  /// An extra parameter of every request.
  package struct Parameter: Hashable, Sendable {
    /// The parameter's name.
    package let name: String
    /// The parameter's value, not yet encoded.
    package let value: String

    /// Makes a parameter.
    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Where certificates come from; files are paths of PEM files.
  package struct TLS: Hashable, Sendable {
    /// The authorities to trust in place of the system's.
    package let caFile: String?
    /// The client certificate with its chain.
    package let certificateFile: String?
    /// The client certificate's private key.
    package let keyFile: String?
    /// The name the certificate is checked against, where it is not the URL's host.
    package let serverName: String?
    /// Switches verification off; shown loudly wherever the source is shown.
    package let skipsVerification: Bool

    /// Makes TLS settings; by default the system's authorities are trusted.
    package init(
      caFile: String? = nil, certificateFile: String? = nil, keyFile: String? = nil,
      serverName: String? = nil, skipsVerification: Bool = false
    ) {
      self.caFile = caFile
      self.certificateFile = certificateFile
      self.keyFile = keyFile
      self.serverName = serverName
      self.skipsVerification = skipsVerification
    }
  }

  /// Bounds on what is asked of a source.
  package struct Limits: Hashable, Sendable {
    /// The mean rate of requests, above zero; short bursts may exceed it.
    package let requestsPerSecond: Double
    /// How many requests may be under way at once.
    package let concurrentRequests: Int
    /// The largest answer, in bytes after decompression.
    package let responseBytes: Int
    /// The longest query; `nil` leaves it to the kind of server.
    package let queryBytes: Int?

    /// Makes limits.
    package init(
      requestsPerSecond: Double = 20, concurrentRequests: Int = 4,
      responseBytes: Int = 32 << 20, queryBytes: Int? = nil
    ) {
      self.requestsPerSecond = requestsPerSecond
      self.concurrentRequests = concurrentRequests
      self.responseBytes = responseBytes
      self.queryBytes = queryBytes
    }
  }
}

/// Where a secret is found; its value exists only inside a connector.
package enum Secret: Hashable, Sendable {
  /// Written in the configuration itself, which is warned about.
  case literal(String)
  /// The name of an environment variable.
  case environment(String)
  /// The path of a file; trailing line breaks of its content do not count.
  case file(String)
  /// A command whose standard output is the secret.
  case command([String])
}
