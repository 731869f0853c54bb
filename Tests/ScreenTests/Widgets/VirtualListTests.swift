import Screen
import Testing

struct VirtualListTests {
  @Test("Moving stops at both ends")
  func ends() {
    var list = VirtualList(count: 5)
    list.move(by: -1, height: 3)
    #expect(list.selection == 0)
    list.move(by: 99, height: 3)
    #expect(list.selection == 4)
    list.move(by: .max, height: 3)
    #expect(list.selection == 4)
    list.move(by: .min, height: 3)
    #expect(list.selection == 0)
    list.moveToEnd(height: 3)
    #expect(list.selection == 4)
    list.moveToStart(height: 3)
    #expect(list.selection == 0)
  }

  @Test("The view scrolls only when the selection would leave it")
  func scrolling() {
    var list = VirtualList(count: 10)
    list.move(by: 2, height: 3)
    #expect(list.visibleRange(height: 3) == 0..<3)
    list.move(by: 1, height: 3)
    #expect(list.visibleRange(height: 3) == 1..<4)
    list.move(by: -1, height: 3)
    #expect(list.visibleRange(height: 3) == 1..<4)
    list.move(by: -1, height: 3)
    #expect(list.visibleRange(height: 3) == 1..<4)
    list.move(by: -1, height: 3)
    #expect(list.visibleRange(height: 3) == 0..<3)
  }

  @Test("A page keeps one row in view")
  func pages() {
    var list = VirtualList(count: 100)
    list.movePages(by: 1, height: 10)
    #expect(list.selection == 9)
    list.movePages(by: 2, height: 10)
    #expect(list.selection == 27)
    list.movePages(by: -1, height: 1)
    #expect(list.selection == 26)
  }

  @Test("Whatever the height, the selection is in view and no row is wasted")
  func everyHeight() {
    var list = VirtualList(count: 12)
    for move in [7, 4, -9, 3, -2, 50, -1] {
      list.move(by: move, height: 5)
      for height in 1...14 {
        let range = list.visibleRange(height: height)
        #expect(range.contains(list.selection))
        #expect(range.count == min(height, 12))
      }
    }
  }

  @Test("A list without rows or height shows nothing")
  func empty() {
    var list = VirtualList()
    list.move(by: 3, height: 5)
    list.moveToEnd(height: 5)
    #expect(list.isEmpty)
    #expect(list.selection == 0)
    #expect(list.visibleRange(height: 5).isEmpty)
    #expect(VirtualList(count: 3).visibleRange(height: 0).isEmpty)
    #expect(VirtualList(count: -3).count == 0)
  }

  @Test("When rows go, the selection stays where it can")
  func clamping() {
    var list = VirtualList(count: 100)
    list.select(50, height: 10)
    list.clamp(count: 60)
    #expect(list.selection == 50)
    list.clamp(count: 20)
    #expect(list.selection == 19)
    #expect(list.visibleRange(height: 10) == 10..<20)
    list.clamp(count: 0)
    #expect(list.selection == 0)
    list.clamp(count: 5)
    #expect(list.visibleRange(height: 10) == 0..<5)
  }

  @Test("A million rows cost what is seen")
  func million() {
    var list = VirtualList(count: 1_000_000)
    list.moveToEnd(height: 40)
    #expect(list.visibleRange(height: 40) == 999_960..<1_000_000)
  }
}
