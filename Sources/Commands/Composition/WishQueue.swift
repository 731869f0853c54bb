/// What the operator asks for, carried out one after another, so that what came first is done first.
struct WishQueue<Wish: Sendable>: Sendable {
  private let wishes: AsyncStream<Wish>.Continuation
  private let work: Task<Void, Never>

  /// Makes a queue that waits for wishes.
  init(_ carryOut: @escaping @Sendable (Wish) async -> Void) {
    let (stream, continuation) = AsyncStream.makeStream(of: Wish.self)
    wishes = continuation
    work = Task.detached {
      for await wish in stream { await carryOut(wish) }
    }
  }

  /// Leaves a wish, without waiting.
  func add(_ wish: Wish) { wishes.yield(wish) }

  /// Takes no more, and waits until what there is has been done, or the time is over.
  func finish(atMost limit: Duration) {
    wishes.finish()
    _ = Blocking.wait(atMost: limit) { await work.value }
  }
}
