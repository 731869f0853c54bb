/// A port of loopback where connections are neither made nor refused, as behind a lost route.
///
/// It is a listener whose queue is full and whom nobody serves, so that the system drops every further
/// packet that asks for a connection.
struct BlackHole {
  private let sockets: [LoopbackSocket]

  /// Takes a port that nobody listens on.
  init(port: Int) throws {
    let listener = try LoopbackSocket(port: port)
    listener.listen(queue: 0)
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
