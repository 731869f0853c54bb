/// Follows all ways through a program at once, so that no text takes more than its length times the
/// program's size.
struct PatternSimulation {
  private let program: PatternProgram
  /// The steps that can be reached without taking a scalar, and by which round each was reached
  /// last.
  private(set) var reached: [Int32] = []
  private var rounds: [UInt32]
  private var round: UInt32 = 0
  private var pending: [Int32] = []

  init(_ program: PatternProgram) {
    self.program = program
    rounds = Array(repeating: 0, count: program.steps.count)
  }

  /// Whether the program matches all of a text.
  mutating func matches(_ text: String) -> Bool {
    var verdicts = ClassVerdicts(program.classes)
    var places = [program.start]
    var before = PatternEdge.outside
    for scalar in text.unicodeScalars {
      let after = PatternEdge(scalar)
      reach(from: places, between: before, and: after)
      verdicts.begin(scalar)
      places.removeAll(keepingCapacity: true)
      advance(into: &places) { verdicts.contains($0) }
      guard !places.isEmpty else { return false }
      before = after
    }
    reach(from: places, between: before, and: .outside)
    return isAccepting
  }

  /// Goes on from some places as far as possible without taking a scalar.
  mutating func reach(
    from places: [Int32], between before: PatternEdge, and after: PatternEdge
  ) {
    round += 1
    reached.removeAll(keepingCapacity: true)
    for place in places { visit(place) }
    while let place = pending.popLast() {
      switch program.steps[Int(place)] {
      case .accept, .take: break
      case .fork(let one, let other):
        visit(other)
        visit(one)
      case .require(let assertion, let next):
        if assertion.holds(between: before, and: after) { visit(next) }
      }
    }
  }

  private mutating func visit(_ place: Int32) {
    guard rounds[Int(place)] != round else { return }
    rounds[Int(place)] = round
    reached.append(place)
    pending.append(place)
  }

  /// Adds the places behind the reached steps that take a scalar of a class.
  func advance(into places: inout [Int32], takes: (Int32) -> Bool) {
    for place in reached {
      if case .take(let members, let next) = program.steps[Int(place)], takes(members) {
        places.append(next)
      }
    }
  }

  /// Whether the whole pattern is among what was reached.
  var isAccepting: Bool {
    rounds[Int(PatternProgram.acceptingStep)] == round
  }
}

/// Whether one scalar is in the classes of a program, each asked only once.
private struct ClassVerdicts {
  private let classes: [ScalarClass]
  private var verdicts: [(round: UInt32, holds: Bool)]
  private var round: UInt32 = 0
  private var scalar: Unicode.Scalar = "\0"

  init(_ classes: [ScalarClass]) {
    self.classes = classes
    verdicts = Array(repeating: (0, false), count: classes.count)
  }

  mutating func begin(_ scalar: Unicode.Scalar) {
    self.scalar = scalar
    round += 1
  }

  mutating func contains(_ number: Int32) -> Bool {
    let index = Int(number)
    if verdicts[index].round != round {
      verdicts[index] = (round, classes[index].contains(scalar))
    }
    return verdicts[index].holds
  }
}
