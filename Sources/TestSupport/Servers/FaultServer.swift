internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// An HTTP server on a real socket of loopback that does what a test tells it to, misbehavior
/// included.
///
/// It reads requests whole and hands each to its behavior, whose reply it carries out to the byte.
package final class FaultServer: Sendable {
  /// Decides what is done with a request.
  package typealias Behavior = @Sendable (Request) -> Reply

  /// The port of 127.0.0.1 it listens on, also while it refuses connections.
  package let port: Int
  private let state: Mutex<State>

  private struct State {
    /// Has the port and never listens, so that nobody else gets it while the server does not listen.
    var holder: LoopbackSocket
    var behavior: Behavior
    var identity: NIOSSLContext?
    /// Connections that were on their way while it stopped to accept any are closed.
    var isAccepting = false
    var listener: (any Channel)?
    var blackHole: BlackHole?
    var connections: [ObjectIdentifier: any Channel] = [:]
    var arrived: [Request] = []
  }

  private init(_ behavior: @escaping Behavior, _ identity: NIOSSLContext?) throws {
    let holder = try LoopbackSocket(port: 0)
    port = holder.port
    state = Mutex(State(holder: holder, behavior: behavior, identity: identity))
  }

  /// Starts a server on a free port.
  ///
  /// - Parameters:
  ///   - identity: The certificate it shows; plain HTTP without one.
  ///   - behavior: What it does with each request.
  /// - Returns: The server, accepting connections.
  /// - Throws: When no port is free or a certificate file cannot be read.
  package static func start(
    identity: ServerIdentity? = nil, _ behavior: @escaping Behavior
  ) async throws -> FaultServer {
    let server = try FaultServer(behavior, try identity?.context)
    try await server.listen()
    return server
  }

  /// The server's base URL by its address; one with a certificate has names besides.
  package var url: String {
    "\(state.withLock { $0.identity } == nil ? "http" : "https")://127.0.0.1:\(port)"
  }

  /// The requests so far, in the order in which they were whole.
  package var arrived: [Request] { state.withLock { $0.arrived } }

  /// Does something else with requests from now on; connections stay.
  package func behave(_ behavior: @escaping Behavior) {
    state.withLock { $0.behavior = behavior }
  }

  /// Shows another certificate from now on, so that connections have to be made anew.
  package func show(_ identity: ServerIdentity) throws {
    let context = try identity.context
    state.withLock { $0.identity = context }
    disconnect()
  }

  /// Closes all connections and refuses new ones until it listens again.
  package func refuse() async throws {
    try await takeListener()?.close()
    disconnect()
  }

  /// Says nothing any more on any connection, and lets nobody connect nor refuses it, until it
  /// listens again.
  package func vanish() async throws {
    behave { _ in .silence }
    try await takeListener()?.close()
    try state.withLock { $0.blackHole = try BlackHole(port: port) }
  }

  /// Accepts connections.
  package func listen() async throws {
    state.withLock { state in
      state.blackHole = nil
      state.isAccepting = true
    }
    // NIO's own listeners are handed down to programs that a test starts, which keep them open.
    let socket = try LoopbackSocket(port: port)
    let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try self.adopt(channel) }
      }
      .withBoundSocket(socket.release()).get()
    state.withLock { $0.listener = channel }
  }

  /// Closes everything.
  package func stop() {
    takeListener()?.close(promise: nil)
    state.withLock { $0.blackHole = nil }
    disconnect()
  }

  var isListening: Bool { state.withLock { $0.listener != nil } }

  private func takeListener() -> (any Channel)? {
    state.withLock { state in
      defer { state.listener = nil }
      state.isAccepting = false
      return state.listener
    }
  }

  /// Closes all connections; new ones can be made.
  package func disconnect() {
    for channel in state.withLock({ Array($0.connections.values) }) { channel.close(promise: nil) }
  }

  private func adopt(_ channel: any Channel) throws {
    let pipeline = channel.pipeline.syncOperations
    if let context = state.withLock({ $0.identity }) {
      try pipeline.addHandler(NIOSSLServerHandler(context: context))
    }
    try pipeline.addHandler(RequestReader { [weak self] in self?.serve($0, on: channel) })
    let key = ObjectIdentifier(channel)
    let isWanted = state.withLock { state in
      if state.isAccepting { state.connections[key] = channel }
      return state.isAccepting
    }
    guard isWanted else { return channel.close(promise: nil) }
    channel.closeFuture.whenComplete { [weak self] _ in
      self?.state.withLock { $0.connections[key] = nil }
    }
  }

  private func serve(_ request: Request, on channel: any Channel) {
    let behavior = state.withLock { state in
      state.arrived.append(request)
      return state.behavior
    }
    behavior(request).carryOut(request, on: channel)
  }
}

/// Cuts what a client sends into requests.
private final class RequestReader: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let serve: (FaultServer.Request) -> Void
  private var received: [UInt8] = []

  init(_ serve: @escaping (FaultServer.Request) -> Void) {
    self.serve = serve
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    received += unwrapInboundIn(data).readableBytesView
    // What begins with no letter is no HTTP: a client that speaks TLS to a plain server.
    if let first = received.first, !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) {
      return refuse(context.channel)
    }
    while let (request, length) = FaultServer.Request.first(in: received) {
      received.removeFirst(length)
      serve(request)
    }
  }

  private func refuse(_ channel: any Channel) {
    received = []
    FaultServer.send(FaultServer.Answer(status: 400).bytes(), then: .close, on: channel)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
