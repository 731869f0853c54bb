/// What being on call has cost one person: pages, those outside of working hours, and broken nights.
package struct PersonLoad: Hashable, Sendable {
  /// A night with pages.
  package struct Night: Hashable, Sendable {
    /// The date of its evening, such as `2026-11-20`.
    package let date: String
    /// How many pages there were.
    package let pages: Int
  }

  /// The short name of the person.
  package let person: String
  /// How many pages there were.
  package let pages: Int
  /// How many of them were after hours.
  package let afterHours: Int
  /// How many of them were of the first degree.
  package let major: Int
  /// The nights with more pages than anybody should have, by date.
  package let busyNights: [Night]
  /// The median of the times until somebody acknowledged; `nil` when nobody did.
  package let timeToAcknowledge: Duration?

  /// The most pages a night that still count as bearable.
  package static let bearablePages = 2

  /// The burden score, 0 to 100: 5 for each page, 10 more after hours, 15 more for the first degree.
  package var burden: Int { min(5 * pages + 10 * afterHours + 15 * major, 100) }

  /// The load of somebody without pages.
  package init(none person: String) {
    self.person = person
    pages = 0
    afterHours = 0
    major = 0
    busyNights = []
    timeToAcknowledge = nil
  }

  /// Sums up the pages of a person.
  ///
  /// - Parameters:
  ///   - person: The short name.
  ///   - pages: The pages that began while the person was on call.
  ///   - zone: The person's own time zone.
  package init(of person: String, pages: [Firing], in zone: NamedZone) {
    self.person = person
    self.pages = pages.count
    let walls = pages.map { zone.wall(at: $0.calledAt) }
    afterHours = walls.count(where: WorkingHours.areOver)
    major = pages.count(where: \.isMajor)
    let nights = Dictionary(grouping: walls.compactMap(WorkingHours.night), by: \.self)
    busyNights = nights.filter { $0.value.count > PersonLoad.bearablePages }
      .map { Night(date: WallTime(day: $0.key, second: 0).date, pages: $0.value.count) }
      .sorted { $0.date < $1.date }
    let times = pages.compactMap(\.timeToAcknowledge).sorted()
    timeToAcknowledge = times.isEmpty ? nil : times[times.count / 2]
  }
}

/// When people work: from nine to five on weekdays, on the wall clock of their own zone.
private enum WorkingHours {
  private static let first = 9 * 3600
  private static let last = 17 * 3600

  static func areOver(_ wall: WallTime) -> Bool {
    [.saturday, .sunday].contains(wall.weekday) || !(first..<last).contains(wall.second)
  }

  /// The day on whose evening the night of a time began; `nil` for a time between morning and evening.
  static func night(_ wall: WallTime) -> Int? {
    if wall.second >= last { return wall.day }
    return wall.second < first ? wall.day - 1 : nil
  }
}

/// The load of a team over some time, by person.
package struct TeamLoad: Hashable, Sendable {
  /// The time it is about.
  package let range: Range<Timestamp>
  /// Everybody with pages, the most burdened first.
  package let people: [PersonLoad]
  /// How many pages began while nobody is known to have been on call.
  package let unassigned: Int

  /// Makes a load.
  package init(range: Range<Timestamp>, people: [PersonLoad] = [], unassigned: Int = 0) {
    self.range = range
    self.people = people
    self.unassigned = unassigned
  }

  /// Sums up the pages of a team.
  ///
  /// - Parameters:
  ///   - firings: What fired for the team.
  ///   - range: The time it is about; a page counts where it called.
  ///   - known: What is known of people, for their time zones.
  ///   - zone: The zone of people without one.
  package init(
    of firings: [Firing], in range: Range<Timestamp>, among known: [String: Person],
    zone: NamedZone
  ) {
    let pages = firings.filter { $0.severity == .page && range.contains($0.calledAt) }
    let byPerson = Dictionary(grouping: pages.filter { $0.paged != nil }) { $0.paged ?? "" }
    let loads = byPerson.map { person, pages in
      let own = known[person]?.timeZone.flatMap(NamedZone.init) ?? zone
      return PersonLoad(of: person, pages: pages, in: own)
    }
    self.init(
      range: range,
      people: loads.sorted { ($1.burden, $1.pages, $0.person) < ($0.burden, $0.pages, $1.person) },
      unassigned: pages.count { $0.paged == nil })
  }

  /// The load of one person, which may be none.
  package func load(of person: String) -> PersonLoad? { people.first { $0.person == person } }
}
