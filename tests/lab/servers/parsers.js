// The parsers that a server may have in place of Socket.IO's own.
const { Emitter } = require("@socket.io/component-emitter");

/** A parser from what packs a packet and what unpacks one, or throws. */
function parser(pack, unpack) {
  return {
    Encoder: class {
      encode(packet) {
        return [pack(packet)];
      }
    },
    Decoder: class extends Emitter {
      add(packed) {
        this.emit("decoded", unpack(packed));
      }
      destroy() {}
    },
  };
}

const bare = ({ type, nsp, data, id }) => JSON.stringify({ type, nsp, data, id });

function unpacked(text) {
  const packet = JSON.parse(text);
  if (!packet || typeof packet.type !== "number") throw new Error("not a packet");
  return packet;
}

/** A packet with a sign of the application's own in front. */
function signed(text) {
  if (typeof text !== "string" || text[0] !== "~") throw new Error("not a packet");
  return unpacked(text.slice(1));
}

module.exports = {
  json: () => parser(bare, unpacked),
  own: () => parser((packet) => `~${bare(packet)}`, signed),
  msgpack: () => require("socket.io-msgpack-parser"),
};
