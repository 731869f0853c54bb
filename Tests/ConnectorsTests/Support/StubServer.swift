import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// An HTTP server on loopback that does what a test tells it to, misbehavior included.
final class StubServer: Sendable {
  /// What arrived.
  struct Arrived: Sendable {
    let head: HTTPRequestHead
    let body: String

    func header(_ name: String) -> String? { head.headers.first(name: name) }
  }

  /// What the server does with it.
  enum Reply: Sendable {
    case answer(status: Int, headers: [(String, String)], body: [UInt8])
    /// Keeps the connection and says nothing.
    case silence
    /// Promises this many bytes, sends fewer and closes.
    case half(promised: Int, body: String)
    /// Closes without a word.
    case hangUp

    static func json(_ text: String, status: Int = 200) -> Reply {
      .answer(
        status: status, headers: [("Content-Type", "application/json")], body: Array(text.utf8))
    }

    /// An answer of Prometheus with no series.
    static let empty = json(
      "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}")
  }

  typealias Handler = @Sendable (Arrived) -> Reply

  let port: Int
  private let channel: any Channel
  private let log: Log

  private init(channel: any Channel, port: Int, log: Log) {
    self.channel = channel
    self.port = port
    self.log = log
  }

  var arrived: [Arrived] { log.entries.withLock(\.self) }
  var url: String { "http://127.0.0.1:\(port)" }

  /// Starts a server on a free port.
  static func start(
    tls: TLSConfiguration? = nil, _ handler: @escaping Handler
  ) async throws -> StubServer {
    let log = Log()
    let context = try tls.map { try NIOSSLContext(configuration: $0) }
    let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if let context { try pipeline.addHandler(NIOSSLServerHandler(context: context)) }
          try pipeline.configureHTTPServerPipeline()
          try pipeline.addHandler(StubHandler(handler, log))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    return StubServer(channel: channel, port: channel.localAddress?.port ?? 0, log: log)
  }

  /// Accepts no further connections.
  func stop() { channel.close(promise: nil) }

  fileprivate final class Log: Sendable {
    let entries = Mutex<[Arrived]>([])
  }
}

private final class StubHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let handler: StubServer.Handler
  private let log: StubServer.Log
  private var head: HTTPRequestHead?
  private var body = ""

  init(_ handler: @escaping StubServer.Handler, _ log: StubServer.Log) {
    self.handler = handler
    self.log = log
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body = ""
    case .body(let buffer): body += String(buffer: buffer)
    case .end:
      guard let head else { return }
      let arrived = StubServer.Arrived(head: head, body: body)
      log.entries.withLock { $0.append(arrived) }
      send(handler(arrived), context)
    }
  }

  private func send(_ reply: StubServer.Reply, _ context: ChannelHandlerContext) {
    switch reply {
    case .answer(let status, let headers, let body):
      write(status, headers + [("Content-Length", String(body.count))], body, context)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    case .half(let promised, let body):
      write(200, [("Content-Length", String(promised))], Array(body.utf8), context)
      context.flush()
      context.close(promise: nil)
    case .hangUp: context.close(promise: nil)
    case .silence: break
    }
  }

  private func write(
    _ status: Int, _ headers: [(String, String)], _ body: [UInt8], _ context: ChannelHandlerContext
  ) {
    let head = HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: status),
      headers: HTTPHeaders(headers))
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
  }
}
