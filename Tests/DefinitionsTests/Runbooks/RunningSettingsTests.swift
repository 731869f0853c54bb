import Definitions
import Foundation
import Reliability
import Testing

@Suite("What the configuration says of running commands")
struct RunningSettingsTests {
  private func load(_ settings: String) -> LoadedConfiguration {
    .init(
      configuration: Loader.load([
        "config.yaml": "apiVersion: burnwatch/v1\nkind: Config\n\(settings)"
      ])
      .configuration,
      diagnostics: Loader.load([
        "config.yaml": "apiVersion: burnwatch/v1\nkind: Config\n\(settings)"
      ])
      .diagnostics, files: [])
  }

  @Test("Variables, the opener and the time are read, and have standards")
  func section() throws {
    let loaded = load(
      "runbooks: {environment: [AWS_PROFILE, KUBE_CONTEXT], open: [xdg-open], timeout: 90s}")
    #expect(loaded.diagnostics.isEmpty)
    #expect(
      loaded.configuration?.running
        == RunningSettings(
          variables: ["AWS_PROFILE", "KUBE_CONTEXT"], opener: ["xdg-open"], timeout: .seconds(90)))
    #expect(load("theme: dark").configuration?.running == RunningSettings())
  }

  @Test("Permissions are a word, or lists of names with or without one")
  func permissions() throws {
    let word = load("permissions: {runbooks: deny}")
    #expect(word.configuration?.permissions == [.runbooks: .deny])
    #expect(word.configuration?.runbookPermissions == RunbookPermissions())
    let lists = load(
      "permissions: {silence: deny, runbooks: {rule: confirm, allow: [a-*], deny: b}}")
    #expect(lists.diagnostics.isEmpty)
    #expect(lists.configuration?.permissions == [.silence: .deny, .runbooks: .confirm])
    #expect(
      lists.configuration?.runbookPermissions == RunbookPermissions(allowed: ["a-*"], denied: ["b"])
    )
  }

  @Test("An opener in a file that others can write is refused")
  func opener() throws {
    var files = MemoryFileSystem(texts: [
      "config.yaml": "apiVersion: burnwatch/v1\nkind: Config\nrunbooks: {open: [xdg-open]}\n"
    ])
    files.files["config.yaml"]?.permissions = 0o666
    let loaded = Loader(files).load(configurationAt: "config.yaml")
    #expect(loaded.configuration?.running.opener == nil)
    #expect(loaded.diagnostics.count == 1)
  }
}

@Suite("Whether commands of a file may run now")
struct CommandTrustTests {
  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "burnwatch-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
      atPath: "\(folder)/books", withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o755])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data("x".utf8).write(to: URL(fileURLWithPath: "\(folder)/books/a.md"))
    try body(folder)
  }

  private var loader: Loader {
    Loader(
      files: LocalFileSystem(), operatorID: getuid(), identity: Identity(name: "ines"), home: nil)
  }

  @Test("A file and folders that nobody else can write are trusted; others are not, with a reason")
  func permissions() throws {
    try inFolder { folder in
      let file = "\(folder)/books/a.md"
      #expect(loader.commandRefusal(of: file) == nil)
      chmod(file, 0o666)
      #expect(
        loader.commandRefusal(of: file)
          == "the file holds a command and others can write it (mode 666)")
      chmod(file, 0o644)
      chmod("\(folder)/books", 0o777)
      #expect(loader.commandRefusal(of: file)?.contains("(mode 777)") == true)
      chmod("\(folder)/books", 0o755)
      #expect(loader.commandRefusal(of: file) == nil)
    }
  }

  @Test("Where a symbolic link really leads is looked at, too")
  func links() throws {
    try inFolder { folder in
      let link = "\(folder)/link.md"
      try FileManager.default.createSymbolicLink(
        atPath: link, withDestinationPath: "\(folder)/books/a.md")
      #expect(loader.commandRefusal(of: link) == nil)
      chmod("\(folder)/books", 0o777)
      #expect(loader.commandRefusal(of: link)?.contains("(mode 777)") == true)
      let stranger = Loader(
        files: LocalFileSystem(), operatorID: getuid() + 1, identity: Identity(name: "x"),
        home: nil)
      // Root's files are everybody's to trust.
      #expect((stranger.commandRefusal(of: link) == nil) == false)
    }
  }
}
