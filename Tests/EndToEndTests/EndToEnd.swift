import Testing

/// The real program against real servers and real terminals, one test at a time: these tests start
/// processes and watch the clock, and two of them at once would measure each other.
@Suite("End to end", .serialized)
struct EndToEnd {}
