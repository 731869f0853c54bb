import Operations
import Reliability
import Synchronization

/// The session that is running, and its successor when the configuration changes.
///
/// A successor begins with what is known of SLOs that did not change, so that nothing on the screen
/// goes blank; what a predecessor still publishes is dropped.
actor LiveEngine {
  /// Makes a session that publishes to the given function and begins with what is known already.
  typealias Maker =
    @Sendable (
      _ known: [SLO: KnownReadings], _ publish: @escaping @Sendable (Snapshot) -> Void
    ) -> Session

  private let publish: @Sendable (Snapshot) -> Void
  private var gate = Gate()
  private var engine: Engine
  private var work: Task<Void, Never>?

  /// Makes the first session; nothing is asked yet.
  init(_ make: Maker, publish: @escaping @Sendable (Snapshot) -> Void) {
    self.publish = publish
    engine = make([:], gate.guarding(publish)).engine
  }

  /// The first evaluation, in which everything waits.
  var firstSnapshot: Snapshot { engine.firstSnapshot }

  /// Begins to poll.
  func start() {
    let engine = engine
    work = Task { await engine.run() }
  }

  /// Ends the running session and goes on with another.
  func replace(with make: Maker) async {
    let old = engine
    gate.close()
    work?.cancel()
    gate = Gate()
    engine = make(await old.memory, gate.guarding(publish)).engine
    publish(engine.firstSnapshot)
    start()
    await old.close()
  }

  /// Asks all sources now.
  func askNow() async { await engine.askNow() }

  /// Ends the running session.
  func stop() async {
    gate.close()
    work?.cancel()
    await work?.value
    await engine.close()
  }

  /// Lets snapshots pass until it is closed.
  private final class Gate: Sendable {
    private let isOpen = Mutex(true)

    func close() {
      isOpen.withLock { $0 = false }
    }

    func guarding(
      _ publish: @escaping @Sendable (Snapshot) -> Void
    ) -> @Sendable (Snapshot) -> Void {
      { snapshot in
        if self.isOpen.withLock({ $0 }) { publish(snapshot) }
      }
    }
  }
}
