/// What can be wrong with a rotation.
package enum OnCallProblem: Hashable, Sendable {
  /// The texts are the values as written.
  case notADate(String)
  case notATimeOfDay(String)
  case notHours(String)
  /// A day of the week, and the nearest that there is.
  case notAWeekday(String, nearest: String?)
  /// No length of a turn in whole hours, days or weeks.
  case notATurn(String)
  /// The turn as written, which is no number of weeks, and the day.
  case handOffDayWithoutWeeks(turn: String, day: String)
  /// An override whose end, as written, is not after its start.
  case endsBeforeStart(from: String, to: String)
  /// An override in an hour that the clocks of a zone jump over.
  case withinJump(zone: String)
  /// A change of participants, as written, that is not after the layer's start.
  case changeBeforeStart(String)
  /// Somebody who is on call and not known, and who is probably meant.
  case stranger(String, nearest: String?)
  /// An override that puts somebody else into the same place as another, by its line.
  case overlappingOverrides(other: String)
  /// The level of a policy whose layer a team lacks; the nearest layer that it has.
  case levelWithoutLayer(String, team: String, nearest: String?)
  /// The file of a calendar that is not there.
  case missingCalendar(String)
  /// Somebody who takes no turns, so that nobody can stand in for them.
  case takesNoTurns(String, nearest: String?)
  /// A short form without a start, whose turns are counted from a fixed day.
  case withoutStart(counted: String)
  /// The name of two layers of a rotation.
  case duplicateLayer(String)
  /// The name of two calendars.
  case duplicateCalendar(String)
  /// An address that no calendar can be fetched from; it may hold a token and is not repeated.
  case notAFeed
  /// What is no id of an escalation policy or schedule of PagerDuty.
  case notAPagerDutyID(String)
  /// A calendar of PagerDuty where there is no such source, or several of them.
  case withoutPagerDuty
  case severalPagerDuties([String])
  /// The delay of a policy's first level, as written.
  case firstLevelWaits(String)
  /// The delay of a level that is not above that of the one before it.
  case levelTooEarly(String, before: String)
  /// The name of two rotations, and where the first is.
  case duplicateName(String, first: String)

  var explanation: Explanation {
    switch self {
    case .notADate(let text):
      .error(
        "\(text.quoted) is no date.", hint: "Write a day such as 2026-01-02 or 2026-01-02T12:00.")
    case .notATimeOfDay(let text):
      .error(
        "\(text.quoted) is no time of day.", hint: "Write hours and minutes, such as \"12:00\".")
    case .notHours(let text):
      .error("\(text.quoted) are no hours of a day.", hint: "Write \"09:00-17:00\".")
    case .notAWeekday(let text, let nearest):
      .error(
        "\(text.quoted) is no day of the week.",
        hint:
          "Write \(nearest ?? "Monday to Sunday; days of restrictions may be weekdays or weekend")."
      )
    case .notATurn(let text):
      .error(
        "\(text.quoted) is no length of a turn.",
        hint: "Write whole hours, days or weeks, such as 12h, 1d or 1w.")
    case .handOffDayWithoutWeeks(let turn, let day):
      .error(
        "Turns of \(turn.quoted) cannot all begin on a \(day).",
        hint: "Remove the day, or write whole weeks such as 1w.")
    case .endsBeforeStart(let from, let to):
      .error(
        "The override from \(from.quoted) ends at \(to.quoted), which is not after it.",
        hint: "Write a later end.")
    case .withinJump(let zone):
      .warning(
        "The override has no length, because the clocks of \(zone) jump over these hours.",
        hint: "Write hours that there are, or remove it.")
    case .changeBeforeStart(let text):
      .error(
        "The participants change at \(text.quoted), which is not after the layer's start.",
        hint: "Write a later date, or write them as the layer's participants.")
    case .stranger(let name, let nearest):
      .warning(
        "\(name.quoted) is nobody who is known here.",
        hint: nearest.map { "Write \($0.quoted), or add \(name.quoted) under people." }
          ?? "Correct the name, or add it under people.")
    case .overlappingOverrides(let other):
      .warning(
        "The override overlaps the one of \(other); where both hold, the later in the file counts.",
        hint: "Shorten one of them, or remove it.")
    case .levelWithoutLayer(let layer, let team, let nearest):
      .warning(
        "The team \(team.quoted) has no layer \(layer.quoted), so nobody is called there.",
        hint: nearest.map { "Write \($0.quoted)." }
          ?? "Write one of its layers, or a policy of its own for it.")
    case .missingCalendar(let path):
      .warning("The file \(path.quoted) is not there.", hint: "Correct its path, or write it.")
    case .takesNoTurns(let name, let nearest):
      .error(
        "\(name.quoted) takes no turns here, so nobody can be on instead.",
        hint: nearest.map { "Write \($0.quoted)." }
          ?? "Write a participant, or remove the key for whoever is on.")
    case .withoutStart(let day):
      .warning(
        "The rotation has no start, so its turns are counted from \(day).",
        hint: "Write the day of the first one's turn, such as \"start: 2026-01-02\".")
    case .duplicateLayer(let name):
      .error("The rotation has two layers named \(name.quoted).", hint: "Give one another name.")
    case .duplicateCalendar(let name):
      .error(
        "There are two calendars named \(name.quoted).",
        hint: "Give one of them a name of its own.")
    case .notAFeed:
      .error(
        "This is no address of a calendar.",
        hint: "Write one that begins with https://, http:// or webcal://, or {env: NAME}.")
    case .notAPagerDutyID(let text):
      .error(
        "\(text.quoted) is no id of PagerDuty.",
        hint: "Write the last part of its page's address, such as PABC123.")
    case .withoutPagerDuty:
      .error(
        "There is no source of type pagerduty to ask.",
        hint: "Write one under sources: {name: pd, type: pagerduty, token: {env: PD_TOKEN}}.")
    case .severalPagerDuties(let names):
      .error(
        "There are several sources of type pagerduty.",
        hint: "Write source: \(names.first ?? "pd"), or another of "
          + "\(names.joined(separator: ", ")).")
    case .firstLevelWaits(let text):
      .error(
        "The first level is called at once, not after \(text.quoted).",
        hint: "Remove the key, or write whoever is called at once before it.")
    case .levelTooEarly(let delay, let before):
      .error(
        "The level is called \(delay) after the page began, and the one before it \(before) after.",
        hint: "Put the levels in the order of their delays; each counts from the beginning.")
    case .duplicateName(let name, let first):
      .error(
        "The rotation \(name.quoted) is already defined at \(first).",
        hint: "Remove one of them, or give one another name.")
    }
  }
}
