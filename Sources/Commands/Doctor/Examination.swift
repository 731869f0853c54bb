import Connectors
import Definitions
import Operations
import Reliability
import Terminal

/// One run of `doctor`: looks at everything and gathers the findings.
struct Examination {
  let surroundings: Surroundings
  /// The value of `--config`.
  let option: String?
  /// How long sources may take altogether.
  let wait: Duration
  let clock: any WallClock

  /// The findings, from the terminal outwards.
  func checkup() -> Checkup {
    let environment = surroundings.environment
    let facts = TerminalFacts(inspecting: environment["TERM"])
    let terminal = TerminalCheck(facts: facts, environment: environment).findings
    let path: String
    do {
      path = try surroundings.configurationPath(option: option)
    } catch {
      let absent = Finding(.configuration, ConfigurationObservation.absent(error.message))
      return Checkup(
        findings: terminal + local(nil) + [absent], hasConfiguration: false, isCutOff: false)
    }
    let loaded = surroundings.loader(files: LocalFileSystem(), themes: surroundings.themes.names)
      .load(configurationAt: path)
    let configuration = ConfigurationCheck(path: path, loaded: loaded).findings
    let live = examineSources(loaded.configuration)
    return Checkup(
      findings: terminal + local(loaded) + configuration + live.findings,
      hasConfiguration: loaded.configuration != nil, isCutOff: live.isCutOff)
  }

  /// What concerns this machine and not the network.
  private func local(_ loaded: LoadedConfiguration?) -> [Finding] {
    let time = TimeCheck(
      now: clock.now, windows: loaded?.configuration?.slos.map(\.window) ?? [],
      onCall: loaded?.configuration?.onCall ?? OnCallPlan(),
      unknownZones: loaded?.diagnostics.compactMap(\.unknownZone) ?? [])
    let permissions = PermissionsCheck(
      files: loaded?.files ?? [], sources: loaded?.configuration?.sources ?? [],
      directory: surroundings.configurationDirectory, operatorID: surroundings.operatorID,
      look: FileFacts.init(at:))
    return time.findings + permissions.findings
  }

  private func examineSources(
    _ configuration: Configuration?
  ) -> (findings: [Finding], isCutOff: Bool) {
    guard let configuration else { return ([], false) }
    let start = clock.now
    let patients = configuration.sources.filter { $0.kind == .prometheus }.map { settings in
      LiveLook.Patient(
        settings: settings,
        trials: configuration.slos.filter { $0.source == settings.name }
          .map { Trial(of: $0, at: start - settings.offset) })
    }
    let look = LiveLook(environment: surroundings.environment, clock: clock)
    let facts = look.facts(of: patients, atMost: wait)
    let ofPatients = patients.flatMap { findings(on: $0, facts[$0.settings.name]) }
    let others = AlertSourceCheck(surroundings: surroundings, clock: clock)
      .examine(configuration.sources.filter { $0.kind != .prometheus }, atMost: wait)
    let journal = JournalCheck(
      path: configuration.journal ?? surroundings.journalPath,
      journal: AlertParts.journal(configuration, surroundings), now: clock.now)
    let calendars = CalendarCheck(
      plan: configuration.onCall, sources: configuration.sources, surroundings: surroundings,
      clock: clock
    ).findings(atMost: wait)
    let isCutOff = patients.contains { facts[$0.settings.name]?.isCutOff ?? true }
    return (
      [journal.finding] + ofPatients + others.findings + calendars, isCutOff || others.isCutOff
    )
  }

  private func findings(on patient: LiveLook.Patient, _ facts: SourceFacts?) -> [Finding] {
    let facts = facts ?? SourceFacts()
    let source = SourceCheck(
      settings: patient.settings, slos: patient.trials.map(\.slo), facts: facts,
      proxy: proxy(of: patient.settings), wait: wait, now: clock.now)
    return source.findings
      + patient.trials.flatMap { TrialCheck(trial: $0, facts: facts, wait: wait).findings }
  }

  /// A proxy that cannot be read fails the source itself, with the reason.
  private func proxy(of settings: SourceSettings) -> ProxySettings? {
    guard let address = try? SourceAddress(settings.urls.first ?? "") else { return nil }
    return try? ProxySettings.proxy(for: address, environment: surroundings.environment)
  }
}

extension Diagnostic {
  /// The time zone that this machine does not know, where that is the problem.
  fileprivate var unknownZone: String? {
    if case .value(.unknownTimeZone(let name, _)) = problem { name } else { nil }
  }
}
