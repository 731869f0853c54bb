package import Reliability

/// What the operator configured, as far as this version uses it.
package struct Configuration: Hashable, Sendable {
  /// Who acts.
  package let identity: Identity
  /// The sources without errors, in the order of the files.
  package let sources: [SourceSettings]
  /// The SLOs without errors, in the order of the files.
  package let slos: [SLO]
  /// Which metrics stand behind indicators that name none.
  package let conventions: Conventions
  /// The name of a theme; `nil` leaves the choice to the program.
  package let theme: String?
  /// The section `ui`.
  package let interface: InterfaceSettings
  /// The path of the journal, resolved; `nil` means the usual place.
  package let journal: String?
  /// How alerts are read, and how they are acknowledged.
  package let alerts: AlertSettings
  /// What may be done; what is left out is allowed.
  package let permissions: [Permission: PermissionRule]
  /// The runbooks without errors, in the order of the files.
  package let runbooks: RunbookLibrary
  /// Which runbooks may run commands.
  package let runbookPermissions: RunbookPermissions
  /// How commands of runbooks run.
  package let running: RunningSettings
  /// Who is on call.
  package let onCall: OnCallPlan

  /// Makes a configuration.
  package init(
    identity: Identity, sources: [SourceSettings], slos: [SLO],
    conventions: Conventions = Conventions(), theme: String? = nil,
    interface: InterfaceSettings = InterfaceSettings(), journal: String? = nil,
    alerts: AlertSettings = AlertSettings(), permissions: [Permission: PermissionRule] = [:],
    runbooks: RunbookLibrary = RunbookLibrary(),
    runbookPermissions: RunbookPermissions = RunbookPermissions(),
    running: RunningSettings = RunningSettings(), onCall: OnCallPlan = OnCallPlan()
  ) {
    self.identity = identity
    self.sources = sources
    self.slos = slos
    self.conventions = conventions
    self.theme = theme
    self.interface = interface
    self.journal = journal
    self.alerts = alerts
    self.permissions = permissions
    self.runbooks = runbooks
    self.runbookPermissions = runbookPermissions
    self.running = running
    self.onCall = onCall
  }
}

/// What the section `runbooks` says of running commands.
package struct RunningSettings: Hashable, Sendable {
  /// The names of further variables that commands get from burnwatch's environment.
  package let variables: [String]
  /// The program that opens a link, with its first arguments.
  package let opener: [String]?
  /// The longest time of a step that names none.
  package let timeout: Duration?

  /// Makes settings; what is left out has its standard value.
  package init(variables: [String] = [], opener: [String]? = nil, timeout: Duration? = nil) {
    self.variables = variables
    self.opener = opener
    self.timeout = timeout
  }
}

/// Who acts: the name in acknowledgements and the journal.
package struct Identity: Hashable, Sendable {
  /// The name that acknowledgements carry and the dashboard's head shows.
  package let name: String
  /// The address that services which know people by mail are given.
  package let email: String?

  /// Makes an identity.
  package init(name: String, email: String? = nil) {
    self.name = name
    self.email = email
  }
}

/// How the dashboard behaves on this operator's terminal (`ui`).
package struct InterfaceSettings: Hashable, Sendable {
  /// The time between two polls, which is already in the settings of the sources that have no own.
  package let refresh: Duration?
  /// Whether a new page rings the terminal's bell.
  package let ringsBell: Bool
  /// Whether only ASCII is drawn, whatever the terminal can do.
  package let isASCIIOnly: Bool
  /// Whether the head has a clock; without one the Overview sends nothing while figures stay the same.
  package let showsClock: Bool
  /// The name of a layout.
  package let layout: String?

  /// Makes settings; what is left out has its standard value.
  package init(
    refresh: Duration? = nil, ringsBell: Bool = true, isASCIIOnly: Bool = false,
    showsClock: Bool = true, layout: String? = nil
  ) {
    self.refresh = refresh
    self.ringsBell = ringsBell
    self.isASCIIOnly = isASCIIOnly
    self.showsClock = showsClock
    self.layout = layout
  }
}

/// Which metrics stand behind an indicator that names none.
package struct Conventions: Hashable, Sendable {
  /// The counter of requests.
  package let counter: String
  /// The counter's label that holds the status, such as `code`.
  package let statusLabel: String
  /// What a bad request matches.
  package let bad: [LabelMatcher]
  /// Requests that match one of these do not count at all.
  package let excluded: [LabelMatcher]
  /// The histogram of request durations, without `_bucket`.
  package let histogram: String
  /// The label that names the service.
  package let serviceLabel: String

  /// Makes conventions; by default Prometheus's usual names, and 5xx as bad.
  package init(
    counter: String = "http_requests_total", statusLabel: String = "code",
    bad: [LabelMatcher]? = nil, excluded: [LabelMatcher] = [],
    histogram: String = "http_request_duration_seconds", serviceLabel: String = "service"
  ) {
    self.counter = counter
    self.statusLabel = statusLabel
    self.bad = bad ?? [LabelMatcher(statusLabel, .matches, "5..")]
    self.excluded = excluded
    self.histogram = histogram
    self.serviceLabel = serviceLabel
  }

  /// What the events of a service match.
  func matchers(of service: String) -> [LabelMatcher] {
    [LabelMatcher(serviceLabel, .equal, service)]
  }
}
