import Connectors
import Operations
import Reliability
import Synchronization

/// Asks metric sources what `doctor` wants to know of them, all at once, within one limit.
struct LiveLook: Sendable {
  let environment: [String: String]
  let clock: any WallClock

  /// One source with the trials it is asked for.
  struct Patient: Sendable {
    let settings: SourceSettings
    let trials: [Trial]
  }

  /// Looks at sources.
  ///
  /// - Returns: What was learnt of each before the limit passed, by its name; what hangs is left
  ///   behind.
  func facts(of patients: [Patient], atMost limit: Duration) -> [String: SourceFacts] {
    let notes = Notes()
    Blocking.wait(atMost: limit) {
      await withTaskGroup(of: Void.self) { group in
        for patient in patients {
          group.addTask { await examine(patient, into: notes) }
        }
      }
    }
    return notes.facts
  }

  private func examine(_ patient: Patient, into notes: Notes) async {
    let settings = patient.settings
    do throws(ConnectorError) {
      let transport = try ClientTransport(settings: settings, environment: environment)
      await ask(patient, over: transport, into: notes)
      await transport.close()
    } catch {
      notes.write(settings.name) { $0.contact = .failure(error) }
    }
  }

  private func ask(
    _ patient: Patient, over transport: any HTTPTransport, into notes: Notes
  ) async {
    let settings = patient.settings
    let secrets = SecretResolver(environment: environment)
    do throws(ConnectorError) {
      let probe = try PrometheusProbe(
        settings: settings, transport: transport, secrets: secrets, clock: clock)
      let contact = try await probe.contact()
      notes.write(settings.name) { $0.contact = .success(contact) }
      async let certificate: Void = readCertificate(settings, into: notes)
      let profile = await probe.profile(isVictoriaMetrics: contact.isVictoriaMetrics)
      notes.write(settings.name) { $0.profile = profile }
      let readings = try await tryOut(patient, over: transport, secrets)
      notes.write(settings.name) { $0.readings = readings }
      await certificate
    } catch {
      if case .untrusted = error { await readCertificate(settings, into: notes) }
      notes.write(settings.name) { $0.contact = .failure(error) }
    }
  }

  private func tryOut(
    _ patient: Patient, over transport: any HTTPTransport, _ secrets: SecretResolver
  ) async throws(ConnectorError) -> SourceFacts.Readings {
    let source = try PrometheusSource(
      settings: patient.settings, slos: patient.trials.map(\.rawSLO), transport: transport,
      secrets: secrets, clock: clock, random: { Double.random(in: 0..<1) })
    let instant = clock.now - patient.settings.offset
    return await source.readings(
      for: patient.trials.flatMap { [$0.events, $0.coverage] }, at: instant)
  }

  /// A proxy stands between, so there the certificate is what the transport says of it.
  private func readCertificate(_ settings: SourceSettings, into notes: Notes) async {
    guard let address = try? SourceAddress(settings.urls.first ?? ""), address.isSecure,
      (try? ProxySettings.proxy(for: address, environment: environment)) == nil
    else { return }
    let certificate = await ServerCertificate.shown(by: settings)
    notes.write(settings.name) { $0.certificate = certificate }
  }

  /// What is known so far, written by tasks side by side.
  private final class Notes: Sendable {
    private let stored = Mutex<[String: SourceFacts]>([:])

    var facts: [String: SourceFacts] { stored.withLock(\.self) }

    func write(_ source: String, _ change: (inout SourceFacts) -> Void) {
      stored.withLock { change(&$0[source, default: SourceFacts()]) }
    }
  }
}
