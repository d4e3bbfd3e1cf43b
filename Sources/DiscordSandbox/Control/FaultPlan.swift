/// What a test wants to go wrong. Rules are tried in order; the first that fires decides.
struct FaultPlan: Sendable {
    struct Rule: Equatable, Sendable {
        /// `POST /channels/{channel_id}/messages`, or with `*` for the method or for the whole template; for the
        /// gateway the name of an event or `*`.
        let match: String
        let fault: Fault
        /// How often it still fires.
        var times: Int
        /// How many matching calls pass first.
        var after: Int
        let probability: Double
    }

    enum Fault: Equatable, Sendable {
        case rateLimit(scope: Scope, retryAfter: Double)
        case status(Int, body: JSONValue?)
        /// An answer of Cloudflare instead of Discord: HTML, and no `Via`.
        case html(Int)
        /// It happens, and the answer claims to be HTML.
        case wrongType
        /// It happens, and the answer breaks off in the middle.
        case truncate
        /// The connection breaks before anything happened.
        case cut
        /// It happens, and the answer is lost.
        case cutAfter
        case delay(seconds: Double)
        case delayAfter(seconds: Double)
        /// An event that never comes, comes again, or comes after the next one.
        case drop, duplicate, reorder
    }

    enum Scope: String, Sendable { case user, shared, global }

    private(set) var rules: [Rule] = []
    private(set) var fired = 0
    /// Seconds by which `Date` and `X-RateLimit-Reset` are wrong.
    var clockSkew = 0.0
    private var random = SeededGenerator(seed: 1)

    mutating func add(_ rule: Rule) { rules.append(rule) }

    mutating func reseed(_ seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func clear() {
        rules = []
        clockSkew = 0
    }

    mutating func fault(method: String, template: String) -> Fault? {
        fault { Self.matches($0, method, template) }
    }

    mutating func fault(event: String) -> Fault? {
        guard !rules.isEmpty else { return nil }
        return fault { $0 == "*" || $0 == event }
    }

    private mutating func fault(where matches: (String) -> Bool) -> Fault? {
        for index in rules.indices where rules[index].times > 0 && matches(rules[index].match) {
            if rules[index].after > 0 {
                rules[index].after -= 1
                continue
            }
            if rules[index].probability < 1, Double.random(in: 0..<1, using: &random) >= rules[index].probability {
                continue
            }
            rules[index].times -= 1
            fired += 1
            return rules[index].fault
        }
        return nil
    }

    private static func matches(_ pattern: String, _ method: String, _ template: String) -> Bool {
        let parts = pattern.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { return pattern == "*" || pattern == template }
        return (parts[0] == "*" || parts[0] == method) && (parts[1] == "*" || parts[1] == template)
    }
}
