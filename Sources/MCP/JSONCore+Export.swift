// The protocol's types are made of JSON: who imports MCP can take them apart without a second import.
@_exported public import JSONCore
