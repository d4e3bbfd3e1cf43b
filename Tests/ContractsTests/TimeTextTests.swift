import Contracts
import Testing

@Suite struct TimeTextTests {
    @Test(arguments: [
        ("2026-05-01T12:00:00Z", 1_777_636_800_000),
        ("2026-05-01T12:00:00.250Z", 1_777_636_800_250),
        ("2026-05-01T14:00:00+02:00", 1_777_636_800_000),
        ("2026-05-01T12:00:00", 1_777_636_800_000),
        ("2026-05-01", 1_777_593_600_000),
    ])
    func timesInSeveralForms(text: String, expected: Int64) {
        #expect(TimeText.unixMilliseconds(text) == expected)
    }

    @Test(arguments: ["yesterday", "2026-13-01", "12:00", "", "2026-05-01T25:00:00Z"])
    func whatIsNoTime(text: String) {
        #expect(TimeText.unixMilliseconds(text) == nil)
    }
}
