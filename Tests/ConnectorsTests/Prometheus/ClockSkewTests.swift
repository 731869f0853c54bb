import Reliability
import Testing

@testable import Connectors

/// What the `Date` of answers says of a server's clock.
@Suite("Clock skew")
struct ClockSkewTests {
  private static let sent = Timestamp(milliseconds: 1_795_200_000_400)

  /// An answer that took 100 ms, from a server whose clock is ahead by this much.
  private static func observation(ahead: Duration, after wait: Duration = .zero) -> ClockSkew {
    let sent = sent + wait
    let written = (sent + ahead).rounded(downTo: .seconds(1))
    return ClockSkew(
      serverTime: written, precision: .seconds(1), sent: sent,
      received: sent + .milliseconds(100))
  }

  @Test(
    "The least difference is what neither the way nor the precision can explain",
    arguments: [(500, 0), (3500, 0), (-500, -500), (6000, 2000)] as [(Int64, Int64)])
  func least(ahead: Int64, least: Int64) {
    // Four seconds from question to answer; the server's time is `ahead` of the question's.
    let skew = ClockSkew(
      serverTime: Self.sent + .milliseconds(ahead), precision: .zero, sent: Self.sent,
      received: Self.sent + .seconds(4))
    #expect(skew.least == .milliseconds(least))
  }

  @Test("A Date field is read, and nothing else is")
  func dates() {
    let read = HTTPDate.timestamp("Sat, 21 Nov 2026 14:03:22 GMT")
    #expect(read == Timestamp(rfc3339: "2026-11-21T14:03:22Z"))
    for text in [
      "", "yesterday", "Saturday, 21-Nov-26 14:03:22 GMT", "Sat, 31 Feb 2026 14:03:22 GMT",
    ] {
      #expect(HTTPDate.timestamp(text) == nil, "\(text)")
    }
  }

  @Test("Whole seconds and the way there are no difference", arguments: [0, 300, 999])
  func agreement(milliseconds: Int64) {
    let skew = Self.observation(ahead: .milliseconds(milliseconds))
    #expect(skew.least <= .milliseconds(milliseconds))
    #expect(skew.difference() == nil && skew.caution(wasShown: false) == nil)
  }

  @Test("Later answers narrow what one allows, and a contradiction begins anew")
  func narrowing() {
    let first = Self.observation(ahead: .milliseconds(2500))
    let later = Self.observation(ahead: .milliseconds(2500), after: .milliseconds(900))
    let narrowed = first.narrowed(by: later)
    #expect(narrowed.lowest == max(first.lowest, later.lowest))
    #expect(narrowed.highest == min(first.highest, later.highest))
    #expect(narrowed.highest - narrowed.lowest < first.highest - first.lowest)
    let set = Self.observation(ahead: .zero)
    #expect(narrowed.narrowed(by: set) == set)
  }

  @Test(
    "Its length is said as people say it",
    arguments: [
      (3, "some seconds ahead"), (45, "45 s ahead"), (-45, "45 s behind"), (600, "10 min ahead"),
      (-7201, "2 h behind"), (28_800, "8 h ahead"),
    ])
  func words(seconds: Int, words: String) throws {
    // Exact to the millisecond, as many answers make it.
    let skew = ClockSkew(
      serverTime: Self.sent + .seconds(seconds), precision: .zero, sent: Self.sent,
      received: Self.sent)
    #expect(try #require(skew.caution(wasShown: false)).hasPrefix("its clock is \(words) "))
  }

  @Test("A caution that is shown stays until the difference is half of what brought it")
  func steadiness() {
    func caution(_ milliseconds: Int64, wasShown: Bool) -> String? {
      ClockSkew(
        serverTime: Self.sent + .milliseconds(milliseconds), precision: .zero, sent: Self.sent,
        received: Self.sent
      ).caution(wasShown: wasShown)
    }
    #expect(caution(1500, wasShown: false) == nil)
    #expect(caution(1500, wasShown: true) != nil)
    #expect(caution(900, wasShown: true) == nil)
  }
}
