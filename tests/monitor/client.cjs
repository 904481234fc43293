// usage: node client.cjs MODULE URL TRANSPORTS: a client of that version joins /hook, sends what a test expects, and says what came back.
const [, , module_, url, transports] = process.argv;
const io = require(module_);
const old = module_.endsWith("-2");
const options = { transports: transports.split(","), forceNew: true, reconnection: false, auth: { token: "dev-token" } };
if (old) options.query = { token: "dev-token" };

const stranger = io(url + "/nowhere", options);
stranger.on(old ? "error" : "connect_error", () => {
  stranger.close();
  const socket = io(url + "/hook", options);
  const received = [];
  socket.on("connect", () => {
    for (let n = 0; n < 20; n++) socket.emit("user_prompt", { n, from: module_ });
    socket.emit("never_heard_of", { n: 20, from: module_ }, "second");
    socket.emit("shot", { n: 21, from: module_, bytes: Buffer.from([0, 1, 255, 3]) }, () => {
      console.log("RESULT " + JSON.stringify(received));
      process.exit();
    });
  });
  for (const event of ["echo_user_prompt", "echo_never_heard_of", "echo_shot"]) {
    socket.on(event, (data) => { if (data.from === module_) received.push(data.n); });
  }
});
