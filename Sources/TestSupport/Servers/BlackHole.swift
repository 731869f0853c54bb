// A port of loopback that behaves like an address behind a lost route.

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A port where connections are neither made nor refused: a listener whose queue is full and whom
/// nobody serves, so that the system drops every further packet that asks for a connection.
struct BlackHole {
  private let sockets: [LoopbackSocket]

  /// Takes a port that nobody listens on.
  init(port: Int) throws {
    let listener = try LoopbackSocket(port: port)
    listen(listener.descriptor, 0)
    // A queue of length zero holds one connection; the others are for systems that round it up.
    let fillers = (0..<4).map { _ in
      let filler = LoopbackSocket()
      filler.stopBlocking()
      _ = filler.connect(port: port)
      return filler
    }
    sockets = [listener] + fillers
  }
}
