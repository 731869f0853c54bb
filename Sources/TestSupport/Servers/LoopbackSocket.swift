#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A TCP socket on 127.0.0.1, closed when nobody holds it any more; programs that are started do not
/// inherit it.
final class LoopbackSocket {
  private(set) var descriptor: Int32

  /// How long reading and writing wait before they fail, in seconds.
  private static let patience = 30

  #if canImport(Glibc)
  private static let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
  #elseif canImport(Musl)
  private static let kind = SOCK_STREAM | SOCK_CLOEXEC
  #else
  private static let kind = SOCK_STREAM
  #endif

  /// Makes a socket without a port.
  init() {
    descriptor = socket(AF_INET, LoopbackSocket.kind, 0)
    #if canImport(Darwin)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    #endif
    var limit = timeval(tv_sec: LoopbackSocket.patience, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &limit, size)
    }
  }

  /// Makes a socket that has a port, shared with others that are made like this while none of them
  /// listens; 0 is any free one.
  convenience init(port: Int) throws {
    self.init()
    var isShared: Int32 = 1
    #if canImport(Darwin)
    let option = SO_REUSEPORT
    #else
    let option = SO_REUSEADDR
    #endif
    setsockopt(descriptor, SOL_SOCKET, option, &isShared, socklen_t(MemoryLayout<Int32>.size))
    guard withAddress(port: port, { bind(descriptor, $0, $1) }) == 0 else {
      throw ServerProcess.Failure("port \(port) of 127.0.0.1 is taken")
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Hands the descriptor to somebody who closes it.
  func release() -> Int32 {
    defer { descriptor = -1 }
    return descriptor
  }

  /// The port it has.
  var port: Int {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        getsockname(descriptor, generic, &length)
      }
    }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  /// Lets so many clients wait to be accepted.
  func listen(queue: Int32) {
    startListening(descriptor, queue)
  }

  /// Whether it could be connected; one that does not block is so only later.
  func connect(port: Int) -> Bool {
    withAddress(port: port) { sendConnect(descriptor, $0, $1) } == 0
  }

  /// Makes it fail at once instead of waiting.
  func stopBlocking() {
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
  }

  /// Reads until the other side closes.
  func readAll() -> [UInt8] {
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return received }
      received += buffer[..<count]
    }
  }

  /// Whether all bytes could be written.
  func writeAll(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private func withAddress(
    port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        body(generic, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}

// The system's calls, whose names the class uses for its own.

private func startListening(_ descriptor: Int32, _ queue: Int32) {
  _ = listen(descriptor, queue)
}

private func sendConnect(
  _ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ length: socklen_t
) -> Int32 {
  connect(descriptor, address, length)
}
