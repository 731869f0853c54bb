import Synchronization

/// Where other threads leave messages for the thread that draws.
package final class Mailbox<Message: Sendable>: Sendable {
  private let messages = Mutex<[Message]>([])
  private let wake: @Sendable () -> Void

  /// Makes an empty mailbox; `wake` is called after every message, on the sender's thread.
  package init(wake: @escaping @Sendable () -> Void = WakeUp.signal) {
    self.wake = wake
  }

  /// Leaves a message behind the others, in place of those that it makes obsolete.
  ///
  /// A newer snapshot replaces a queued older one: however long the reader is away, the mailbox
  /// does not grow.
  package func post(_ message: Message, replacingWhere isObsolete: @Sendable (Message) -> Bool) {
    messages.withLock {
      $0.removeAll(where: isObsolete)
      $0.append(message)
    }
    wake()
  }

  /// Takes all messages, oldest first.
  package func drain() -> [Message] {
    messages.withLock {
      let taken = $0
      $0 = []
      return taken
    }
  }
}
