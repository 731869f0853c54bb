import TestSupport

/// Host names as one program sees them, which come and go; it runs with `Tests/NameService` preloaded.
final class NameService {
  private let host: String
  private let place: Workplace
  private let library: String

  /// Begins with a name that stands for this machine's loopback.
  ///
  /// - Throws: `ServerProcess.Failure` when the library cannot be compiled.
  init(knowing host: String) async throws {
    self.host = host
    place = try Workplace()
    library = try await PreloadedLibrary.compile("NameService/name-service.c", in: place)
    try learn()
  }

  /// What the program needs in its environment.
  var environment: [String: String] {
    ["LD_PRELOAD": library, "NAME_SERVICE": place.file("names")]
  }

  /// Makes the name known.
  func learn() throws { try place.write("\(host)\n", to: "names") }

  /// Lets nobody know it any more.
  func forget() throws { try place.write("another.test\n", to: "names") }
}
