internal import NIOCore
internal import NIOPosix
internal import Reliability

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

extension FaultServer {
  /// What is done with a request.
  package indirect enum Reply: Sendable {
    /// Answers as HTTP should be, and keeps the connection.
    case answer(Answer)
    /// Sends these bytes and nothing else.
    case raw([UInt8], then: Ending)
    /// Keeps the connection and says nothing.
    case silence
    /// Sends a beginning, then the same piece again and again, for as long as it is taken.
    case endless([UInt8], piece: [UInt8], every: Duration)
    /// Does so later.
    case later(Duration, Reply)
    /// Asks another server on this port of loopback, and passes its answer on, changed or not.
    case relay(port: Int, @Sendable (Answer) -> Answer)
  }

  /// What becomes of the connection.
  package enum Ending: Sendable {
    /// It is open for the next request.
    case keep
    /// It ends in order.
    case close
    /// It ends with a reset (RST), so that the client's system reports an error.
    case reset
  }
}

extension FaultServer.Reply {
  /// An answer in JSON.
  package static func json(_ text: String, status: Int = 200) -> FaultServer.Reply {
    .answer(status: status, type: "application/json", text)
  }

  /// An answer with a text.
  package static func answer(status: Int, type: String, _ text: String) -> FaultServer.Reply {
    .answer(
      FaultServer.Answer(
        status: status, fields: [("Content-Type", type)], body: Array(text.utf8)))
  }

  /// An answer of Prometheus with no series.
  package static let empty = json(
    #"{"status":"success","data":{"resultType":"vector","result":[]}}"#)

  /// Closes without a word.
  package static let hangUp = FaultServer.Reply.raw([], then: .close)

  /// Promises this many bytes, sends fewer and ends.
  package static func half(
    promised: Int, body: String, then ending: FaultServer.Ending = .close
  ) -> FaultServer.Reply {
    let answer = FaultServer.Answer(status: 200, body: Array(body.utf8))
    return .raw(answer.bytes(promising: promised), then: ending)
  }

  /// Passes requests on to another server, and its answers back as they are.
  package static func relay(port: Int) -> FaultServer.Reply {
    .relay(port: port, { $0 })
  }
}

// MARK: - Carrying it out

extension FaultServer.Reply {
  func carryOut(_ request: FaultServer.Request, on channel: any Channel) {
    switch self {
    case .answer(let answer):
      FaultServer.send(answer.bytes(), then: request.isLast ? .close : .keep, on: channel)
    case .raw(let bytes, let ending): FaultServer.send(bytes, then: ending, on: channel)
    case .silence: break
    case .endless(let beginning, let piece, let interval):
      FaultServer.send(beginning, then: .keep, on: channel)
      FaultServer.repeatedly(send: ByteBuffer(bytes: piece), every: interval, on: channel)
    case .later(let delay, let reply):
      channel.eventLoop.scheduleTask(in: .milliseconds(delay.milliseconds)) {
        if channel.isActive { reply.carryOut(request, on: channel) }
      }
    case .relay(let port, let change):
      NIOThreadPool.singleton.runIfActive(eventLoop: channel.eventLoop) {
        LoopbackHTTP.answer(to: request, port: port)
      }.whenComplete { result in
        if case .success(.some(let answer)) = result {
          FaultServer.send(change(answer).bytes(), then: .keep, on: channel)
        } else {
          FaultServer.end(.close, channel)
        }
      }
    }
  }
}

extension FaultServer {
  /// Writes bytes, then does with the connection what is to be done.
  static func send(_ bytes: [UInt8], then ending: Ending, on channel: any Channel) {
    channel.writeAndFlush(ByteBuffer(bytes: bytes)).whenComplete { _ in end(ending, channel) }
  }

  fileprivate static func end(_ ending: Ending, _ channel: any Channel) {
    switch ending {
    case .keep: break
    case .close: channel.close(promise: nil)
    case .reset:
      // Closing without lingering throws away what is unsent and sends a reset.
      let options = channel as? any SocketOptionProvider
      let isSet = options?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
      isSet?.whenComplete { _ in channel.close(promise: nil) }
    }
  }

  /// A client that does not read is not sent more, so that an endless body costs no memory here.
  fileprivate static func repeatedly(
    send piece: ByteBuffer, every interval: Duration, on channel: any Channel
  ) {
    let delay = TimeAmount.milliseconds(interval.milliseconds)
    channel.eventLoop.scheduleRepeatedTask(initialDelay: delay, delay: delay) { task in
      guard channel.isActive else { return task.cancel() }
      if channel.isWritable { channel.writeAndFlush(piece, promise: nil) }
    }
  }
}
