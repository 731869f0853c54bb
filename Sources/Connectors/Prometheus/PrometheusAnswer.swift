internal import Foundation
package import Reliability

/// A successful answer of Prometheus's query API, or of a relative's.
package struct PrometheusAnswer: Hashable, Sendable {
  /// What the query gave.
  package let result: Result
  /// The server's warnings, and a sentence of our own where it marks the answer as partial.
  package let warnings: [String]

  /// Makes an answer.
  package init(result: Result, warnings: [String] = []) {
    self.result = result
    self.warnings = warnings
  }

  /// The kinds of results.
  package enum Result: Hashable, Sendable {
    /// An instant query's series, one sample each.
    case vector([Series])
    /// A range query's series.
    case matrix([Series])
    /// A number without labels.
    case scalar(Sample)
    /// A text, whatever it says.
    case string
  }

  /// A series with its samples; an instant vector's has one.
  package struct Series: Hashable, Sendable {
    /// The labels, the metric's name among them as `__name__`.
    package let labels: [String: String]
    /// The samples, oldest first.
    package let samples: [Sample]
    /// Whether it holds native histograms, which are no numbers.
    package let hasHistograms: Bool

    /// Makes a series.
    package init(labels: [String: String], samples: [Sample], hasHistograms: Bool = false) {
      self.labels = labels
      self.samples = samples
      self.hasHistograms = hasHistograms
    }
  }

  /// A value at a time.
  package struct Sample: Hashable, Sendable {
    /// The time of the evaluation step.
    package let at: Timestamp
    /// May be NaN or infinite.
    package let value: Double

    /// Makes a sample.
    package init(at: Timestamp, value: Double) {
      self.at = at
      self.value = value
    }
  }

  /// The series of a vector or matrix.
  package var series: [Series] {
    switch result {
    case .vector(let series), .matrix(let series): series
    case .scalar, .string: []
    }
  }
}

extension PrometheusAnswer {
  /// Reads an HTTP answer: the JSON envelope, or whatever stands in the server's way.
  ///
  /// - Throws: A `ConnectorError`: `refused` for an error in Prometheus's format, `redirected` and
  ///   `status` by the HTTP status otherwise, `unreadable` for a success that cannot be read.
  package init(_ answer: HTTPAnswer) throws(ConnectorError) {
    let data = Data(answer.body)
    let envelope = try? JSONDecoder().decode(Envelope.self, from: data)
    switch envelope?.status {
    case "error":
      throw .refused(
        Refusal(
          status: answer.status, type: envelope?.errorType ?? "",
          message: envelope?.error ?? "HTTP \(answer.status)"))
    case "success" where (200..<300).contains(answer.status):
      try self.init(envelope)
    default:
      throw PrometheusAnswer.failure(answer, data)
    }
  }

  private init(_ envelope: Envelope?) throws(ConnectorError) {
    guard let result = envelope?.data?.result else {
      throw .unreadable(reason: "it says success and has no result")
    }
    self.result = result
    let partial = envelope?.isPartial == true ? ["the server marked the answer as partial"] : []
    warnings = partial + (envelope?.warnings ?? [])
  }

  private static func failure(_ answer: HTTPAnswer, _ data: Data) -> ConnectorError {
    switch answer.status {
    case 204: return .unreadable(reason: "HTTP 204 without content")
    case 200..<300:
      do {
        _ = try JSONDecoder().decode(Envelope.self, from: data)
      } catch {
        return .unreadable(reason: answer.beginning)
      }
      return .unreadable(reason: "its status is neither success nor error")
    case 300..<400:
      return .redirected(
        status: answer.status, target: answer.field("location").map(withoutQuery))
    default:
      let seconds = answer.field("retry-after").flatMap(RetryAfter.seconds)
      return .status(
        answer.status, text: answer.text(limit: 2000), retryAfter: seconds.map { .seconds($0) }
      )
    }
  }

  private static func withoutQuery(_ location: String) -> String {
    guard let address = try? SourceAddress(location) else {
      return String(location.prefix { $0 != "?" && $0 != "#" })
    }
    return address.description
  }
}

/// The `Retry-After` field.
enum RetryAfter {
  /// The whole seconds form; a date is not understood and counts as absent (RFC 9110, 10.2.3).
  static func seconds(_ text: String) -> Int? {
    guard let seconds = Int(text), seconds >= 0 else { return nil }
    return min(seconds, 3600)
  }
}

// MARK: - JSON

private struct Envelope: Decodable {
  let status: String
  let data: Payload?
  let errorType: String?
  let error: String?
  let warnings: [String]?
  let isPartial: Bool?
}

private struct Payload: Decodable {
  let result: PrometheusAnswer.Result?

  private enum Key: CodingKey {
    case resultType, result
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    switch try container.decodeIfPresent(String.self, forKey: .resultType) {
    case "vector":
      result = .vector(try container.decode([Element].self, forKey: .result).map(\.series))
    case "matrix":
      result = .matrix(try container.decode([Element].self, forKey: .result).map(\.series))
    case "scalar":
      result = .scalar(try container.decode(Pair.self, forKey: .result).sample)
    case "string": result = .string
    case .some, .none: result = nil
    }
  }
}

private struct Element: Decodable {
  let metric: [String: String]
  let value: Pair?
  let values: [Pair]?
  let histogram: Ignored?
  let histograms: [Ignored]?

  var series: PrometheusAnswer.Series {
    PrometheusAnswer.Series(
      labels: metric, samples: ((value.map { [$0] } ?? []) + (values ?? [])).map(\.sample),
      hasHistograms: histogram != nil || histograms?.isEmpty == false)
  }
}

/// A value that is only noticed.
private struct Ignored: Decodable {
  init(from decoder: any Decoder) {}
}

/// `[seconds, "value"]`.
private struct Pair: Decodable {
  let sample: PrometheusAnswer.Sample

  init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    let seconds = try container.decode(Double.self)
    let text = try container.decode(String.self)
    guard let at = Timestamp(seconds: seconds), let value = SampleValue.number(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "no sample: \(seconds) \(text)")
    }
    sample = PrometheusAnswer.Sample(at: at, value: value)
  }
}

/// Sample values, which are numbers as text.
package enum SampleValue {
  /// Reads Go's number format: decimals, exponents, `NaN`, `+Inf` and `-Inf`.
  ///
  /// - Returns: `nil` for anything else, hexadecimal included, which `Double` alone would accept.
  package static func number(_ text: String) -> Double? {
    switch text {
    case "NaN": .nan
    case "+Inf", "Inf": .infinity
    case "-Inf": -.infinity
    default:
      text.utf8.allSatisfy { (48...57).contains($0) || "+-.eE".utf8.contains($0) }
        ? Double(text) : nil
    }
  }
}
