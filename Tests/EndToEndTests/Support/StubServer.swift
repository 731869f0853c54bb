import Foundation
import TestSupport

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// An HTTP server on loopback that gives every request the same answer, one request at a time.
final class StubServer: Sendable {
  let port: Int
  private let listener: Int32

  var url: String { "http://127.0.0.1:\(port)" }

  /// Starts to answer.
  ///
  /// - Parameters:
  ///   - status: The status of every answer.
  ///   - type: Its content type.
  ///   - body: Its body.
  /// - Throws: `ServerProcess.Failure` when no port is free.
  init(status: Int, type: String = "application/json", body: [UInt8]) throws {
    port = try LoopbackHTTP.freePort()
    #if canImport(Glibc)
    let kind = Int32(SOCK_STREAM.rawValue)
    #else
    let kind = SOCK_STREAM
    #endif
    listener = socket(AF_INET, kind, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let isListening = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(listener, generic, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
          && listen(listener, 64) == 0
      }
    }
    guard isListening else { throw ServerProcess.Failure("no stub server on port \(port)") }
    let head =
      "HTTP/1.1 \(status) Stub\r\nContent-Type: \(type)\r\nContent-Length: \(body.count)\r\n"
      + "Connection: close\r\n\r\n"
    let answer = Array(head.utf8) + body
    Thread.detachNewThread { [listener] in
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        StubServer.serve(connection, answer)
      }
    }
  }

  deinit {
    stop()
    close(listener)
  }

  /// Accepts no further connections.
  func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  // A client that has left must not end the tests with SIGPIPE.
  #if canImport(Darwin)
  private static let quietly: Int32 = 0
  #else
  private static let quietly = Int32(MSG_NOSIGNAL)
  #endif

  /// Reads a request whole, so that closing does not reset the connection, and answers.
  private static func serve(_ connection: Int32, _ answer: [UInt8]) {
    defer { close(connection) }
    #if canImport(Darwin)
    var isQuiet: Int32 = 1
    setsockopt(connection, SOL_SOCKET, SO_NOSIGPIPE, &isQuiet, socklen_t(MemoryLayout<Int32>.size))
    #endif
    var request: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while !isWhole(request) {
      let count = read(connection, &buffer, buffer.count)
      guard count > 0 else { return }
      request += buffer[..<count]
    }
    var rest = answer[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, quietly) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  private static func isWhole(_ request: [UInt8]) -> Bool {
    let text = String(decoding: request, as: UTF8.self)
    let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return false }
    let length = parts[0].lowercased().split(separator: "\r\n")
      .first { $0.hasPrefix("content-length:") }?
      .split(separator: ":").last.flatMap { Int($0.trimmingCharacters(in: .whitespaces)) }
    return parts[1].utf8.count >= length ?? 0
  }
}
