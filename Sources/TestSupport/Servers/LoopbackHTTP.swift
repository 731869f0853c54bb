/// Blocking requests to servers on 127.0.0.1: as much HTTP as starting and feeding servers takes.
package enum LoopbackHTTP {
  /// Sends a request and reads the answer's status.
  ///
  /// - Returns: `nil` while nobody listens.
  package static func status(
    of method: String, _ path: String, port: Int, body: [UInt8] = [], type: String? = nil
  ) -> Int? {
    let fields = type.map { [(name: "Content-Type", value: $0)] } ?? []
    return answer(to: method, path, fields: fields, body: body, port: port)?.status
  }

  /// Reads the body of what a path answers; empty while nobody listens.
  package static func get(_ path: String, port: Int) -> [UInt8] {
    answer(to: "GET", path, fields: [], body: [], port: port)?.body ?? []
  }

  /// Asks what a fault server was asked, and reads the whole answer.
  ///
  /// - Returns: `nil` while nobody listens, or when what comes is no answer.
  static func answer(to request: FaultServer.Request, port: Int) -> FaultServer.Answer? {
    // Uncompressed, so that the answer can be changed on its way.
    let fields = request.fields.filter {
      ["content-type", "accept"].contains($0.name.lowercased())
    }
    return answer(
      to: request.method, request.target, fields: fields, body: Array(request.body.utf8),
      port: port)
  }

  /// By HTTP/1.0, in which an answer is never chunked and ends with its connection.
  private static func answer(
    to method: String, _ path: String, fields: [(name: String, value: String)], body: [UInt8],
    port: Int
  ) -> FaultServer.Answer? {
    let socket = LoopbackSocket()
    guard socket.connect(port: port) else { return nil }
    let own = [("Host", "127.0.0.1:\(port)"), ("Content-Length", "\(body.count)")]
    let head = (fields + own).map { "\($0.0): \($0.1)\r\n" }.joined()
    guard socket.writeAll(Array("\(method) \(path) HTTP/1.0\r\n\(head)\r\n".utf8) + body)
    else { return nil }
    return FaultServer.Answer(closed: socket.readAll())
  }

  /// A port that was free a moment ago.
  package static func freePort() throws -> Int {
    try LoopbackSocket(port: 0).port
  }
}
