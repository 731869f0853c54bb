import Reliability
import TestSupport

/// A month of traffic in which every window of every SLO has other events than the next.
///
/// Rates change exactly where windows begin, so the events of a window are sums of whole numbers.
enum TruthData {
  static let instant = "2026-11-21T14:00:00Z"

  /// Good requests of checkout.
  static let good = Backfill.Counter(
    "http_requests_total", #"service="checkout",code="200""#, [.init(from: .days(31), 990)])
  /// Failed requests: a bad day ten days ago, and a failure that grows until now.
  static let failed = Backfill.Counter(
    "http_requests_total", #"service="checkout",code="500""#,
    [
      .init(from: .days(31), 0), .init(from: .days(10), 20), .init(from: .days(9), 0),
      .init(from: .days(3), 1), .init(from: .hours(6), 6), .init(from: .hours(1), 20),
      .init(from: .minutes(5), 40),
    ])
  static let throttled = Backfill.Counter(
    "http_requests_total", #"service="checkout",code="429""#,
    [.init(from: .days(31), 0), .init(from: .days(1), 2)])
  static let excluded = Backfill.Counter(
    "http_requests_total", #"service="checkout",code="404""#, [.init(from: .days(31), 10)])

  static let matched = Backfill.Counter(
    "orders_total", #"result="match""#,
    [.init(from: .days(31), 100), .init(from: .hours(6), 98)])
  static let mismatched = Backfill.Counter(
    "orders_total", #"result="mismatch""#, [.init(from: .days(31), 0), .init(from: .hours(6), 2)])

  static let fast = Backfill.Counter(
    "answer_seconds_bucket", #"service="payments",le="0.3""#,
    [.init(from: .days(31), 97), .init(from: .days(3), 96), .init(from: .hours(1), 60)])
  static let fastest = Backfill.Counter(
    "answer_seconds_bucket", #"service="payments",le="0.1""#, [.init(from: .days(31), 50)])
  static let slowest = Backfill.Counter(
    "answer_seconds_bucket", #"service="payments",le="+Inf""#, [.init(from: .days(31), 100)])
  static let answers = Backfill.Counter(
    "answer_seconds_count", #"service="payments""#, [.init(from: .days(31), 100)])

  /// A service that is only fifteen days old.
  static let young = Backfill.Counter(
    "young_total", #"code="200""#, [.init(from: .days(15), 60)])
  static let youngFailed = Backfill.Counter(
    "young_total", #"code="500""#, [.init(from: .days(15), 1)])

  static func backfill() throws -> Backfill {
    Backfill(
      end: try .sample(instant),
      counters: [
        good, failed, throttled, excluded, matched, mismatched, fast, fastest, slowest, answers,
        young, youngFailed,
      ])
  }

  /// `increase` of some of checkout's requests, or `rate`.
  static func requests(_ codes: String, _ function: String = "increase") -> String {
    #"sum(\#(function)(http_requests_total{service="checkout",code=~"\#(codes)"}[{{window}}]))"#
  }

  static func increase(_ selector: String) -> String {
    "sum(increase(\(selector)[{{window}}]))"
  }

  static func events(bad: String, total: String) -> String {
    "{events: {bad: '\(bad)', total: '\(total)'}}"
  }

  static func events(good: String, total: String) -> String {
    "{events: {good: '\(good)', total: '\(total)'}}"
  }

  static let badEvents = events(bad: requests("500"), total: requests("200|500"))
}
