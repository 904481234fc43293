// A Feathers application: a service of messages, whose clients hear of each that is created.
const { feathers } = require("@feathersjs/feathers");
const socketio = require("@feathersjs/socketio");
const http = require("http");
const { options, serve } = require("../servers/program");

const o = options({ channel: "joined", publish: "yes" });

class Messages {
  constructor() {
    this.messages = [];
  }

  async find() {
    return this.messages;
  }

  async create({ text }) {
    const message = { id: this.messages.length, text };
    this.messages.push(message);
    return message;
  }
}

const app = feathers();
app.configure(socketio());
app.use("messages", new Messages());
app.on("connection", (connection) => o.channel === "joined" && app.channel("everybody").join(connection));
if (o.publish === "yes") app.publish(() => app.channel("everybody"));

const server = http.createServer((request, response) => response.writeHead(404).end());
app.setup(server).then(() => serve(server));
