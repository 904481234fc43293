// A NestJS gateway, written without TypeScript: its decorators are called as the functions that they are.
require("reflect-metadata");
const { Module } = require("@nestjs/common");
const { NestFactory } = require("@nestjs/core");
const { IoAdapter } = require("@nestjs/platform-socket.io");
const { MessageBody, SubscribeMessage, WebSocketGateway, WebSocketServer, WsException } = require("@nestjs/websockets");
const { options, serve } = require("../servers/program");

const o = options({ guard: "open", emit: "yes" });

class OrdersGateway {
  create(order) {
    if (o.guard === "closed") throw new WsException("Forbidden resource");
    if (o.emit === "yes") this.server.emit("order.created", order);
    return { event: "order.accepted", data: { item: order.item } };
  }
}
MessageBody()(OrdersGateway.prototype, "create", 0);
SubscribeMessage("order.create")(OrdersGateway.prototype, "create", Object.getOwnPropertyDescriptor(OrdersGateway.prototype, "create"));
WebSocketServer()(OrdersGateway.prototype, "server");
WebSocketGateway()(OrdersGateway);

class AppModule {}
Module({ providers: [OrdersGateway] })(AppModule);

async function start() {
  const app = await NestFactory.create(AppModule, { logger: ["error"] });
  app.useWebSocketAdapter(new IoAdapter(app));
  await app.init();
  serve(app.getHttpServer());
}
start();
