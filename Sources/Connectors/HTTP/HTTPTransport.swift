/// What connectors ask over HTTP; the real one is `ClientTransport`, tests bring their own.
package protocol HTTPTransport: Sendable {
  /// Sends a request and reads the whole answer, whatever its status.
  ///
  /// - Throws: A `ConnectorError` when there is no whole answer.
  func exchange(_ request: HTTPRequest) async throws(ConnectorError) -> HTTPAnswer

  /// Closes idle connections; nothing is asked afterwards.
  func close() async
}

/// An HTTP request as a value.
package struct HTTPRequest: Hashable, Sendable {
  package let method: String
  package let url: String
  package var headers: [HTTPField]
  package let body: [UInt8]
  /// The time the whole exchange may take.
  package let timeout: Duration
  /// The most bytes of an answer's body, after decompression.
  package let answerLimit: Int

  package init(
    method: String, url: String, headers: [HTTPField], body: [UInt8], timeout: Duration,
    answerLimit: Int
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeout = timeout
    self.answerLimit = answerLimit
  }
}

/// A header field of a request or an answer.
package struct HTTPField: Hashable, Sendable {
  package let name: String
  package let value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// An HTTP answer with its whole body.
package struct HTTPAnswer: Hashable, Sendable {
  package let status: Int
  package let headers: [HTTPField]
  package let body: [UInt8]

  package init(status: Int, headers: [HTTPField] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first value of a field; names do not distinguish case (RFC 9110, 5.1).
  package func field(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
