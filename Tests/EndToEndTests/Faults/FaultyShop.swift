import Foundation
import TestSupport

/// A live shop behind a server that misbehaves on request, and a configuration that asks there.
final class FaultyShop {
  /// The path of the configuration.
  let configuration: String
  /// What the program needs in its environment, so that the fault can be brought about.
  let environment: [String: String]
  /// What stands in front of the shop's Prometheus.
  let front: FaultServer
  /// Where a redirection leads to.
  let elsewhere: FaultServer

  private let cause: Fault.Cause
  private let shop: LiveShop
  /// Only for the fault that needs them.
  private let names: NameService?
  private let certificates: TestCertificates?

  /// Starts everything; nothing is wrong yet.
  ///
  /// - Throws: `ServerProcess.Failure`, for instance when Prometheus is not installed.
  init(for fault: Fault) async throws {
    shop = try await LiveShop()
    names = fault == .lostName ? try await NameService(knowing: Fault.host) : nil
    certificates = fault.needsTLS ? try await TestCertificates.make(serverName: "localhost") : nil
    let port = shop.server.port
    front = try await FaultServer.start(identity: certificates?.identity()) { _ in
      .relay(port: port)
    }
    elsewhere = try await FaultServer.start { _ in .empty }
    cause = fault.cause(upstream: port, elsewhere: elsewhere.url)
    let place =
      fault.needsTLS
      ? "https://localhost" : fault == .lostName ? "http://\(Fault.host)" : "http://127.0.0.1"
    environment = names?.environment ?? [:]
    let tls = certificates.map { ", tls: {caFile: \($0.caFile)}" } ?? ""
    configuration = try shop.configuration(
      url: "\(place):\(front.port)", timeout: Fault.timeout,
      settings: ", auth: {bearer: t0ken}, limits: {responseBytes: \(Fault.responseBytes)}\(tls)")
  }

  /// Brings the fault about.
  func inflict() async throws {
    switch cause {
    case .answers, .refusal, .lostNetwork: try await front.inflict(cause)
    case .lostName:
      // A name is asked for only where a connection is to be made.
      try names?.forget()
      front.disconnect()
    case .certificate(let name, let days):
      if let certificates {
        try front.show(try await certificates.identity(serverName: name, days: days))
      }
    }
  }

  /// Takes it back.
  func heal() async throws {
    try names?.learn()
    if let certificates { try front.show(certificates.identity()) }
    try await front.recover(upstream: shop.server.port)
  }

  func stop() {
    front.stop()
    elsewhere.stop()
    shop.stop()
    certificates?.remove()
  }
}
