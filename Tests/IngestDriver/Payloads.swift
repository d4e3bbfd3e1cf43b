import Contracts
import Discord
import Foundation
import JSONCore

/// Reads every example of a folder, and every object in it that one of our models is for. A model that refuses such
/// an object, or that loses what a tool shows of it, is a failure.
struct Payloads {
    let directory: String

    func run() throws -> Bool {
        let manifest = try JSONReader.read(Array(Data(contentsOf: url("manifest.json"))))
        var tally = PayloadTally()
        for entry in manifest.array ?? [] {
            guard let file = entry["file"]?.string else { continue }
            let bytes = Array(try Data(contentsOf: url(file)))
            tally.files += 1
            do {
                _ = try JSONCursor.read(bytes) { try $0.skip() }
                visit(try JSONReader.read(bytes), file, &tally)
            } catch {
                tally.failures.append("\(file): not read: \(error)")
            }
        }
        for failure in tally.failures { print("FAIL \(failure)") }
        let kinds = tally.objects.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        print(
            "\(tally.failures.isEmpty ? "PASS" : "FAIL") payloads: \(tally.files) files; \(kinds.joined(separator: ", "))"
        )
        return tally.failures.isEmpty && tally.files > 0 && tally.objects.count == PayloadModel.all.count
    }

    private func url(_ file: String) -> URL { URL(fileURLWithPath: "\(directory)/\(file)") }

    private func visit(_ value: JSONCore.JSONValue, _ file: String, _ tally: inout PayloadTally) {
        for element in value.array ?? [] { visit(element, file, &tally) }
        guard var object = value.object else { return }
        for member in object.members { visit(member.value, file, &tally) }
        // The documentation's examples leave a nested user empty where it does not matter; Discord never does.
        for name in ["user", "author"] where object[name]?.object?.isEmpty == true { object[name] = .null }
        let value = JSONCore.JSONValue.object(object)
        let names = Set(object.members.map(\.name))
        for model in PayloadModel.all where model.marks.isSubset(of: names) && model.strangers.isDisjoint(with: names) {
            tally.objects[model.name, default: 0] += 1
            do {
                if let lost = try model.check(value) { tally.failures.append("\(file): \(model.name) loses \(lost)") }
            } catch {
                tally.failures.append("\(file): \(model.name): \(error)")
            }
        }
    }
}

struct PayloadTally {
    var files = 0
    var objects: [String: Int] = [:]
    var failures: [String] = []
}
