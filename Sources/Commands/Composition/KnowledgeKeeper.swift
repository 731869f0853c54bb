import Operations
import Reliability

/// Keeps what is known in the journal while the dashboard runs, and finds it again at the next start.
struct KnowledgeKeeper: Sendable {
  let journal: any JournalStore
  /// The service levels of this start.
  let slos: [SLO]
  let clock: any WallClock

  /// How long the first frame waits for what was known before.
  private static let patience = Duration.milliseconds(20)
  /// For a process that ends without warning.
  private static let interval = Duration.seconds(300)

  /// What was known when burnwatch last ran, unless it takes too long to find.
  func memory() -> Session.Memory {
    let now = clock.now
    let found = Blocking.wait(atMost: KnowledgeKeeper.patience) {
      await LastKnown.memory(in: journal, for: slos, at: now)
    }
    return found ?? Session.Memory()
  }

  /// Keeps what is known every few minutes, until the task is cancelled.
  func keep(regularlyFrom live: LiveEngine) async {
    while (try? await clock.sleep(until: clock.now + KnowledgeKeeper.interval)) != nil {
      await keep(await live.memory)
    }
  }

  /// Keeps what is known now.
  func keep(_ memory: Session.Memory) async {
    await LastKnown.keep(memory, in: journal, at: clock.now)
  }
}
