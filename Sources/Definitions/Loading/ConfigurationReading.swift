import Reliability

/// One pass over the configuration file and what it includes.
///
/// Files are gathered first, because an SLO in an included file can only be read when the conventions
/// of the root file and the sources of all files are known.
struct ConfigurationReading {
  private let loader: Loader
  private let followsIncludes: Bool
  private let findings = Findings()
  private(set) var readFiles: [String] = []
  private var configs: [ConfigDocument] = []
  /// The SLOs as written, in the order of the files.
  private var slos: [Value] = []
  private var runbooks: [Runbook] = []
  private var rotations: [DeclaredRotation] = []
  /// Whether each rotation, and each file, whatever is in it, could be read.
  private var isWhole = true
  private var people: [String: Person] = [:]
  /// The sections with calendars and escalation policies.
  private var onCallSections: [Value] = []
  private var commandProblems: [String: FileProblem] = [:]

  private static let deepestInclude = 20

  init(_ loader: Loader, followsIncludes: Bool) {
    self.loader = loader
    self.followsIncludes = followsIncludes
  }

  var diagnostics: [Diagnostic] { findings.sorted(by: readFiles) }
}

// MARK: - Gathering

extension ConfigurationReading {
  /// Reads a file that nothing includes.
  mutating func read(_ file: String) {
    read(file, chain: [], from: Place(file: file))
  }

  /// Reads a file and what it includes; `chain` are the files that lead here, `place` is the include
  /// that names it.
  private mutating func read(_ file: String, chain: [String], from place: Place) {
    if chain.contains(file) {
      findings.report(.include(.cycle(chain.drop { $0 != file } + [file])), at: place)
      return
    }
    // A file that two patterns match counts once.
    guard !readFiles.contains(file) else { return }
    guard chain.count <= ConfigurationReading.deepestInclude else {
      let limit = ConfigurationReading.deepestInclude
      findings.report(.include(.tooDeep(limit: limit)), at: place)
      return
    }
    readFiles.append(file)
    let reader = FileReader(loader: loader)
    guard let text = reader.text(of: file, reportingAt: place, findings) else {
      isWhole = false
      return
    }
    commandProblems[file] = text.commandProblem
    if file.hasSuffix(".md") {
      let runbookReader = RunbookReader(
        commandProblem: reader.commandProblem(text.commandProblem, at: file))
      add(runbookReader.read(markdown: text.text, file: file, findings))
      return
    }
    let errorsBefore = findings.errorCount
    let roots = YAMLStream.documents(in: text.text, file: file, findings: findings)
    if roots.isEmpty, findings.errorCount == errorsBefore {
      findings.report(.file(.empty), at: Place(file: file))
    }
    let documents = roots.compactMap(Document.init)
    if findings.errorCount != errorsBefore { isWhole = false }
    for document in documents { gather(document, chain: chain + [file]) }
  }

  private mutating func gather(_ document: Document, chain: [String]) {
    switch document.kind {
    case .slo:
      slos.append(document.value)
    case .theme:
      _ = ThemeReader(knownRoles: loader.knownRoles).read(document.value)
    case .runbook(let form):
      let file = document.value.place.file
      let problem = FileReader(loader: loader).commandProblem(commandProblems[file], at: file)
      add(RunbookReader(commandProblem: problem).read(form, document.value))
    case .rotation:
      add(RotationReader().read(document.value))
    case .config:
      let isRoot = configs.isEmpty && chain.count == 1
      guard
        let config = ConfigDocument(
          document.value, isRoot: isRoot, author: loader.identity.name)
      else { return }
      configs.append(config)
      slos += config.slos
      add(config.onCall)
      guard followsIncludes else { return }
      for pattern in config.includes { include(pattern, chain: chain) }
      for directory in config.runbooks.directories { readRunbooks(directory, chain: chain) }
    }
  }

  private mutating func readRunbooks(_ value: Value, chain: [String]) {
    guard let text = value.scalarText else { return }
    let path = FilePath.resolve(text, in: value.place.file, home: loader.home)
    let found = DefinitionFiles.runbooks(below: path, in: loader.files)
    if found.isEmpty { value.report(.include(.matchesNothing(text))) }
    for file in found { read(file, chain: chain, from: value.place) }
  }

  private mutating func add(_ runbook: Runbook?) {
    guard let runbook else { return }
    if let first = runbooks.first(where: { $0.id == runbook.id }) {
      let origin = runbook.origin
      let problem = RunbookProblem.duplicateName(
        runbook.id, first: Place(file: first.origin.file, line: first.origin.line).reference)
      findings.report(.runbook(problem), at: Place(file: origin.file, line: origin.line))
    }
    runbooks.append(runbook)
  }

  private mutating func add(_ found: RotationReader.Found) {
    found.rotations.forEach { add($0) }
    if !found.areAllRead { isWhole = false }
    people.merge(found.people) { first, _ in first }
    if let rest = found.rest { onCallSections.append(rest) }
  }

  private mutating func add(_ declared: DeclaredRotation) {
    let name = declared.rotation.name
    if let first = rotations.first(where: { $0.rotation.name == name }) {
      let problem = OnCallProblem.duplicateName(name, first: first.place.reference)
      findings.report(.onCall(problem), at: declared.place)
      isWhole = false
    } else {
      rotations.append(declared)
    }
  }

  private mutating func include(_ value: Value, chain: [String]) {
    guard let text = value.scalarText else { return }
    let path = FilePath.resolve(text, in: value.place.file, home: loader.home)
    let pattern = FilePattern(path)
    let isDirectory = loader.files.kind(of: path) == .directory
    let found =
      if isDirectory {
        DefinitionFiles.below(path, in: loader.files)
      } else {
        pattern.isPattern ? pattern.files(in: loader.files) : [path]
      }
    if found.isEmpty { value.report(.include(.matchesNothing(text))) }
    for file in found { read(file, chain: chain, from: value.place) }
  }
}

// MARK: - Reading what was gathered

extension ConfigurationReading {
  /// The configuration of everything that was gathered.
  func configuration(root: String) -> Configuration? {
    guard let root = configs.first, root.isRoot else {
      if findings.errorCount == 0 {
        findings.report(.document(.noConfigDocument), at: Place(file: root))
      }
      return nil
    }
    let settings = settings(of: root)
    let sources = declaredSources(settings)
    let slos = slos(settings.conventions, SourceChoice(sources, isComplete: true))
    let prefixes = configs.map { $0.runbooks.pathsByPrefix(home: loader.home) }
    let library = RunbookLibrary(
      runbooks, pathsByPrefix: prefixes.reduce([:]) { $0.merging($1) { first, _ in first } })
    return Configuration(
      settings, sources: sources.compactMap(\.settings), slos: slos, runbooks: library,
      running: root.runbooks.running(commandProblems),
      onCall: onCall(SourceChoice(sources, isComplete: true)))
  }

  /// Who is on call, from all files.
  private func onCall(_ sources: SourceChoice) -> OnCallPlan {
    let secrets = SecretReader(home: loader.home, commandProblems: commandProblems)
    let (calendars, areCalendarsRead) = CalendarsReader(
      home: loader.home, files: loader.files, secrets: secrets, sources: sources
    )
    .read(onCallSections)
    let rotations = self.rotations.map(\.rotation)
    let teams = OnCallPlan(rotations: rotations, calendars: calendars).teams
    // Where none could be read, the policy is not what is wrong.
    let areAllKnown = sources.isComplete && !teams.isEmpty
    let strangers = StrangerCheck(people: Set(people.keys))
    // In a file by itself, people may be described elsewhere.
    for declared in self.rotations where sources.isComplete || !declared.rotation.people.isEmpty {
      strangers.report(on: declared)
    }
    let policies = EscalationPolicyReader(
      teams: areAllKnown ? teams : nil,
      layers: areAllKnown ? EscalationPolicyReader.layers(of: rotations, besides: calendars) : [:],
      people: Set(rotations.flatMap(\.people.keys)).union(people.keys))
    return OnCallPlan(
      rotations: rotations, calendars: calendars,
      escalations: policies.read(onCallSections), people: people,
      isWhole: isWhole && areCalendarsRead)
  }

  /// Validates everything that was gathered, as far as one file can tell.
  func checkDefinitions() {
    let settings = configs.first.map(settings(of:))
    let sources = declaredSources(settings)
    // Sources that another file defines cannot be known here.
    let isComplete = !sources.isEmpty && configs.allSatisfy(\.includes.isEmpty)
    let choice = SourceChoice(sources, isComplete: isComplete)
    _ = slos(settings?.conventions ?? Conventions(), choice)
    _ = onCall(choice)
  }

  private func settings(of root: ConfigDocument) -> RootSettings {
    RootSettings(root, defaultIdentity: loader.identity, home: loader.home, loader.knownThemes)
  }

  /// The sources of all files; of two with one name the first counts.
  private func declaredSources(_ settings: RootSettings?) -> [DeclaredSource] {
    let reader = SourceReader(
      home: loader.home, commandProblems: commandProblems,
      defaultRefresh: settings?.interface.refresh ?? .seconds(15))
    var sources: [DeclaredSource] = []
    for source in configs.flatMap(\.sources).compactMap(reader.read) {
      if let first = sources.first(where: { $0.name == source.name }) {
        let reference = first.place.reference
        findings.report(.source(.duplicateName(source.name, first: reference)), at: source.place)
      } else {
        sources.append(source)
      }
    }
    return sources
  }

  private func slos(_ conventions: Conventions, _ sources: SourceChoice) -> [SLO] {
    let reader = SLOReader(conventions: conventions, sources: sources)
    var places: [String: Place] = [:]
    var result: [SLO] = []
    for value in slos {
      guard let slo = findings.whole({ reader.read(value) }) else { continue }
      if let first = places[slo.id] {
        let place = value.topLevel["id"] ?? value
        place.report(.serviceLevel(.duplicateID(slo.id, first: first.reference)))
      } else {
        places[slo.id] = value.place
        result.append(slo)
      }
    }
    return result
  }
}
