import Testing

@testable import Commands

@Suite("The pace of frames")
struct FramePaceTests {
  private let start = ContinuousClock.now

  @Test("After a pause two frames are drawn at once, the next ones at the pace")
  func burst() {
    var pace = FramePace()
    #expect(pace.delay(at: start) == .zero)
    pace.note(at: start)
    #expect(pace.delay(at: start) == .zero)
    pace.note(at: start)
    #expect(pace.delay(at: start) == .milliseconds(33))
    #expect(pace.delay(at: start + .milliseconds(30)) == .milliseconds(3))
    pace.note(at: start + .milliseconds(33))
    #expect(pace.delay(at: start + .milliseconds(33)) == .milliseconds(33))
  }

  @Test("However long the pause was, no third frame follows at once")
  func noSavings() {
    var pace = FramePace()
    pace.note(at: start)
    let later = start + .seconds(3600)
    pace.note(at: later)
    pace.note(at: later)
    #expect(pace.delay(at: later) == .milliseconds(33))
  }

  @Test("Under a flood of changes a second has about thirty frames")
  func flood() {
    var pace = FramePace()
    let drawn = (0..<1000).count { milliseconds in
      let now = start + .milliseconds(milliseconds)
      guard pace.delay(at: now) == .zero else { return false }
      pace.note(at: now)
      return true
    }
    #expect(drawn == 32)
  }
}
