internal import Crypto
internal import Foundation
package import Reliability

/// Keeps the whole output of commands in files under the state directory, which only their owner may
/// read.
///
/// A file is `RUN/STEP-ATTEMPT.log`. Those of runs that the journal has forgotten are removed.
package struct OutputFolder: OutputStore {
  /// The most bytes of one output that are kept; a command that floods must not fill the disk.
  package static let limit = 1 << 30

  private let path: String
  private let retention: Duration

  /// Makes a store; the folder is made with the first output.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - retention: How long outputs are kept.
  package init(path: String, retention: Duration = .seconds(400 * 86_400)) {
    self.path = path
    self.retention = retention
  }

  /// Removes the outputs of runs that nobody has touched for long enough.
  private func forget() {
    let files = FileManager.default
    let limit = Date(timeIntervalSinceNow: -retention.inSeconds)
    for name in (try? files.contentsOfDirectory(atPath: path)) ?? [] {
      let folder = "\(path)/\(name)"
      let attributes = try? files.attributesOfItem(atPath: folder)
      guard let changed = attributes?[.modificationDate] as? Date, changed < limit else { continue }
      try? files.removeItem(atPath: folder)
    }
  }

  /// Opens the file of one output of a run.
  package func open(run: RunRecord.ID, name: String) async -> (any OutputSink)? {
    let folder = "\(path)/\(run)"
    let file = "\(folder)/\(name).log"
    forget()
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      return OutputFile(nil, path: file)
    }
    // O_EXCL, so that nothing that lies there already is written through.
    let descriptor = Foundation.open(
      file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    return OutputFile(descriptor < 0 ? nil : descriptor, path: file)
  }
}

/// The file of one output, with its digest.
private actor OutputFile: OutputSink {
  private let path: String
  private let handle: FileHandle?
  private var digest = SHA256()
  private var count = 0
  private var kept = 0
  private var isWhole: Bool

  init(_ descriptor: Int32?, path: String) {
    self.path = path
    handle = descriptor.map { FileHandle(fileDescriptor: $0, closeOnDealloc: true) }
    isWhole = handle != nil
  }

  func write(_ bytes: [UInt8]) {
    digest.update(data: bytes)
    count += bytes.count
    let room = OutputFolder.limit - kept
    guard isWhole, room >= bytes.count else {
      isWhole = false
      return
    }
    do {
      try handle?.write(contentsOf: Data(bytes))
      kept += bytes.count
    } catch {
      // The disk is full: what is there stays, and the record says how much there was.
      isWhole = false
    }
  }

  func close() -> StepRecord.Output {
    try? handle?.close()
    let digits = digest.finalize().map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
    return StepRecord.Output(bytes: count, digest: digits, file: isWhole ? path : nil)
  }
}
