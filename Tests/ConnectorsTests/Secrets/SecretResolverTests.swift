import Connectors
import Reliability
import Synchronization
import TestSupport
import Testing

@Suite("Secrets")
struct SecretResolverTests {
  private func resolver(_ environment: [String: String] = ["PATH": "/usr/bin:/bin"])
    -> SecretResolver
  {
    SecretResolver(environment: environment)
  }

  private func error(_ resolver: SecretResolver, _ secret: Secret) async -> SecretError? {
    do throws(SecretError) {
      _ = try await resolver.value(of: secret)
      return nil
    } catch {
      return error
    }
  }

  @Test("A file's trailing line breaks do not count")
  func files() async throws {
    let directory = try ServerProcess.makeDirectory()
    defer { ServerProcess.removeDirectory(directory) }
    try ServerProcess.write("s3cret\r\n\n", to: "\(directory)/token")
    #expect(try await resolver().value(of: .file("\(directory)/token")) == "s3cret")
  }

  @Test("A command gives its standard output, has no input and no terminal")
  func commands() async throws {
    let script = "cat; if (: </dev/tty) 2>/dev/null; then echo tty; else echo none; fi"
    #expect(try await resolver().value(of: .command(["sh", "-c", script])) == "none")
  }

  @Test("What goes wrong names the place and never a value")
  func failures() async throws {
    let resolver = resolver(["EMPTY": "\n", "SPLIT": "a\nb", "PATH": "/usr/bin:/bin"])
    let expected: [(Secret, String)] = [
      (
        .environment("GONE"),
        "the environment variable GONE is not set; set it or change the source's auth"
      ),
      (.environment("EMPTY"), "the secret from the environment variable EMPTY is empty"),
      (
        .environment("SPLIT"),
        "the secret from the environment variable SPLIT has control characters within, "
          + "which no header can carry"
      ),
      (
        .command(["sh", "-c", "echo hush; exit 3"]),
        "the secret's command \"sh\" failed: it ended with exit code 3"
      ),
      (
        .command(["no-such-program-here"]),
        "the secret's command \"no-such-program-here\" failed: there is no such program"
      ),
    ]
    for (secret, message) in expected {
      #expect(await error(resolver, secret)?.message == message)
    }
  }

  @Test("A command that writes without end is stopped")
  func endlessOutput() async {
    let message = await error(resolver(), .command(["sh", "-c", "yes"]))?.message
    #expect(message == "the secret's command \"sh\" failed: it wrote more than 65536 bytes")
  }

  @Test("A command that takes too long is ended, and its children with it")
  func slowCommand() async {
    let resolver = SecretResolver(
      environment: ["PATH": "/usr/bin:/bin"], timeLimit: .milliseconds(200))
    let message = await error(resolver, .command(["sh", "-c", "sleep 600; echo late"]))?.message
    #expect(message == "the secret's command \"sh\" failed: it took longer than 0.2 s")
  }

  @Test("A value is read once until a server refuses it")
  func caching() async throws {
    let calls = Mutex(0)
    let resolver = SecretResolver(
      environment: [:], readFile: { _ in [] },
      runCommand: { _ in
        calls.withLock {
          $0 += 1
          return Array("token-\($0)".utf8)
        }
      })
    let secret = Secret.command(["vault"])
    #expect(try await resolver.value(of: secret) == "token-1")
    #expect(try await resolver.value(of: secret) == "token-1")
    await resolver.forget(secret, value: "token-0")
    #expect(try await resolver.value(of: secret) == "token-1")
    await resolver.forget(secret, value: "token-1")
    #expect(try await resolver.value(of: secret) == "token-2")
  }
}
