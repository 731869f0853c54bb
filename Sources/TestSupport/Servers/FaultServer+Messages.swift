// What goes over the wire: requests as they arrive, answers as they are sent.

extension FaultServer {
  /// A request that arrived whole.
  package struct Request: Sendable {
    /// The method, such as `POST`.
    package let method: String
    /// The path with its query, or what a proxy is asked for.
    package let target: String
    /// The fields, in the order they came.
    package let fields: [(name: String, value: String)]
    /// The body as text.
    package let body: String
    /// Whether the client expects the connection to end with the answer (HTTP/1.0).
    let isLast: Bool

    /// The first value of a field, whatever the case of its name.
    package func header(_ name: String) -> String? {
      fields.first { $0.name.lowercased() == name.lowercased() }?.value
    }
  }

  /// An answer with its whole body.
  package struct Answer: Sendable {
    /// The HTTP status.
    package var status: Int
    /// The fields, apart from the length, which follows from the body.
    package var fields: [(name: String, value: String)]
    /// The body as it is sent.
    package var body: [UInt8]

    /// Makes an answer.
    package init(status: Int, fields: [(name: String, value: String)] = [], body: [UInt8] = []) {
      self.status = status
      self.fields = fields
      self.body = body
    }

    /// The answer as it is sent; `promised` is the length that is told, where it is not the body's.
    package func bytes(promising promised: Int? = nil) -> [UInt8] {
      let length = ("Content-Length", "\(promised ?? body.count)")
      let kept = fields.filter { $0.name.lowercased() != "content-length" }
      let head = (kept + [length]).map { "\($0.0): \($0.1)\r\n" }.joined()
      return Array("HTTP/1.1 \(status) Said\r\n\(head)\r\n".utf8) + body
    }
  }
}

extension FaultServer.Request {
  /// The first whole request in what was received, and how many bytes it took.
  static func first(in received: [UInt8]) -> (request: FaultServer.Request, length: Int)? {
    guard let head = MessageHead(received) else { return nil }
    let bodyLength = head.field("content-length").flatMap { Int($0) } ?? 0
    let length = head.length + bodyLength
    let words = head.firstLine.split(separator: " ").map(String.init)
    guard received.count >= length, words.count == 3 else { return nil }
    let body = String(decoding: received[head.length..<length], as: UTF8.self)
    let request = FaultServer.Request(
      method: words[0], target: words[1], fields: head.fields, body: body,
      isLast: words[2] == "HTTP/1.0")
    return (request, length)
  }
}

extension FaultServer.Answer {
  /// Reads an answer that ends with its connection, as HTTP/1.0 has it.
  init?(closed received: [UInt8]) {
    guard let head = MessageHead(received),
      let status = head.firstLine.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return nil }
    self.init(status: status, fields: head.fields, body: Array(received[head.length...]))
  }
}

/// The first line and the fields of a message of either side.
private struct MessageHead {
  let firstLine: String
  let fields: [(name: String, value: String)]
  /// How many bytes it takes, the empty line included.
  let length: Int

  init?(_ received: [UInt8]) {
    let end = Array("\r\n\r\n".utf8)
    guard let range = received.firstRange(of: end) else { return nil }
    length = range.upperBound
    let text = String(decoding: received[..<range.lowerBound], as: UTF8.self)
    let lines = text.split(separator: "\r\n").map(String.init)
    firstLine = lines.first ?? ""
    fields = lines.dropFirst().compactMap { line in
      let halves = line.split(separator: ":", maxSplits: 1).map(String.init)
      guard halves.count == 2 else { return nil }
      return (halves[0], String(halves[1].drop { $0 == " " }))
    }
  }

  func field(_ name: String) -> String? {
    fields.first { $0.name.lowercased() == name }?.value
  }
}
