import Reliability
import Screen

/// What the configuration says of who is on call, as far as the dashboard needs it.
package struct OnCallSettings: Hashable, Sendable {
  /// The operator's name, by which their own shifts are marked.
  package let name: String
  /// The operator's address.
  package let email: String?
  /// Whether anything says who is on call.
  package let isConfigured: Bool

  /// Makes settings; by default nothing says who is on call.
  package init(name: String = "", email: String? = nil, isConfigured: Bool = false) {
    self.name = name
    self.email = email
    self.isConfigured = isConfigured
  }
}

/// Who is on call: the teams, the one that is looked at, and the stretch of time that is shown.
struct OnCallPane: Sendable {
  /// The panes below the timeline that can have the keys.
  enum Focus: Hashable, Sendable { case people, words }

  /// The lengths of the timeline, in weeks.
  static let spans = [1, 2, 4, 8]
  /// How long before a hand-off the operator is reminded of it.
  static let notice = Duration.seconds(1800)

  private(set) var snapshot = OnCallSnapshot(at: .epoch)
  /// The team that is looked at, by its place.
  private(set) var team = 0
  /// The team that the operator went to; until they have, their own is looked at.
  private var chosen: String?
  /// How many days the timeline begins after today.
  private(set) var dayOffset = 0
  private(set) var spanIndex = 1
  var focus = Focus.people
  /// The person that is selected.
  var people = VirtualList()
  /// The position in the words.
  var scroll = VirtualList()

  var selected: TeamRoster? {
    snapshot.teams.indices.contains(team) ? snapshot.teams[team] : nil
  }

  /// How many days are shown.
  var days: Int { OnCallPane.spans[spanIndex] * 7 }

  /// The team in which the operator is on, or is next; else the first: what the Overview shows.
  private(set) var own: TeamRoster?
  private var settings = OnCallSettings()
  /// The pages that nobody has for the longest, of which some may have escalated.
  var oldestPages: ArraySlice<Alert> = []
  /// The pages that have gone beyond whoever is called first, those that went furthest first.
  var escalations: [Escalation] = []
  /// When the next page goes to another level; `nil` when none does.
  var nextEscalation: Timestamp?
  /// How many of the pages call nobody that is known here.
  var pagesOfNoTeam = 0
  /// The time up to which hand-offs were told.
  private(set) var lookedAt = Timestamp.epoch
  /// The first hand-off after that, or reminder of one, of any team; `nil` when none is known.
  private(set) var nextNews: Timestamp?

  /// Takes in another picture.
  mutating func update(
    with snapshot: OnCallSnapshot, for settings: OnCallSettings, at now: Timestamp
  ) {
    self.snapshot = snapshot
    self.settings = settings
    look(at: now)
    team = snapshot.teams.firstIndex { $0.id == chosen ?? own?.id } ?? 0
    people.clamp(count: selected?.everybody.count ?? 0)
  }

  /// Notes that hand-offs and reminders up to now were told, and finds the next.
  mutating func look(at now: Timestamp) {
    lookedAt = now
    own = snapshot.team(of: settings.name, settings.email, at: now) ?? snapshot.teams.first
    let handOffs = snapshot.teams.flatMap { team in
      team.roster.layers.flatMap { layer in
        // One that is near was reminded of already; the one after it may be near as well.
        [now, now + OnCallPane.notice].compactMap {
          team.roster.nextHandOff(in: layer, after: $0)?.at
        }
      }
    }
    nextNews = handOffs.flatMap { [$0, $0 - OnCallPane.notice] }.filter { $0 > now }.min()
  }

  /// Goes to the next or previous team.
  mutating func changeTeam(by step: Int) {
    guard !snapshot.teams.isEmpty else { return }
    team = (team + step + snapshot.teams.count) % snapshot.teams.count
    chosen = snapshot.teams[team].id
    scroll = VirtualList()
    people = VirtualList()
    people.clamp(count: selected?.everybody.count ?? 0)
  }

  /// Goes through time, as far as shifts are known.
  mutating func pan(by days: Int) {
    dayOffset = min(max(dayOffset + days, -7), 56 - min(self.days, 56))
  }

  /// Shows more or less time.
  mutating func changeSpan(by step: Int) {
    spanIndex = min(max(spanIndex + step, 0), OnCallPane.spans.count - 1)
    pan(by: 0)
  }

  /// Why an intent about the timeline does nothing now; `nil` when it does something.
  func obstacle(to intent: Intent, _ place: Place) -> String? {
    guard place == .onCall else { return "Only the on-call view has this; 7 goes there." }
    guard selected != nil else { return "There is no team." }
    var after = self
    switch intent {
    case .earlier: after.pan(by: -1)
    case .later: after.pan(by: 1)
    case .lessTime: after.changeSpan(by: -1)
    case .moreTime: after.changeSpan(by: 1)
    case .today: after.toToday()
    case .nextTeam, .previousTeam:
      return snapshot.teams.count > 1 ? nil : "There is no other team."
    default: return nil
    }
    guard after.dayOffset == dayOffset, after.spanIndex == spanIndex else { return nil }
    return switch intent {
    case .earlier: "Shifts are shown from a week back."
    case .later: "Shifts are shown up to eight weeks ahead."
    case .lessTime: "One week is the least that is shown."
    case .moreTime: "Eight weeks are the most that are shown."
    default: "Today is shown already."
    }
  }

  /// Comes back to today.
  mutating func toToday() { dayOffset = 0 }
}
