import Operations
import Reliability
import Synchronization

/// The session that is running, and its successor when the configuration changes.
///
/// A successor begins with what is known of SLOs that did not change, so that nothing on the screen
/// goes blank; what a predecessor still publishes is dropped.
actor LiveEngine: MetricAsker {
  /// Makes a session that publishes to the given function and begins with what is known already.
  typealias Maker =
    @Sendable (
      _ known: Session.Memory, _ publish: @escaping @Sendable (Session.News) -> Void
    ) -> Session

  private let publish: @Sendable (Session.News) -> Void
  private var gate = Gate()
  private var session: Session
  private var work: Task<Void, Never>?

  /// Makes the first session; nothing is asked yet.
  init(
    _ make: Maker, inheriting memory: Session.Memory,
    publish: @escaping @Sendable (Session.News) -> Void
  ) {
    self.publish = publish
    session = make(memory, gate.guarding(publish))
  }

  /// What is known now.
  var memory: Session.Memory {
    get async { await session.memory }
  }

  /// The first evaluation, in which everything waits.
  var firstSnapshot: Snapshot { session.engine.firstSnapshot }

  /// Begins to poll.
  func start() {
    let session = session
    work = Task { await session.run() }
  }

  /// Ends the running session and goes on with another.
  func replace(with make: Maker) async {
    let old = session
    gate.close()
    work?.cancel()
    gate = Gate()
    session = make(await old.memory, gate.guarding(publish))
    publish(.snapshot(session.engine.firstSnapshot))
    start()
    await old.close()
  }

  /// Asks all sources now.
  func askNow() async { await session.askNow() }

  /// Hands what the operator wants to the outbox, in order.
  ///
  /// - Returns: Why some of it was not taken on, as a sentence.
  func submit(_ actions: [ActionRequest.Action]) async -> String? {
    var reason: String?
    for action in actions {
      do throws(ActionRefusal) {
        try await session.alerts.outbox.submit(action)
      } catch {
        reason = reason ?? error.sentence
      }
    }
    return reason
  }

  /// The answer to a question of a runbook, from the sources in use.
  func answer(
    to expression: String, from source: String?, hasPast: Bool, at instant: Timestamp
  ) async -> Result<MetricAnswer, ReadingFailure> {
    await session.engine.answer(
      to: expression, from: source, hasPast: hasPast, at: instant)
  }

  /// What a hand-off note is made of.
  func handOffNote(_ wish: HandOffWish, at now: Timestamp) async -> HandOffNote? {
    await session.handOffNote(wish, at: now)
  }

  /// The past of an alert.
  func history(of id: Alert.ID) async -> Result<AlertHistory, ReadingFailure> {
    await session.alerts.history(of: id)
  }

  /// Ends the running session.
  func stop() async {
    gate.close()
    work?.cancel()
    await work?.value
    await session.close()
  }

  /// Lets snapshots pass until it is closed.
  private final class Gate: Sendable {
    private let isOpen = Mutex(true)

    func close() {
      isOpen.withLock { $0 = false }
    }

    func guarding(
      _ publish: @escaping @Sendable (Session.News) -> Void
    ) -> @Sendable (Session.News) -> Void {
      { news in
        if self.isOpen.withLock({ $0 }) { publish(news) }
      }
    }
  }
}
