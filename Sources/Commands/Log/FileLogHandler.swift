import Logging

/// Brings swift-log's messages into a log file.
struct FileLogHandler: LogHandler {
  /// What every line says besides.
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info
  private let file: LogFile

  init(_ file: LogFile) {
    self.file = file
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let own = event.metadata ?? [:]
    let all = metadata.merging(own) { _, new in new }
    let pairs = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let text = ([event.message.description] + pairs).joined(separator: " ")
    file.write(event.level.rawValue, text)
  }
}

extension Logger {
  /// The program's log, into a file.
  init(to file: LogFile) {
    self.init(label: "burnwatch") { _ in FileLogHandler(file) }
  }
}
