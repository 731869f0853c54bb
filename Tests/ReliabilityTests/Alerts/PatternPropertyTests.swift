import Testing

@testable import Reliability

/// A random pattern that knows by itself what it matches, by sets of ends and no machine.
private indirect enum RandomPattern {
  case literal(Character)
  case any
  case members(Set<Character>, isNegated: Bool)
  case start, end, boundary
  case sequence([RandomPattern])
  case alternatives([RandomPattern])
  case repetition(RandomPattern, Int, Int?)

  init(_ random: inout SteadyRandom, depth: Int) {
    switch random.below(depth == 0 ? 6 : 13) {
    case 0, 1, 2: self = .literal(["a", "b", "-"][random.below(3)])
    case 3: self = .any
    case 4:
      self = .members(["a", random.below(2) == 0 ? "b" : "-"], isNegated: random.below(2) == 0)
    case 5: self = [.start, .end, .boundary][random.below(3)]
    case 6, 7, 8:
      self = .sequence((0..<random.below(4)).map { _ in .init(&random, depth: depth - 1) })
    case 9, 10:
      self = .alternatives((0...random.below(3)).map { _ in .init(&random, depth: depth - 1) })
    default:
      let minimum = random.below(3)
      self = .repetition(
        .init(&random, depth: depth - 1), minimum,
        random.below(2) == 0 ? nil : minimum + random.below(3))
    }
  }

  var text: String {
    switch self {
    case .literal(let character): String(character)
    case .any: "."
    case .members(let members, let isNegated):
      "[\(isNegated ? "^" : "")\(String(members.sorted(by: >)))]"
    case .start: "^"
    case .end: "$"
    case .boundary: #"\b"#
    case .sequence(let parts): "(?:\(parts.map(\.text).joined()))"
    case .alternatives(let parts): "(\(parts.map(\.text).joined(separator: "|")))"
    case .repetition(let part, let minimum, let maximum):
      "(?:\(part.text)){\(minimum),\(maximum.map(String.init) ?? "")}"
    }
  }

  func matches(_ text: String) -> Bool {
    let text = Array(text)
    return ends(in: text, from: [0]).contains(text.count)
  }

  private func ends(in text: [Character], from starts: Set<Int>) -> Set<Int> {
    switch self {
    case .literal(let character): step(in: text, from: starts) { $0 == character }
    case .any: step(in: text, from: starts) { $0 != "\n" }
    case .members(let members, let isNegated):
      step(in: text, from: starts) { members.contains($0) != isNegated }
    case .start: starts.intersection([0])
    case .end: starts.intersection([text.count])
    case .boundary: starts.filter { isWord(text, $0 - 1) != isWord(text, $0) }
    case .sequence(let parts): parts.reduce(starts) { $1.ends(in: text, from: $0) }
    case .alternatives(let parts):
      parts.reduce(into: []) { $0.formUnion($1.ends(in: text, from: starts)) }
    case .repetition(let part, let minimum, let maximum):
      repeated(part, minimum, maximum, in: text, from: starts)
    }
  }

  private func repeated(
    _ part: RandomPattern, _ minimum: Int, _ maximum: Int?, in text: [Character],
    from starts: Set<Int>
  ) -> Set<Int> {
    var reached = (0..<minimum).reduce(starts) { places, _ in part.ends(in: text, from: places) }
    var ends = reached
    // After as many rounds as there are places nothing new can be reached.
    for _ in 0..<((maximum ?? minimum + text.count + 1) - minimum) {
      reached = part.ends(in: text, from: reached)
      ends.formUnion(reached)
    }
    return ends
  }

  private func step(
    in text: [Character], from starts: Set<Int>, _ takes: (Character) -> Bool
  ) -> Set<Int> {
    Set(starts.filter { $0 < text.count && takes(text[$0]) }.map { $0 + 1 })
  }

  private func isWord(_ text: [Character], _ place: Int) -> Bool {
    text.indices.contains(place) && text[place] != "-" && text[place] != "\n" && text[place] != "é"
  }
}

@Suite("Random patterns")
struct PatternPropertyTests {
  @Test("Table and simulation agree with a reference by sets", arguments: 0..<8)
  func reference(seed: UInt64) throws {
    var random = SteadyRandom(seed: seed)
    for _ in 0..<120 {
      let pattern = RandomPattern(&random, depth: 4)
      let compiled = try AnchoredPattern(pattern.text)
      for _ in 0..<12 {
        let text = random.text(of: seed % 2 == 0 ? "aab-" : "ab-\né", upTo: 7)
        let expected = pattern.matches(text)
        #expect(compiled.matches(text) == expected, "\(pattern.text) on \(text)")
        #expect(compiled.matchesBySimulation(text) == expected, "\(pattern.text) on \(text)")
      }
    }
  }

  @Test("Swift's own engine agrees where both know the syntax")
  func otherEngine() throws {
    var random = SteadyRandom(seed: 99)
    for _ in 0..<60 {
      let pattern = RandomPattern(&random, depth: 2).text
      guard !pattern.contains(#"\b"#) else { continue }
      let compiled = try AnchoredPattern(pattern)
      let other = try Regex(pattern).matchingSemantics(.unicodeScalar)
      for _ in 0..<8 {
        let text = random.text(of: "ab-", upTo: 6)
        let expected = try other.wholeMatch(in: text) != nil
        #expect(compiled.matches(text) == expected, "\(pattern) on \(text)")
      }
    }
  }

  @Test("No text of punctuation makes the parser fail otherwise than with an error in the text")
  func garbage() {
    var random = SteadyRandom(seed: 7)
    for _ in 0..<4_000 {
      let text = random.text(of: #"ab1(){}[]|*+?.,:<>=!^$\-PQEpLdxUims"#, upTo: 10)
      do throws(PatternError) {
        _ = try AnchoredPattern(text).matches("ab")
      } catch {
        #expect((0...text.unicodeScalars.count).contains(error.position), "\(text)")
      }
    }
  }
}
