/// Turns a schema's JSON into ``SchemaNode``s and refuses what is wrong with it.
struct SchemaCompiler {
    static let maximumDepth = 64
    static let maximumNodes = 5000
    private static let dialect = "https://json-schema.org/draft/2020-12/schema"

    private let document: JSONValue
    private(set) var dynamicAnchors: [[String: SchemaNode.Position]] = []
    private(set) var tracksEvaluation = false
    /// Nil: not compiled yet.
    private var nodes: [SchemaNode?] = []
    private var positions: [SchemaAddress: SchemaNode.Position] = [:]
    /// Roots of resources, by URI.
    private var roots: [String: (value: JSONValue, number: Int)] = [:]
    /// References that are to be followed when everything is compiled: a recursive one leads to what is being compiled.
    private var open:
        [(from: SchemaNode.Position, rules: SchemaRules, target: SchemaAddress?, dynamic: SchemaAddress?)] =
            []
    var path: [String] = []

    init(_ document: JSONValue) {
        self.document = document
    }

    mutating func run() throws(JSONSchemaError) -> SchemaNode.Position {
        let root = try compile(document, at: SchemaAddress(resource: "", pointer: ""), resource: nil)
        var next = 0
        while next < open.count {
            try follow(open[next])
            next += 1
        }
        return root
    }

    func finish() throws(JSONSchemaError) -> [SchemaNode] {
        let finished = nodes.compactMap(\.self)
        guard finished.count == nodes.count else { throw failure("a part of the schema refers only to itself") }
        return finished
    }

    mutating func compile(
        _ schema: JSONValue,
        at place: SchemaAddress,
        resource parent: Int?
    ) throws(JSONSchemaError) -> SchemaNode.Position {
        if let known = positions[place] { return known }
        guard nodes.count < Self.maximumNodes else { throw failure("the schema is too large") }
        guard path.count <= 2 * Self.maximumDepth else { throw failure("the schema is nested too deeply") }
        let position = nodes.count
        nodes.append(nil)
        positions[place] = position
        if let constant = schema.bool {
            nodes[position] = SchemaNode(constant: constant)
            if parent == nil { _ = register(place.resource, schema) }
            return position
        }
        guard let object = schema.object else { throw failure("a schema is an object, true or false") }
        var place = place
        var resource = parent
        if let id = object["$id"] {
            guard let text = id.string else { throw failure("$id must be a string") }
            place = SchemaAddress(resource: SchemaAddress(text, base: place.resource).resource, pointer: "")
            guard roots[place.resource] == nil else { throw failure("the $id \(text) is used twice") }
            positions[place] = position
            resource = nil
        }
        let number = resource ?? register(place.resource, schema)
        // A schema without an $id may also be named by the empty one.
        try compileAnchors(object, position, place, number)
        var reader = SchemaKeywordReader(compiler: self, place: place, resource: number)
        let rules = try reader.rules(of: object)
        self = reader.compiler
        tracksEvaluation =
            tracksEvaluation || rules.array?.unevaluated != nil || rules.object?.unevaluated != nil
        let target = try reference("$ref", object, place)
        let dynamic = try reference("$dynamicRef", object, place)
        if target == nil, dynamic == nil {
            nodes[position] = SchemaNode(rules)
        } else {
            open.append((position, rules, target, dynamic))
        }
        return position
    }

    func failure(_ reason: String) -> JSONSchemaError {
        JSONSchemaError(path: path, reason: reason)
    }

    static func checkDialect(_ value: JSONValue) -> Bool {
        value.string == dialect || value.string == dialect + "#"
    }

    private mutating func register(_ resource: String, _ schema: JSONValue) -> Int {
        roots[resource] = (schema, dynamicAnchors.count)
        dynamicAnchors.append([:])
        return dynamicAnchors.count - 1
    }

    private mutating func compileAnchors(
        _ object: JSONObject, _ position: SchemaNode.Position, _ place: SchemaAddress, _ resource: Int
    ) throws(JSONSchemaError) {
        for keyword in ["$anchor", "$dynamicAnchor"] {
            guard let value = object[keyword] else { continue }
            guard let name = value.string, !name.isEmpty, !name.contains("/"), !name.contains("#") else {
                throw failure("\(keyword) must be a name")
            }
            positions[SchemaAddress(resource: place.resource, pointer: name)] = position
            if keyword == "$dynamicAnchor" { dynamicAnchors[resource][name] = position }
        }
    }

    private func reference(
        _ keyword: String, _ object: JSONObject, _ place: SchemaAddress
    ) throws(JSONSchemaError) -> SchemaAddress? {
        guard let value = object[keyword] else { return nil }
        guard let text = value.string else { throw failure("\(keyword) must be a string") }
        return SchemaAddress(text, base: place.resource)
    }

    private mutating func follow(
        _ reference: (
            from: SchemaNode.Position, rules: SchemaRules, target: SchemaAddress?, dynamic: SchemaAddress?
        )
    ) throws(JSONSchemaError) {
        var rules = reference.rules
        if let target = reference.target { rules.reference = try position(of: target) }
        if let dynamic = reference.dynamic {
            let position = try position(of: dynamic)
            let isDynamic = dynamicAnchors.contains { $0[dynamic.fragment] == position }
            // Without a dynamic anchor at its end it is like any other reference; an empty name is never one.
            rules.dynamicReference = (isDynamic ? dynamic.fragment : "", position)
        }
        nodes[reference.from] = SchemaNode(rules)
    }

    /// Where an address leads, compiled if it is a place that no keyword led to.
    private mutating func position(of address: SchemaAddress) throws(JSONSchemaError) -> SchemaNode.Position {
        if let known = positions[address] { return known }
        guard let root = roots[address.resource], let steps = address.steps else {
            throw JSONSchemaError(
                path: path, reason: "\(address.resource)#\(address.fragment) is nowhere in the schema; none is fetched")
        }
        var value = root.value
        for step in steps {
            let next: JSONValue? =
                if let index = Int(step), let array = value.array {
                    array.indices.contains(index) ? array[index] : nil
                } else {
                    value[step]
                }
            guard let next else { throw failure("#\(address.fragment) is nowhere in the schema") }
            value = next
        }
        path = steps
        defer { path = [] }
        return try compile(value, at: address, resource: root.number)
    }
}
