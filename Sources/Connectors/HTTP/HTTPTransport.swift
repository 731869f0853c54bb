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
  /// The method, in capitals.
  package let method: String
  /// The whole URL, encoded.
  package let url: String
  /// The fields, in the order they are sent.
  package var headers: [HTTPField]
  /// The body; an empty one is not sent.
  package let body: [UInt8]
  /// The time the whole exchange may take.
  package let timeout: Duration
  /// The most bytes of an answer's body, after decompression.
  package let answerLimit: Int

  /// Makes a request.
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
  /// The name, in any case.
  package let name: String
  /// The value, without line breaks.
  package let value: String

  /// Makes a field.
  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// An HTTP answer with its whole body.
package struct HTTPAnswer: Hashable, Sendable {
  /// The HTTP status code.
  package let status: Int
  /// The fields, in the order they came; names may repeat.
  package let headers: [HTTPField]
  /// The whole body, decompressed.
  package let body: [UInt8]

  /// Makes an answer.
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
