package import Reliability
internal import Synchronization

/// A server on loopback that takes PagerDuty's part, strict to what is known of its REST API v2.
///
/// It refuses whatever the API description does not have: fields, parameters, members of bodies, steps
/// from one status to another. Where only the status of an answer is known, and not its words or code,
/// they are this server's own.
package final class PagerDutyStandIn: Sendable {
  /// A request that arrived.
  package typealias Request = FaultServer.Request

  /// What kind of key the token is.
  package enum Key: Hashable, Sendable {
    /// The account's; writes need the field `From` with the address of a user.
    case account
    /// A user's, by name; writes are theirs, whatever `From` says.
    case user(String)
    /// Reads only.
    case readOnly
  }

  /// The key's rate limit as answers tell it.
  package struct Allowance: Hashable, Sendable {
    /// How many requests there are in a minute (`ratelimit-limit`).
    package var limit = 960
    /// How many are left (`ratelimit-remaining`); with none left, requests are answered 429.
    package var remaining = 960
    /// In how many seconds all are there again (`ratelimit-reset`).
    package var reset = 42

    /// Makes a whole allowance.
    package init() {}
  }

  /// A change that is made once, when a request has been answered.
  struct Plan: Sendable {
    let target: String
    let change: @Sendable (inout PagerDutyAccount) -> Void
  }

  struct State: Sendable {
    var account = PagerDutyAccount()
    var token: String
    var key: Key
    var allowance = Allowance()
    var faults: [PagerDutyFault] = []
    var plans: [Plan] = []
  }

  let state: Mutex<State>
  let now: @Sendable () -> Timestamp
  private let server: FaultServer

  private init(
    _ server: FaultServer, _ state: State, _ now: @escaping @Sendable () -> Timestamp
  ) {
    self.server = server
    self.state = Mutex(state)
    self.now = now
  }

  /// Starts a stand-in on a free port; its account has the user `ines@example.com` and no incidents.
  ///
  /// - Parameters:
  ///   - token: The only token that is let in.
  ///   - key: What kind of key it is.
  ///   - now: The server's clock.
  /// - Returns: The server, accepting connections.
  /// - Throws: When no port is free.
  package static func start(
    token: String = "pd-s3cret-t0ken", key: Key = .account,
    now: @escaping @Sendable () -> Timestamp
  ) async throws -> PagerDutyStandIn {
    let server = try await FaultServer.start { _ in .silence }
    let standIn = PagerDutyStandIn(server, State(token: token, key: key), now)
    server.behave { [weak standIn] request in standIn?.reply(to: request) ?? .hangUp }
    return standIn
  }

  /// The base URL.
  package var url: String { server.url }

  /// Closes everything.
  package func stop() { server.stop() }

  /// The requests so far, refused ones among them.
  package var requests: [Request] { server.arrived }

  /// The requests so far that would change something, as `PUT /incidents`.
  package var writes: [String] {
    requests.filter { $0.method != "GET" }.map { "\($0.method) \($0.path)" }
  }

  /// The reads so far, without their parameters.
  package var reads: [String] {
    requests.filter { $0.method == "GET" }.map { "\($0.method) \($0.path)" }
  }

  /// What the account holds.
  package var account: PagerDutyAccount { state.withLock { $0.account } }

  /// Changes what the account holds: others create, acknowledge and resolve as well.
  package func change(_ change: (inout PagerDutyAccount) -> Void) {
    state.withLock { change(&$0.account) }
  }

  /// Changes what the account holds, once, when the next request of a kind has been answered.
  ///
  /// - Parameters:
  ///   - target: The kind, such as `GET /incidents/*/notes`.
  ///   - change: The change.
  package func after(
    _ target: String, _ change: @escaping @Sendable (inout PagerDutyAccount) -> Void
  ) {
    state.withLock { $0.plans.append(Plan(target: target, change: change)) }
  }

  /// Goes wrong from now on; faults that are planned already come first.
  package func plan(_ faults: PagerDutyFault...) {
    state.withLock { $0.faults += faults }
  }

  /// Forgets the faults that have not come yet.
  package func recover() {
    state.withLock { $0.faults = [] }
  }

  /// Sets how many requests are left.
  package func allow(_ allowance: Allowance) {
    state.withLock { $0.allowance = allowance }
  }

  /// Lets another token in.
  package func setToken(_ token: String, key: Key = .account) {
    state.withLock { state in
      state.token = token
      state.key = key
    }
  }
}

extension FaultServer.Request {
  /// The path without parameters.
  var path: String { String(target.prefix { $0 != "?" }) }

  /// Whether it is of a kind, such as `GET /incidents/*`; an asterisk stands for an id.
  func matches(_ pattern: String) -> Bool {
    let parts = pattern.split { $0 == " " || $0 == "/" }
    let own = "\(method) \(path)".split { $0 == " " || $0 == "/" }
    return parts.count == own.count && zip(parts, own).allSatisfy { $0 == "*" || $0 == $1 }
  }
}
