// A Redis server, kept in memory only.
const { run } = require("./program");

run((port) => ["redis-server", "--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
