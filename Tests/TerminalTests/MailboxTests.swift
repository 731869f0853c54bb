import Synchronization
import Testing

@testable import Terminal

struct MailboxTests {
  @Test("Messages come out once, in order")
  func keepsOrder() {
    let mailbox = Mailbox<Int>(wake: {})
    for number in 1...3 { mailbox.post(number) { _ in false } }
    #expect(mailbox.drain() == [1, 2, 3])
    #expect(mailbox.drain() == [])
  }

  @Test("A newer message takes the place of those it replaces")
  func replaces() {
    let mailbox = Mailbox<String>(wake: {})
    for message in ["snapshot 1", "result", "snapshot 2"] {
      mailbox.post(message) { message.hasPrefix("snapshot") && $0.hasPrefix("snapshot") }
    }
    #expect(mailbox.drain() == ["result", "snapshot 2"])
  }

  @Test("Every message wakes, after it can be read")
  func wakes() {
    let wakeUps = Mutex(0)
    let mailbox = Mailbox<Int> { wakeUps.withLock { $0 += 1 } }
    mailbox.post(1) { _ in false }
    mailbox.post(2) { $0 == 1 }
    #expect(wakeUps.withLock { $0 } == 2)
    #expect(mailbox.drain() == [2])
  }

  @Test("No message of many threads is lost")
  func takesFromManyThreads() async {
    let mailbox = Mailbox<Int>(wake: {})
    await withTaskGroup(of: Void.self) { group in
      for worker in 0..<8 {
        group.addTask {
          for number in 0..<100 { mailbox.post(worker * 100 + number) { _ in false } }
        }
      }
    }
    #expect(mailbox.drain().sorted() == Array(0..<800))
  }
}
